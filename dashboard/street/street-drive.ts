import type { WorldMap } from '../../simulator/server/protocol.ts';
import type { Pose } from '../car/pose.ts';
import { RoadFollower } from './road-follower.ts';
import { createStreetPlan, type StreetPlan } from './street-plan.ts';
import { StreetScene } from './street-scene.ts';

/** Milliseconds of each frame that go into building what comes next: at least these, and this share of a slow frame. */
const SLICE = 4;
const SHARE = 0.25;
/** Who wants no motion sees the street as stills, one in so many milliseconds. */
const STILL = 2_000;

/** The street under the car as it drives: where it is, and what stands there. */
export class StreetDrive {
  readonly scene: StreetScene;
  readonly #plan: StreetPlan;
  readonly #follower: RoadFollower;
  #speed = 0;
  #lastStill = -Infinity;

  constructor(map: WorldMap) {
    this.#plan = createStreetPlan(map);
    this.#follower = new RoadFollower(this.#plan);
    this.scene = new StreetScene(this.#plan);
  }

  /** @param still no motion is wanted @param now milliseconds of any clock */
  measure({ place, speed }: Pick<Pose, 'place' | 'speed'>, still: boolean, now: number): void {
    if (!place) return;
    if (still) this.#follower.halt();
    if (still && now - this.#lastStill < STILL) return;
    this.#lastStill = now;
    const [x, y] = this.#plan.project([place.longitude, place.latitude]);
    this.#speed = still ? 0 : speed / 3.6;
    this.#follower.measure(x, y, place.heading, this.#speed, still);
  }

  /** @returns whether the next frame will look different */
  step(ms: number): boolean {
    const moves = this.#follower.step(ms);
    const { x, y, heading, lane } = this.#follower;
    this.scene.place(x, y, heading, lane);
    this.scene.step(ms / 1_000, this.#speed);
    return moves;
  }

  /** @param frame milliseconds that the last one took; 0 for a still picture, which is drawn once @returns whether there is more to build */
  build(frame: number): boolean {
    const budget = frame === 0 ? Infinity : Math.max(SLICE, SHARE * frame);
    return this.scene.build(budget, () => performance.now());
  }
}
