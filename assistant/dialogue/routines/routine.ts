import { z } from 'zod';
import type { Command } from '../../../vehicle/command.ts';
import { INTENTS } from '../../../vehicle/ontology.generated.ts';
import { plain } from '../../../vehicle/slots.ts';

const atom = z.union([z.string().max(200), z.number()]);
const slotValue = z.strictObject({
  text: z.string().max(200),
  value: z.union([atom, z.array(atom)]),
  unit: z.string().optional(),
});
/** More would no longer be one wish. */
export const LONGEST_ROUTINE = 12;

/** What somebody has taught the car to do at a word. */
export const routineSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** What was said, for telling it back. */
  said: z.string().max(2000),
  commands: z
    .array(z.strictObject({ intent: z.enum(INTENTS), slots: z.record(z.string(), slotValue) }))
    .min(1)
    .max(LONGEST_ROUTINE),
});
export type Routine = Readonly<z.infer<typeof routineSchema>>;

/** Words that mean something to the conversation itself are no names. */
const RESERVED =
  /^(yes|no|stop|cancel|help|undo|again|more|less|why|why not|okay|ok|hello|hi|thanks|thank you)$/;
const MOST_WORDS = 6;

/** Why these words cannot name a routine; undefined when they can. */
export function unfit(name: string): 'reserved' | 'long' | undefined {
  const words = plain(name);
  if (words === '' || RESERVED.test(words)) return 'reserved';
  return words.split(' ').length > MOST_WORDS ? 'long' : undefined;
}

/** The routine of this name, with or without "mode" and "routine" around it. */
export function routineNamed(routines: readonly Routine[], name: string): Routine | undefined {
  const wanted = core(name);
  return wanted === '' ? undefined : routines.find((routine) => core(routine.name) === wanted);
}

const core = (name: string) =>
  plain(name)
    .replace(/^(the|my|our) /, '')
    .replace(/ (routine|scene)$/, '');

/** The routines with this one in the place of any of the same name. */
export function taught(routines: readonly Routine[], routine: Routine): readonly Routine[] {
  return [...routines.filter(({ name }) => core(name) !== core(routine.name)), routine];
}

export function forgotten(routines: readonly Routine[], name: string): readonly Routine[] {
  return routines.filter((routine) => core(routine.name) !== core(name));
}

/** What a routine does, as commands. The slots were checked when it was read. */
export const commandsOf = ({ commands }: Routine): readonly Command[] => commands;
