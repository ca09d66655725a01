import { z } from 'zod';
import { framesOf, type CaseInFile } from '../suite.ts';
import { assemble } from './assemble.ts';
import type { Format } from './format.ts';
import { parseJson } from '../parse.ts';

/** CLINC150, one object of lists of `[text, intent]` (Larson et al. 2019). What is no test becomes a tag `split:train`. */
const SPLITS = ['train', 'val', 'test'] as const;
const pairs = z.array(z.tuple([z.string(), z.string()])).default([]);
const shape = z.object({
  train: pairs,
  val: pairs,
  test: pairs,
  oos_train: pairs,
  oos_val: pairs,
  oos_test: pairs,
});
const OUT_OF_SCOPE = 'oos';

export const clinc150: Format = {
  name: 'clinc150',
  title: 'CLINC150, JSON with train, val, test and oos lists',
  holds: {
    ids: 'none',
    keys: [],
    dialogues: false,
    nothing: true,
    several: 'no',
    text: (text) => text,
    label: (name) => name !== OUT_OF_SCOPE,
    tags: (tags) => (splitOf(tags) === 'test' ? [] : [`split:${splitOf(tags)}`]),
  },
  recognises: ([first, ...others]) =>
    first !== undefined &&
    others.length === 0 &&
    /^\s*\{\s*"(oos_)?(train|val|test)"\s*:\s*\[/.test(first.text),
  read(sources) {
    const read = sources.flatMap((source) => {
      const data = parseJson(source, shape);
      return SPLITS.flatMap((split) =>
        [...data[split], ...data[`oos_${split}`]].map(([text, intent]) => ({
          turns: [{ text, intents: intent === OUT_OF_SCOPE ? [] : [intent] }],
          ...(split !== 'test' && { tags: [`split:${split}`] }),
        })),
      );
    });
    return { suite: { ontology: 'none', cases: [...assemble(read, 'never')] }, losses: [] };
  },
  write({ cases }) {
    const pair = ({ text = '', expect }: CaseInFile): readonly [string, string] => [
      text,
      framesOf(expect ?? [])[0]?.intent ?? OUT_OF_SCOPE,
    ];
    const lists = SPLITS.flatMap((split) => [
      [split, inScope(cases, split).map(pair)],
      [`oos_${split}`, outOfScope(cases, split).map(pair)],
    ]);
    return [{ file: 'clinc150.json', text: `${JSON.stringify(Object.fromEntries(lists), null, 1)}\n` }];
  },
};

type Split = (typeof SPLITS)[number];

const splitOf = (tags: readonly string[] = []): Split =>
  tags.includes('split:train') ? 'train' : tags.includes('split:val') ? 'val' : 'test';

const inScope = (cases: readonly CaseInFile[], split: Split) =>
  cases.filter(({ tags, expect }) => splitOf(tags) === split && framesOf(expect ?? []).length > 0);
const outOfScope = (cases: readonly CaseInFile[], split: Split) =>
  cases.filter(({ tags, expect }) => splitOf(tags) === split && framesOf(expect ?? []).length === 0);
