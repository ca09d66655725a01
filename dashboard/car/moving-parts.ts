/** What of the car moves, shines or glows: a name for each number of its pose. */
import type { Pose, SeatPlace, Side } from './pose.ts';

/** Names of what moves, made once: a frame makes nothing. */
const named = <K extends string>(group: string, keys: readonly K[]) =>
  keys.map((key) => ({ key, name: `${group}.${key}` }));
const SIDES: readonly Side[] = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
const SEATS: readonly SeatPlace[] = [...SIDES, 'rearMiddle'];
export const DOORS = named('door', SIDES);
export const WINDOWS = named('window', SIDES);
export const SEAT_GLOWS = named('seat', SEATS);
export const LIGHTS = named('light', [
  'daytime',
  'low',
  'high',
  'fogFront',
  'tail',
  'brake',
  'reverse',
  'fogRear',
] as const);

/** Every number of the pose by name; angles shrink to the size of the others, so that all arrive alike. */
export function numbersOf(pose: Pose): Record<string, number> {
  const group = (name: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([key, value]) => [`${name}.${key}`, value] as const);
  return Object.fromEntries([
    ...group('door', pose.door),
    ...group('window', pose.window),
    ...group('light', pose.light),
    ...group('mirror', pose.mirror),
    ...group('seat', pose.seat),
    ['sunroof', pose.sunroof],
    ['gate', pose.gate],
    ['frunk', pose.frunk],
    ['flap', pose.flap],
    ['steering', pose.steering / 100],
    ['dome', pose.dome],
    ['daylight', pose.daylight],
    ['rain', pose.rain],
  ]);
}
