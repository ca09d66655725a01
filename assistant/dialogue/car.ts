import type { Command, Speaker } from '../../vehicle/command.ts';
import { shownReading } from '../../vehicle/controllers/units.ts';
import type { Decision, Outcome, SignalReading } from '../../vehicle/outcome.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';

/** What the dialogue needs of a car; `Vehicle` is one. */
export interface Car {
  execute(command: Command, by: Speaker): Outcome;
  /** The gate's answer alone. */
  preview(command: Command, by: Speaker): Decision;
  undo(by: Speaker): Outcome;
  /** Stops every motion where it is. */
  halt(by: Speaker): Outcome;
  /** Everything executed inside is undone by one `undo`. */
  compound<T>(run: () => T): T;
  write(path: string, value: SignalValue, by: Speaker): Outcome;
  readonly catalogue: { find(path: string): { readonly unit?: string } | undefined };
  /** Of a path that the catalogue has. */
  read(path: string): { readonly value: SignalValue; readonly target?: SignalValue };
}

/** An actuator's target, else the value; undefined for a path that this car does not have. */
export function readerOf(car: Car): (path: string) => SignalValue | undefined {
  return (path) => {
    if (!car.catalogue.find(path)) return undefined;
    const { value, target } = car.read(path);
    return target ?? value;
  };
}

/** A reading's value in the unit that the car's screens are set to. */
export type Shown = (reading: SignalReading) => SignalValue;

export function shownOn(car: Car): Shown {
  const screens = { text: (path: string) => String(car.catalogue.find(path) && car.read(path).value) };
  return ({ path, value }) => shownReading(value, car.catalogue.find(path)?.unit, screens);
}

/** Readings as facts of a message: whole numbers, by the last part of their paths. */
export const factsOf = (
  readings: readonly SignalReading[],
  shown: Shown,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    readings.map((reading) => {
      const value = shown(reading);
      const name = reading.path.slice(reading.path.lastIndexOf('.') + 1);
      return [name, typeof value === 'number' ? Math.round(value) : String(value)];
    }),
  );
