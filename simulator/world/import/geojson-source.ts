/** GeoJSON as OpenStreetMap tools write it (Overpass, osmtogeojson, osmium export, ogr2ogr): the tags are the properties. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { MapImportError, type MapSource, type MapVisitor, type Tags } from './map-source.ts';

/** Bytes: the text of a file is held in memory as a whole. */
const LARGEST = 256 * 1024 * 1024;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const line = z.array(position);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(line) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(line)) }),
]);
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.record(z.string(), z.unknown()).nullable(),
      geometry: geometry.nullable(),
    }),
  ),
});
type Line = z.infer<typeof line>;
type Feature = z.infer<typeof collection>['features'][number];

/** @param file path of a GeoJSON file; roads meet where their coordinates are the same */
export function geojsonSource(file: string): MapSource {
  const features = read(file);
  return {
    read(visitor, onProgress) {
      const ids = new Map<string, number>();
      features.forEach((feature, i) => {
        visit(feature, i, ids, visitor);
        if (i % 1000 === 0) onProgress?.(i / features.length);
      });
    },
  };
}

function read(file: string): readonly Feature[] {
  let data: unknown;
  try {
    if (statSync(file).size > LARGEST)
      throw new MapImportError(
        'too-large',
        `${file} is larger than 256 MB. Give the same map as .osm.pbf, or cut a smaller one.`,
      );
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof MapImportError) throw cause;
    const why = cause instanceof SyntaxError ? ': it is no JSON' : '';
    throw new MapImportError('unreadable', `Cannot read ${file}${why}. Give an .osm.pbf or GeoJSON file.`, {
      cause,
    });
  }
  const result = collection.safeParse(data);
  if (!result.success)
    throw new MapImportError(
      'not-a-map',
      `${file} is no GeoJSON feature collection: ${z.prettifyError(result.error).split('\n').slice(0, 2).join(' ')}`,
    );
  return result.data.features;
}

function visit(
  { properties, geometry }: Feature,
  index: number,
  ids: Map<string, number>,
  visitor: MapVisitor,
): void {
  if (!geometry) return;
  const tags = tagsOf(properties ?? {});
  const idOf = (at: readonly number[]): number => {
    const key = `${at[0]} ${at[1]}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ids.size + 1;
    ids.set(key, id);
    visitor.node?.(id, at[0] ?? 0, at[1] ?? 0, {});
    return id;
  };
  const way = (points: Line) => {
    const refs = points.map(idOf);
    visitor.way?.(index, refs, tags);
  };
  switch (geometry.type) {
    case 'Point': {
      // A point may lie on a road: it is a node of its own only where no road has it.
      const id = idOf(geometry.coordinates);
      return visitor.node?.(id, geometry.coordinates[0], geometry.coordinates[1], tags);
    }
    case 'LineString':
      return way(geometry.coordinates);
    case 'MultiLineString':
      return geometry.coordinates.forEach(way);
    case 'Polygon':
      return way(geometry.coordinates[0] ?? []);
    case 'MultiPolygon':
      return geometry.coordinates.forEach(([outer = []]) => {
        way(outer);
      });
  }
}

/** Text and numbers; what ogr2ogr packs into `other_tags` ("key"=>"value") as well. */
function tagsOf(properties: Readonly<Record<string, unknown>>): Tags {
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'string' || typeof value === 'number') tags[key] = String(value);
    if (key === 'other_tags' && typeof value === 'string')
      for (const [, name = '', inner = ''] of value.matchAll(/"([^"]*)"=>"((?:[^"\\]|\\.)*)"/g))
        tags[name] = inner;
    // osmtogeojson can nest the tags.
    if (key === 'tags' && typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) if (typeof inner === 'string') tags[name] = inner;
  }
  return tags;
}
