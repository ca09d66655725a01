import type { Signals } from '../store.ts';
import { textAt } from '../signals.ts';
import { locale } from './language.ts';

const HMI = 'Vehicle.Cabin.Infotainment.HMI';

/** The units of the car's screens, and how they write the time. */
export const UNIT_SIGNALS = {
  temperature: `${HMI}.TemperatureUnit`,
  distance: `${HMI}.DistanceUnit`,
  speed: `${HMI}.SpeedUnit`,
  clock: `${HMI}.TimeFormat`,
} as const;

export interface Units {
  readonly temperature: 'C' | 'F';
  readonly distance: 'km' | 'mi';
  readonly speed: 'km/h' | 'mph' | 'm/s';
  readonly clock: 12 | 24;
}

export const METRIC: Units = { temperature: 'C', distance: 'km', speed: 'km/h', clock: 24 };

const MILE = 1.609344;
const FEET_PER_METRE = 3.28084;
/** Kilopascal per pound-force per square inch. */
const PSI = 6.894757;

/** A number and its unit, which are often set in different sizes. */
export interface Measure {
  readonly value: string;
  readonly unit: string;
}

export const written = ({ value, unit }: Measure): string => (unit === '' ? value : `${value} ${unit}`);

export function unitsOf(signals: Signals): Units {
  const speed = textAt(signals, UNIT_SIGNALS.speed);
  return {
    temperature: textAt(signals, UNIT_SIGNALS.temperature) === 'F' ? 'F' : 'C',
    distance: textAt(signals, UNIT_SIGNALS.distance) === 'MILES' ? 'mi' : 'km',
    speed: speed === 'MILES_PER_HOUR' ? 'mph' : speed === 'METERS_PER_SECOND' ? 'm/s' : 'km/h',
    clock: textAt(signals, UNIT_SIGNALS.clock) === 'HR_12' ? 12 : 24,
  };
}

/** @param digits behind the decimal point, as many as are written */
export const decimal = (value: number, digits = 0): string =>
  // A minus before nothing: −0.04 °C is written 0.0.
  (Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).toLocaleString(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

const UNKNOWN = '–';

/** `21.5°`, `70 °F` as `70°F`; the usual unit goes without its letter. */
export function temperature(celsius: number | undefined, { temperature: unit }: Units): string {
  if (celsius === undefined) return UNKNOWN;
  return unit === 'F' ? `${decimal(celsius * 1.8 + 32)}°F` : `${decimal(celsius, 1)}°`;
}

/** Under a thousand metres (feet) as they are told on the road: in tens. @param metres range or distance */
export function distance(metres: number | undefined, { distance: unit }: Units): string {
  if (metres === undefined) return UNKNOWN;
  if (unit === 'km' && metres < 1_000) return `${decimal(Math.round(metres / 10) * 10)} m`;
  if (unit === 'mi' && metres < 300) return `${decimal(Math.round((metres * FEET_PER_METRE) / 50) * 50)} ft`;
  const long = metres / 1_000 / (unit === 'mi' ? MILE : 1);
  return `${decimal(long, long < 10 ? 1 : 0)} ${unit}`;
}

/** @param kmh as VSS has it; backwards is as fast as forwards */
export function speed(kmh: number | undefined, { speed: unit }: Units): Measure {
  const fast = Math.abs(kmh ?? 0);
  const value = unit === 'mph' ? fast / MILE : unit === 'm/s' ? fast / 3.6 : fast;
  return { value: decimal(value), unit };
}

/** @param perHundred kWh/100 km @returns the same, or miles per kWh, which is how miles are told */
export function consumption(perHundred: number | undefined, { distance: unit }: Units): Measure {
  if (unit === 'mi') {
    const far = perHundred === undefined || perHundred <= 0 ? undefined : 100 / MILE / perHundred;
    return { value: far === undefined ? UNKNOWN : decimal(far, 1), unit: 'mi/kWh' };
  }
  return { value: perHundred === undefined ? UNKNOWN : decimal(perHundred, 1), unit: 'kWh/100 km' };
}

/** @param kilopascal as VSS has it @returns bar, or psi where distances are in miles: VSS 6.0 has no unit of its own */
export function pressure(kilopascal: number | undefined, { distance: unit }: Units): Measure {
  if (kilopascal === undefined) return { value: UNKNOWN, unit: unit === 'mi' ? 'psi' : 'bar' };
  return unit === 'mi'
    ? { value: decimal(kilopascal / PSI), unit: 'psi' }
    : { value: decimal(kilopascal / 100, 1), unit: 'bar' };
}

/**
 * What the car's clock shows then: whoever watches may be in another zone, and the car in another year.
 * @param when epoch milliseconds of virtual time
 * @param utcOffset minutes that the car's clock is ahead of UTC
 */
export const timeOfDay = (when: number, utcOffset: number, { clock }: Units): string =>
  new Date(when + utcOffset * 60_000).toLocaleTimeString(clock === 12 ? 'en-US' : 'en-GB', {
    timeZone: 'UTC',
    hour: clock === 12 ? 'numeric' : '2-digit',
    minute: '2-digit',
  });
