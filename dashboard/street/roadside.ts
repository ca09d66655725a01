/** What stands beside the streets of a tile: houses, trees and lamps, the same each time that one comes by. */
import { chance } from './seed.ts';
import { PROFILES, TILE, type Piece, type PlanStreet, type StreetPlan } from './street-plan.ts';

/** Numbers of one house: x, y, angle, seed; width, height, depth, and the height of its roof. */
export const HOUSE = 8;
/** Numbers of one tree: x, y, height, seed. */
export const TREE = 4;
/** Numbers of one lamp: x, y, angle of its arm, height. */
export const LAMP = 4;

export interface Roadside {
  readonly houses: number[];
  readonly trees: number[];
  readonly lamps: number[];
}

const FLOOR = 3.1;
const LAMP_SPACING = 32;
const TREE_SPACING = 15;
const PARK_SPACING = 11;

export function layRoadside(plan: StreetPlan, column: number, row: number): Roadside {
  const side: Roadside = { houses: [], trees: [], lamps: [] };
  for (const piece of plan.piecesOf(column, row)) {
    layHouses(plan, piece, side.houses);
    layLamps(plan, piece, side.lamps);
    layStreetTrees(plan, piece, side.trees);
  }
  layParkTrees(plan, column, row, side.trees);
  return side;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly rightX: number;
  readonly rightY: number;
  /** Which one along the street, and its side. */
  readonly index: number;
  readonly side: 1 | -1;
}

/** Places every `spacing` metres of the street, of which those on this piece, on both sides. */
function* placesAlong({ street, from }: Piece, spacing: number): Generator<Place> {
  const [a, b] = [street.stations[from], street.stations[from + 1]];
  if (!a || !b) return;
  const length = b.along - a.along || 1;
  const [rightX, rightY] = [-(b.y - a.y) / length, (b.x - a.x) / length];
  for (let index = Math.ceil(a.along / spacing); index * spacing < b.along; index++) {
    const t = (index * spacing - a.along) / length;
    const [x, y] = [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
    for (const side of [1, -1] as const) yield { x, y, rightX, rightY, index, side };
  }
}

function layHouses(plan: StreetPlan, piece: Piece, out: number[]): void {
  const { street } = piece;
  if (street.kind === 'motorway') return;
  const { half, walk } = PROFILES[street.kind];
  const start = street.stations[piece.from];
  if (!start) return;
  // One measure for the whole street: its houses stand in one row.
  const middle = street.stations[street.stations.length >> 1] ?? start;
  const spacing = plan.urbanity(middle.x, middle.y) > 0.5 ? 14 : 18;
  for (const { x, y, rightX, rightY, index, side } of placesAlong(piece, spacing)) {
    const seed = chance(street.index, index, side);
    const urbanity = plan.urbanity(x, y);
    if (seed < 0.1 - 0.08 * urbanity) continue;
    const more = (n: number) => chance(street.index * 7 + n, index, side);
    const floors = Math.round(1.2 + 3.6 * urbanity + more(1) * (1 + 2 * urbanity));
    const isTower = urbanity > 0.9 && more(2) < 0.07;
    const height = (isTower ? 9 + Math.round(7 * more(3)) : floors) * FLOOR + 0.8;
    const width = urbanity > 0.5 ? spacing - (more(4) < 0.12 ? 3 : 0) : 9 + 4 * more(4);
    const depth = 10 + 3 * more(5);
    const setback = urbanity > 0.5 ? 0.4 : 3 + 3 * more(6);
    const away = half + walk + setback + depth / 2;
    const [cx, cy] = [x + rightX * side * away, y + rightY * side * away];
    if (!isFree(plan, street, cx, cy, rightX, rightY, width, depth, half + walk)) continue;
    const roof = isTower || floors > 5 || more(7) < 0.22 ? 0 : 2.4 + 1.8 * more(8);
    // The front, which is the house's −z, faces the street.
    const angle = Math.atan2(rightX * side, rightY * side);
    out.push(cx, cy, angle, seed, width, height, depth, roof);
  }
}

/** Nothing else is there: no other street, no water, no park; and the street's own bends leave room. */
function isFree(
  plan: StreetPlan,
  street: PlanStreet,
  cx: number,
  cy: number,
  rightX: number,
  rightY: number,
  width: number,
  depth: number,
  reserved: number,
): boolean {
  if (plan.kerb(cx, cy).street !== street) return false;
  const room = reserved - PROFILES[street.kind].half - 0.3;
  for (const [across, along] of [
    [0, 0],
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const [dx, dy] = [(across * depth) / 2, (along * width) / 2];
    const [x, y] = [cx + rightX * dx + rightY * dy, cy + rightY * dx - rightX * dy];
    if (plan.kerb(x, y).gap < room || plan.isIn('water', x, y) || plan.isIn('park', x, y)) return false;
  }
  return true;
}

function layLamps(plan: StreetPlan, piece: Piece, out: number[]): void {
  const { street } = piece;
  const { half } = PROFILES[street.kind];
  for (const { x, y, rightX, rightY, index, side } of placesAlong(piece, LAMP_SPACING)) {
    // Wide streets have lamps on both sides, others by turns.
    if (street.kind === 'residential' && (index % 2 === 0) !== side > 0) continue;
    const away = half + 0.7;
    const [lx, ly] = [x + rightX * side * away, y + rightY * side * away];
    if (plan.kerb(lx, ly).gap < 0.5) continue;
    out.push(
      lx,
      ly,
      Math.atan2(-rightX * side, -rightY * side),
      street.kind === 'residential' ? 5.2 : street.kind === 'motorway' ? 9.5 : 7.4,
    );
  }
}

function layStreetTrees(plan: StreetPlan, piece: Piece, out: number[]): void {
  const { street } = piece;
  const { half, walk } = PROFILES[street.kind];
  const share = { motorway: 0.5, primary: 0.8, secondary: 0.5, residential: 0.28 }[street.kind];
  for (const { x, y, rightX, rightY, index, side } of placesAlong(piece, TREE_SPACING)) {
    const seed = chance(street.index * 3 + 1, index, side);
    if (seed > share) continue;
    const away = half + (street.kind === 'motorway' ? walk + 4 * seed : walk * 0.62);
    const [tx, ty] = [x + rightX * side * away, y + rightY * side * away];
    if (plan.kerb(tx, ty).gap < 1.2 || plan.isIn('water', tx, ty)) continue;
    out.push(tx, ty, 3.9 + 2.2 * chance(street.index, index, side * 5), seed / share);
  }
}

/** Parks are full of trees, land far from any street has some. */
function layParkTrees(plan: StreetPlan, column: number, row: number, out: number[]): void {
  const count = Math.floor(TILE / PARK_SPACING);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const [a, b] = [column * count + i, row * count + j];
      const x = column * TILE + (i + 0.1 + 0.8 * chance(a, b, 1)) * PARK_SPACING;
      const y = row * TILE + (j + 0.1 + 0.8 * chance(a, b, 2)) * PARK_SPACING;
      const seed = chance(a, b, 3);
      const isPark = plan.isIn('park', x, y);
      if (seed > (isPark ? 0.5 : 0.16) || plan.isIn('water', x, y)) continue;
      if (plan.kerb(x, y).gap < (isPark ? 3.5 : 27)) continue;
      out.push(x, y, 5.5 + 5 * chance(a, b, 4), seed);
    }
  }
}
