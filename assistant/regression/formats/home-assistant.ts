import { stringify } from 'yaml';
import { z } from 'zod';
import { framesOf, type ExpectedFrame, type SlotExpectation } from '../suite.ts';
import { assemble } from './assemble.ts';
import type { Format } from './format.ts';
import { collectLosses } from './losses.ts';
import { parseYaml } from '../parse.ts';

/** Tests of Home Assistant's intents: blocks of sentences with one intent and its slots by value. */
const atom = z.union([z.string(), z.number(), z.boolean().transform(String)]);
const slotValue = z.union([atom, z.array(atom).nonempty()]);
const block = z.looseObject({
  sentences: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  intent: z.looseObject({ name: z.string(), slots: z.record(z.string(), slotValue).nullish() }),
});
const fileSchema = z.looseObject({ language: z.string().optional(), tests: z.array(block) });
const LANGUAGE = 'en';

export const homeAssistant: Format = {
  name: 'home-assistant',
  title: 'Home Assistant intent tests (YAML)',
  holds: {
    ids: 'none',
    keys: [],
    dialogues: false,
    nothing: false,
    several: 'no',
    compares: 'each',
    text: (text) => text,
    label: () => true,
    slots: (slots) =>
      Object.fromEntries(
        Object.entries(slots).map(([name, slot]): [string, SlotExpectation] => {
          if (typeof slot !== 'object' || Array.isArray(slot)) return [name, slot];
          return [name, slot.value ?? slot.text ?? ''];
        }),
      ),
  },
  recognises: (sources) =>
    sources.length > 0 &&
    sources.every(({ text }) => /^tests\s*:/m.test(text) && /^\s*-?\s*"?sentences"?\s*:/m.test(text)),
  read(sources) {
    const losses = collectLosses();
    const read = sources.flatMap((source) =>
      parseYaml(source, fileSchema).data.tests.flatMap(({ sentences, intent, ...more }) => {
        for (const key of Object.keys(more)) losses.add(`"${key}" of tests`);
        for (const key of Object.keys(intent))
          if (key !== 'name' && key !== 'slots') losses.add(`"${key}" of intents`);
        return sentences.map((text) => ({
          turns: [{ text, intents: [intent.name], ...(intent.slots && { slots: intent.slots }) }],
        }));
      }),
    );
    return { suite: { ontology: 'none', cases: [...assemble(read, 'each')] }, losses: losses.list() };
  },
  write({ cases }) {
    const blocks = new Map<string, { readonly frame: ExpectedFrame; readonly sentences: string[] }>();
    for (const { text = '', expect } of cases) {
      const [frame] = framesOf(expect ?? []);
      if (!frame) continue;
      const key = JSON.stringify(frame);
      const known = blocks.get(key);
      if (known) known.sentences.push(text);
      else blocks.set(key, { frame, sentences: [text] });
    }
    const tests = [...blocks.values()].map(({ frame: { intent, slots }, sentences }) => ({
      sentences,
      intent: { name: intent, ...(slots && { slots }) },
    }));
    return [{ file: 'tests.yaml', text: stringify({ language: LANGUAGE, tests }, { lineWidth: 0 }) }];
  },
};
