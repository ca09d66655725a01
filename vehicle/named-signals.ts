import { SIGNAL_INTENTS, type Command, type SignalIntent, type SlotValue } from './command.ts';
import { answered, done, refused, unavailable, write, type Plan, type View } from './controllers/plan.ts';
import type { Facts } from './outcome.ts';
import type { SignalDefinition } from './signals/catalogue.ts';
import type { SignalValue } from './signals/signal.ts';
import { amountPercent, atoms, count, levelPercent, TENTHS, word } from './slots.ts';

export type SignalCommand = Command & { readonly intent: SignalIntent };

export const isSignalCommand = (command: Command): command is SignalCommand =>
  (SIGNAL_INTENTS as readonly string[]).includes(command.intent);

/** How an allowed value such as `RAIN_SENSOR` or `4WD` is said. */
export const spokenChoice = (allowed: string): string => allowed.replaceAll('_', ' ').toLowerCase();

/**
 * What a command about a named signal comes to: one target to set, an answer, or a reason why not. What may be said
 * follows from the signal's own entry: a switch knows on and off, a number its limits, a choice its allowed values.
 */
export function planSignal(command: SignalCommand, view: View): Plan<never> {
  const definition = view.catalogue.find(word(command.slots, 'item') ?? '');
  if (!definition) return unavailable('signal.unknown_path');
  const name = definition.spokenNames?.[0] ?? definition.path;
  const facts = (value: SignalValue): Facts => ({ name, value: spokenValue(value, definition.unit) });
  if (command.intent === 'signal.query')
    return answered('signal.named.is', facts(view.value(definition.path)));
  if (definition.type !== 'actuator') return refused('signal.named.read_only', { name });
  const meant = valueMeant(command, definition, view.target(definition.path));
  if (typeof meant === 'object') return refused(meant.code, { name, ...meant.facts });
  return done('signal.named.set', facts(meant), {
    writes: [write(definition.path, meant)],
    already: 'signal.named.is',
  });
}

interface Misfit {
  readonly code: string;
  readonly facts?: Facts;
}

type Single = boolean | number | string;

function valueMeant(
  { intent, slots }: SignalCommand,
  definition: SignalDefinition,
  now: SignalValue,
): Single | Misfit {
  if (definition.allowed) return choiceMeant(intent, slots.mode, definition.allowed);
  if (definition.datatype === 'boolean')
    return intent === 'signal.on' ? true : intent === 'signal.off' ? false : { code: 'signal.named.switch' };
  if (typeof now !== 'number') return { code: 'signal.named.not_spoken' };
  return numberMeant(intent, slots.level, slots.amount, definition, now);
}

function choiceMeant(
  intent: SignalIntent,
  said: SlotValue | undefined,
  allowed: readonly string[],
): Single | Misfit {
  const words =
    intent === 'signal.on' ? 'on' : intent === 'signal.off' ? 'off' : String(atoms(said)[0] ?? '');
  const choice = allowed.find((item) => item === words || spokenChoice(item) === words.toLowerCase());
  return choice ?? { code: 'signal.named.choices', facts: { choices: allowed.map(spokenChoice) } };
}

function numberMeant(
  intent: SignalIntent,
  level: SlotValue | undefined,
  amount: SlotValue | undefined,
  { min = 0, max = 100, unit, default: factory, datatype }: SignalDefinition,
  now: number,
): Single | Misfit {
  const whole = datatype !== 'float' && datatype !== 'double';
  const fits = (value: number) => (whole ? Math.round(value) : value);
  const share = (percent: number) => fits(min + ((max - min) * percent) / 100);
  const range: Misfit = { code: 'signal.named.range', facts: { min, max: spokenValue(max, unit) } };
  switch (intent) {
    case 'signal.on':
      // What somebody has chosen stays; else as it leaves the factory, else all of it.
      if (now > min) return now;
      return typeof factory === 'number' && factory > min ? factory : max;
    case 'signal.off':
      return Math.max(min, Math.min(0, max));
    case 'signal.increase':
    case 'signal.decrease': {
      const number = count(amount);
      const inUnits = number !== undefined && amount?.unit !== 'percent' && unit !== undefined;
      const by = inUnits ? number : ((max - min) * amountPercent(amount, TENTHS)) / 100;
      // "A bit more" of three levels is one level, not none.
      const step = whole ? Math.max(1, Math.round(by)) : by;
      return Math.min(max, Math.max(min, now + (intent === 'signal.increase' ? step : -step)));
    }
    default: {
      if (!level) return range;
      const number = count(level);
      if (number === undefined || (level.unit === 'percent' && unit !== 'percent')) {
        const percent = levelPercent(level, TENTHS);
        return percent === undefined ? range : share(percent);
      }
      return number < min || number > max ? range : fits(number);
    }
  }
}

function spokenValue(value: SignalValue, unit?: string): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return unit === undefined ? String(value) : `${value} ${unit}`;
  return typeof value === 'string' ? spokenChoice(value) : value.join(', ');
}
