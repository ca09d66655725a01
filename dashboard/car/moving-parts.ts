/** What of the car moves, shines or glows: a name for each number of its pose, and where it puts the parts. */
import type { Car } from './car.ts';
import type { Pose, SeatPlace, Side } from './pose.ts';

/** Names of what moves, made once: a frame makes nothing. */
const named = <K extends string>(group: string, keys: readonly K[]) =>
  keys.map((key) => ({ key, name: `${group}.${key}` }));
const SIDES: readonly Side[] = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
const SEATS: readonly SeatPlace[] = [...SIDES, 'rearMiddle'];
const DOORS = named('door', SIDES);
const WINDOWS = named('window', SIDES);
const SEAT_GLOWS = named('seat', SEATS);
const LIGHTS = named('light', [
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

/** What indicators, wipers and wheels do by the clock, not by the pose alone. */
export interface Beat {
  readonly left: number;
  readonly right: number;
  /** 0 at rest … 1 at the other end. */
  readonly wipers: number;
  /** Radians. */
  readonly roll: number;
}

/** Puts every part of the car where its number says. @param shares what `numbersOf` names */
export function placeParts(car: Car, shares: { value(name: string): number }, beat: Beat): void {
  for (const { key, name } of DOORS) car.setDoor(key, shares.value(name));
  for (const { key, name } of WINDOWS) car.setWindow(key, shares.value(name));
  car.setSunroof(shares.value('sunroof'));
  car.setGate(shares.value('gate'));
  car.setFrunk(shares.value('frunk'));
  car.setFlap(shares.value('flap'));
  car.setMirror('left', shares.value('mirror.left'));
  car.setMirror('right', shares.value('mirror.right'));
  car.setWipers(beat.wipers);
  car.wheels.turn(beat.roll, shares.value('steering') * 100);
  car.interior.steer(shares.value('steering') * 100);
  for (const { key, name } of LIGHTS) car.shine(key, shares.value(name));
  car.shine('indicatorLeft', beat.left);
  car.shine('indicatorRight', beat.right);
  for (const { key, name } of SEAT_GLOWS) car.interior.showSeat(key, shares.value(name));
}

/** Gives the ambient light its colours. */
export function showAmbient(car: Car, { ambient }: Pick<Pose, 'ambient'>): void {
  for (const side of ['left', 'right'] as const) car.interior.showAmbient(side, ambient[side], ambient.power);
}
