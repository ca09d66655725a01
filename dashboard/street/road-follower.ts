/** Where the picture's car is between two measurements, and how far right of the street's middle it drives. */
import { distanceTo, PROFILES, type StreetPlan } from './street-plan.ts';

/** Milliseconds in which 63 % of a difference is made up for. */
const CATCH_UP = 350;
const TURN_TIME = 140;
const LANE_TIME = 900;
/** Farther off than this the car is put where it is: it was moved, not driven. Metres. */
const JUMP = 40;
/** Measurements come ten times a second; the car is not carried on for longer than this without one. */
const LONGEST_GUESS = 400;
/** Degrees between the car's heading and a street that it may be driving on. */
const PARALLEL = 35;

const turnBetween = (from: number, to: number) => ((((to - from + 180) % 360) + 360) % 360) - 180;

/** Dead reckoning: the car goes on at its speed, and drifts to where it was measured. Metres, degrees from north. */
export class RoadFollower {
  x = 0;
  y = 0;
  heading = 0;
  /** Metres to the right of what was measured: streets are measured along their middle. */
  lane = 0;
  #fixX = 0;
  #fixY = 0;
  #fixHeading = 0;
  #fixAge = 0;
  #speed = 0;
  #wantedLane = 0;
  #isPlaced = false;
  readonly #plan: StreetPlan;

  constructor(plan: StreetPlan) {
    this.#plan = plan;
  }

  /** @param speed metres per second, backwards below 0 @param immediately puts the car there */
  measure(x: number, y: number, heading: number, speed: number, immediately: boolean): void {
    this.#speed = speed;
    if (x !== this.#fixX || y !== this.#fixY) this.#fixAge = 0;
    [this.#fixX, this.#fixY, this.#fixHeading] = [x, y, heading];
    this.#wantedLane = this.#laneAt(x, y, heading);
    if (this.#isPlaced && !immediately && Math.hypot(x - this.x, y - this.y) < JUMP) return;
    this.#isPlaced = true;
    [this.x, this.y, this.heading, this.lane] = [x, y, heading, this.#wantedLane];
  }

  /** It goes no further than it is. */
  halt(): void {
    this.#speed = 0;
    this.#fixX = this.x;
    this.#fixY = this.y;
    this.#fixHeading = this.heading;
    this.#wantedLane = this.lane;
  }

  /** @returns whether the car is still on its way to where it was measured */
  step(ms: number): boolean {
    this.#fixAge += ms;
    const guessed = (this.#speed * Math.min(this.#fixAge, LONGEST_GUESS)) / 1_000;
    const angle = (this.#fixHeading * Math.PI) / 180;
    const wantedX = this.#fixX + Math.sin(angle) * guessed;
    const wantedY = this.#fixY - Math.cos(angle) * guessed;
    const now = (this.heading * Math.PI) / 180;
    const way = (this.#speed * ms) / 1_000;
    const share = 1 - Math.exp(-ms / CATCH_UP);
    this.x += Math.sin(now) * way;
    this.y -= Math.cos(now) * way;
    this.x += (wantedX - this.x) * share;
    this.y += (wantedY - this.y) * share;
    const turn = turnBetween(this.heading, this.#fixHeading);
    this.heading += turn * (1 - Math.exp(-ms / TURN_TIME));
    this.lane += (this.#wantedLane - this.lane) * (1 - Math.exp(-ms / LANE_TIME));
    if (this.#speed !== 0) return true;
    const isThere =
      Math.hypot(wantedX - this.x, wantedY - this.y) < 0.02 &&
      Math.abs(turn) < 0.05 &&
      Math.abs(this.#wantedLane - this.lane) < 0.01;
    if (!isThere) return true;
    this.x = wantedX;
    this.y = wantedY;
    this.heading = this.#fixHeading;
    this.lane = this.#wantedLane;
    return false;
  }

  /** The lane of the nearest street that goes the car's way; on a crossing the last one. */
  #laneAt(x: number, y: number, heading: number): number {
    let [nearest, lane] = [12, this.#wantedLane];
    for (const piece of this.#plan.piecesNear(x, y)) {
      const [a, b] = [piece.street.stations[piece.from], piece.street.stations[piece.from + 1]];
      const away = distanceTo(piece, x, y);
      if (!a || !b || away >= nearest) continue;
      const bearing = (Math.atan2(b.x - a.x, a.y - b.y) * 180) / Math.PI;
      const off = Math.abs(turnBetween(heading, bearing));
      if (Math.min(off, 180 - off) > PARALLEL) continue;
      [nearest, lane] = [away, PROFILES[piece.street.kind].lane];
    }
    return lane;
  }
}
