/**
 * The car's form as two surfaces of its left half: the body, from the sill over the shoulder to the middle, and the
 * greenhouse, from the belt line over the rail to the middle of the roof. Metres; +z is ahead, +x left, +y up.
 */
import { bezier, clamp, lerp, profile, smoothstep, type Point2 } from './shapes.ts';
import type { Vector } from './skin.ts';

export const WHEEL_RADIUS = 0.352;
export const ARCH_RADIUS = 0.405;
export const AXLES = [1.47, -1.47] as const;
const SILL = 0.2;

/** Between these the body is a tunnel of sections; beyond, a dome closes it. */
const NOSE = { from: 2.0, depth: 0.34, middle: 0.47, squareness: 2.7 };
const TAIL = { from: -2.14, depth: 0.3, middle: 0.66, squareness: 3.2 };

const halfWidth = profile([
  [-2.2, 0.87],
  [-1.9, 0.925],
  [-1.47, 0.955],
  [-0.7, 0.925],
  [0.3, 0.915],
  [1.0, 0.93],
  [1.47, 0.945],
  [1.8, 0.915],
  [2.05, 0.865],
]);
const shoulder = profile([
  [-2.2, 0.985],
  [-1.8, 0.985],
  [-1.3, 0.975],
  [-0.4, 0.93],
  [0.6, 0.895],
  [1.1, 0.87],
  [1.47, 0.835],
  [1.8, 0.765],
  [2.05, 0.69],
]);
const middleHeight = profile([
  [-2.2, 1.03],
  [-1.9, 1.045],
  [-1.2, 1.03],
  [0.2, 0.96],
  [0.9, 0.965],
  [1.2, 0.945],
  [1.6, 0.88],
  [2.05, 0.755],
]);
const sillHeight = profile([
  [-2.2, 0.28],
  [-1.8, 0.22],
  [-1.2, SILL],
  [1.2, SILL],
  [1.8, 0.205],
  [2.05, 0.215],
]);

const SHOULDER_RADIUS = 0.1;

/** Where v begins: in the middle of the underside. */
const UNDERSIDE = -0.3;

/** One section through the body at z; v runs from under the car over the sill at 0 and the side to 1 in the middle. */
function section(z: number, v: number): Point2 {
  const [w, high, top, low] = [halfWidth(z), shoulder(z), middleHeight(z), sillHeight(z)];
  const sill: Point2 = [w - 0.06, low];
  const bulge: Point2 = [w + 0.06, lerp(low, high, 0.52)];
  const corner: Point2 = [w - 0.055, high];
  const crown: Point2 = [w * 0.45, top];
  const middle: Point2 = [0, top];
  const [side, round] = [0.52, 0.68];
  // The sill is round too, where the underside begins.
  const sideStart = 0.07;
  if (v < 0) {
    const under: Point2 = [w - 0.16, low - 0.012];
    const [rounded, flat] = [v > -0.1, (v - UNDERSIDE) / (-0.1 - UNDERSIDE)];
    if (!rounded) return [under[0] * flat, under[1] - 0.02 * (1 - flat)];
    return bezier(under, sill, bezier(sill, bulge, corner, sideStart), (v + 0.1) / 0.1);
  }
  const sideEnd = 1 - SHOULDER_RADIUS / (high - low);
  const topStart = SHOULDER_RADIUS / w;
  if (v < side) return bezier(sill, bulge, corner, lerp(sideStart, sideEnd, v / side));
  if (v > round) return bezier(corner, crown, middle, lerp(topStart, 1, (v - round) / (1 - round)));
  const [from, to] = [bezier(sill, bulge, corner, sideEnd), bezier(corner, crown, middle, topStart)];
  return bezier(from, corner, to, (v - side) / (round - side));
}

/** Height of bonnet, shoulder or boot at a place inside of the body's outline. */
export function deckHeight(x: number, z: number): number {
  const [w, high, top] = [halfWidth(z), shoulder(z), middleHeight(z)];
  // x(t) of the upper Bézier curve is quadratic: solve it for t.
  const [a, b, c] = [w - 0.055 - 2 * 0.45 * w, -2 * (w - 0.055) + 2 * 0.45 * w, w - 0.055 - Math.abs(x)];
  const t = Math.abs(a) < 1e-6 ? -c / b : (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
  return bezier([w, high], [0, top], [0, top], clamp(t))[1];
}

/** Hollow between the wheels that catches the light, flares about the arches. */
function sculpt(x: number, y: number, z: number, v: number): number {
  const side = (1 - smoothstep(0.5, 0.62, v)) * smoothstep(-0.1, 0, v);
  const doors = smoothstep(1.15, 0.7, z) * smoothstep(-1.15, -0.7, z);
  const hollow = -0.03 * Math.exp(-(((y - 0.4) / 0.1) ** 2)) * doors;
  const edge = 0.012 * Math.exp(-(((y - 0.27) / 0.05) ** 2)) * doors;
  const axle = z > 0 ? AXLES[0] : AXLES[1];
  const fromArch = Math.hypot(z - axle, y - WHEEL_RADIUS) - ARCH_RADIUS;
  const flare = 0.026 * Math.exp(-((fromArch / 0.075) ** 2));
  const line =
    0.01 * Math.exp(-(((y - shoulder(z) + 0.115) / 0.03) ** 2)) * smoothstep(2.0, 1.6, Math.abs(z));
  return x + side * (hollow + edge + flare + line);
}

/**
 * @param u −1 at the middle of the tail, 0 … 1 along the tunnel, 2 at the middle of the nose
 * @param v `UNDERSIDE` in the middle below, 0 at the sill, 1 in the middle above
 */
export function bodyPoint(u: number, v: number): Vector {
  if (u > 1) return dome(NOSE, u - 1, v, 1);
  if (u < 0) return dome(TAIL, -u, v, -1);
  const z = lerp(TAIL.from, NOSE.from, u);
  const [x, y] = section(z, v);
  return [x === 0 ? 0 : sculpt(x, y, z, v), y, z];
}

/** Sections that shrink on their way to the end, as a superellipse does. @param t 0 where the dome begins, 1 at its middle */
function dome({ from, depth, middle, squareness }: typeof NOSE, t: number, v: number, ahead: 1 | -1): Vector {
  const angle = (t * Math.PI) / 2;
  const out = Math.sin(angle) ** (2 / squareness);
  const width = Math.cos(angle) ** (2 / squareness);
  const [x, y] = section(from, v);
  const height = lerp(middle, y, Math.cos(angle) ** (2 / (squareness * 1.1)));
  // The face leans back at the nose, and over the diffuser at the tail.
  const lean = (ahead > 0 ? -0.2 : 0.2) * (height - middle) * smoothstep(0, 0.6, t);
  return [(x === 0 ? 0 : sculpt(x, y, from, v)) * width, height, from + ahead * depth * out + lean];
}

/** Grid along the car: dense at the ends, where the form turns quickly. */
export const BODY_US: readonly number[] = [
  ...Array.from({ length: 18 }, (_, i) => i / 18 - 1),
  ...Array.from({ length: 51 }, (_, i) => i / 50),
  ...Array.from({ length: 18 }, (_, i) => 1 + (i + 1) / 18),
];
export const BODY_VS: readonly number[] = [
  ...Array.from({ length: 8 }, (_, i) => UNDERSIDE * (1 - i / 8)),
  ...Array.from({ length: 37 }, (_, i) => i / 36),
];

const BASE = { half: 0.835, front: 1.24, rear: -2.02, middle: -0.4, power: 4.2 };
const RAIL = { half: 0.6, front: 0.3, rear: -0.92, middle: -0.3, power: 4.4 };
const POLE_HEIGHT = 1.435;
const railHeight = profile([
  [-0.95, 1.325],
  [-0.3, 1.38],
  [0.05, 1.375],
  [0.32, 1.34],
]);

/** A rounded rectangle seen from above; angle 0 points left, ±90° ahead and back. */
function loop({ half, front, rear, middle, power }: typeof BASE, angle: number): Point2 {
  const ahead = angle > 0;
  // The windscreen is more curved than the sides.
  const [px, pz] = [2 / power, 2 / (ahead ? power * 0.8 : power)];
  const x = half * Math.abs(Math.cos(angle)) ** px;
  const z = Math.abs(Math.sin(angle)) ** pz * (ahead ? front - middle : middle - rear);
  return [Math.abs(angle) >= Math.PI / 2 - 1e-9 ? 0 : x, middle + (ahead ? z : -z)];
}

/** Outline of the hole in the body under the greenhouse, seen from above: [x, z], both halves. */
export const CABIN_OUTLINE: readonly Point2[] = Array.from({ length: 64 }, (_, i) => {
  const [x, z] = loop(BASE, (Math.abs(i - 32) / 32 - 0.5) * Math.PI);
  return [i < 32 ? x : -x, z];
});

/** v up to here is the wall of glass and pillars, from here on the roof. */
export const WALL = 0.6;

/**
 * @param u −1 … 1: from the middle of the rear window over the left side to the middle of the windscreen
 * @param v 0 at the belt line, `WALL` at the roof's rail, 1 in the middle of the roof
 */
export function greenhousePoint(u: number, v: number): Vector {
  const angle = (u * Math.PI) / 2;
  const [bx, bz] = loop(BASE, angle);
  const [rx, rz] = loop(RAIL, angle);
  const base: Vector = [bx, deckHeight(bx, bz) - 0.02, bz];
  const rail: Vector = [rx, railHeight(rz), rz];
  const roof = (t: number): Vector => {
    const near = 1 - t;
    return [rx * near, POLE_HEIGHT - (POLE_HEIGHT - rail[1]) * near ** 2.2, lerp(RAIL.middle, rz, near)];
  };
  const wall = (t: number): Vector => {
    const swell = 4 * t * (1 - t);
    const side = Math.cos(angle) ** 2;
    return [
      lerp(base[0], rail[0], t) + 0.022 * swell * side,
      lerp(base[1], rail[1], t) + 0.03 * swell * (1 - side),
      lerp(base[2], rail[2], t) + 0.04 * swell * (1 - side) * Math.sign(angle),
    ];
  };
  // About the rail, wall and roof are joined by a curve instead of an edge.
  const [start, end] = [WALL - 0.07, WALL + 0.08];
  if (v <= start) return wall(v / WALL);
  if (v >= end) return roof((v - WALL) / (1 - WALL));
  const [from, to] = [wall(start / WALL), roof((end - WALL) / (1 - WALL))];
  const t = (v - start) / (end - start);
  const round = (i: 0 | 1 | 2) => bezier([from[i], 0], [rail[i], 0], [to[i], 0], t)[0];
  return [round(0), round(1), round(2)];
}

export const GREENHOUSE_US: readonly number[] = Array.from({ length: 53 }, (_, i) => i / 26 - 1);
export const GREENHOUSE_VS: readonly number[] = Array.from({ length: 21 }, (_, i) => i / 20);
