import { parse } from 'yaml';
import { z } from 'zod';
import type { Command, Seat } from '../../../vehicle/command.ts';
import { plain } from '../../../vehicle/slots.ts';
import type { Car } from '../car.ts';
import { commandSchema } from '../machine/data.ts';

const helpSchema = z.array(
  z.strictObject({ about: z.array(z.string()).nonempty(), say: z.string(), command: commandSchema }),
);
export type Help = readonly {
  readonly about: readonly string[];
  readonly say: string;
  readonly command: Command;
}[];
export const readHelp = (yaml: string): Help => helpSchema.parse(parse(yaml));

const EXAMPLES = 3;

/**
 * Examples of what can be said now: about one thing where it was named, else from different parts of the car.
 * @param turn counts the turns, so that asking again tells other examples
 */
export function examples(
  help: Help,
  car: Car,
  { seat, about, turn }: { readonly seat: Seat; readonly about: string | undefined; readonly turn: number },
): readonly string[] {
  const words = new Set(plain(about ?? '').split(' '));
  const fitting = help.filter((entry) => about === undefined || entry.about.some((word) => words.has(word)));
  // Neighbours are about the same thing; steps lead to another part of the car.
  const step = about === undefined ? Math.max(1, Math.floor(fitting.length / EXAMPLES)) : 1;
  const from = about === undefined ? turn : 0;
  const found = new Set<string>();
  for (let index = 0; index < fitting.length && found.size < EXAMPLES; index++) {
    const entry =
      fitting[(from + index * step + Math.floor((index * step) / fitting.length)) % fitting.length];
    if (entry && car.preview(entry.command, { seat }).verdict !== 'refuse') found.add(entry.say);
  }
  return [...found];
}
