/** The city as data: what `generate-city.ts` draws and `drivetalk map import` makes of OpenStreetMap. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Place, Position } from '../../vehicle/world.ts';
import { ForeseenError } from '../../vehicle/foreseen-error.ts';

export const ROAD_KINDS = ['motorway', 'primary', 'secondary', 'residential', 'ferry'] as const;
export type RoadKind = (typeof ROAD_KINDS)[number];
export const AREA_KINDS = ['water', 'park', 'district'] as const;

/** Metres of street per pair of house numbers where a city numbers by plots: 1 and 2 face each other, then 3 and 4. */
export const HOUSE_SPACING = 14;

export interface Street {
  /** Empty for a road without a name. Several streets may share one; those that touch are one street to people. */
  readonly name: string;
  readonly kind: RoadKind;
  /** Limit in km/h. */
  readonly speed: number;
  /** Only in the order of `nodes`. */
  readonly oneway?: boolean | undefined;
  readonly toll?: boolean | undefined;
  readonly roundabout?: boolean | undefined;
  /** For one direction; by its kind where it is not known. */
  readonly lanes?: number | undefined;
  /** Indices into the city's `nodes`. Streets that share a node meet there. */
  readonly nodes: readonly number[];
  readonly houses?: readonly House[] | undefined;
}

export interface House {
  readonly number: string;
  readonly at: Position;
}

export interface Area {
  readonly kind: (typeof AREA_KINDS)[number];
  readonly name: string;
  readonly ring: readonly Position[];
}

export interface City {
  readonly name: string;
  /** Whom the data comes from, where its licence asks for that to be told. */
  readonly attribution?: string | undefined;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly centre: Position;
  /** Junctions and bends. */
  readonly nodes: readonly Position[];
  /** Nodes with traffic lights. */
  readonly lights: readonly number[];
  /** Houses stand every `HOUSE_SPACING` metres, or only where they are listed. */
  readonly numbering: 'plots' | 'listed';
  readonly streets: readonly Street[];
  readonly areas: readonly Area[];
  readonly places: readonly Place[];
}

const FORMAT = 2;
/** A millionth of a degree is at most 11 cm. */
const MICRO = 1e6;

/** Positions as whole microdegrees, longitude and latitude in turn, each the difference to the one before: short, and quick to read. */
const path = z
  .array(z.int())
  .refine((numbers) => numbers.length % 2 === 0, 'has a longitude without a latitude')
  .transform(decode);

const index = z.int().nonnegative();
const position = z.tuple([z.number(), z.number()]).readonly();

const citySchema = z.object({
  name: z.string(),
  attribution: z.string().optional(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  centre: position,
  numbering: z.enum(['plots', 'listed']),
  nodes: path,
  lights: z.array(index),
  streets: z.array(
    z
      .object({
        name: z.string(),
        kind: z.enum(ROAD_KINDS),
        speed: z.number().positive(),
        oneway: z.boolean().optional(),
        toll: z.boolean().optional(),
        roundabout: z.boolean().optional(),
        lanes: z.int().positive().optional(),
        nodes: z.array(index).min(2),
        /** Numbers of the houses, and in the same order where they stand. */
        numbers: z.array(z.string()).optional(),
        houses: path.optional(),
      })
      .transform(({ numbers, houses, ...street }) => ({
        ...street,
        ...(numbers && houses && { houses: zip(numbers, houses) }),
      })),
  ),
  areas: z.array(z.object({ kind: z.enum(AREA_KINDS), name: z.string(), ring: path })),
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
const fileSchema = z.looseObject({ format: z.literal(FORMAT) });

/** A city file that cannot be used. */
export class CityError extends ForeseenError {
  readonly reason: 'unreadable' | 'invalid';
  readonly recoverable = true;

  constructor(reason: CityError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CityError';
    this.reason = reason;
  }
}

const noCity = (file: string, error: z.ZodError) =>
  new CityError(
    'invalid',
    `${file} is not a city: ${z.prettifyError(error)}. Make one with \`drivetalk map import\`.`,
  );

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
    throw new CityError(
      'unreadable',
      `Cannot read the city file ${file}. Give a file that \`drivetalk map import\` wrote.`,
      { cause },
    );
  }
  const isOurs = fileSchema.safeParse(data);
  if (!isOurs.success) throw noCity(file, isOurs.error);
  const result = citySchema.safeParse(data);
  if (!result.success) throw noCity(file, result.error);
  const city: City = result.data;
  const lost = city.streets.find((street) => street.nodes.some((node) => node >= city.nodes.length));
  if (lost)
    throw new CityError('invalid', `${file} is not a city: ${lost.name} uses a node that does not exist.`);
  return city;
}

/** The text of a city file: one line per street and place, so that a change can be read in a diff. */
export function cityFile(city: City): string {
  const list = (items: readonly unknown[]) =>
    `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const { nodes, streets, areas, places, ...head } = city;
  const start = JSON.stringify({ format: FORMAT, ...head }).slice(0, -1);
  const written = streets.map(({ houses, ...street }) => ({
    ...street,
    ...(houses && {
      numbers: houses.map(({ number }) => number),
      houses: encode(houses.map(({ at }) => at)),
    }),
  }));
  const outlines = areas.map(({ ring, ...area }) => ({ ...area, ring: encode(ring) }));
  return `${start},\n"nodes":${JSON.stringify(encode(nodes))},\n"streets":${list(written)},\n"areas":${list(outlines)},\n"places":${list(places)}}\n`;
}

function encode(positions: readonly Position[]): number[] {
  let [x, y] = [0, 0];
  return positions.flatMap((position) => {
    const [nextX, nextY] = [Math.round(position[0] * MICRO), Math.round(position[1] * MICRO)];
    const step = [nextX - x, nextY - y];
    [x, y] = [nextX, nextY];
    return step;
  });
}

function decode(numbers: readonly number[]): Position[] {
  const positions: Position[] = [];
  let [x, y] = [0, 0];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    x += numbers[i] ?? 0;
    y += numbers[i + 1] ?? 0;
    positions.push([x / MICRO, y / MICRO]);
  }
  return positions;
}

const zip = (numbers: readonly string[], positions: readonly Position[]): House[] =>
  positions.map((at, i) => ({ number: numbers[i] ?? '', at }));
