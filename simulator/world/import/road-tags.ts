/** What OpenStreetMap's tags say about a road (https://wiki.openstreetmap.org/wiki/Key:highway and the pages it links). */
import type { RoadKind } from '../city.ts';
import type { Tags } from './map-source.ts';

export interface RoadTags {
  readonly name: string;
  readonly kind: RoadKind;
  /** Limit in km/h. */
  readonly speed: number;
  /** `back`: only against the order of its nodes. */
  readonly oneway: 'no' | 'forth' | 'back';
  readonly toll: boolean;
  readonly roundabout: boolean;
  readonly lanes: number | undefined;
}

/** Kind of road, and its limit where no sign tells it, km/h. */
const HIGHWAYS: Readonly<Record<string, readonly [RoadKind, number]>> = {
  motorway: ['motorway', 120],
  motorway_link: ['motorway', 60],
  trunk: ['primary', 100],
  trunk_link: ['primary', 60],
  primary: ['primary', 60],
  primary_link: ['primary', 50],
  secondary: ['secondary', 50],
  secondary_link: ['secondary', 50],
  tertiary: ['secondary', 50],
  tertiary_link: ['secondary', 50],
  unclassified: ['residential', 50],
  residential: ['residential', 40],
  living_street: ['residential', 10],
  service: ['residential', 15],
};
const FERRY_SPEED = 20;
const KM_PER_MILE = 1.609344;
/** Zones of which only the kind is tagged, as in "DE:urban". */
const ZONES: Readonly<Record<string, number>> = {
  urban: 50,
  rural: 100,
  motorway: 120,
  walk: 7,
  living_street: 7,
};

const CLOSED = new Set(['no', 'private', 'agricultural', 'forestry', 'delivery', 'military', 'emergency']);

/** @returns undefined for what is no road, or not one for cars */
export function roadOf(tags: Tags): RoadTags | undefined {
  if (tags.area === 'yes') return undefined;
  const isFerry = tags.route === 'ferry';
  const [kind, usual] = isFerry ? (['ferry', FERRY_SPEED] as const) : (HIGHWAYS[tags.highway ?? ''] ?? []);
  if (kind === undefined || usual === undefined) return undefined;
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access;
  if (access !== undefined && CLOSED.has(access)) return undefined;
  // Ways between parked cars and to single houses would only be clutter.
  if (tags.highway === 'service' && tags.service !== undefined && tags.service !== 'alley') return undefined;
  const roundabout = tags.junction === 'roundabout' || tags.junction === 'circular';
  const oneway = onewayOf(tags, roundabout);
  return {
    name: nameOf(tags, kind),
    kind,
    speed: speedOf(tags.maxspeed) ?? usual,
    oneway,
    toll: tags.toll === 'yes',
    roundabout,
    lanes: lanesOf(tags, oneway !== 'no'),
  };
}

/** People say "the A 7" for a motorway, and the name for a street. */
function nameOf({ name, ref }: Tags, kind: RoadKind): string {
  const number = ref?.split(';')[0]?.trim();
  return (kind === 'motorway' ? (number ?? name) : (name ?? number)) ?? '';
}

function onewayOf({ oneway, highway }: Tags, roundabout: boolean): RoadTags['oneway'] {
  if (oneway === '-1' || oneway === 'reverse') return 'back';
  if (oneway === 'yes' || oneway === 'true' || oneway === '1') return 'forth';
  if (oneway === 'no') return 'no';
  return roundabout || highway === 'motorway' || highway === 'motorway_link' ? 'forth' : 'no';
}

function speedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(mph|km\/h)?$/.exec(text.trim()) ?? [];
  if (number !== undefined) {
    const value = Number(number) * (unit === 'mph' ? KM_PER_MILE : 1);
    return value >= 1 && value <= 200 ? Math.round(value) : undefined;
  }
  if (text === 'none') return 130;
  return ZONES[text.split(':').at(-1) ?? ''];
}

function lanesOf(tags: Tags, isOneway: boolean): number | undefined {
  const forward = Number(tags['lanes:forward']);
  if (Number.isInteger(forward) && forward > 0) return Math.min(forward, 6);
  const all = Number(tags.lanes);
  if (!Number.isFinite(all) || all < 1) return undefined;
  return Math.max(1, Math.min(6, Math.floor(isOneway ? all : all / 2)));
}
