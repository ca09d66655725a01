import { stringify } from 'yaml';
import { z } from 'zod';
import { policySchema } from '../policy.ts';
import { framesOf, type CaseInFile, type SlotExpectation } from '../suite.ts';
import { assemble, type ReadCase } from './assemble.ts';
import type { Slots } from './canonical.ts';
import type { Format } from './format.ts';
import type { SourceText } from '../parse.ts';
import { collectLosses, type Losses } from './losses.ts';
import { parseJson, parseYaml } from '../parse.ts';

/**
 * NLU.DevOps: generic utterances in JSON, and its test settings (JSON or YAML) with the intent that means nothing and
 * the thresholds. A threshold for all intents is the drop of a policy that must not go unseen.
 */
const atom = z.union([z.string(), z.number()]);
const entity = z.looseObject({
  entityType: z.string(),
  matchText: z.string().nullish(),
  matchIndex: z.number().int().nonnegative().nullish(),
  entityValue: z.unknown().optional(),
});
const utterance = z.looseObject({
  text: z.string(),
  intent: z.string().nullish(),
  entities: z.array(entity).nullish(),
  utteranceId: z.union([z.string(), z.number()]).transform(String).optional(),
  speechFile: z.string().optional(),
});
const settingsSchema = z.looseObject({
  trueNegativeIntent: z.string().optional(),
  thresholds: z
    .array(
      z.looseObject({
        type: z.enum(['intent', 'entity']),
        group: z.string().optional(),
        threshold: z.number().min(0).max(1).default(0),
      }),
    )
    .default([]),
});
const NOTHING = 'None';
const SETTINGS_FILE = 'test-settings.yaml';
const isUtterances = ({ text }: SourceText) => /^\s*\[/.test(text);
const isSettings = ({ text }: SourceText) =>
  /\b(trueNegativeIntent|thresholds|strictEntities|ignoreEntities)\b/.test(text);

export const nluDevops: Format = {
  name: 'nlu-devops',
  title: 'NLU.DevOps generic utterances (JSON), with test settings',
  holds: {
    ids: 'all',
    keys: ['audio'],
    dialogues: false,
    nothing: true,
    several: 'no',
    compares: 'each',
    text: (text) => text,
    label: (name) => name !== NOTHING,
    slots: (slots, text) =>
      Object.fromEntries(
        Object.entries(slots).flatMap(([name, slot]) => {
          const kept = slotFor(slot, text);
          return kept === undefined ? [] : [[name, kept]];
        }),
      ),
    policy: ({ minimumDrop }) => policySchema.parse({ minimumDrop }),
  },
  recognises: (sources) =>
    sources.some(
      (source) => isUtterances(source) && /^\s*\[\s*(\{[^}]*"(text|intent)"\s*:|\])/.test(source.text),
    ) && sources.every((source) => isUtterances(source) || isSettings(source)),
  read(sources) {
    const losses = collectLosses();
    const settings = sources
      .filter((source) => !isUtterances(source))
      .map((source) => parseYaml(source, settingsSchema).data);
    const nothing =
      settings.find(({ trueNegativeIntent }) => trueNegativeIntent !== undefined)?.trueNegativeIntent ??
      NOTHING;
    const read = sources
      .filter(isUtterances)
      .flatMap((source) => parseJson(source, z.array(utterance)).map((one) => caseOf(one, nothing, losses)));
    const minimumDrop = dropOf(
      settings.flatMap(({ thresholds }) => thresholds),
      losses,
    );
    return {
      suite: {
        ontology: 'none',
        ...(minimumDrop !== undefined && { policy: policySchema.parse({ minimumDrop }) }),
        cases: [...assemble(read, 'each')],
      },
      losses: losses.list(),
    };
  },
  write({ cases, policy }) {
    const settings = {
      trueNegativeIntent: NOTHING,
      ...(policy && { thresholds: [{ type: 'intent', threshold: policy.minimumDrop }] }),
    };
    return [
      { file: 'utterances.json', text: `${JSON.stringify(cases.map(utteranceOf), null, 2)}\n` },
      ...(policy ? [{ file: SETTINGS_FILE, text: stringify(settings) }] : []),
    ];
  },
};

function caseOf(data: z.infer<typeof utterance>, nothing: string, losses: Losses): ReadCase {
  const { text, intent, entities, utteranceId, speechFile } = data;
  const isNothing = intent === undefined || intent === null || intent === nothing;
  for (const key of ['score', 'textScore', 'timestamp', 'strictEntities', 'ignoreEntities'])
    if (key in data) losses.add(`${key} of utterances`);
  const slots = new Map<string, SlotExpectation>();
  for (const { entityType, matchText, entityValue } of entities ?? []) {
    const value = valueOf(entityValue);
    if (entityValue !== undefined && entityValue !== null && value === undefined)
      losses.add('entity values that are objects (their words are kept)');
    const one: SlotExpectation | undefined =
      value === undefined
        ? typeof matchText === 'string'
          ? { text: matchText }
          : undefined
        : typeof matchText === 'string'
          ? { value, text: matchText }
          : value;
    if (one === undefined) continue;
    const before = slots.get(entityType);
    slots.set(entityType, before === undefined ? one : listOf([...plainOf(before), ...plainOf(one)]));
  }
  return {
    ...(utteranceId !== undefined && { id: utteranceId }),
    turns: [
      { text, intents: isNothing ? [] : [intent], ...(entities && { slots: Object.fromEntries(slots) }) },
    ],
    more: speechFile === undefined ? {} : { audio: speechFile },
  };
}

/** Of at least two values. */
const listOf = (values: readonly (string | number)[]): SlotExpectation =>
  values as [string | number, ...(string | number)[]];

/** As entries of a list. */
function plainOf(slot: SlotExpectation): readonly (string | number)[] {
  if (typeof slot !== 'object') return [slot];
  return Array.isArray(slot) ? slot : [slot.value ?? slot.text ?? ''].flat();
}

function valueOf(value: unknown): string | number | [string | number, ...(string | number)[]] | undefined {
  const checked = z.union([atom, z.tuple([atom], atom)]).safeParse(value);
  return checked.success ? checked.data : undefined;
}

/** Words only where they stand in the text; a value always. */
function slotFor(slot: SlotExpectation, utteranceText: string): SlotExpectation | undefined {
  if (typeof slot !== 'object' || Array.isArray(slot)) return slot;
  const { value, text } = slot;
  const words = text !== undefined && text !== '' && utteranceText.includes(text) ? text : undefined;
  if (value === undefined) return words === undefined ? undefined : { text: words };
  return words === undefined ? value : { value, text: words };
}

function utteranceOf({ id, text = '', audio, expect }: CaseInFile) {
  const [frame] = framesOf(expect ?? []);
  return {
    utteranceId: id,
    text,
    intent: frame?.intent ?? NOTHING,
    ...(frame?.slots && {
      entities: Object.entries(frame.slots).map(([name, slot]) => entityOf(name, slot)),
    }),
    ...(audio !== undefined && { speechFile: audio }),
  };
}

function entityOf(entityType: string, slot: Slots[string]) {
  if (typeof slot !== 'object' || Array.isArray(slot)) return { entityType, entityValue: slot };
  const { value, text } = slot;
  return {
    entityType,
    ...(text !== undefined && { matchText: text, matchIndex: 0 }),
    ...(value !== undefined && { entityValue: value }),
  };
}

function dropOf(
  thresholds: z.infer<typeof settingsSchema>['thresholds'],
  losses: Losses,
): number | undefined {
  const whole = thresholds.filter(
    ({ type, group = '*', threshold }) => type === 'intent' && group === '*' && threshold > 0,
  );
  if (whole.length < thresholds.length)
    losses.add('thresholds of entities, of single intents, and of 0 (write floors into the policy instead)');
  return whole[0]?.threshold;
}
