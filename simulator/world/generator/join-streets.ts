/** From lines that merely cross on paper to streets that meet in junctions. */
import type { RoadKind } from '../city.ts';
import { isBlocked } from './plan.ts';
import {
  along,
  crossing,
  distance,
  lengthOf,
  nearestOnSegment,
  segments,
  simplify,
  type Point,
} from './plane.ts';

export interface DrawnStreet {
  readonly kind: RoadKind;
  readonly name?: string;
  readonly speed: number;
  readonly toll?: boolean;
  readonly line: readonly Point[];
}

export interface JoinedStreet extends DrawnStreet {
  readonly nodes: readonly number[];
}

export interface StreetNet {
  readonly nodes: readonly Point[];
  readonly streets: readonly JoinedStreet[];
}

/** How far a small street is prolonged to reach the next one, metres. */
const REACH = 105;
/** Crossings closer than this are one junction, metres. */
const MERGE = 17;
/** How far a drawn bend may lie beside its street, metres: what is left looks round on the page. */
const SMOOTH = 2;
/** A ferry lands at a road no farther away, metres. */
const LANDING = 40;
/** A loose end this short stays as a cul-de-sac, metres. */
const CUL_DE_SAC = 130;

interface Cut {
  /** Metres from the start of the line. */
  readonly along: number;
  readonly at: Point;
}

export function joinStreets(drawn: readonly DrawnStreet[]): StreetNet {
  const streets = drawn.map((street) => ({ ...street, line: closeGaps(street, drawn) }));
  const cuts = crossings(streets);
  const junctions: Point[] = [];
  const junctionAt = (at: Point): number => {
    const known = junctions.findIndex((other) => distance(other, at) < MERGE);
    return known >= 0 ? known : junctions.push(at) - 1;
  };
  const cutNodes = cuts.map((list) => list.map((cut) => ({ along: cut.along, node: junctionAt(cut.at) })));

  const nodes: Point[] = [...junctions];
  const joined: JoinedStreet[] = [];
  streets.forEach((street, s) => {
    const stops = (cutNodes[s] ?? []).toSorted((a, b) => a.along - b.along);
    if (stops.length === 0) return;
    // A main road runs on to the edge of the map; a small street must not end in a field.
    const chain = chainOf(street.line, stops, nodes, street.kind === 'residential' ? CUL_DE_SAC : Infinity);
    if (chain.length >= 2) joined.push({ ...street, nodes: chain });
  });
  return compact(nodes, largestPart(joined));
}

/** Prolongs both ends to the street they point at, or draws them to one that they nearly touch. */
function closeGaps(street: DrawnStreet, all: readonly DrawnStreet[]): Point[] {
  if (street.kind === 'motorway') return [...street.line];
  const others = all.filter(
    (other) => other !== street && other.kind !== 'motorway' && other.kind !== 'ferry',
  );
  const end = (line: Point[]): Point[] => {
    const last = line.at(-1);
    const before = line.at(-2);
    if (!last || !before) return line;
    if (street.kind !== 'residential') {
      const touch = nearest(last, others);
      return touch && touch.gap < 40 ? [...line, along(last, touch.at, 1.02)] : line;
    }
    const scale = REACH / distance(before, last);
    const far = along(before, last, 1 + scale);
    let hit: { t: number; at: Point } | undefined;
    for (const { line: other } of others) {
      other.forEach((b, i) => {
        const a = other[i - 1];
        if (!a || distance(a, last) > 2 * REACH) return;
        const cross = crossing(last, far, a, b);
        if (cross && cross.t > 0.001 && cross.t < (hit?.t ?? Infinity))
          hit = { t: cross.t, at: along(last, far, cross.t) };
      });
    }
    if (!hit) return line;
    const { at } = hit;
    const free = [0.25, 0.5, 0.75].every((t) => !isBlocked(along(last, at, t), 20));
    return free ? [...line, along(last, far, hit.t + 0.5 / REACH)] : line;
  };
  return end(end([...street.line]).reverse()).reverse();
}

function nearest(p: Point, streets: readonly DrawnStreet[]): { at: Point; gap: number } | undefined {
  let best: { at: Point; gap: number } | undefined;
  for (const { line } of streets) {
    for (const [a, b] of segments(line)) {
      const found = nearestOnSegment(p, a, b);
      if (found.gap < (best?.gap ?? Infinity)) best = found;
    }
  }
  return best;
}

/** Where each line meets the others. Motorways meet main roads only, ferries only what lies at their landings. */
function crossings(streets: readonly DrawnStreet[]): Cut[][] {
  const cuts: Cut[][] = streets.map(() => []);
  const cell = 80;
  const grid = new Map<
    string,
    { readonly street: number; readonly a: Point; readonly b: Point; readonly start: number }[]
  >();
  streets.forEach((street, s) => {
    let start = 0;
    for (const [a, b] of segments(street.line)) {
      const mine = { street: s, a, b, start };
      const seen = new Set<number>();
      for (
        let x = Math.floor(Math.min(a[0], b[0]) / cell);
        x <= Math.floor(Math.max(a[0], b[0]) / cell);
        x++
      ) {
        for (
          let y = Math.floor(Math.min(a[1], b[1]) / cell);
          y <= Math.floor(Math.max(a[1], b[1]) / cell);
          y++
        ) {
          const key = `${x},${y}`;
          const there = grid.get(key) ?? [];
          grid.set(key, there);
          for (const other of there) {
            const theirs = streets[other.street];
            if (!theirs || other.street === s || !meet(street.kind, theirs.kind)) continue;
            const cross = crossing(a, b, other.a, other.b);
            const id = other.street * 1e6 + other.start;
            if (!cross || seen.has(id)) continue;
            seen.add(id);
            const at = along(a, b, cross.t);
            cuts[s]?.push({ along: start + cross.t * distance(a, b), at });
            cuts[other.street]?.push({ along: other.start + cross.u * distance(other.a, other.b), at });
          }
          there.push(mine);
        }
      }
      start += distance(a, b);
    }
  });
  streets.forEach((street, s) => {
    // Rings and the two halves of the motorway meet end to end; a ferry lands at its ends.
    if (street.kind !== 'motorway' && street.kind !== 'ferry' && !isRing(street.line)) return;
    for (const [end, alongEnd] of [
      [street.line[0], 0],
      [street.line.at(-1), lengthOf(street.line)],
    ] as const) {
      if (!end) continue;
      cuts[s]?.push({ along: alongEnd, at: end });
      if (street.kind === 'ferry') land(end, streets, cuts);
    }
  });
  return cuts;
}

/** The road at a ferry's landing meets it there. */
function land(at: Point, streets: readonly DrawnStreet[], cuts: Cut[][]): void {
  let best: { street: number; along: number; gap: number } | undefined;
  streets.forEach(({ kind, line }, street) => {
    if (kind === 'ferry' || kind === 'motorway') return;
    let start = 0;
    for (const [a, b] of segments(line)) {
      const { gap, t } = nearestOnSegment(at, a, b);
      if (gap < (best?.gap ?? LANDING)) best = { street, along: start + t * distance(a, b), gap };
      start += distance(a, b);
    }
  });
  if (best) cuts[best.street]?.push({ along: best.along, at });
}

const isRing = (line: readonly Point[]) => {
  const [first, last] = [line[0], line.at(-1)];
  return first !== undefined && last !== undefined && distance(first, last) < 1;
};

function meet(a: RoadKind, b: RoadKind): boolean {
  if (a === 'ferry' || b === 'ferry') return false;
  if (a === 'motorway' && b === 'motorway') return false;
  const small = a === 'residential' ? b : a;
  return !((a === 'residential' || b === 'residential') && small === 'motorway');
}

/** Node ids of a street from its first junction to its last, with the bends between; short loose ends stay. */
function chainOf(
  line: readonly Point[],
  stops: readonly { along: number; node: number }[],
  nodes: Point[],
  longestEnd: number,
): number[] {
  const total = lengthOf(line);
  const chain: number[] = [];
  let previous = -1;
  let from = 0;
  const bends = (start: number, end: number) => {
    const inner: Point[] = [];
    let at = 0;
    for (const [a, b] of segments(line)) {
      at += distance(a, b);
      if (at > start + 6 && at < end - 6) inner.push(b);
    }
    return inner;
  };
  const append = (points: readonly Point[]) => {
    for (const point of points) chain.push(nodes.push(point) - 1);
  };
  for (const stop of stops) {
    const point = nodes[stop.node];
    if (!point || stop.node === previous) continue;
    if (previous < 0) {
      if (stop.along > 30 && stop.along < longestEnd) {
        append(simplify([line[0] ?? point, ...bends(0, stop.along), point], SMOOTH, (p) => p).slice(0, -1));
      }
    } else {
      append(
        simplify([nodes[previous] ?? point, ...bends(from, stop.along), point], SMOOTH, (p) => p).slice(
          1,
          -1,
        ),
      );
    }
    chain.push(stop.node);
    [previous, from] = [stop.node, stop.along];
  }
  const rest = total - from;
  const last = line.at(-1);
  if (last && rest > 30 && rest < longestEnd) {
    append(simplify([nodes[previous] ?? last, ...bends(from, total), last], SMOOTH, (p) => p).slice(1));
  }
  return chain;
}

/** Streets that hang together with the most others. */
function largestPart(streets: readonly JoinedStreet[]): JoinedStreet[] {
  const at = new Map<number, number[]>();
  streets.forEach((street, s) => {
    for (const node of street.nodes) at.set(node, [...(at.get(node) ?? []), s]);
  });
  const part = new Map<number, number>();
  const sizes: number[] = [];
  streets.forEach((_, first) => {
    if (part.has(first)) return;
    const id = sizes.length;
    const queue = [first];
    part.set(first, id);
    for (const s of queue) {
      for (const node of streets[s]?.nodes ?? []) {
        for (const next of at.get(node) ?? []) {
          if (!part.has(next)) {
            part.set(next, id);
            queue.push(next);
          }
        }
      }
    }
    sizes.push(queue.length);
  });
  const main = sizes.indexOf(Math.max(...sizes));
  return streets.filter((_, s) => part.get(s) === main);
}

function compact(nodes: readonly Point[], streets: readonly JoinedStreet[]): StreetNet {
  const kept: Point[] = [];
  const ids = new Map<number, number>();
  const keep = (node: number): number => {
    const known = ids.get(node);
    if (known !== undefined) return known;
    const id = kept.push(nodes[node] ?? [0, 0]) - 1;
    ids.set(node, id);
    return id;
  };
  return { streets: streets.map((street) => ({ ...street, nodes: street.nodes.map(keep) })), nodes: kept };
}
