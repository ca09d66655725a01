import { z } from 'zod';
import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import type { CommandSpan, Example } from '../understanding/corpus.ts';
import type { Ontology } from '../understanding/ontology.ts';

/** An utterance with known commands, to measure a model by. */
export interface MeasuredRow extends Example {
  readonly id: string;
  /** The group that it is counted in as well. */
  readonly source: string;
  /** False where its source marks no slots, or others than the car's: only intents are measured then. */
  readonly slotsKnown: boolean;
}

export class MeasuredRowError extends Error {
  override readonly name = 'MeasuredRowError';
}

const place = { start: z.number().int().nonnegative(), end: z.number().int().nonnegative() };
const rowLine = z.object({
  id: z.string(),
  text: z.string(),
  context: z.array(z.object({ who: z.enum(['user', 'car']), text: z.string() })).default([]),
  commands: z
    .array(
      z.object({
        intent: z.string(),
        ...place,
        slots: z.array(z.object({ name: z.string(), ...place, value: z.string().optional() })),
      }),
    )
    .min(1),
  source: z.string(),
});

/**
 * Reads one line of a file that `make-data.ts` wrote.
 * @param where `file:line`, for the message
 * @throws MeasuredRowError naming what is wrong: no JSON, a missing field, a label or slot that the car does not have
 */
export function parseMeasuredRow(line: string, where: string, ontology: Ontology): MeasuredRow {
  const checked = rowLine.safeParse(parsedJson(line, where));
  if (!checked.success) throw new MeasuredRowError(`${where}: ${z.prettifyError(checked.error)}`);
  const commands = checked.data.commands.map(({ intent, slots, ...stretch }): CommandSpan => {
    const label = ontology.labels.get(intent);
    if (!label) throw new MeasuredRowError(`${where}: the car has no "${intent}"; make the data anew`);
    return {
      ...stretch,
      intent: intent as Intent,
      slots: slots.map(({ name, start, end, value }) => {
        if (!label.slots.includes(name))
          throw new MeasuredRowError(`${where}: ${intent} has no slot "${name}"`);
        return { name: name as SlotName, start, end, ...(value !== undefined && { value }) };
      }),
    };
  });
  return { ...checked.data, commands, slotsKnown: true };
}

export function parsedJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new MeasuredRowError(`${where}: not JSON`, { cause: error });
  }
}
