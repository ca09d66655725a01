import { z } from 'zod';
import { SuiteError, type Place } from '../problems.ts';
import { framesOf, type CaseInFile } from '../suite.ts';
import { MARK_NAME, markable, markSpans, readMarks } from './annotated.ts';
import { assemble } from './assemble.ts';
import { collectLosses } from './losses.ts';
import type { Format } from './format.ts';
import { parseJsonLines } from '../parse.ts';
import { placeSlots, slotsOf } from './spans.ts';

/**
 * MASSIVE, JSON lines with `utt` and `annot_utt` (FitzGerald et al. 2022). Locale, partition and scenario become tags
 * such as `locale:en-US`.
 */
const row = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  intent: z.string(),
  utt: z.string(),
  annot_utt: z.string(),
  locale: z.string().optional(),
  partition: z.string().optional(),
  scenario: z.string().optional(),
});
const FACETS = ['locale', 'partition', 'scenario'] as const;

export const massive: Format = {
  name: 'massive',
  title: 'MASSIVE, JSON lines with annot_utt',
  holds: {
    ids: 'all',
    keys: [],
    dialogues: false,
    nothing: false,
    several: 'no',
    compares: 'all-or-none',
    text: markable,
    label: () => true,
    slots: wordSlots,
    tags: facetTags,
  },
  recognises: (sources) => sources.every(({ text }) => /^\s*\{.*"annot_utt"\s*:/.test(text)),
  read(sources) {
    const losses = collectLosses();
    const read = sources.flatMap((source) =>
      parseJsonLines(source, row).map(({ data, place }) => {
        const marked = readMarks(data.annot_utt);
        if (!marked) throw notMarked(place, 'annot_utt');
        if (Object.keys(data).some((key) => /^worker_id|judgments|slot_method/.test(key)))
          losses.add('workers, judgments and slot methods');
        // What is said is `utt`; the marks tell where, as long as both are the same words.
        if (marked.text !== data.utt) losses.add('utt where it differs from annot_utt', data.id);
        return {
          id: data.id,
          turns: [{ text: marked.text, intents: [data.intent], slots: slotsOf(marked.text, marked.spans) }],
          tags: FACETS.flatMap((name) => (data[name] ? [tagOf(name, data[name])] : [])),
        };
      }),
    );
    return { suite: { ontology: 'none', cases: [...assemble(read, 'all-or-none')] }, losses: losses.list() };
  },
  write({ cases }) {
    const lines = cases.map((case_) => {
      const facets = facetsOf(case_.tags ?? []);
      const { text, intent, spans } = wordsOf(case_);
      return JSON.stringify({
        id: case_.id,
        ...facets,
        intent,
        utt: text,
        annot_utt: markSpans(text, spans),
      });
    });
    return [{ file: 'massive.jsonl', text: lines.map((line) => `${line}\n`).join('') }];
  },
};

/** Slots by their words alone. */
export function wordSlots(slots: Parameters<typeof placeSlots>[1], text: string) {
  const named = Object.fromEntries(Object.entries(slots).filter(([name]) => MARK_NAME.test(name)));
  const spans = placeSlots(text, named);
  return slotsOf(
    text,
    spans.map(({ name, start, end }) => ({ name, start, end })),
  );
}

/** Of a case that `fit` has let through. */
export function wordsOf({ text = '', expect }: CaseInFile) {
  const [frame] = framesOf(expect ?? []);
  const { intent = '', slots = {} } = frame ?? {};
  return { text, intent, spans: placeSlots(text, slots) };
}

export const notMarked = (place: Place, key: string): SuiteError =>
  new SuiteError([{ ...place, message: `${key}: a bracket has no pair, or is not "[name : words]"` }]);

const tagOf = (facet: string, value: string) => `${facet}:${value.replace(/[^\w.:/+-]+/g, '-')}`;

function facetsOf(tags: readonly string[]): Partial<Record<(typeof FACETS)[number], string>> {
  return Object.fromEntries(
    FACETS.flatMap((facet) => {
      const tag = tags.find((one) => one.startsWith(`${facet}:`) && one.length > facet.length + 1);
      return tag === undefined ? [] : [[facet, tag.slice(facet.length + 1)]];
    }),
  );
}

function facetTags(tags: readonly string[]): readonly string[] {
  return Object.entries(facetsOf(tags)).map(([facet, value]) => tagOf(facet, value));
}
