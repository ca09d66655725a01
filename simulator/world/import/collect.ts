/** From the elements of a map to what a city is made of; nothing else is kept in memory. */
import type { Area } from '../city.ts';
import type { Position } from '../../../vehicle/world.ts';
import { MapImportError, type MapSource, type Tags } from './map-source.ts';
import { areaOf, districtOf, placeOf, type PlaceTags } from './place-tags.ts';
import { roadOf, type RoadTags } from './road-tags.ts';

export type Bounds = readonly [west: number, south: number, east: number, north: number];

export interface RawRoad extends RoadTags {
  /** Ids of its nodes. */
  readonly refs: readonly number[];
}

export interface RawPlace extends PlaceTags {
  readonly id: string;
  readonly at: Position;
  /** "12 Mill Lane", where it is tagged. */
  readonly address: string | undefined;
}

export interface RawHouse {
  readonly street: string;
  readonly number: string;
  readonly at: Position;
}

export interface Extract {
  readonly positions: ReadonlyMap<number, Position>;
  readonly roads: readonly RawRoad[];
  /** Ids of nodes with traffic lights. */
  readonly lights: ReadonlySet<number>;
  readonly areas: readonly Area[];
  readonly places: readonly RawPlace[];
  readonly houses: readonly RawHouse[];
  readonly districts: readonly { readonly name: string; readonly at: Position }[];
}

/** Nodes that are held in memory: about 250 MB. */
const MOST_NODES = 2_500_000;
const MOST_HOUSES = 300_000;
const TOO_LARGE =
  'The map is too large for a city. Cut out a part with --bounds west,south,east,north, or with `osmium extract`.';

interface Outline {
  readonly tags: Tags;
  readonly refs: readonly number[];
  readonly id: string;
}

/**
 * Reads a map three times: relations, ways, nodes.
 * @param bounds what lies outside is left out
 * @param onProgress share of the work, 0 to 1
 * @throws MapImportError
 */
export function collect(
  source: MapSource,
  bounds: Bounds | undefined,
  onProgress?: (share: number) => void,
): Extract {
  const part = (index: number, of: number) => (share: number) => onProgress?.((index + share) / of);
  const inside = bounds && nodesInside(source, bounds, part(0, 4));
  const outer = outlinesOfRelations(source, part(1, 4));
  const { roads, outlines, houses, needed } = readWays(source, outer, inside, part(2, 4));
  const positions = new Map<number, Position>();
  const lights = new Set<number>();
  const places: RawPlace[] = [];
  const found: RawHouse[] = [];
  const districts: { name: string; at: Position }[] = [];
  source.read(
    {
      node(id, longitude, latitude, tags) {
        const at: Position = [longitude, latitude];
        if (needed.has(id)) positions.set(id, at);
        if (inside && !inside.has(id)) return;
        if (tags.highway === 'traffic_signals') lights.add(id);
        const place = placeOf(tags);
        if (place) places.push({ ...place, id: `n${id}`, at, address: addressOf(tags) });
        const house = houseOf(tags);
        if (house && found.length < MOST_HOUSES) found.push({ ...house, at });
        const district = districtOf(tags);
        if (district !== undefined) districts.push({ name: district, at });
      },
    },
    part(3, 4),
  );
  const lineOf = (refs: readonly number[]) =>
    refs.flatMap((ref) => {
      const at = positions.get(ref);
      return at ? [at] : [];
    });
  for (const { refs, ...house } of houses) {
    const [at] = lineOf(refs);
    if (at && found.length < MOST_HOUSES) found.push({ ...house, at });
  }
  const areas: Area[] = [];
  for (const { tags, refs, id } of outlines) {
    const ring = lineOf(refs);
    const at = ring[0];
    if (!at) continue;
    const place = placeOf(tags);
    if (place) places.push({ ...place, id, at: middle(ring), address: addressOf(tags) });
    const area = areaOf(tags);
    if (area && ring.length > 3) areas.push({ ...area, ring });
  }
  return { positions, roads, lights, areas, places, houses: found, districts };
}

function nodesInside(
  source: MapSource,
  [west, south, east, north]: Bounds,
  onProgress: (share: number) => void,
): ReadonlySet<number> {
  const inside = new Set<number>();
  source.read(
    {
      node(id, longitude, latitude) {
        if (longitude < west || longitude > east || latitude < south || latitude > north) return;
        inside.add(id);
        if (inside.size > 2 * MOST_NODES) throw new MapImportError('too-large', TOO_LARGE);
      },
    },
    onProgress,
  );
  return inside;
}

/** Way → tags of the water or park whose outer line it is a part of, and the relation's id. */
function outlinesOfRelations(
  source: MapSource,
  onProgress: (share: number) => void,
): ReadonlyMap<number, { readonly id: number; readonly tags: Tags }> {
  const outer = new Map<number, { id: number; tags: Tags }>();
  source.read(
    {
      relation(id, members, tags) {
        if (tags.type !== 'multipolygon' || !areaOf(tags)) return;
        for (const { type, ref, role } of members)
          if (type === 'way' && role !== 'inner') outer.set(ref, { id, tags });
      },
    },
    onProgress,
  );
  return outer;
}

function readWays(
  source: MapSource,
  outer: ReadonlyMap<number, { readonly id: number; readonly tags: Tags }>,
  inside: ReadonlySet<number> | undefined,
  onProgress: (share: number) => void,
) {
  const roads: RawRoad[] = [];
  const outlines: Outline[] = [];
  const houses: { street: string; number: string; refs: readonly number[] }[] = [];
  const needed = new Set<number>();
  const parts = new Map<number, { tags: Tags; lines: (readonly number[])[] }>();
  const need = (refs: readonly number[]) => {
    for (const ref of refs) needed.add(ref);
    if (needed.size > MOST_NODES) throw new MapImportError('too-large', TOO_LARGE);
  };
  source.read(
    {
      way(id, all, tags) {
        // A road is cut where it leaves the map; an outline is kept whole.
        if (inside && !all.some((ref) => inside.has(ref))) return;
        const road = roadOf(tags);
        if (road) {
          const refs = inside ? all.filter((ref) => inside.has(ref)) : all;
          if (refs.length > 1) roads.push({ ...road, refs });
          need(refs);
          return;
        }
        const ring = outer.get(id);
        if (ring) {
          const part = parts.get(ring.id) ?? { tags: ring.tags, lines: [] };
          part.lines.push(all);
          parts.set(ring.id, part);
          need(all);
        }
        const house = houseOf(tags);
        if (house) {
          houses.push({ ...house, refs: all.slice(0, 1) });
          need(all.slice(0, 1));
        }
        if (placeOf(tags) || (areaOf(tags) && all[0] === all.at(-1))) {
          outlines.push({ tags, refs: all, id: `w${id}` });
          need(all);
        }
      },
    },
    onProgress,
  );
  for (const [id, { tags, lines }] of parts)
    for (const refs of joined(lines)) outlines.push({ tags, refs, id: `r${id}` });
  return { roads, outlines, houses, needed };
}

/** Lines that share their ends become rings; what does not close is left out. */
function joined(lines: readonly (readonly number[])[]): number[][] {
  const rest = lines.map((line) => [...line]);
  const rings: number[][] = [];
  for (let ring = rest.pop(); ring; ring = rest.pop()) {
    for (;;) {
      const end = ring.at(-1);
      if (end === ring[0]) break;
      const next = rest.findIndex((line) => line[0] === end || line.at(-1) === end);
      const line = rest[next];
      if (!line) break;
      rest.splice(next, 1);
      ring.push(...(line[0] === end ? line : line.reverse()).slice(1));
    }
    if (ring.length > 3 && ring[0] === ring.at(-1)) rings.push(ring);
  }
  return rings;
}

function houseOf(tags: Tags): { street: string; number: string } | undefined {
  const [street, number] = [tags['addr:street'], tags['addr:housenumber']];
  return street !== undefined && number !== undefined ? { street, number } : undefined;
}

function addressOf(tags: Tags): string | undefined {
  const house = houseOf(tags);
  return house && `${house.number} ${house.street}`;
}

const middle = (ring: readonly Position[]): Position => {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};
