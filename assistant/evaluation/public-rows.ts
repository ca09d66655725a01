import { z } from 'zod';
import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import type { Ontology } from '../understanding/ontology.ts';
import { MeasuredRowError, parsedJson, type MeasuredRow } from './measured-row.ts';

const rule = z.strictObject({
  to: z.string(),
  only: z.string().optional(),
  not: z.string().optional(),
  cap: z.number().optional(),
  plain: z.boolean().default(false),
});
const table = z.array(
  z.strictObject({
    set: z.string(),
    files: z.array(z.string()),
    dev: z.array(z.string()).default([]),
    licence: z.string(),
    slots: z.record(z.string(), z.string()).optional(),
    no_slot: z.array(z.string()).default([]),
    intents: z.record(z.string(), z.array(rule)),
  }),
);
const rowLine = z.object({
  id: z.string(),
  text: z.string(),
  intent: z.string(),
  slots: z.array(z.object({ name: z.string(), start: z.number().int(), end: z.number().int() })),
  slots_annotated: z.boolean().optional(),
});
type PublicRow = z.infer<typeof rowLine>;
type Rule = z.infer<typeof rule>;

/** A public data set: which of its files measure, and what its labels mean. */
export type PublicSet = z.infer<typeof table>[number];

/** Reads `training/public.yaml`, parsed. @throws MeasuredRowError for a label that the car does not have */
export function readPublicSets(parsed: unknown, ontology: Ontology): readonly PublicSet[] {
  const sets = table.parse(parsed);
  for (const { set, intents } of sets) {
    const stranger = Object.values(intents)
      .flat()
      .find(({ to }) => !ontology.labels.has(to));
    if (stranger) throw new MeasuredRowError(`public.yaml, ${set}: the car has no "${stranger.to}"`);
  }
  return sets;
}

/**
 * Reads those lines of a public file whose labels certainly mean one of ours, as `training/public.py` does; the first
 * of several with the same text.
 * @param lines JSONL `{"id","text","intent","slots":[{"name","start","end"}]}`
 * @throws MeasuredRowError naming the line that is not such a row
 */
export function publicRows(
  set: PublicSet,
  lines: readonly string[],
  file: string,
  ontology: Ontology,
): readonly MeasuredRow[] {
  const rows = new Map<string, MeasuredRow>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const where = `${file}:${index + 1}`;
    const checked = rowLine.safeParse(parsedJson(line, where));
    if (!checked.success) throw new MeasuredRowError(`${where}: ${z.prettifyError(checked.error)}`);
    const text = checked.data.text.trim();
    const lower = text.toLowerCase();
    const hit = set.intents[checked.data.intent]?.find((one) => fits(lower, one));
    if (hit && !rows.has(lower)) rows.set(lower, convert(checked.data, text, hit, set, ontology));
  }
  return [...rows.values()];
}

/** Rows that hold a stand-in instead of words are left out. */
function fits(text: string, { only, not }: Rule): boolean {
  if (/<unk>|olly|quoted/.test(text)) return false;
  return (
    (only === undefined || new RegExp(only).test(text)) && !(not !== undefined && new RegExp(not).test(text))
  );
}

function convert(
  row: PublicRow,
  text: string,
  { to, plain }: Rule,
  { set, slots: names, no_slot: skipped }: PublicSet,
  ontology: Ontology,
): MeasuredRow {
  const allowed = ontology.labels.get(to)?.slots ?? [];
  const marked = row.slots.filter(({ name }) => !skipped.includes(name));
  const translated = marked.every(({ name }) => allowed.includes(names?.[name] ?? ''));
  const annotated = (row.slots_annotated ?? names !== undefined) && translated && row.text === text;
  const slotsKnown = plain || allowed.length === 0 || (annotated && marked.length > 0);
  const slots = annotated && slotsKnown ? marked : [];
  return {
    id: row.id,
    text,
    context: [],
    source: set,
    slotsKnown,
    commands: [
      {
        intent: to as Intent,
        start: 0,
        end: text.length,
        // Checked above against what the intent may carry.
        slots: slots.map(({ name, start, end }) => ({ name: names?.[name] as SlotName, start, end })),
      },
    ],
  };
}
