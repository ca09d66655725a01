import { clamp } from './shapes.ts';

/** What the camera turns about, or, without a distance, where its eye is: in the car's metres, +x left, +z ahead. */
export interface Stand {
  readonly at: readonly [x: number, y: number, z: number];
  /** Degrees from bottom to top. */
  readonly angle: number;
  /** Metres from there to the camera; undefined as far as the whole car needs. */
  readonly distance?: number;
  readonly elevation: readonly [least: number, most: number];
}
export const STANDS = {
  outside: { at: [0, 0.6, 0], angle: 24, elevation: [0.02, 1.35] },
  behind: { at: [0, 1.05, 1.6], angle: 44, distance: 8.2, elevation: [0.03, 1.2] },
  driver: { at: [0.37, 1.16, -0.02], angle: 62, distance: 0, elevation: [-0.5, 0.7] },
  inside: { at: [0, 1.2, 0.56], angle: 74, distance: 0, elevation: [-0.3, 0.9] },
} as const satisfies Record<string, Stand>;
export type StandName = keyof typeof STANDS;

/** Where the camera is: angles in radians, at 0 azimuth it is straight ahead of the car, positive to its left. */
export interface Orbit {
  readonly azimuth: number;
  readonly elevation: number;
  /** 1 shows the whole car. */
  readonly zoom: number;
  /** Outside unless said otherwise. */
  readonly stand?: StandName;
}

/** Where a script may put the camera, and what has a button. */
export const CAMERAS = {
  front: { azimuth: 0.62, elevation: 0.17, zoom: 1 },
  side: { azimuth: Math.PI / 2, elevation: 0.12, zoom: 1 },
  rear: { azimuth: 2.5, elevation: 0.2, zoom: 1 },
  cabin: { azimuth: 0.1, elevation: 0.34, zoom: 1, stand: 'inside' },
  chase: { azimuth: Math.PI, elevation: 0.19, zoom: 1, stand: 'behind' },
  cockpit: { azimuth: Math.PI, elevation: 0.07, zoom: 1, stand: 'driver' },
} as const satisfies Record<string, Orbit>;
export type CameraName = keyof typeof CAMERAS;

export const FIRST_VIEW: Orbit = CAMERAS.front;

const STEP = Math.PI / 18;

/** Keeps the camera above the floor, near the car, and the driver's head on his shoulders. */
export function limited(orbit: Orbit): Orbit {
  const [least, most] = STANDS[orbit.stand ?? 'outside'].elevation;
  return { ...orbit, elevation: clamp(orbit.elevation, least, most), zoom: clamp(orbit.zoom, 0.7, 2.4) };
}

/** Keys of the named views, in the order of their buttons. */
export const VIEW_KEYS: readonly CameraName[] = ['front', 'side', 'rear', 'cabin', 'chase', 'cockpit'];

/** @returns the orbit after a key, undefined when the key does not turn the car */
export function turnedByKey(orbit: Orbit, key: string): Orbit | undefined {
  const { azimuth, elevation, zoom } = orbit;
  switch (key) {
    case 'ArrowLeft':
      return limited({ ...orbit, azimuth: azimuth - STEP });
    case 'ArrowRight':
      return limited({ ...orbit, azimuth: azimuth + STEP });
    case 'ArrowUp':
      return limited({ ...orbit, elevation: elevation + STEP / 2 });
    case 'ArrowDown':
      return limited({ ...orbit, elevation: elevation - STEP / 2 });
    case '+':
    case '=':
      return limited({ ...orbit, zoom: zoom * 1.15 });
    case '-':
      return limited({ ...orbit, zoom: zoom / 1.15 });
    case 'Home':
      return FIRST_VIEW;
    default: {
      const named = VIEW_KEYS[Number(key) - 1];
      return named && CAMERAS[named];
    }
  }
}
