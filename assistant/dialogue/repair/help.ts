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
  const allowed = fitting.filter(({ command }) => car.preview(command, { seat }).verdict !== 'refuse');
  if (allowed.length === 0) return [];
  // One of each part of the car before a second one of any.
  const step = about === undefined ? Math.max(1, Math.floor(allowed.length / EXAMPLES)) : 1;
  const from = about === undefined ? turn % allowed.length : 0;
  const picked = Array.from(
    { length: EXAMPLES },
    (_, index) => allowed[(from + index * step) % allowed.length]?.say ?? '',
  );
  return [...new Set(picked)];
}
