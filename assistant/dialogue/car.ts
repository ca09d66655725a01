import type { Command, Speaker } from '../../vehicle/command.ts';
import type { Decision, Outcome } from '../../vehicle/outcome.ts';
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
  readonly catalogue: { find(path: string): object | undefined };
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
