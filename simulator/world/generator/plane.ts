/** Plane geometry in metres, x east and y north, for drawing the city. */
export type Point = readonly [x: number, y: number];

export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

export const along = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];

/** Consecutive pairs of a line. */
export function* segments(line: readonly Point[]): Generator<readonly [Point, Point, number]> {
  let previous: Point | undefined;
  let index = -1;
  for (const point of line) {
    if (previous) yield [previous, point, index];
    previous = point;
    index++;
  }
}

export const lengthOf = (line: readonly Point[]): number =>
  [...segments(line)].reduce((sum, [a, b]) => sum + distance(a, b), 0);

/** Centripetal-looking curve through all points (uniform Catmull-Rom). @param step metres between points, about */
export function curve(through: readonly Point[], step: number): Point[] {
  const at = (i: number) => through[Math.max(0, Math.min(through.length - 1, i))] ?? [0, 0];
  const line: Point[] = [];
  for (let i = 0; i + 1 < through.length; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const count = Math.max(1, Math.round(distance(p1, p2) / step));
    for (let k = 0; k < count; k++) {
      const t = k / count;
      const blend = (axis: 0 | 1) =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t * t * t);
      line.push([blend(0), blend(1)]);
    }
  }
  line.push(at(through.length - 1));
  return line;
}

/** The line moved sideways; positive is to the left of its direction. */
export function offset(line: readonly Point[], by: (index: number) => number): Point[] {
  return line.map((point, i) => {
    const before = line[Math.max(0, i - 1)] ?? point;
    const after = line[Math.min(line.length - 1, i + 1)] ?? point;
    const length = distance(before, after) || 1;
    const side = by(i) / length;
    return [point[0] - (after[1] - before[1]) * side, point[1] + (after[0] - before[0]) * side];
  });
}

/** Ray casting. */
export function inside(ring: readonly Point[], [x, y]: Point): boolean {
  let result = false;
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [qx, qy] of ring) {
    if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) result = !result;
    [px, py] = [qx, qy];
  }
  return result;
}

export function nearestOnSegment(
  p: Point,
  a: Point,
  b: Point,
): { readonly at: Point; readonly t: number; readonly gap: number } {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square));
  const at = along(a, b, t);
  return { at, t, gap: distance(p, at) };
}

export function gapTo(line: readonly Point[], p: Point): number {
  let best = Infinity;
  line.forEach((b, i) => {
    const a = line[i - 1];
    if (a) best = Math.min(best, nearestOnSegment(p, a, b).gap);
  });
  return best;
}

/** Where two segments cross, as fractions of each. */
export function crossing(
  a: Point,
  b: Point,
  c: Point,
  d: Point,
): { readonly t: number; readonly u: number } | undefined {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : undefined;
}

/** Douglas-Peucker: drops points that lie closer than `tolerance` to the simpler line; keeps the first and the last. */
export function simplify<P>(line: readonly P[], tolerance: number, pointOf: (item: P) => Point): P[] {
  const first = line[0];
  const last = line[line.length - 1];
  if (first === undefined || last === undefined || line.length < 3) return [...line];
  let far = 0;
  let split = 0;
  line.forEach((item, i) => {
    const { gap } = nearestOnSegment(pointOf(item), pointOf(first), pointOf(last));
    if (gap > far) [far, split] = [gap, i];
  });
  if (far <= tolerance) return [first, last];
  return [
    ...simplify(line.slice(0, split + 1), tolerance, pointOf).slice(0, -1),
    ...simplify(line.slice(split), tolerance, pointOf),
  ];
}

/** The part of a convex ring on the left of the line from `a` in direction `d` (Sutherland-Hodgman, one edge). */
export function clip(ring: readonly Point[], a: Point, d: Point): Point[] {
  const side = (p: Point) => d[0] * (p[1] - a[1]) - d[1] * (p[0] - a[0]);
  const result: Point[] = [];
  for (const [p, q] of segments([...ring, ring[0] ?? a])) {
    const [sp, sq] = [side(p), side(q)];
    if (sp >= 0) result.push(p);
    if (sp >= 0 !== sq >= 0) result.push(along(p, q, sp / (sp - sq)));
  }
  return result;
}
