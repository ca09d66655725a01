import type { Command, Seat, SlotValue } from '../command.ts';
import { SEATS } from '../command.ts';
import type { SignalWrite } from '../safety.ts';
import { amountOfWord, atoms, count } from '../slots.ts';
import { seatPlace, wheelSide, zoneName } from '../zones.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';
import { isFahrenheit, toFahrenheit } from './units.ts';

const UNIT = 'Vehicle.Cabin.Infotainment.HMI.TemperatureUnit';
const SEAT_HEATING = 'Vehicle.Cabin.Seat';
/** "A bit warmer", "warmer", "a lot warmer" in degrees Celsius. */
const STEPS = { small: 0.5, normal: 1, large: 3 };
/** "I'm freezing": people mean more than one degree. */
const COMFORT = { small: 1, normal: 2, large: 3 };
const FIRST_HEATING_LEVEL = 33;

export function temperaturePath(seat: Seat, view: View): string {
  const { row, side } = seatPlace(seat, wheelSide(view.text('Vehicle.Cabin.DriverPosition')));
  return `Vehicle.Cabin.HVAC.Station.${row}.${side}.Temperature`;
}

function limits(view: View): { low: number; high: number } {
  const { min = 16, max = 28 } = view.catalogue.get(temperaturePath('driver', view));
  return { low: min, high: max };
}

const toCelsius = (fahrenheit: number) => ((fahrenheit - 32) * 5) / 9;
const halfDegrees = (celsius: number) => Math.round(celsius * 2) / 2;

/** A temperature as the car's owner reads it. */
function shown(celsius: number, view: View): number {
  return isFahrenheit(view) ? Math.round(toFahrenheit(celsius)) : Math.round(celsius * 10) / 10;
}

/** A spoken temperature in celsius, or the plan that refuses it. */
export function temperatureSlot(slot: SlotValue, view: View): { celsius: number } | Plan<never> {
  const number = count(slot);
  if (number === undefined) return needs('temperature', 'climate.temperature.which');
  // A bare number is in the unit of the car's display.
  const fahrenheit =
    slot.unit === 'fahrenheit' || (slot.unit === undefined && isFahrenheit(view) && number >= 50);
  const celsius = fahrenheit ? toCelsius(number) : number;
  const { low, high } = limits(view);
  // A rounded Fahrenheit limit is still the limit.
  const slack = fahrenheit ? 0.3 : 0;
  if (celsius < low - slack || celsius > high + slack) return range(view);
  return { celsius: Math.min(high, Math.max(low, halfDegrees(celsius))) };
}

function range(view: View): Plan<never> {
  const { low, high } = limits(view);
  return refused('climate.temperature.range', {
    low: shown(low, view),
    high: shown(high, view),
    unit: view.text(UNIT),
  });
}

/** Zones whose set point a command changes: those spoken; all of them in sync; else the speaker's own. */
function zonesOf(spoken: readonly Seat[] | undefined, view: View): readonly Seat[] {
  if (view.flag('Vehicle.Cabin.HVAC.IsSyncActive')) return SEATS;
  return spoken ?? [view.by.seat];
}

/** A zone of its own ends the sync, as in every car. */
function endSync(spoken: readonly Seat[] | undefined): readonly SignalWrite[] {
  const apart = spoken !== undefined && spoken.length < SEATS.length && !spoken.includes('driver');
  return apart ? [write('Vehicle.Cabin.HVAC.IsSyncActive', false)] : [];
}

export function planTemperature(
  { intent, slots }: Command,
  view: View,
  spoken: readonly Seat[] | undefined,
): Plan<never> {
  const ending = endSync(spoken);
  const seats = ending.length > 0 && spoken ? spoken : zonesOf(spoken, view);
  if (intent === 'climate.temperature.query') {
    const seat = (spoken ?? [view.by.seat])[0] ?? 'driver';
    const path = temperaturePath(seat, view);
    const facts = {
      degrees: shown(view.goal(path), view),
      actual: shown(view.number(path), view),
      zone: zoneName([seat]),
    };
    return answered('climate.temperature.query', { ...facts, unit: view.text(UNIT) });
  }
  const change = (next: (celsius: number) => number, code: string): Plan<never> => {
    const { low, high } = limits(view);
    const wanted = seats.map((seat) => ({
      path: temperaturePath(seat, view),
      celsius: halfDegrees(next(view.goal(temperaturePath(seat, view)))),
    }));
    const writes = wanted.map(({ path, celsius }) => write(path, Math.min(high, Math.max(low, celsius))));
    const degrees = shown(Number(writes[0]?.value), view);
    const limited = wanted.some(({ celsius }) => celsius < low || celsius > high);
    const facts = { degrees, zone: zoneName(seats), unit: view.text(UNIT) };
    return done(limited ? 'climate.temperature.limit' : code, facts, {
      writes: [...ending, ...writes],
      already: limited ? 'climate.temperature.limit' : 'climate.temperature.already',
    });
  };
  const level = slots.level && temperatureOfLevel(slots.level, view);
  const exact = slots.temperature && temperatureSlot(slots.temperature, view);
  if (exact && 'code' in exact) return exact;
  const celsius = exact?.celsius ?? level;
  if (celsius !== undefined) return change(() => celsius, 'climate.temperature.set');
  if (intent === 'climate.temperature.set') return needs('temperature', 'climate.temperature.which');
  const sign = intent === 'climate.temperature.increase' ? 1 : -1;
  const step = degreesOf(slots.amount, view, STEPS);
  return change(
    (now) => now + sign * step,
    sign > 0 ? 'climate.temperature.increase' : 'climate.temperature.decrease',
  );
}

function degreesOf(
  amount: SlotValue | undefined,
  view: View,
  steps: { small: number; normal: number; large: number },
): number {
  const number = count(amount);
  if (number === undefined) return amountOfWord(amount, steps);
  if (amount?.unit === 'percent') {
    const { low, high } = limits(view);
    return ((high - low) * number) / 100;
  }
  return isFahrenheit(view) ? (number * 5) / 9 : number;
}

function temperatureOfLevel(slot: SlotValue, view: View): number | undefined {
  const { low, high } = limits(view);
  const share: Readonly<Record<string, number>> = { min: 0, low: 1 / 6, medium: 1 / 2, high: 5 / 6, max: 1 };
  const found =
    share[String(atoms(slot)[0])] ?? (slot.unit === 'percent' ? (count(slot) ?? 0) / 100 : undefined);
  return found === undefined ? undefined : low + (high - low) * Math.min(1, Math.max(0, found));
}

/** "I'm freezing", "it's boiling in the back": temperature, and the seat's heating with it. */
export function comfort(
  { intent, slots }: Command,
  view: View,
  spoken: readonly Seat[] | undefined,
): Plan<never> {
  const warmer = intent === 'climate.comfort.increase';
  const seats = zonesOf(spoken, view);
  const { low, high } = limits(view);
  const step = degreesOf(slots.amount, view, COMFORT) * (warmer ? 1 : -1);
  const temperatures = seats.map((seat) => {
    const path = temperaturePath(seat, view);
    return write(path, Math.min(high, Math.max(low, halfDegrees(view.goal(path) + step))));
  });
  const seatsToHeat = spoken ?? [view.by.seat];
  const heating = seatsToHeat.flatMap((seat) => {
    const { row, side } = seatPlace(seat, wheelSide(view.text('Vehicle.Cabin.DriverPosition')));
    const path = `${SEAT_HEATING}.${row}.${side}Side.HeatingCooling`;
    const now = view.goal(path);
    if (warmer) return now < FIRST_HEATING_LEVEL ? [write(path, FIRST_HEATING_LEVEL)] : [];
    return now > 0 ? [write(path, 0)] : [];
  });
  const cooling = warmer ? [] : [write('Vehicle.Cabin.HVAC.IsAirConditioningActive', true)];
  const facts = {
    degrees: shown(Number(temperatures[0]?.value), view),
    zone: zoneName(seats),
    unit: view.text(UNIT),
  };
  const code = warmer ? 'climate.comfort.warmer' : 'climate.comfort.cooler';
  return done(code, facts, {
    writes: [...temperatures, ...heating, ...cooling],
    already: 'climate.temperature.limit',
  });
}
