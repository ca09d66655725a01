import { BufferAttribute, BufferGeometry } from 'three';

export type Vector = readonly [x: number, y: number, z: number];

/** A corner of a skin: where it is, where it faces, and its place on the surface it was made from. */
export interface Corner {
  readonly at: Vector;
  readonly facing: Vector;
  readonly u: number;
  readonly v: number;
}

export type Triangle = readonly [Corner, Corner, Corner];

/** A piece of sheet metal or glass: loose triangles with the normals of the surface they were cut from. */
export type Skin = readonly Triangle[];

const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const scale = (a: Vector, k: number): Vector => [a[0] * k, a[1] * k, a[2] * k];
const subtract = (a: Vector, b: Vector): Vector => add(a, scale(b, -1));
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vector): Vector => scale(a, 1 / (Math.hypot(...a) || 1));

/**
 * A surface sampled on a grid, facing `∂v × ∂u`; its normals are the mean of the faces about each point.
 * Where it meets the plane x = 0 its mirror image joins, so it faces along that plane.
 * @param point of the surface at grid values u and v
 */
export function gridSkin(
  us: readonly number[],
  vs: readonly number[],
  point: (u: number, v: number) => Vector,
): Skin {
  const points = us.map((u) => vs.map((v) => point(u, v)));
  const normals: Vector[][] = us.map(() => vs.map(() => [0, 0, 0]));
  const faces: (readonly [number, number])[][] = [];
  const get = ([i, j]: readonly [number, number]): Vector => points[i]?.[j] ?? [0, 0, 0];
  for (let i = 0; i + 1 < us.length; i++) {
    for (let j = 0; j + 1 < vs.length; j++) {
      faces.push(
        [
          [i, j],
          [i, j + 1],
          [i + 1, j],
        ],
        [
          [i + 1, j],
          [i, j + 1],
          [i + 1, j + 1],
        ],
      );
    }
  }
  for (const face of faces) {
    const [a, b, c] = face.map(get);
    if (!a || !b || !c) continue;
    const normal = cross(subtract(b, a), subtract(c, a));
    for (const [i, j] of face) {
      const row = normals[i];
      if (row) row[j] = add(row[j] ?? [0, 0, 0], normal);
    }
  }
  // One for each point: neighbours share it.
  const corners = us.map((u, i) =>
    vs.map((v, j): Corner => {
      const normal = normals[i]?.[j] ?? [0, 1, 0];
      const at = get([i, j]);
      return { at, facing: unit(at[0] === 0 ? [0, normal[1], normal[2]] : normal), u, v };
    }),
  );
  return faces.flatMap((face) => {
    const [a, b, c] = face.map(([i, j]) => corners[i]?.[j]);
    return a && b && c && area([a, b, c]) > 1e-9 ? [[a, b, c] as const] : [];
  });
}

function area([a, b, c]: Triangle): number {
  return Math.hypot(...cross(subtract(b.at, a.at), subtract(c.at, a.at))) / 2;
}

function between(a: Corner, b: Corner, t: number): Corner {
  const mix = (p: number, q: number) => p + (q - p) * t;
  const blend = (p: Vector, q: Vector): Vector => [mix(p[0], q[0]), mix(p[1], q[1]), mix(p[2], q[2])];
  return {
    at: blend(a.at, b.at),
    facing: unit(blend(a.facing, b.facing)),
    u: mix(a.u, b.u),
    v: mix(a.v, b.v),
  };
}

/** A line across a skin: negative on the side that is cut out; about the distance in metres near zero. */
export type Line = (corner: Corner) => number;

/**
 * Cuts a skin along a line.
 * @param tolerance how far a straight edge may stray from the line, metres: what makes corners round
 * @returns what lies on the negative side, and the rest
 */
export function cut(
  skin: Skin,
  line: Line,
  tolerance: number,
): { readonly inside: Skin; readonly outside: Skin } {
  const inside: Triangle[] = [];
  const outside: Triangle[] = [];
  const shortest = tolerance * 4;
  const smallest = tolerance * tolerance * 0.02;
  const split = (triangle: Triangle, values: readonly [number, number, number]): void => {
    const [a, b, c] = triangle;
    const [fa, fb, fc] = values;
    let middle: { readonly corner: Corner; readonly value: number } | undefined;
    let at = 0;
    let longest = 0;
    // Whether an edge is halved depends on that edge alone, so neighbours always agree and no crack opens.
    for (let i = 0; i < 3; i++) {
      const [p, q] = i === 0 ? [a, b] : i === 1 ? [b, c] : [c, a];
      const [fp, fq] = i === 0 ? [fa, fb] : i === 1 ? [fb, fc] : [fc, fa];
      const size = length(p, q);
      if (size <= longest || size < shortest || Math.min(Math.abs(fp), Math.abs(fq)) > size) continue;
      const corner = between(p, q, 0.5);
      const value = line(corner);
      if (Math.abs(value - (fp + fq) / 2) <= tolerance) continue;
      [middle, at, longest] = [{ corner, value }, i, size];
    }
    // A sliver without area may keep one long edge for ever; whatever is left open there is thinner than a hair.
    if (!middle || area(triangle) < smallest) {
      clip(triangle, values, inside);
      clip(triangle, [-fa, -fb, -fc], outside);
      return;
    }
    const { corner, value } = middle;
    const [p, q, r] = at === 0 ? [a, b, c] : at === 1 ? [b, c, a] : [c, a, b];
    const [fp, fq, fr] = at === 0 ? [fa, fb, fc] : at === 1 ? [fb, fc, fa] : [fc, fa, fb];
    split([p, corner, r], [fp, value, fr]);
    split([corner, q, r], [value, fq, fr]);
  };
  for (const triangle of skin) {
    const [a, b, c] = triangle;
    const values = [line(a), line(b), line(c)] as const;
    const nearest = Math.min(Math.abs(values[0]), Math.abs(values[1]), Math.abs(values[2]));
    // Most triangles lie far from the line, and on one side of it.
    if (nearest > length(a, b) + length(b, c)) (values[0] < 0 ? inside : outside).push(triangle);
    else split(triangle, values);
  }
  return { inside, outside };
}

const length = (a: Corner, b: Corner) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1], a.at[2] - b.at[2]);

/** The part of a triangle where the values are negative (Sutherland and Hodgman, CACM 17, 1974). */
function clip(triangle: Triangle, values: readonly [number, number, number], out: Triangle[]): void {
  if (values[0] < 0 && values[1] < 0 && values[2] < 0) out.push(triangle);
  if (!(values[0] < 0) === !(values[1] < 0) && !(values[1] < 0) === !(values[2] < 0)) return;
  const kept: Corner[] = [];
  triangle.forEach((corner, i) => {
    const next = triangle[(i + 1) % 3] ?? corner;
    const [value, after] = [values[i] ?? 0, values[(i + 1) % 3] ?? 0];
    if (value < 0) kept.push(corner);
    if (value < 0 !== after < 0) kept.push(between(corner, next, value / (value - after)));
  });
  const [first, ...rest] = kept;
  for (let i = 0; i + 1 < rest.length; i++) {
    const [b, c] = [rest[i], rest[i + 1]];
    if (first && b && c) out.push([first, b, c]);
  }
}

/** Cuts out a part and leaves a gap about it, as between a door and its frame. */
export function cutPart(
  skin: Skin,
  line: Line,
  tolerance: number,
  gap: number,
): { readonly part: Skin; readonly rest: Skin } {
  const { inside, outside: rest } = cut(skin, (corner) => line(corner) - gap / 2, tolerance);
  const part = cut(inside, (corner) => line(corner) + gap / 2, tolerance).inside;
  return { part, rest };
}

/** The mirror image on the other side of the car. */
export const mirror = (skin: Skin): Skin => changed(skin, mirrored).map(([a, b, c]) => [a, c, b] as const);

/** Every corner once, so that triangles go on to share it. */
function changed(skin: Skin, change: (corner: Corner) => Corner): Skin {
  const done = new Map<Corner, Corner>();
  const once = (corner: Corner): Corner => {
    const known = done.get(corner);
    if (known) return known;
    const made = change(corner);
    done.set(corner, made);
    return made;
  };
  return skin.map(([a, b, c]) => [once(a), once(b), once(c)] as const);
}

const mirrored = ({ at, facing, u, v }: Corner): Corner => ({
  at: [-at[0], at[1], at[2]],
  facing: [-facing[0], facing[1], facing[2]],
  u,
  v,
});

/** A skin moved along its normals; negative goes inwards. */
export const offset = (skin: Skin, distance: number): Skin =>
  changed(skin, (corner) => moved(corner, distance));

const moved = (corner: Corner, distance: number): Corner => ({
  ...corner,
  at: add(corner.at, scale(corner.facing, distance)),
});

/** The folded edge of a sheet: a strip that goes inwards from every border. @param depth metres */
export function edges(skin: Skin, depth: number): Skin {
  const key = ({ at }: Corner) => at.map((value) => Math.round(value * 2_000)).join();
  const seen = new Map<string, readonly [Corner, Corner] | null>();
  for (const triangle of skin) {
    triangle.forEach((a, i) => {
      const b = triangle[(i + 1) % 3] ?? a;
      const [ka, kb] = [key(a), key(b)];
      const edge = ka < kb ? `${ka}|${kb}` : `${kb}|${ka}`;
      seen.set(edge, seen.has(edge) ? null : [a, b]);
    });
  }
  return [...seen.values()].flatMap((edge) => {
    if (!edge) return [];
    const [a, b] = edge;
    const [c, d] = [moved(a, -depth), moved(b, -depth)];
    const facing = unit(cross(subtract(c.at, a.at), subtract(b.at, a.at)));
    const [p, q, r, s] = [a, b, c, d].map((corner) => ({ ...corner, facing }));
    if (!p || !q || !r || !s) return [];
    return [[p, r, q] as const, [q, r, s] as const];
  });
}

/** Corners of a skin, each once, in the order in which `toGeometry` has them. */
export const cornersOf = (skin: Skin): readonly Corner[] => [...new Set(skin.flat())];

/** For the graphics card: a corner that several triangles share is computed once. */
export function toGeometry(skin: Skin): BufferGeometry {
  const corners = cornersOf(skin);
  const places = new Map(corners.map((corner, place) => [corner, place]));
  const positions = new Float32Array(corners.flatMap(({ at }) => at));
  const normals = new Float32Array(corners.flatMap(({ facing }) => facing));
  const index = new Uint32Array(
    skin.flatMap((triangle) => triangle.map((corner) => places.get(corner) ?? 0)),
  );
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(normals, 3));
  geometry.setIndex(new BufferAttribute(index, 1));
  return geometry;
}
