/**
 * Small streets, grown as the streamlines of a field of directions that turns with the centre, the districts and the
 * water (the idea of Chen et al., "Interactive Procedural Street Modeling", SIGGRAPH 2008), spaced after Jobard and
 * Lefer, "Creating Evenly-Spaced Streamlines of Arbitrary Density", 1997.
 */
import type { Random } from '../random.ts';
import { DISTRICTS, isBlocked, isTown, shore, type District } from './plan.ts';
import { distance, lengthOf, segments, type Point } from './plane.ts';

const STEP = 14;
/** Radians: two streets this close in direction count as parallel. */
const PARALLEL = 0.7;

export function districtAt(p: Point): District {
  return DISTRICTS.reduce((best, d) => (distance(d.at, p) < distance(best.at, p) ? d : best));
}

/** Smooth, between about -1 and 1. */
const ripple = ([x, y]: Point, scale: number): number =>
  Math.sin(x / scale + 1.3) * Math.cos(y / (0.8 * scale) + 0.7) +
  0.5 * Math.sin((x + y) / (0.55 * scale) + 2.1);

/** Direction of the streets at a point, radians; as good as any multiple of 90° further. */
function direction(p: Point): number {
  const r = Math.hypot(p[0], p[1]);
  let [c, s] = [0, 0];
  const add = (angle: number, weight: number) => {
    c += weight * Math.cos(4 * angle);
    s += weight * Math.sin(4 * angle);
  };
  add(Math.atan2(p[1], p[0]), 1.6 * Math.exp(-((r / 900) ** 2)) + 0.25);
  for (const { at, grid } of DISTRICTS) {
    if (grid !== undefined) add(grid, Math.exp(-((distance(at, p) / 650) ** 2)));
  }
  const water = shore(p);
  add(water.angle, 2.2 * Math.exp(-((water.gap / 190) ** 2)));
  const wild = 0.09 + 0.5 * Math.exp(-((r / 420) ** 2));
  return Math.atan2(s, c) / 4 + wild * ripple(p, r < 450 ? 130 : 420);
}

interface Sample {
  readonly at: Point;
  readonly angle: number;
}

/** What is built so far, for the distance to it. */
class Built {
  static readonly #cell = 260;
  readonly #cells = new Map<string, Sample[]>();

  add(line: readonly Point[]): void {
    for (const [a, b] of segments(line)) {
      const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
      const count = Math.ceil(distance(a, b) / STEP);
      for (let k = 0; k < count; k++) {
        const at: Point = [a[0] + ((b[0] - a[0]) * k) / count, a[1] + ((b[1] - a[1]) * k) / count];
        const key = Built.#key(at, 0, 0);
        const cell = this.#cells.get(key);
        if (cell) cell.push({ at, angle });
        else this.#cells.set(key, [{ at, angle }]);
      }
    }
  }

  static #key([x, y]: Point, dx: number, dy: number): string {
    return `${Math.floor(x / Built.#cell) + dx},${Math.floor(y / Built.#cell) + dy}`;
  }

  /** Is a street in about this direction closer than `gap`? */
  hasParallel(p: Point, angle: number, gap: number): boolean {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const sample of this.#cells.get(Built.#key(p, dx, dy)) ?? []) {
          if (distance(sample.at, p) >= gap) continue;
          const turn = Math.abs(((sample.angle - angle + 20.5 * Math.PI) % Math.PI) - Math.PI / 2);
          if (turn < PARALLEL) return true;
        }
      }
    }
    return false;
  }
}

/**
 * @param roads what stands already
 * @returns lines of small streets; their ends may hang in the air
 */
export function traceStreets(roads: readonly (readonly Point[])[], random: Random): Point[][] {
  const built = new Built();
  for (const road of roads) built.add(road);
  const streets: Point[][] = [];
  const seeds: Sample[] = roads.flatMap((road) => seedsAlong(road, random));
  for (let i = 0; i < seeds.length; i++) {
    const seed = seeds[i];
    if (!seed) continue;
    const spacing = districtAt(seed.at).spacing;
    const angle = nearestTo(direction(seed.at), seed.angle);
    if (!isOpen(seed.at) || built.hasParallel(seed.at, angle, spacing * 0.95)) continue;
    const backward = walk(seed.at, angle + Math.PI, built);
    const forward = walk(seed.at, angle, built);
    const line = [...backward.reverse(), ...forward.slice(1)];
    if (lengthOf(line) < 1.1 * spacing) continue;
    built.add(line);
    streets.push(line);
    seeds.push(...seedsAlong(line, random));
  }
  return streets;
}

const isOpen = (p: Point) => isTown(p) && !isBlocked(p);

/** Of the four directions of the field, the one closest to `wanted`. */
function nearestTo(angle: number, wanted: number): number {
  const quarters = Math.round((wanted - angle) / (Math.PI / 2));
  return angle + (quarters * Math.PI) / 2;
}

function walk(from: Point, angle: number, built: Built): Point[] {
  const line = [from];
  let [at, heading] = [from, angle];
  for (let i = 0; i < 110; i++) {
    // Midpoint rule: half a step to learn the direction there, then the whole.
    const half = nearestTo(direction(at), heading);
    const middle: Point = [at[0] + (STEP / 2) * Math.cos(half), at[1] + (STEP / 2) * Math.sin(half)];
    heading = nearestTo(direction(middle), half);
    const next: Point = [at[0] + STEP * Math.cos(heading), at[1] + STEP * Math.sin(heading)];
    if (!isOpen(next) || built.hasParallel(next, heading, districtAt(next).spacing * 0.72)) break;
    // A street that turns back on itself is a swirl of the field, not a street.
    if (line.length > 25 && line.slice(0, -20).some((p) => distance(p, next) < 40)) break;
    line.push(next);
    at = next;
  }
  return line;
}

/** Places to start new streets from: beside a line, and across it. */
function seedsAlong(line: readonly Point[], random: Random): Sample[] {
  const seeds: Sample[] = [];
  let wait = 0;
  for (const [a, b] of segments(line)) {
    wait -= distance(a, b);
    if (wait > 0) continue;
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const spacing = districtAt(a).spacing;
    wait = spacing * (0.8 + 0.4 * random());
    for (const side of [1, -1]) {
      const by = side * spacing * (1 + 0.25 * random());
      seeds.push({ at: [a[0] - by * Math.sin(angle), a[1] + by * Math.cos(angle)], angle });
    }
    seeds.push({ at: a, angle: angle + Math.PI / 2 });
  }
  return seeds;
}
