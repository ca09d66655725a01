/** What the dialogue's data files (wishes, watchers, help) may say: commands and conditions on signals. */
import { z } from 'zod';
import { SEATS, type Command, type Seat, type SlotValue } from '../../../vehicle/command.ts';
import { INTENTS, type SlotName } from '../../../vehicle/ontology.generated.ts';
import type { SignalReading } from '../../../vehicle/outcome.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import { seatPlace, wheelSide } from '../../../vehicle/zones.ts';

const atom = z.union([z.string(), z.number()]);
const slot = z.union([
  atom,
  z.array(atom).nonempty(),
  z.strictObject({ value: atom, unit: z.string().optional(), text: z.string().optional() }),
]);

/** `{intent: window.close, slots: {zone: all}}`; a slot is its value, or `{value, unit, text}`. */
export const commandSchema = z
  .strictObject({ intent: z.enum(INTENTS), slots: z.record(z.string(), slot).optional() })
  .transform(({ intent, slots = {} }): Command => ({
    intent,
    slots: Object.fromEntries(
      Object.entries(slots).map(([name, short]) => [name as SlotName, slotOf(short)]),
    ),
  }));

function slotOf(short: z.infer<typeof slot>): SlotValue {
  if (typeof short !== 'object') return { text: String(short), value: short };
  if (!('value' in short)) return { text: short.join(' and '), value: short };
  const { value, unit, text = String(value) } = short;
  return { text, value, ...(unit !== undefined && { unit }) };
}

/**
 * What a signal must be; all keys given must hold. Paths stand without `Vehicle.`; `{seat}` is the speaker's seat
 * (`Row1.DriverSide`), `{station}` its climate zone (`Row1.Driver`). Of several `signals`, one that fits is enough.
 */
export const conditionSchema = z.strictObject({
  signals: z.array(z.string()).nonempty(),
  above: z.number().optional(),
  below: z.number().optional(),
  is: z.union([z.string(), z.number(), z.boolean()]).optional(),
  not: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Another signal, and by how much this one is to lie above or below it. */
  aboveSignal: z.strictObject({ signal: z.string(), by: z.number() }).optional(),
  belowSignal: z.strictObject({ signal: z.string(), by: z.number() }).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** A signal's target where an actuator is told to reach one, else its value; undefined for a path the car does not have. */
export type Read = (path: string) => SignalValue | undefined;

/** The first reading that makes the condition hold, or undefined. */
export function holding(condition: Condition, read: Read): SignalReading | undefined {
  for (const signal of condition.signals) {
    const path = `Vehicle.${signal}`;
    const value = read(path);
    if (value !== undefined && fits(condition, value, read)) return { path, value };
  }
  return undefined;
}

/** The readings by which all conditions hold, or undefined when one does not. */
export function allHolding(
  conditions: readonly Condition[],
  read: Read,
): readonly SignalReading[] | undefined {
  const readings: SignalReading[] = [];
  for (const condition of conditions) {
    const reading = holding(condition, read);
    if (!reading) return undefined;
    readings.push(reading);
  }
  return readings;
}

function fits(condition: Condition, value: SignalValue, read: Read): boolean {
  const { above, below, is, not, aboveSignal, belowSignal } = condition;
  const number = typeof value === 'number' ? value : NaN;
  const other = (path: string) => Number(read(`Vehicle.${path}`));
  return (
    (above === undefined || number > above) &&
    (below === undefined || number < below) &&
    (is === undefined || value === is) &&
    (not === undefined || value !== not) &&
    (!aboveSignal || number > other(aboveSignal.signal) + aboveSignal.by) &&
    (!belowSignal || number < other(belowSignal.signal) - belowSignal.by)
  );
}

/** A reader in which `{seat}` and `{station}` stand for a speaker's own. */
export function readerFor(seat: Seat, read: Read): Read {
  const { row, side } = seatPlace(seat, wheelSide(String(read('Vehicle.Cabin.DriverPosition') ?? 'LEFT')));
  return (path) => read(path.replace('{seat}', `${row}.${side}Side`).replace('{station}', `${row}.${side}`));
}

export const isSeat = (text: string): text is Seat => (SEATS as readonly string[]).includes(text);
