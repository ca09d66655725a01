/** The city as data: what `generate-city.ts` writes and an importer of other maps would. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const position = z.tuple([z.number(), z.number()]).readonly();

export const ROAD_KINDS = ['motorway', 'primary', 'secondary', 'residential', 'ferry'] as const;
export type RoadKind = (typeof ROAD_KINDS)[number];

/** Metres of street per pair of house numbers: 1 and 2 face each other, then 3 and 4. */
export const HOUSE_SPACING = 14;

const citySchema = z.object({
  name: z.string(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  centre: position,
  /** Junctions and bends. */
  nodes: z.array(position),
  streets: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(ROAD_KINDS),
      /** Limit in km/h. */
      speed: z.number().positive(),
      /** Only in the order of `nodes`. */
      oneway: z.boolean().optional(),
      toll: z.boolean().optional(),
      /** Indices into the city's `nodes`. Streets that share a node meet there. */
      nodes: z.array(z.number().int().nonnegative()).min(2),
    }),
  ),
  areas: z.array(
    z.object({ kind: z.enum(['water', 'park', 'district']), name: z.string(), ring: z.array(position) }),
  ),
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      category: z.string(),
      at: position,
      address: z.string(),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
});

export type City = z.infer<typeof citySchema>;
export type Street = City['streets'][number];

/** A city file that cannot be used. */
export class CityError extends Error {
  readonly reason: 'unreadable' | 'invalid';
  readonly recoverable = true;

  constructor(reason: CityError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CityError';
    this.reason = reason;
  }
}

/**
 * Reads a city file.
 * @param file path; Lindhaven, which comes with the package, when it is left out
 * @throws CityError when the file is missing, is not JSON, or does not describe a city
 */
export function loadCity(
  file: string = fileURLToPath(import.meta.resolve('#package/simulator/world/data/city.json')),
): City {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CityError('unreadable', `Cannot read the city file ${file}. Give the path of a city in JSON.`, {
      cause,
    });
  }
  const result = citySchema.safeParse(data);
  if (!result.success)
    throw new CityError('invalid', `${file} is not a city: ${z.prettifyError(result.error)}`);
  const lost = result.data.streets.find((street) =>
    street.nodes.some((node) => node >= result.data.nodes.length),
  );
  if (lost)
    throw new CityError('invalid', `${file} is not a city: ${lost.name} uses a node that does not exist.`);
  return result.data;
}
