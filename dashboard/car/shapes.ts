/** Plane geometry that the car's lines are drawn with; metres. */
export type Point2 = readonly [number, number];

export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;
export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));
export const smoothstep = (low: number, high: number, value: number): number => {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
};

/**
 * A smooth function through control points: cubic Hermite pieces whose slopes are those of Fritsch and Carlson
 * (SIAM J. Numer. Anal. 17, 1980), so that the curve never swings past its points.
 * @param points with increasing x; outside of them the end values go on
 */
export function profile(points: readonly Point2[]): (x: number) => number {
  const slopes = points.map((point, i) => {
    const [before, after] = [secant(points[i - 1], point), secant(point, points[i + 1])];
    if (before === undefined || after === undefined) return before ?? after ?? 0;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (x) => {
    const end = points.findIndex(([at]) => at >= x);
    const [a, b] = [points[end - 1], points[end]];
    if (!a || !b) return (end < 0 ? points.at(-1) : points[0])?.[1] ?? 0;
    const width = b[0] - a[0];
    const t = (x - a[0]) / width;
    const [from, to] = [(slopes[end - 1] ?? 0) * width, (slopes[end] ?? 0) * width];
    const rest = 1 - t;
    return (
      a[1] * (1 + 2 * t) * rest * rest +
      from * t * rest * rest +
      b[1] * t * t * (3 - 2 * t) -
      to * t * t * rest
    );
  };
}

function secant(a: Point2 | undefined, b: Point2 | undefined): number | undefined {
  return a && b ? (b[1] - a[1]) / (b[0] - a[0]) : undefined;
}

/** A point on a quadratic Bézier curve. */
export function bezier(a: Point2, control: Point2, b: Point2, t: number): Point2 {
  const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return [p * a[0] + q * control[0] + r * b[0], p * a[1] + q * control[1] + r * b[1]];
}

/** Signed distances, negative inside (Quilez, "2D distance functions", iquilezles.org). */
export const circle = (x: number, y: number, radius: number): number => Math.hypot(x, y) - radius;

export function roundedBox(
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
  radius: number,
): number {
  const [dx, dy] = [Math.abs(x) - halfWidth + radius, Math.abs(y) - halfHeight + radius];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** Beyond this, in metres, the distance to an outline's box will do: nothing is cut there. */
const NEAR = 0.12;

/**
 * Signed distance to a polygon whose corners are rounded by `radius`: the corners are those before the rounding
 * grows it. Far away the distance is a little too small.
 */
export function outline(corners: readonly Point2[], radius = 0): (x: number, y: number) => number {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const sides = corners.map(([ax, ay], i) => {
    const [bx, by] = corners.at(i - 1) ?? [ax, ay];
    const [ex, ey] = [bx - ax, by - ay];
    return { ax, ay, by, ex, ey, square: ex * ex + ey * ey };
  });
  return (x, y) => {
    const away = Math.max(left - x, x - right, bottom - y, y - top);
    if (away > NEAR + radius) return away - radius;
    let nearest = Infinity;
    let inside = false;
    for (const { ax, ay, by, ex, ey, square } of sides) {
      const [wx, wy] = [x - ax, y - ay];
      const t = clamp((wx * ex + wy * ey) / square);
      const [dx, dy] = [wx - ex * t, wy - ey * t];
      nearest = Math.min(nearest, dx * dx + dy * dy);
      if (ay > y !== by > y && x < (ex * (y - ay)) / ey + ax) inside = !inside;
    }
    const distance = Math.sqrt(nearest);
    return (inside ? -distance : distance) - radius;
  };
}

/** Intersection of two regions with a rounded corner. */
export function both(a: number, b: number, radius = 0): number {
  if (radius === 0) return Math.max(a, b);
  const [da, db] = [Math.max(a + radius, 0), Math.max(b + radius, 0)];
  return Math.min(Math.max(a, b), -radius) + Math.hypot(da, db);
}
