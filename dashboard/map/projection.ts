import { t } from '../language/language.ts';
import type { WorldMap } from '../../simulator/server/protocol.ts';

type Position = WorldMap['streets'][number]['line'][number];
export type Point = readonly [x: number, y: number];

/** Metres per degree of latitude (mean of WGS 84). */
const PER_DEGREE = 111_195;

/**
 * A flat map for a city: an equirectangular projection about the middle of `bounds`, exact to a metre over ten
 * kilometres. @returns degrees → metres from the north-west corner, x to the east, y to the south as in SVG
 */
export function createProjection([west, south, , north]: WorldMap['bounds']): (at: Position) => Point {
  const perLongitude = PER_DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return ([longitude, latitude]) => [(longitude - west) * perLongitude, (north - latitude) * PER_DEGREE];
}

/** SVG path data for a line through points in metres, to the decimetre; `closed` for an area. */
export function pathData(points: readonly Point[], closed = false): string {
  const steps = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return steps.length === 0 ? '' : `M${steps.join('L')}${closed ? 'Z' : ''}`;
}

/** The smallest square, with a margin of a tenth, that holds all points: its middle and its side in metres. */
export function frame(points: readonly Point[]): { readonly middle: Point; readonly side: number } {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return {
    middle: [(left + right) / 2, (top + bottom) / 2],
    side: Math.max(right - left, bottom - top, 100) * 1.2,
  };
}

const COMPASS = [
  'compass.0',
  'compass.1',
  'compass.2',
  'compass.3',
  'compass.4',
  'compass.5',
  'compass.6',
  'compass.7',
] as const;

/** @param heading degrees clockwise from north */
export const compassWords = (heading: number): string =>
  t(COMPASS[Math.round((((heading % 360) + 360) % 360) / 45) % 8] ?? 'compass.0');

/** `1 h 05 min`, `9 min`, `under a minute`. @param seconds remaining */
export function travelWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return t('travel.soon');
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
