/** How the car moves along a line of positions. Pure: metres, metres per second, degrees, milliseconds. */
import type CheapRuler from 'cheap-ruler';
import type { Position } from '../../vehicle/world.ts';
import { untilGreen, type Light } from '../world/lights.ts';

/** What lies ahead of the car. Plain data, so that it can be kept in a snapshot. */
export interface Track {
  /** Tells one track from another. */
  readonly key: string;
  readonly line: readonly Position[];
  /** Metres from the start to each point of the line. */
  readonly marks: readonly number[];
  /** Metres per second allowed on the piece after each point. */
  readonly limits: readonly number[];
  /** Metres per second at which each point may be passed, so that the car can still brake for what follows. */
  readonly caps: readonly number[];
  /** What stops the car on the way, with the metres from the start, in their order. */
  readonly lights: readonly { readonly along: number; readonly light: Light }[];
  /** Metres from the start at which the car is to park: the stops of its route. */
  readonly halts: readonly number[];
}

/** What the world tells of a line that is to be driven. */
export interface Surface {
  readonly ruler: CheapRuler;
  /** Metres per second allowed on the piece around a position. */
  limit(middle: Position): number;
  /** The traffic light at a point of the line. @param bearing degrees in which the car comes up to it */
  light(at: Position, bearing: number): Light | undefined;
}

export interface MotionState {
  readonly at: Position;
  /** Degrees, clockwise from north, 0 to below 360. */
  readonly heading: number;
  /** Metres per second. */
  readonly speed: number;
  /** Metres per second², of the last step. */
  readonly acceleration: number;
  /** Metres per second², sideways, positive to the right. */
  readonly lateral: number;
  /** Metres along the track. */
  readonly along: number;
  /** Metres driven since the physics began. */
  readonly driven: number;
}

export interface MotionInputs {
  readonly track: Track;
  /** Epoch milliseconds, for the traffic lights. */
  readonly time: number;
  /** Metres per second to hold, whatever the road allows; undefined to drive as the road allows; 0 stops. */
  readonly hold: number | undefined;
  /** Nothing drives the car: metres per second² by which it slows down, rolling. */
  readonly rolling?: number | undefined;
  /** Backwards along the track, which then lies behind the car. */
  readonly isReverse?: boolean;
  /** Metres per second never to be passed. */
  readonly limit: number;
  /** Metres per second². */
  readonly vigour: number;
}

/** Comfortable braking, m/s² (ISO 15622 allows an adaptive cruise control 3.5). */
const BRAKING = 2;
const HARD_BRAKING = 3.5;
/** Sideways acceleration that passengers put up with, m/s². */
const CORNERING = 2.2;
const SLOWEST_CORNER = 3.2;
/** Metres before the end at which the car stands. */
const STOP = 0.4;

/** @param halts see `Track` */
export function layTrack(
  key: string,
  line: readonly Position[],
  surface: Surface,
  halts: readonly number[] = [],
): Track {
  const { ruler } = surface;
  const marks = [0];
  const limits: number[] = [];
  const lights: { along: number; light: Light }[] = [];
  for (const [a, b] of pairs(line)) {
    const along = (marks.at(-1) ?? 0) + ruler.distance(a, b);
    marks.push(along);
    limits.push(surface.limit([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]));
    const ahead = surface.light(b, ruler.bearing(a, b));
    // The last point is where the car stops anyway.
    if (ahead && marks.length < line.length) lights.push({ along, light: ahead });
  }
  const caps = line.map((point, i) => {
    const [before, after] = [line[i - 1], line[i + 1]];
    if (!after) return 0;
    const slower = Math.min(limits[i] ?? 0, limits[i - 1] ?? Infinity);
    if (!before) return slower;
    const turn = Math.abs(bend(ruler.bearing(before, point), ruler.bearing(point, after)));
    // The widest arc that fits between the middles of the two pieces, and is no wider than a road bends at a corner.
    const reach = Math.min(
      12,
      ((marks[i] ?? 0) - (marks[i - 1] ?? 0)) / 2,
      ((marks[i + 1] ?? 0) - (marks[i] ?? 0)) / 2,
    );
    const radius = reach / Math.tan((Math.max(turn, 0.5) * Math.PI) / 360);
    return Math.min(slower, Math.max(SLOWEST_CORNER, Math.sqrt(CORNERING * radius)));
  });
  for (let i = caps.length - 2; i >= 0; i--) {
    const room = (marks[i + 1] ?? 0) - (marks[i] ?? 0);
    caps[i] = Math.min(caps[i] ?? 0, Math.sqrt((caps[i + 1] ?? 0) ** 2 + 2 * BRAKING * room));
  }
  return { key, line, marks, limits, caps, lights, halts };
}

function* pairs(line: readonly Position[]): Generator<readonly [Position, Position]> {
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i], line[i + 1]];
    if (a && b) yield [a, b];
  }
}

/** Degrees to the right, -180 to 180. */
const bend = (from: number, to: number) => ((((to - from + 180) % 360) + 360) % 360) - 180;

export const lengthOf = (track: Track): number => track.marks.at(-1) ?? 0;

/** Is the car where the track ends? */
export const isAtEnd = (state: MotionState, track: Track): boolean => state.along >= lengthOf(track) - STOP;

export function stepMotion(
  state: MotionState,
  { track, time, hold, rolling, limit, vigour, isReverse = false }: MotionInputs,
  ruler: CheapRuler,
  dt: number,
): MotionState {
  const seconds = dt / 1000;
  const wanted = Math.min(limit, hold ?? allowed(track, state, time));
  const most = rolling === undefined ? state.speed + vigour * seconds : state.speed - rolling * seconds;
  const speed = Math.max(0, Math.min(Math.max(wanted, state.speed - HARD_BRAKING * seconds), most));
  const way = ((state.speed + speed) / 2) * seconds;
  const along = Math.min(lengthOf(track), state.along + way);
  const { at, heading } =
    speed === 0 && state.speed === 0 ? state : place(track, along, state, ruler, isReverse ? 180 : 0);
  const yaw = (bend(state.heading, heading) * Math.PI) / 180 / seconds;
  return {
    at,
    heading,
    speed,
    acceleration: (speed - state.speed) / seconds,
    // The line has corners where the road has arcs: more than tyres can hold is the line's doing.
    lateral: Math.max(-4, Math.min(4, speed * yaw)),
    along,
    driven: state.driven + along - state.along,
  };
}

/** Metres before a light's crossing at which cars wait. */
const STOP_LINE = 6;

/** Metres per second that the road allows here, with braking for what comes. */
function allowed(track: Track, { along, speed }: MotionState, time: number): number {
  const i = pieceAt(track, along);
  const next = Math.max(0, (track.marks[i + 1] ?? 0) - along - (i + 2 === track.line.length ? STOP : 0));
  const road = Math.min(track.limits[i] ?? 0, Math.sqrt((track.caps[i + 1] ?? 0) ** 2 + 2 * BRAKING * next));
  const halt = track.halts[0];
  const stop = Math.min(
    halt === undefined ? Infinity : Math.max(0, halt - along - STOP),
    redLight(track, along, speed, time),
  );
  return stop === Infinity ? road : Math.min(road, Math.sqrt(2 * BRAKING * stop));
}

/** Metres to the next light, if it is red and the car can stop before it; else Infinity. */
function redLight({ lights }: Track, along: number, speed: number, time: number): number {
  const next = lights.find((light) => light.along - STOP_LINE > along - 0.5);
  if (!next) return Infinity;
  const room = Math.max(0, next.along - STOP_LINE - along);
  // Too far to matter, or too near to brake: who cannot stop at amber drives on.
  if (room > 20 + (speed * speed) / (2 * BRAKING) || speed * speed > 2 * HARD_BRAKING * (room + 0.5))
    return Infinity;
  return untilGreen(next.light, time) > 0 ? (room < STOP ? 0 : room) : Infinity;
}

/** Is the car where it is to park on the way? */
export const isAtHalt = (state: MotionState, { halts }: Track): boolean =>
  halts[0] !== undefined && state.along >= halts[0] - STOP - 0.1;

/** Index of the piece of the line that holds a point; binary search. */
function pieceAt({ marks }: Track, along: number): number {
  let [low, high] = [0, marks.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle] ?? 0) <= along) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

function place(
  track: Track,
  along: number,
  state: MotionState,
  ruler: CheapRuler,
  turned: number,
): { at: Position; heading: number } {
  const i = pieceAt(track, along);
  const [a, b] = [track.line[i], track.line[i + 1]];
  if (!a || !b) return state;
  const start = track.marks[i] ?? 0;
  const length = (track.marks[i + 1] ?? 0) - start;
  if (length === 0) return { at: a, heading: state.heading };
  const t = (along - start) / length;
  const wanted = (ruler.bearing(a, b) + 360 + turned) % 360;
  // A car turns over a few metres, not in a point.
  const turn = bend(state.heading, wanted);
  const heading = (state.heading + Math.sign(turn) * Math.min(Math.abs(turn), 9) + 360) % 360;
  return { at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], heading };
}
