import { z } from 'zod';
import { MARK_NAME, markable, markSpans, readMarks } from './annotated.ts';
import { assemble } from './assemble.ts';
import type { Format } from './format.ts';
import { collectLosses } from './losses.ts';
import { notMarked, wordsOf } from './massive.ts';
import { parseJsonLines } from '../parse.ts';
import { BETWEEN_TOKENS, placeSlots, slotsOf } from './spans.ts';

/**
 * SLURP, JSON lines with `sentence_annotation` and `recordings` (Bastianelli et al. 2020). The first recording in a
 * WAV file becomes the sound of the case.
 */
const row = z.looseObject({
  slurp_id: z.union([z.string(), z.number()]).transform(String),
  sentence: z.string(),
  sentence_annotation: z.string(),
  intent: z.string(),
  recordings: z.array(z.looseObject({ file: z.string() })).default([]),
});
const IS_WAV = /\.wav$/i;

export const slurp: Format = {
  name: 'slurp',
  title: 'SLURP, JSON lines with sentence_annotation',
  holds: {
    ids: 'all',
    keys: ['audio'],
    dialogues: false,
    nothing: false,
    several: 'no',
    compares: 'all-or-none',
    text: (text) => markable(text)?.replace(/\s+/g, ' '),
    label: () => true,
    slots(slots, text) {
      const named = Object.fromEntries(Object.entries(slots).filter(([name]) => MARK_NAME.test(name)));
      const spans = placeSlots(text, named, BETWEEN_TOKENS);
      return slotsOf(
        text,
        spans.map(({ name, start, end }) => ({ name, start, end })),
      );
    },
  },
  recognises: (sources) => sources.every(({ text }) => /^\s*\{.*"slurp_id"\s*:/.test(text)),
  read(sources) {
    const losses = collectLosses();
    const read = sources.flatMap((source) =>
      parseJsonLines(source, row).map(({ data, place }) => {
        const marked = readMarks(data.sentence_annotation);
        if (!marked) throw notMarked(place, 'sentence_annotation');
        if (marked.text !== data.sentence)
          losses.add('sentences where they differ from their annotation', data.slurp_id);
        const sound = data.recordings.find(({ file }) => IS_WAV.test(file));
        if (data.recordings.length > (sound ? 1 : 0))
          losses.add('recordings that are no WAV file, or not the first one', data.slurp_id);
        return {
          id: data.slurp_id,
          turns: [{ text: marked.text, intents: [data.intent], slots: slotsOf(marked.text, marked.spans) }],
          more: sound ? { audio: sound.file } : {},
        };
      }),
    );
    return { suite: { ontology: 'none', cases: [...assemble(read, 'all-or-none')] }, losses: losses.list() };
  },
  write({ cases }) {
    const lines = cases.map((case_) => {
      const { text, intent } = wordsOf(case_);
      const [scenario = '', ...action] = intent.split(/[_.]/);
      const spans = tokenSpans(case_);
      const words = text.split(' ');
      const starts = words.map((_, index) => words.slice(0, index).join(' ').length + (index > 0 ? 1 : 0));
      return JSON.stringify({
        slurp_id: /^(0|[1-9]\d{0,14})$/.test(case_.id) ? Number(case_.id) : case_.id,
        sentence: text,
        sentence_annotation: markSpans(text, spans),
        intent,
        scenario,
        action: action.join('_'),
        tokens: words.map((surface, id) => ({ surface, id })),
        entities: spans.map(({ name, start, end }) => ({
          type: name,
          span: starts.flatMap((begin, id) => (begin >= start && begin < end ? [id] : [])),
        })),
        recordings: case_.audio === undefined ? [] : [{ file: case_.audio }],
      });
    });
    return [{ file: 'slurp.jsonl', text: lines.map((line) => `${line}\n`).join('') }];
  },
};

const tokenSpans = (case_: Parameters<typeof wordsOf>[0]) => {
  const expect = case_.expect;
  const slots = expect && typeof expect === 'object' && !Array.isArray(expect) ? (expect.slots ?? {}) : {};
  return placeSlots(case_.text ?? '', slots, BETWEEN_TOKENS);
};
