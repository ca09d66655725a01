import { clamp } from './shapes.ts';

/** Where the camera stands about the car: angles in radians, 0 azimuth is straight ahead of it, positive to its left. */
export interface Orbit {
  readonly azimuth: number;
  readonly elevation: number;
  /** 1 shows the whole car. */
  readonly zoom: number;
}

/** Where a script may put the camera. */
export const CAMERAS = {
  front: { azimuth: 0.62, elevation: 0.17, zoom: 1 },
  side: { azimuth: Math.PI / 2, elevation: 0.12, zoom: 1 },
  rear: { azimuth: 2.5, elevation: 0.2, zoom: 1 },
  cabin: { azimuth: 1.15, elevation: 0.62, zoom: 1.55 },
} as const satisfies Record<string, Orbit>;

/** The same by the names of their buttons. */
export const VIEWS: Readonly<Record<'Front' | 'Side' | 'Rear' | 'Cabin', Orbit>> = {
  Front: CAMERAS.front,
  Side: CAMERAS.side,
  Rear: CAMERAS.rear,
  Cabin: CAMERAS.cabin,
};
export const FIRST_VIEW: Orbit = CAMERAS.front;

const STEP = Math.PI / 18;

/** Keeps the camera above the floor and near the car. */
export function limited({ azimuth, elevation, zoom }: Orbit): Orbit {
  return { azimuth, elevation: clamp(elevation, 0.02, 1.35), zoom: clamp(zoom, 0.7, 2.4) };
}

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
    default:
      return undefined;
  }
}
