import { findContacts, numberOf, type Contact } from '../../vehicle/controllers/contacts.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { same } from '../../vehicle/signals/store.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import type { Drive } from '../drive.ts';
import type { CLOSINGS, Condition, Conditions, Injection, WHEELS } from './scenario.ts';

type Readable = Pick<Vehicle, 'read'>;

/** What does not hold, each in a few words; empty when all conditions do. */
export function unmet(conditions: Conditions, car: Readable): readonly string[] {
  return Object.entries(conditions).flatMap(([path, condition]) => {
    const { value } = car.read(path);
    return holds(condition, value) ? [] : [`${path} is ${show(value)}, not ${wanted(condition)}`];
  });
}

function holds(condition: Condition, value: SignalValue): boolean {
  if (typeof condition !== 'object' || Array.isArray(condition)) return same(condition, value);
  if ('not' in condition) return !same(condition.not, value);
  if (typeof value !== 'number') return false;
  if ('within' in condition) return Math.abs(value - condition.value) <= condition.within;
  const { min = -Infinity, max = Infinity } = condition;
  return value >= min && value <= max;
}

function wanted(condition: Condition): string {
  if (typeof condition !== 'object' || Array.isArray(condition)) return show(condition);
  if ('not' in condition) return `anything but ${show(condition.not)}`;
  if ('within' in condition) return `${condition.value} ± ${condition.within}`;
  const { min, max } = condition;
  if (min === undefined) return `at most ${max ?? ''}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

const show = (value: SignalValue) => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value));

const PHONE = 'Vehicle.Cabin.Infotainment.Phone';
const CHARGE = 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current';
/** Kilopascal that a tyre has left after a nail. */
const FLAT = 90;
const TYRES: Readonly<Record<(typeof WHEELS)[number], string>> = {
  front_left: 'Row1.Wheel.Left',
  front_right: 'Row1.Wheel.Right',
  rear_left: 'Row2.Wheel.Left',
  rear_right: 'Row2.Wheel.Right',
};
const OBSTRUCTED: Readonly<Record<(typeof CLOSINGS)[number], string>> = {
  driver_window: 'Vehicle.Cabin.Door.Row1.DriverSide.Window.IsObstructed',
  passenger_window: 'Vehicle.Cabin.Door.Row1.PassengerSide.Window.IsObstructed',
  rear_left_window: 'Vehicle.Cabin.Door.Row2.DriverSide.Window.IsObstructed',
  rear_right_window: 'Vehicle.Cabin.Door.Row2.PassengerSide.Window.IsObstructed',
  roof: 'Vehicle.Cabin.Sunroof.IsObstructed',
  trunk: 'Vehicle.Body.Trunk.Rear.IsObstructed',
};

/** Lets happen what a scenario injects. */
export function inject(drive: Drive, events: Injection, contacts: readonly Contact[]): void {
  const { call, message, battery, flat_tyre, obstruction, sensors = {}, faults = {}, repair = [] } = events;
  if (call !== undefined) drive.sense(`${PHONE}.IncomingCall`, call && numberOfCaller(call, contacts));
  if (message)
    drive.sense(`${PHONE}.IncomingMessage`, `${numberOfCaller(message.from, contacts)}: ${message.text}`);
  if (battery !== undefined) drive.sense(CHARGE, battery);
  if (flat_tyre) {
    // A nail stays in the tyre.
    drive.sense(`Vehicle.Chassis.Axle.${TYRES[flat_tyre]}.Tire.Pressure`, FLAT, { stuck: true });
  }
  if (obstruction) drive.sense(OBSTRUCTED[obstruction], true);
  for (const [path, value] of Object.entries(sensors)) drive.sense(path, value);
  for (const [path, value] of Object.entries(faults)) drive.sense(path, value, { stuck: true });
  for (const path of repair) drive.repair(path);
}

/** The number of somebody in the phone's contacts; whoever is not there is written as a number. */
function numberOfCaller(name: string, contacts: readonly Contact[]): string {
  const [contact] = findContacts(name, contacts);
  return (contact && numberOf(contact, undefined)) ?? name;
}
