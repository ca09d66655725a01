/**
 * The city's streets and areas in metres (x east, y south), ready to be asked what is near a place. Built once from
 * `/world.json`; everything that is drawn beside the road follows from it alone.
 */
import type { WorldMap } from '../../simulator/server/protocol.ts';
import { createProjection, type Point } from '../map/projection.ts';

export type StreetKind = WorldMap['streets'][number]['kind'];

/** Cross-sections in metres (after the German RASt 06 and RAA, rounded). */
export interface Profile {
  /** From the middle to the kerb. */
  readonly half: number;
  /** Width of the pavement, or of the verge of a motorway. */
  readonly walk: number;
  /** From the middle to the middle of the lane on the right. */
  readonly lane: number;
}
export const PROFILES: Readonly<Record<StreetKind, Profile>> = {
  motorway: { half: 10, walk: 4, lane: 6.1 },
  primary: { half: 6.9, walk: 3.4, lane: 4.95 },
  secondary: { half: 4.1, walk: 2.8, lane: 1.75 },
  residential: { half: 3.3, walk: 2.4, lane: 1.55 },
};

/** A point of a street, with what its ribbon of asphalt needs. */
export interface Station {
  readonly x: number;
  readonly y: number;
  /** Sideways, to the right of the way that the street was drawn: unit vector, longer where the street bends. */
  readonly rightX: number;
  readonly rightY: number;
  /** Metres from the start of the street. */
  readonly along: number;
}

export interface PlanStreet {
  readonly index: number;
  readonly kind: StreetKind;
  readonly stations: readonly Station[];
  /** Metres along of each junction, and for how many metres about it nothing is painted on the road. */
  readonly junctions: readonly { readonly along: number; readonly clear: number }[];
}

export interface PlanArea {
  readonly kind: 'water' | 'park';
  readonly ring: readonly Point[];
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/** A straight piece between two stations. */
export interface Piece {
  readonly street: PlanStreet;
  /** Of the station that it begins with. */
  readonly from: number;
}

/** No straight piece is longer: what is near a place is found by its pieces. */
const LONGEST = 40;
const CELL = 64;
/** Metres about a piece in which it is found. */
export const REACH = 30;
/** Side of the squares in which the surroundings are worked out, metres. */
export const TILE = 128;

export interface StreetPlan {
  readonly project: (at: readonly [longitude: number, latitude: number]) => Point;
  readonly streets: readonly PlanStreet[];
  readonly areas: readonly PlanArea[];
  /** Pieces that may come within `REACH` of a place. */
  piecesNear(x: number, y: number): readonly Piece[];
  /** Pieces whose middle lies in a tile: each piece belongs to one. */
  piecesOf(column: number, row: number): readonly Piece[];
  /** Metres to the nearest kerb, negative on the road, and whose it is; Infinity farther away than `REACH`. */
  kerb(x: number, y: number): { readonly gap: number; readonly street: PlanStreet | undefined };
  isIn(kind: PlanArea['kind'], x: number, y: number): boolean;
  /** 0 among fields … 1 in the middle of town, where there is much to go to. */
  urbanity(x: number, y: number): number;
}

export function createStreetPlan(map: WorldMap): StreetPlan {
  const project = createProjection(map.bounds);
  const lines = map.streets.map(({ kind, line }) => ({ kind, points: line.map(project) }));
  const ends = countEnds(lines);
  const streets = lines.map(({ kind, points }, index) => layStreet(index, kind, points, ends));
  const areas = map.areas.flatMap(({ kind, ring }) =>
    kind === 'district' ? [] : [layArea(kind, ring.map(project))],
  );
  const cells = indexPieces(streets);
  const tiles = tilePieces(streets);
  const urbanity = measureUrbanity(map.places.map(({ at }) => project(at)));
  const piecesNear = (x: number, y: number) => cells.get(cellOf(x, y)) ?? [];
  return {
    project,
    streets,
    areas,
    piecesNear,
    piecesOf: (column, row) => tiles.get(column * 100_000 + row) ?? [],
    urbanity,
    kerb(x, y) {
      let gap = Infinity;
      let street: PlanStreet | undefined;
      for (const piece of piecesNear(x, y)) {
        const away = distanceTo(piece, x, y) - PROFILES[piece.street.kind].half;
        if (away < gap) [gap, street] = [away, piece.street];
      }
      return { gap, street };
    },
    isIn: (kind, x, y) =>
      areas.some(
        (area) =>
          area.kind === kind &&
          x > area.box[0] &&
          x < area.box[2] &&
          y > area.box[1] &&
          y < area.box[3] &&
          isInside(area.ring, x, y),
      ),
  };
}

const key = ([x, y]: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

interface Node {
  /** Pieces of street that end there. */
  ways: number;
  /** Half the width of the widest of them. */
  half: number;
}

/** What meets where: a place with more than two ways out is a junction. */
function countEnds(
  lines: readonly { readonly kind: StreetKind; readonly points: readonly Point[] }[],
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { kind, points } of lines) {
    points.forEach((point, i) => {
      const node = nodes.get(key(point)) ?? { ways: 0, half: 0 };
      node.ways += i === 0 || i === points.length - 1 ? 1 : 2;
      node.half = Math.max(node.half, PROFILES[kind].half);
      nodes.set(key(point), node);
    });
  }
  return nodes;
}

/** Metres between a junction's nearest kerb and the first line on the road. */
const STOP_GAP = 3;

function layStreet(
  index: number,
  kind: StreetKind,
  line: readonly Point[],
  nodes: ReadonlyMap<string, Node>,
): PlanStreet {
  const points: Point[] = [];
  const isJunction: (Node | undefined)[] = [];
  line.forEach((point, i) => {
    const node = nodes.get(key(point));
    const before = line[i - 1];
    if (before) {
      const pieces = Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / LONGEST);
      for (let step = 1; step < pieces; step++) {
        points.push([
          before[0] + ((point[0] - before[0]) * step) / pieces,
          before[1] + ((point[1] - before[1]) * step) / pieces,
        ]);
        isJunction.push(undefined);
      }
    }
    points.push(point);
    isJunction.push(node && node.ways > 2 ? node : undefined);
  });
  const stations: Station[] = [];
  const junctions: PlanStreet['junctions'][number][] = [];
  let along = 0;
  points.forEach((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before) along += Math.hypot(point[0] - before[0], point[1] - before[1]);
    const [rightX, rightY] = mitre(before, point, after);
    stations.push({ x: point[0], y: point[1], rightX, rightY, along });
    const node = isJunction[i];
    if (node) junctions.push({ along, clear: node.half + STOP_GAP });
  });
  return { index, kind, stations, junctions };
}

/** Sideways at a bend, so long that both ribbons keep their width; at a hairpin no longer than twice. */
function mitre(before: Point | undefined, at: Point, after: Point | undefined): Point {
  const into = before && direction(before, at);
  const out = after && direction(at, after);
  const [a, b] = [into ?? out ?? ([1, 0] as const), out ?? into ?? ([1, 0] as const)];
  const [x, y] = [a[0] + b[0], a[1] + b[1]];
  const length = Math.hypot(x, y);
  if (length < 1e-6) return [-a[1], a[0]];
  const stretch = Math.min(2, 2 / length) / length;
  // Right of the way: a quarter turn, with y to the south.
  return [-y * stretch, x * stretch];
}

function direction(from: Point, to: Point): Point {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

function layArea(kind: PlanArea['kind'], ring: readonly Point[]): PlanArea {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return { kind, ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}

const cellOf = (x: number, y: number) => Math.floor(x / CELL) * 100_000 + Math.floor(y / CELL);

function indexPieces(streets: readonly PlanStreet[]): ReadonlyMap<number, readonly Piece[]> {
  const cells = new Map<number, Piece[]>();
  for (const street of streets) {
    for (let from = 0; from + 1 < street.stations.length; from++) {
      const [a, b] = [street.stations[from], street.stations[from + 1]];
      if (!a || !b) continue;
      const [left, right] = [Math.min(a.x, b.x) - REACH, Math.max(a.x, b.x) + REACH];
      const [top, bottom] = [Math.min(a.y, b.y) - REACH, Math.max(a.y, b.y) + REACH];
      const piece = { street, from };
      for (let x = Math.floor(left / CELL); x * CELL <= right; x++) {
        for (let y = Math.floor(top / CELL); y * CELL <= bottom; y++) {
          const cell = cellOf(x * CELL, y * CELL);
          const pieces = cells.get(cell);
          if (pieces) pieces.push(piece);
          else cells.set(cell, [piece]);
        }
      }
    }
  }
  return cells;
}

function tilePieces(streets: readonly PlanStreet[]): ReadonlyMap<number, readonly Piece[]> {
  const tiles = new Map<number, Piece[]>();
  for (const street of streets) {
    for (let from = 0; from + 1 < street.stations.length; from++) {
      const [a, b] = [street.stations[from], street.stations[from + 1]];
      if (!a || !b) continue;
      const tile = Math.floor((a.x + b.x) / 2 / TILE) * 100_000 + Math.floor((a.y + b.y) / 2 / TILE);
      const pieces = tiles.get(tile);
      if (pieces) pieces.push({ street, from });
      else tiles.set(tile, [{ street, from }]);
    }
  }
  return tiles;
}

/** Metres in which places count, and how many of them make a town centre. */
const NEIGHBOURHOOD = 260;
const BUSY = 12;

function measureUrbanity(places: readonly Point[]): (x: number, y: number) => number {
  const cells = new Map<number, Point[]>();
  const cell = (x: number, y: number) =>
    Math.floor(x / NEIGHBOURHOOD) * 100_000 + Math.floor(y / NEIGHBOURHOOD);
  for (const place of places) {
    const near = cells.get(cell(...place));
    if (near) near.push(place);
    else cells.set(cell(...place), [place]);
  }
  return (x, y) => {
    let sum = 0;
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const [px, py] of cells.get(cell(x + dx * NEIGHBOURHOOD, y + dy * NEIGHBOURHOOD)) ?? [])
          sum += Math.max(0, 1 - Math.hypot(px - x, py - y) / NEIGHBOURHOOD);
      }
    }
    return Math.min(1, (2.5 * sum) / BUSY);
  };
}

/** Metres from a place to a piece. */
export function distanceTo({ street, from }: Piece, x: number, y: number): number {
  const [a, b] = [street.stations[from], street.stations[from + 1]];
  if (!a || !b) return Infinity;
  const [ex, ey] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((x - a.x) * ex + (y - a.y) * ey) / (ex * ex + ey * ey || 1)));
  return Math.hypot(x - a.x - ex * t, y - a.y - ey * t);
}

function isInside(ring: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  let [ax, ay] = ring.at(-1) ?? [0, 0];
  for (const [bx, by] of ring) {
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
    [ax, ay] = [bx, by];
  }
  return inside;
}
