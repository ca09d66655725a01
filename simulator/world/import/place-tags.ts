/** What OpenStreetMap's tags say about places (https://wiki.openstreetmap.org/wiki/Map_features). */
import type { Area } from '../city.ts';
import { categoryOf } from '../categories.ts';
import { parseHours } from '../opening-hours.ts';
import { words } from '../spoken-text.ts';
import type { Tags } from './map-source.ts';

export interface PlaceTags {
  /** Empty where it has none. */
  readonly name: string;
  readonly category: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** `key=value` → category, in the words of `categories.ts`. */
const CATEGORIES: Readonly<Record<string, string>> = {
  'amenity=charging_station': 'charging_station',
  'amenity=fuel': 'petrol_station',
  'amenity=parking': 'parking',
  'amenity=restaurant': 'restaurant',
  'amenity=pub': 'restaurant',
  'amenity=cafe': 'coffee',
  'amenity=fast_food': 'fast_food',
  'amenity=hospital': 'hospital',
  'amenity=clinic': 'hospital',
  'amenity=pharmacy': 'pharmacy',
  'amenity=school': 'school',
  'amenity=university': 'school',
  'amenity=college': 'school',
  'amenity=cinema': 'cinema',
  'amenity=theatre': 'theatre',
  'amenity=police': 'police',
  'amenity=bank': 'bank',
  'amenity=atm': 'atm',
  'amenity=car_wash': 'car_wash',
  'amenity=toilets': 'toilets',
  'amenity=library': 'library',
  'amenity=post_office': 'post_office',
  'amenity=place_of_worship': 'church',
  'shop=supermarket': 'supermarket',
  'shop=convenience': 'supermarket',
  'shop=bakery': 'bakery',
  'shop=mall': 'shopping_mall',
  'shop=department_store': 'shopping_mall',
  'shop=car_repair': 'car_repair',
  'tourism=hotel': 'hotel',
  'tourism=hostel': 'hotel',
  'tourism=motel': 'hotel',
  'tourism=guest_house': 'hotel',
  'tourism=museum': 'museum',
  'tourism=gallery': 'museum',
  'tourism=zoo': 'zoo',
  'leisure=fitness_centre': 'gym',
  'leisure=sports_centre': 'gym',
  'leisure=stadium': 'stadium',
  'leisure=park': 'park',
  'railway=station': 'train_station',
  'aeroway=aerodrome': 'airport',
  'highway=rest_area': 'rest_area',
  'highway=services': 'rest_area',
  'natural=beach': 'beach',
};
const KEYS = [...new Set(Object.keys(CATEGORIES).map((pair) => pair.split('=')[0] ?? ''))];

/** Kinds that are of use without a name, and what they are called then. */
const NAMELESS: Readonly<Record<string, string>> = {
  charging_station: 'Charging station',
  petrol_station: 'Petrol station',
  parking: 'Car park',
  atm: 'Cash machine',
  toilets: 'Public toilets',
  car_wash: 'Car wash',
  rest_area: 'Rest area',
};

/** @returns undefined for what nobody drives to */
export function placeOf(tags: Tags): PlaceTags | undefined {
  const key = KEYS.find((candidate) => `${candidate}=${tags[candidate]}` in CATEGORIES);
  const category = key && CATEGORIES[`${key}=${tags[key]}`];
  if (!category || tags.access === 'private' || tags.access === 'no') return undefined;
  const name = tags.name ?? tags.brand ?? tags.operator ?? NAMELESS[category];
  if (name === undefined) return undefined;
  const hours = tags.opening_hours;
  return {
    name,
    category,
    attributes: {
      ...(hours !== undefined && parseHours(hours) && { hours }),
      ...(tags.phone !== undefined && { phone: tags.phone }),
      ...(category === 'charging_station' && charging(tags)),
      ...(category === 'parking' && parking(tags)),
      ...((category === 'restaurant' || category === 'fast_food') && cuisine(tags)),
      ...(category === 'hotel' && stars(tags)),
    },
  };
}

type Attributes = Record<string, string | number | boolean>;

/** Sockets by what fast-charging drivers look for first. */
const PLUGS = [
  ['socket:type2_combo', 'CCS'],
  ['socket:chademo', 'CHAdeMO'],
  ['socket:type2', 'Type 2'],
] as const;

function charging(tags: Tags): Attributes {
  const powers = Object.entries(tags)
    .filter(([key]) => /(^charging_station:output|:output)$/.test(key))
    .map(([, value]) => kilowatts(value))
    .filter((power) => power !== undefined);
  const plug = PLUGS.find(([key]) => tags[key] !== undefined && tags[key] !== 'no')?.[1];
  return {
    ...(powers.length > 0 && { power: Math.max(...powers) }),
    ...(plug && { plug }),
    ...count(tags.capacity, 'stalls'),
    ...(tags.fee === 'no' && { price: 0 }),
  };
}

/** "150 kW", "22000" (watts). */
function kilowatts(text: string): number | undefined {
  const [, number, unit] = /(\d+(?:[.,]\d+)?)\s*(k?w)?/i.exec(text) ?? [];
  if (number === undefined) return undefined;
  const value = Number(number.replace(',', '.'));
  const power = unit?.toLowerCase() === 'w' || (unit === undefined && value > 1000) ? value / 1000 : value;
  return power > 0 && power <= 1000 ? power : undefined;
}

function parking(tags: Tags): Attributes {
  const kind = tags.parking;
  return {
    ...(tags.fee === 'no' && { price: 0 }),
    ...(kind !== undefined && { covered: kind === 'underground' || kind === 'multi-storey' }),
    ...count(tags.capacity, 'spaces'),
  };
}

/** The first of several, in the word that people's words for it lead to: "sushi" is japanese. */
function cuisine(tags: Tags): Attributes {
  const [first] = (tags.cuisine ?? '').split(';');
  if (!first) return {};
  const text = first.trim().replaceAll('_', ' ');
  return { cuisine: categoryOf(words(text))?.cuisine ?? text };
}

function stars(tags: Tags): Attributes {
  return count(tags.stars, 'stars');
}

function count(text: string | undefined, key: string): Attributes {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value > 0 ? { [key]: value } : {};
}

/** An outline worth drawing: water and parks. */
export function areaOf(tags: Tags): Pick<Area, 'kind' | 'name'> | undefined {
  const name = tags.name ?? '';
  const isWater =
    tags.natural === 'water' ||
    tags.waterway === 'riverbank' ||
    tags.landuse === 'reservoir' ||
    tags.natural === 'bay';
  if (isWater) return { kind: 'water', name };
  const isGreen =
    tags.leisure === 'park' ||
    tags.leisure === 'garden' ||
    tags.natural === 'wood' ||
    tags.landuse === 'forest' ||
    tags.landuse === 'recreation_ground' ||
    tags.landuse === 'cemetery';
  return isGreen ? { kind: 'park', name } : undefined;
}

const DISTRICTS = new Set([
  'suburb',
  'quarter',
  'neighbourhood',
  'village',
  'town',
  'hamlet',
  'borough',
  'city_block',
]);

/** Name of the part of town that a `place` node is the middle of. */
export function districtOf({ place, name }: Tags): string | undefined {
  return place !== undefined && DISTRICTS.has(place) ? name : undefined;
}
