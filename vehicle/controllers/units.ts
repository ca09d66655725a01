/** What is measured, in the units that the car's screens are set to. */
import type { SignalValue } from '../signals/signal.ts';
import type { View } from './plan.ts';

/** What is asked for the units: text signals. */
type Screens = Pick<View, 'text'>;

const HMI = 'Vehicle.Cabin.Infotainment.HMI';
export const KM_PER_MILE = 1.609344;

/** Whether the temperatures are in degrees Fahrenheit. */
export const isFahrenheit = (view: Screens): boolean => view.text(`${HMI}.TemperatureUnit`) === 'F';
/** Whether the speeds are in miles per hour. */
export const isMilesPerHour = (view: Screens): boolean => view.text(`${HMI}.SpeedUnit`) === 'MILES_PER_HOUR';
/** Whether the distances are in miles. */
const isMiles = (view: Screens): boolean => view.text(`${HMI}.DistanceUnit`) === 'MILES';

export const toFahrenheit = (celsius: number): number => (celsius * 9) / 5 + 32;

/** Degrees Celsius in whole degrees of the owner's unit, as the weather is told. */
export const shownDegrees = (celsius: number, view: Screens): number =>
  Math.round(isFahrenheit(view) ? toFahrenheit(celsius) : celsius);

export function shownSpeed(kmh: number, view: Screens): { speed: number; unit: string } {
  return isMilesPerHour(view)
    ? { speed: Math.round(kmh / KM_PER_MILE), unit: 'mph' }
    : { speed: Math.round(kmh), unit: 'kmh' };
}

/** Metres as the car's owner reads them: rounded, with their unit. */
export function shownDistance(metres: number, view: Screens): { distance: number; unit: string } {
  if (isMiles(view)) {
    const miles = metres / 1000 / KM_PER_MILE;
    return { distance: miles < 10 ? Math.round(miles * 10) / 10 : Math.round(miles), unit: 'mi' };
  }
  if (metres < 1000) return { distance: Math.round(metres / 10) * 10, unit: 'm' };
  const km = metres / 1000;
  return { distance: km < 10 ? Math.round(km * 10) / 10 : Math.round(km), unit: 'km' };
}

/** Kilowatt hours per 100 kilometres, or per 100 miles. */
export function shownConsumption(kwh: number, view: Screens): { consumption: number; unit: string } {
  const [consumption, unit] = isMiles(view) ? [kwh * KM_PER_MILE, 'mi'] : [kwh, 'km'];
  return { consumption: Math.round(consumption * 10) / 10, unit };
}

/** A reading in the unit in which the screens have such readings. @param unit of VSS; degrees Celsius and km/h are converted */
export function shownReading(value: SignalValue, unit: string | undefined, view: Screens): SignalValue {
  if (typeof value !== 'number') return value;
  if (unit === 'Celsius') return isFahrenheit(view) ? toFahrenheit(value) : value;
  if (unit === 'km/h') return isMilesPerHour(view) ? value / KM_PER_MILE : value;
  return value;
}
