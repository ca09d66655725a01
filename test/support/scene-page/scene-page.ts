/** The page of `open-scene.ts`: the picture of the car without a server, for probes of what is drawn. */
import { createCar } from '../../../dashboard/car/car.ts';
import { CarStill } from '../../../dashboard/car/car-still.ts';
import { CarPicture } from '../../../dashboard/car/car-picture.ts';
import type { CarStats } from '../../../dashboard/car/car-stats.ts';
import { CAMERAS, type CameraName } from '../../../dashboard/car/orbit.ts';
import { poseOf } from '../../../dashboard/car/pose.ts';
import { createPainter, Studio } from '../../../dashboard/car/studio.ts';
import { StreetDrive } from '../../../dashboard/street/street-drive.ts';
import type { DashboardState, WorldMap } from '../../../simulator/server/protocol.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

/** Shares of the picture, from its left top. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

const canvas = document.querySelector('canvas');
if (!canvas) throw new Error('The page has no canvas.');
const response = await fetch('/world.json');
const map = (await response.json()) as WorldMap;
const painter = createPainter(canvas);
let still = true;
let isTalking = true;
const studio = new Studio(painter);
const picture = new CarPicture(painter, studio, createCar(), {
  still: () => still,
  isTalking: () => isTalking,
  isFluent: true,
});
picture.resize(innerWidth, innerHeight, 1);
let signals: DashboardState['signals'] = {};
const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** The first frame of all, and whether the studio's lamps were lit in it. */
const first = (async () => {
  while (picture.stats().frames === 0) await nextFrame();
  return { ...picture.stats(), isLit: studio.isLit };
})();

/** Waits for the picture that stays. */
async function rest(): Promise<CarStats> {
  while (!picture.stats().isFinal) await nextFrame();
  return picture.stats();
}

/** The picture draws in the same frame, before this: its canvas still holds what it drew. */
function pixelsOf(from: HTMLCanvasElement): Uint8ClampedArray {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [from.width, from.height];
  const g = copy.getContext('2d', { willReadFrequently: true });
  g?.drawImage(from, 0, 0);
  return g?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
}

const scene = {
  /** Signals without their `Vehicle.`; what was set before stays. */
  set(values: Record<string, SignalValue>): Promise<CarStats> {
    const fresh = Object.entries(values).map(([path, value]) => [`Vehicle.${path}`, { value }]);
    signals = { ...signals, ...(Object.fromEntries(fresh) as DashboardState['signals']) };
    picture.show(poseOf(signals));
    return rest();
  },
  /** Somebody talks from the beginning, until this. */
  hush(): void {
    isTalking = false;
  },
  look(camera: CameraName): Promise<CarStats> {
    picture.turn(CAMERAS[camera], true);
    return rest();
  },
  moving(wanted: boolean): void {
    still = !wanted;
  },
  /** Puts the car on a street of the city, after the point `index` of its line. */
  async drive(name: string, index: number): Promise<CarStats> {
    const line = map.streets.find((street) => street.name === name)?.line;
    const [a, b] = [line?.[index], line?.[index + 1]];
    if (!a || !b) throw new Error(`No such place: ${name} ${index}`);
    const east = (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180);
    const street = new StreetDrive(map);
    picture.setStreet(street);
    picture.goTo(true);
    return scene.set({
      'CurrentLocation.Longitude': (a[0] + b[0]) / 2,
      'CurrentLocation.Latitude': (a[1] + b[1]) / 2,
      'CurrentLocation.Heading': ((Math.atan2(east, b[1] - a[1]) * 180) / Math.PI + 360) % 360,
    });
  },
  first: () => first,
  rest,
  isLit: () => studio.isLit,
  stats: () => picture.stats(),
  frames: async (count: number): Promise<void> => {
    const until = picture.stats().frames + count;
    while (picture.stats().frames < until) await nextFrame();
  },
  /**
   * The still picture of the same moment beside the one that moves: the share of pixels on which they agree where there
   * is car, and the mean blue less red of each, where both show car.
   */
  async still(): Promise<{ readonly agree: number; readonly still: number; readonly moving: number }> {
    const other = new CarStill(createCar());
    other.show(poseOf(signals), canvas.width, canvas.height, 1);
    const drawn = async () => {
      picture.show(poseOf(signals));
      await nextFrame();
      return pixelsOf(canvas);
    };
    const [moving, stands] = [await drawn(), pixelsOf(other.canvas)];
    const sums = { same: 0, both: 0, still: 0, moving: 0 };
    for (let i = 0; i < moving.length; i += 4) {
      const [a, b] = [moving[i + 3] === 255, stands[i + 3] === 255];
      if (a === b) sums.same += 1;
      if (!a || !b) continue;
      sums.both += 1;
      sums.still += (stands[i + 2] ?? 0) - (stands[i] ?? 0);
      sums.moving += (moving[i + 2] ?? 0) - (moving[i] ?? 0);
    }
    return {
      agree: sums.same / (moving.length / 4),
      still: sums.still / sums.both,
      moving: sums.moving / sums.both,
    };
  },
  /** Mean red, green, blue and opacity of a part of the picture, each 0 … 255, as it is drawn anew. */
  async colour([left, top, right, bottom]: Box): Promise<readonly number[]> {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const g = copy.getContext('2d', { willReadFrequently: true });
    // The picture draws in the same frame, before this: its canvas still holds what it drew.
    picture.show(poseOf(signals));
    await nextFrame();
    g?.drawImage(canvas, 0, 0);
    const [x, y] = [Math.round(left * copy.width), Math.round(top * copy.height)];
    const [w, h] = [Math.round((right - left) * copy.width), Math.round((bottom - top) * copy.height)];
    const data = g?.getImageData(x, y, w, h).data ?? new Uint8ClampedArray();
    const sums = [0, 0, 0, 0];
    data.forEach((value, i) => (sums[i % 4] = (sums[i % 4] ?? 0) + value));
    return sums.map((sum) => sum / (data.length / 4));
  },
  /** Shows another car on the same graphics card and takes it away again. */
  async mountAndDispose(rounds: number): Promise<readonly CarStats[]> {
    const seen: CarStats[] = [];
    painter.renderer.setSize(32, 20, false);
    for (let round = 0; round < rounds; round++) {
      const other = new CarPicture(painter, studio, createCar(), {
        still: () => true,
        isTalking: () => false,
        isFluent: true,
      });
      other.show(poseOf(signals));
      await nextFrame();
      other.dispose();
      seen.push(picture.stats());
    }
    return seen;
  },
};
export type ScenePage = typeof scene;
declare global {
  interface Window {
    scene: ScenePage;
  }
}
window.scene = scene;
