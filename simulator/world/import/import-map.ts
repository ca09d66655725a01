/** A map of the real world as a city to drive in. */
import { openSync, closeSync, readSync } from 'node:fs';
import type { City } from '../city.ts';
import { buildCity } from './build-city.ts';
import { collect, type Bounds } from './collect.ts';
import { geojsonSource } from './geojson-source.ts';
import { MapImportError, type MapSource } from './map-source.ts';
import { pbfSource } from './pbf-source.ts';

/** What OpenStreetMap's licence asks to be told (https://www.openstreetmap.org/copyright). */
export const OPENSTREETMAP =
  '© OpenStreetMap contributors, Open Database Licence (openstreetmap.org/copyright)';

export interface MapImportOptions {
  readonly name: string;
  /** What lies outside is left out. */
  readonly bounds?: Bounds | undefined;
  /** Whom the data comes from; OpenStreetMap unless told otherwise. */
  readonly attribution?: string;
  /** Share of the work, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * @param file path of an `.osm.pbf` file, or of GeoJSON with OpenStreetMap's tags as properties
 * @throws MapImportError
 */
export function importMap(
  file: string,
  { name, bounds, attribution = OPENSTREETMAP, onProgress }: MapImportOptions,
): City {
  return buildCity(collect(sourceOf(file), bounds, onProgress), { name, attribution });
}

/** GeoJSON begins with a brace, whatever the file is called. */
function sourceOf(file: string): MapSource {
  const start = Buffer.alloc(64);
  try {
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, start, 0, start.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw new MapImportError(
      'unreadable',
      `Cannot read ${file}. Give the path of an .osm.pbf or GeoJSON file.`,
      {
        cause,
      },
    );
  }
  return /^\uFEFF?\s*\{/.test(start.toString('utf8')) ? geojsonSource(file) : pbfSource(file);
}
