import type { Position } from './world.ts';

const METRES_PER_DEGREE = 111_320;

/** Metres between two positions on a locally flat earth: good to 0.1 % within a city. */
export function metresBetween(a: Position, b: Position): number {
  const [x, y] = offset(a, b);
  return Math.hypot(x, y);
}

function offset(from: Position, to: Position): [x: number, y: number] {
  const scale = Math.cos((from[1] * Math.PI) / 180);
  return [(to[0] - from[0]) * METRES_PER_DEGREE * scale, (to[1] - from[1]) * METRES_PER_DEGREE];
}

export interface OnLine {
  /** Metres from the line's start. */
  readonly along: number;
  /** Metres beside it. */
  readonly beside: number;
  /** The piece of the line, by the index of its first point, and how much of it is passed (0 to 1). */
  readonly index: number;
  readonly share: number;
}

/** A line on a flat earth around its first point, worked out once: guidance looks at it many times a second. */
interface Plan {
  readonly scale: number;
  /** Metres east and north of the first point, in turn. */
  readonly points: Float64Array;
  /** Metres from the start to each point. */
  readonly marks: Float64Array;
}

const plans = new WeakMap<readonly Position[], Plan>();

function planOf(line: readonly Position[]): Plan {
  const known = plans.get(line);
  if (known) return known;
  const [first = [0, 0]] = line;
  const scale = Math.cos((first[1] * Math.PI) / 180);
  const points = new Float64Array(2 * line.length);
  const marks = new Float64Array(line.length);
  line.forEach(([x, y], i) => {
    points[2 * i] = (x - first[0]) * METRES_PER_DEGREE * scale;
    points[2 * i + 1] = (y - first[1]) * METRES_PER_DEGREE;
    if (i === 0) return;
    const [dx, dy] = [
      (points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0),
      (points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0),
    ];
    marks[i] = (marks[i - 1] ?? 0) + Math.hypot(dx, dy);
  });
  const plan = { scale, points, marks };
  plans.set(line, plan);
  return plan;
}

/**
 * Where on a line a position is: the nearest point of it.
 * @param from,to metres along the line between which it is looked for
 */
export function alongLine(line: readonly Position[], at: Position, from = 0, to = Infinity): OnLine {
  const { scale, points, marks } = planOf(line);
  const [first = at] = line;
  const x = (at[0] - first[0]) * METRES_PER_DEGREE * scale;
  const y = (at[1] - first[1]) * METRES_PER_DEGREE;
  let beside = Infinity;
  let index = 0;
  let part = 0;
  for (let i = 0; i + 1 < marks.length; i++) {
    // A metre for what rounding took.
    if ((marks[i + 1] ?? 0) < from - 1 || (marks[i] ?? 0) > to + 1) continue;
    const ax = points[2 * i] ?? 0;
    const ay = points[2 * i + 1] ?? 0;
    const dx = (points[2 * i + 2] ?? 0) - ax;
    const dy = (points[2 * i + 3] ?? 0) - ay;
    const square = dx * dx + dy * dy;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
    const gap = (x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2;
    if (gap >= beside) continue;
    beside = gap;
    index = i;
    part = share;
  }
  if (beside === Infinity) return { along: 0, beside: Math.hypot(x, y), index: 0, share: 0 };
  const [start = 0, end = start] = [marks[index], marks[index + 1]];
  return { along: start + part * (end - start), beside: Math.sqrt(beside), index, share: part };
}
