import { parse } from 'yaml';
import { z } from 'zod';
import type { Command, SlotValue } from '../../../vehicle/command.ts';
import { INTENTS } from '../../../vehicle/ontology.generated.ts';
import { factsOf, type Shown } from '../car.ts';
import { allHolding, commandSchema, conditionSchema, type Read } from '../machine/data.ts';
import type { Reason } from '../machine/memory.ts';
import { plainly, spokenPattern } from '../machine/spoken.ts';

const optionSchema = z.strictObject({
  /** All must hold; the first option that fits is taken. */
  when: z.array(conditionSchema).default([]),
  do: z.array(commandSchema).default([]),
  /** Said before what was done: why this. Its facts are the readings that decided, by the last part of their paths. */
  because: z.string().optional(),
  /** What "yes" carries out. */
  offer: z.array(commandSchema).default([]),
});
const wishSchema = z.strictObject({
  id: z.string(),
  /** The model's readings that carry it ... */
  intents: z.array(z.enum(INTENTS)).default([]),
  /** ... and what is said of it, in the pattern language; `{zone}` stands for any words. With both, one is enough. */
  said: z.array(z.string().transform(spokenPattern)).default([]),
  /** Slots that say exactly what is wanted: then there is nothing to choose. */
  unless: z.array(z.string()).default([]),
  options: z.array(optionSchema).nonempty(),
});
export type Wish = z.infer<typeof wishSchema>;

/** What the car does about a wish, and why. */
export interface Choice {
  readonly commands: readonly Command[];
  readonly offer: readonly Command[];
  readonly reason: Reason | null;
}

/** @throws ZodError naming the wish and the key that does not fit */
export function readWishes(yaml: string): readonly Wish[] {
  return z.array(wishSchema).parse(parse(yaml));
}

/** The wish that these words are, whatever the model read. */
export function saidWish(wishes: readonly Wish[], text: string): Wish | undefined {
  const words = plainly(text);
  return wishes.find(({ said }) => said.some((pattern) => pattern.match(words)));
}

/** The wish that this reading is; undefined when the command says itself what to do. */
export function readWish(wishes: readonly Wish[], { intent, slots }: Command): Wish | undefined {
  return wishes.find(
    ({ intents, unless }) =>
      (intents as readonly string[]).includes(intent) && !unless.some((slot) => slot in slots),
  );
}

/**
 * Chooses by the state of the car.
 * @param shown for the reason's facts
 * @param zone whose seats the wish is about, where somebody said so
 */
export function choose({ options }: Wish, read: Read, shown: Shown, zone?: SlotValue): Choice | undefined {
  for (const { when, do: commands, because, offer } of options) {
    const readings = allHolding(when, read);
    if (!readings) continue;
    return {
      commands: commands.map((command) => inZone(command, zone)),
      offer,
      reason:
        because === undefined ? null : { code: because, facts: factsOf(readings, shown), because: readings },
    };
  }
  return undefined;
}

/** `speaker` in the data stands for whoever the wish is about. */
function inZone(command: Command, zone: SlotValue | undefined): Command {
  return zone && command.slots.zone?.value === 'speaker'
    ? { ...command, slots: { ...command.slots, zone } }
    : command;
}
