/** A machine of the car went from one of its states to another. */
export interface Transition {
  /** Subsystem, with the region where it has several: `media`, `climate.blower`. */
  readonly machine: string;
  readonly from: string;
  readonly to: string;
}

/** What XState calls a state's value, of each machine: a name, or one for each region. */
export type Modes = Readonly<Record<string, unknown>>;

/** Which machines have changed between two moments, and how. */
export const transitionsBetween = (before: Modes, after: Modes): readonly Transition[] =>
  Object.keys(after).flatMap((machine) => difference(machine, before[machine], after[machine]));

function difference(machine: string, from: unknown, to: unknown): readonly Transition[] {
  // Regions move independently; only those that moved are worth telling.
  if (isModes(from) && isModes(to) && Object.keys(from).join() === Object.keys(to).join())
    return Object.keys(to).flatMap((region) => difference(`${machine}.${region}`, from[region], to[region]));
  const [left, right] = [nameOf(from), nameOf(to)];
  return left === right ? [] : [{ machine, from: left, to: right }];
}

const isModes = (value: unknown): value is Modes => typeof value === 'object' && value !== null;

/** `ringing`, `call.ringing`. */
function nameOf(value: unknown): string {
  if (!isModes(value)) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}.${nameOf(inner)}`)
    .join(', ');
}
