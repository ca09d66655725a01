/** From what was collected of a map to a city. */
import CheapRuler from 'cheap-ruler';
import type { Place, Position } from '../../../vehicle/world.ts';
import type { Area, City, House, Street } from '../city.ts';
import { clip, simplify, type Point } from '../generator/plane.ts';
import { Roads } from '../roads.ts';
import type { Bounds, Extract, RawPlace, RawRoad } from './collect.ts';
import { MapImportError } from './map-source.ts';
import { largestStrongPart } from './strongly-connected.ts';

export interface BuildOptions {
  readonly name: string;
  /** Whom the data comes from. */
  readonly attribution: string;
}

/** Metres that a line may lie beside the road it stands for. */
const SMOOTH = 2.5;
/** Roads of so many nodes still route within a tenth of a second. */
const MOST_NODES = 200_000;
/** Metres: one place that is mapped twice, as a point and as a building. */
const SAME_PLACE = 60;
/** Metres from a house to its street. */
const BESIDE_STREET = 250;
const MICRO = 1e6;

/** @throws MapImportError `no-roads` | `too-large` */
export function buildCity(extract: Extract, { name, attribution }: BuildOptions): City {
  const net = network(extract);
  if (net.streets.length === 0)
    throw new MapImportError('no-roads', 'The map has no roads for cars that lead anywhere and back.');
  if (net.nodes.length > MOST_NODES)
    throw new MapImportError(
      'too-large',
      `The map has ${net.nodes.length} road nodes; ${MOST_NODES} are the most. Cut out a part with --bounds west,south,east,north.`,
    );
  const bounds = boundsOf(net.nodes);
  const bare: City = {
    name,
    attribution,
    bounds,
    centre: nearestTo([(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2], net.nodes),
    numbering: 'listed',
    nodes: net.nodes,
    lights: net.lights,
    streets: net.streets,
    areas: [...clipped(extract.areas, bounds), ...districts(extract, bounds)],
    places: [],
  };
  const city = { ...bare, streets: withHouses(bare, extract) };
  return { ...city, places: placesOf(extract.places, city) };
}

const micro = (value: number) => Math.round(value * MICRO) / MICRO;
const rounded = ([x, y]: Position): Position => [micro(x), micro(y)];

interface Network {
  readonly nodes: readonly Position[];
  readonly lights: readonly number[];
  readonly streets: readonly Street[];
}

/** Roads of which every end can be reached from every other, their bends simplified. */
function network({ roads, positions, lights }: Extract): Network {
  const ids = new Map<number, number>();
  const at: Position[] = [];
  const indexOf = (ref: number): number | undefined => {
    const known = ids.get(ref);
    const position = positions.get(ref);
    if (known !== undefined || !position) return known;
    ids.set(ref, at.push(rounded(position)) - 1);
    return at.length - 1;
  };
  const lines = roads.flatMap((road) => {
    const nodes = road.refs.flatMap((ref) => indexOf(ref) ?? []);
    const line = nodes.filter((node, i) => node !== nodes[i - 1]);
    return line.length > 1 ? [{ road, line: road.oneway === 'back' ? line.reverse() : line }] : [];
  });
  const next: number[][] = at.map(() => []);
  for (const { road, line } of lines)
    line.forEach((b, i) => {
      const a = line[i - 1];
      if (a === undefined) return;
      next[a]?.push(b);
      if (road.oneway === 'no') next[b]?.push(a);
    });
  const isPart = largestStrongPart(next);
  const pieces = lines.flatMap(({ road, line }) => runs(line, isPart).map((run) => ({ road, run })));
  const uses = new Uint8Array(at.length);
  for (const { run } of pieces) for (const node of run) uses[node] = Math.min(9, (uses[node] ?? 0) + 1);
  const signals = new Set([...lights].flatMap((ref) => ids.get(ref) ?? []));
  const ruler = new CheapRuler(at[0]?.[1] ?? 0, 'meters');
  const plane = (node: number): Point => {
    const [x, y] = at[node] ?? [0, 0];
    return [x * ruler.kx, y * ruler.ky];
  };
  const simple = pieces.map(({ road, run }) => ({
    road,
    run: splitAt(run, (node) => (uses[node] ?? 0) > 1 || signals.has(node)).flatMap((stretch, i) =>
      simplify(stretch, SMOOTH, plane).slice(i === 0 ? 0 : 1),
    ),
  }));
  return compacted(simple, at, signals);
}

/** Parts of a line within the network. */
function runs(line: readonly number[], isPart: Uint8Array): number[][] {
  const found: number[][] = [];
  let run: number[] = [];
  for (const node of line) {
    if (isPart[node]) run.push(node);
    else {
      found.push(run);
      run = [];
    }
  }
  return [...found, run].filter(({ length }) => length > 1);
}

/** Pieces between the nodes that must stay; each begins with the last node of the one before. */
function splitAt(line: readonly number[], stays: (node: number) => boolean): number[][] {
  const pieces: number[][] = [];
  let piece: number[] = [];
  line.forEach((node, i) => {
    piece.push(node);
    if (i === 0 || (!stays(node) && i < line.length - 1)) return;
    pieces.push(piece);
    piece = [node];
  });
  return pieces;
}

function compacted(
  pieces: readonly { readonly road: RawRoad; readonly run: readonly number[] }[],
  at: readonly Position[],
  signals: ReadonlySet<number>,
): Network {
  const nodes: Position[] = [];
  const ids = new Map<number, number>();
  const keep = (node: number) => {
    const known = ids.get(node);
    if (known !== undefined) return known;
    ids.set(node, nodes.push(at[node] ?? [0, 0]) - 1);
    return nodes.length - 1;
  };
  const streets = pieces.map(({ road, run }): Street => ({
    name: road.name,
    kind: road.kind,
    speed: road.speed,
    ...(road.oneway !== 'no' && { oneway: true }),
    ...(road.toll && { toll: true }),
    ...(road.roundabout && { roundabout: true }),
    ...(road.lanes !== undefined && { lanes: road.lanes }),
    nodes: run.map(keep),
  }));
  return { nodes, streets, lights: [...signals].flatMap((node) => ids.get(node) ?? []) };
}

function boundsOf(nodes: readonly Position[]): City['bounds'] {
  return nodes.reduce<City['bounds']>(
    ([west, south, east, north], [x, y]) => [
      Math.min(west, x),
      Math.min(south, y),
      Math.max(east, x),
      Math.max(north, y),
    ],
    [180, 90, -180, -90],
  );
}

function nearestTo([x, y]: Position, nodes: readonly Position[]): Position {
  const gap = ([px, py]: Position) => (px - x) ** 2 + (py - y) ** 2;
  return nodes.reduce((best, node) => (gap(node) < gap(best) ? node : best));
}

/** Outlines within the bounds; what lies outside would only be drawn for nothing. */
function clipped(areas: readonly Area[], bounds: Bounds): Area[] {
  return areas.flatMap((area) => {
    const ring = within(area.ring, bounds).map(rounded);
    return ring.length > 2 ? [{ ...area, ring }] : [];
  });
}

/** Sutherland and Hodgman's clipping, edge by edge. */
function within(ring: readonly Position[], [west, south, east, north]: Bounds): readonly Position[] {
  let rest: Point[] = ring.map(([x, y]): Point => [x, y]);
  rest = clip(rest, [west, south], [1, 0]);
  rest = clip(rest, [east, south], [0, 1]);
  rest = clip(rest, [east, north], [-1, 0]);
  return clip(rest, [west, north], [0, -1]);
}

/** Each point belongs to the part of town whose middle is nearest. */
function districts({ districts: middles }: Extract, bounds: Bounds): Area[] {
  const [west, south, east, north] = bounds;
  const isInside = ([x, y]: Position) => x >= west && x <= east && y >= south && y <= north;
  const all = middles.filter(({ at }) => isInside(at));
  const flat = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const plane = ([x, y]: Position): Point => [x * flat, y];
  return all.map(({ name, at }) => {
    let cell: Point[] = [
      [west * flat, south],
      [east * flat, south],
      [east * flat, north],
      [west * flat, north],
    ];
    const here = plane(at);
    for (const other of all) {
      const [dx, dy] = [plane(other.at)[0] - here[0], plane(other.at)[1] - here[1]];
      if (dx === 0 && dy === 0) continue;
      cell = clip(cell, [here[0] + dx / 2, here[1] + dy / 2], [-dy, dx]);
    }
    return { kind: 'district' as const, name, ring: cell.map(([x, y]) => rounded([x / flat, y])) };
  });
}

/** Each house at the street of its address that is nearest to it. */
function withHouses(city: City, { houses }: Extract): Street[] {
  const roads = new Roads(city);
  const found = new Map<Street, House[]>();
  for (const { street, number, at } of houses) {
    const snap = roads.snap(at, ({ name }) => name === street, BESIDE_STREET);
    if (!snap) continue;
    const list = found.get(snap.segment.street) ?? [];
    found.set(snap.segment.street, list);
    list.push({ number, at: rounded(at) });
  }
  return city.streets.map((street) => {
    const houses = found.get(street);
    return houses ? { ...street, houses } : street;
  });
}

function placesOf(raw: readonly RawPlace[], city: City): Place[] {
  const roads = new Roads(city);
  const [west, south, east, north] = city.bounds;
  const places: Place[] = [];
  const byName = new Map<string, Place[]>();
  for (const { id, name, category, attributes, ...found } of raw) {
    const at = rounded(found.at);
    if (at[0] < west || at[0] > east || at[1] < south || at[1] > north) continue;
    const twins = byName.get(name) ?? [];
    if (twins.some((other) => other.category === category && roads.ruler.distance(other.at, at) < SAME_PLACE))
      continue;
    const district = roads.districtAt(at);
    const place: Place = {
      id,
      name,
      category,
      at,
      address: found.address ?? roads.address(at),
      attributes: { ...attributes, ...(district !== undefined && { district }) },
    };
    places.push(place);
    byName.set(name, [...twins, place]);
  }
  return places;
}
