import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import type { ContextTurn } from '../understanding/interpreter.ts';
import type { Ontology } from '../understanding/ontology.ts';
import type { PhraseSampler, Random, Sentence, Token } from '../understanding/sample-phrases.ts';

/** A sentence that means something only after the turns before it. */
export interface FollowUp {
  readonly context: readonly ContextTurn[];
  readonly sentence: Sentence;
}

const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError('there is nothing to draw');
  return one;
};
export const textOf = ({ tokens }: Sentence): string => tokens.map(({ text }) => text).join(' ');

const ALSO = [
  'and # too',
  'and for #',
  'and # as well',
  '# too',
  'same for #',
  'also #',
  'do # too',
  'and #',
  'for # too',
  'and the same for #',
] as const;
/** Operation → what is said of a thing named the turn before. */
const PRONOUN: Readonly<Record<string, readonly string[]>> = {
  on: [
    'turn it on',
    'turn it back on',
    'switch it on',
    'turn that on again',
    'on again',
    'put it back on',
    'turn it on again please',
    'back on',
    'switch it back on',
  ],
  off: [
    'turn it off',
    'turn it back off',
    'switch it off',
    'turn that off again',
    'off again',
    'shut it off',
    'turn it off again please',
    'back off',
    'switch it off again',
  ],
  open: [
    'open it',
    'open it again',
    'open it back up',
    'open them',
    'and open it',
    'now open it',
    'okay open it',
    'open that one',
  ],
  close: [
    'close it',
    'close it again',
    'close it back up',
    'close them',
    'and close it',
    'now close it',
    'okay close it',
    'close that one',
  ],
  lock: ['lock it', 'lock it again', 'lock them', 'now lock it', 'and lock it', 'lock that one'],
  unlock: [
    'unlock it',
    'unlock it again',
    'unlock them',
    'now unlock it',
    'and unlock it',
    'unlock that one',
  ],
  increase: [
    'turn it up',
    'turn it up # ',
    'make it higher',
    'crank it up',
    'bring it up #',
    'higher',
    'higher than that',
    'raise it #',
    'put it up #',
  ],
  decrease: [
    'turn it down',
    'turn it down #',
    'make it lower',
    'dial it down',
    'bring it down #',
    'lower',
    'lower than that',
    'reduce it #',
    'put it down #',
  ],
};
/** Things that are turned up and down; elsewhere "up" is a direction. */
const SCALES: ReadonlySet<string> = new Set([
  'climate.temperature', 'climate.fan', 'seat.heating', 'seat.ventilation', 'seat.massage', 'light.interior', 'light.ambient',
  'display.brightness', 'media.volume', 'drive.cruise', 'drive.regeneration',
]); // prettier-ignore
const TO_VALUE = [
  'make it #',
  'set it to #',
  'put it at #',
  'to #',
  'make that #',
  'put it on #',
  '# instead',
  'set that to #',
] as const;
const CORRECT = [
  'no i meant #',
  'i meant #',
  'no #',
  'no no #',
  'i said #',
  'actually #',
  'no wait #',
  'not that #',
  'sorry i meant #',
  'wrong i said #',
] as const;

const fill = (template: string, mention: readonly Token[]): readonly Token[] =>
  template.split(' ').flatMap((word) => (word === '#' ? mention : word === '' ? [] : [{ text: word }]));

/** What the car says after a command, roughly: the model shall read its words, not learn them by heart. */
export function reply(intent: Intent, random: Random): string {
  const [operation = '', ...target] = intent.split('.').reverse();
  const thing = target.reverse().slice(-1)[0]?.replace('_', ' ') ?? '';
  return pick(random, [
    'Okay.',
    'Done.',
    'Sure.',
    'All right.',
    `Okay, ${thing}.`,
    `The ${thing} is ${operation}.`,
    `Okay, ${operation} ${thing}.`,
  ]);
}

/**
 * Draws a follow-up whose meaning is certain: "and the passenger too", "turn it off again", "make it twenty",
 * "no, the rear one".
 */
export function followUp(
  ontology: Ontology,
  sampler: PhraseSampler,
  intents: readonly Intent[],
  random: Random,
): FollowUp | undefined {
  const intent = pick(random, intents);
  const label = ontology.labels.get(intent);
  if (!label || intent.startsWith('none.') || intent.startsWith('dialogue.')) return undefined;
  const siblings = intents.filter((other) => ontology.labels.get(other)?.target === label.target);
  const before = (earlier: Intent): readonly ContextTurn[] => [
    { who: 'user', text: textOf(sampler.sentence(earlier)) },
    ...(random() < 0.8 ? [{ who: 'car', text: reply(earlier, random) } as const] : []),
  ];
  const has = (slot: SlotName) => label.slots.includes(slot);
  const value = (['temperature', 'level', 'speed'] as const).find((slot) => has(slot));
  const kinds: (() => FollowUp | undefined)[] = [
    () =>
      has('zone') && label.operation !== 'query'
        ? {
            context: before(intent),
            sentence: { intent, tokens: fill(pick(random, ALSO), sampler.mention('zone')) },
          }
        : undefined,
    () => {
      const phrases = PRONOUN[label.operation];
      const scale = label.operation === 'increase' || label.operation === 'decrease';
      if (!phrases || (scale && !SCALES.has(label.target))) return undefined;
      const amount = scale && has('amount') ? sampler.mention('amount') : [];
      return {
        context: before(pick(random, siblings)),
        sentence: { intent, tokens: fill(pick(random, phrases), amount) },
      };
    },
    () =>
      value !== undefined && label.operation === 'set'
        ? {
            context: before(pick(random, siblings)),
            sentence: { intent, tokens: fill(pick(random, TO_VALUE), sampler.mention(value)) },
          }
        : undefined,
    () => {
      const correctable = (['temperature', 'level', 'speed', 'zone'] as const).filter((slot) => has(slot));
      if (correctable.length === 0 || label.operation === 'query') return undefined;
      const slot = pick(random, correctable);
      return {
        context: before(intent),
        sentence: {
          intent: 'dialogue.correct.select',
          tokens: fill(pick(random, CORRECT), sampler.mention(slot)),
        },
      };
    },
  ];
  return pick(random, kinds)();
}

const ASKS = [
  'Are you sure?',
  'Shall I do that?',
  'Do you want me to go on?',
  'The car is moving. Shall I wait?',
  'Should I?',
  'Did you mean that?',
] as const;

/** "Yes" and "no" after a question of the car. */
export function answer(sampler: PhraseSampler, intents: readonly Intent[], random: Random): FollowUp {
  const asked = pick(random, intents);
  const request = textOf(sampler.sentence(asked));
  const question = random() < 0.5 ? pick(random, ASKS) : `Do you want to ${request}?`;
  const intent = pick(random, [
    'dialogue.affirm.select',
    'dialogue.deny.select',
    'dialogue.cancel.select',
  ] as const);
  return {
    context: [
      { who: 'user', text: request },
      { who: 'car', text: question },
    ],
    sentence: sampler.sentence(intent),
  };
}

/**
 * Turns that do not matter for what comes: most of what is said stands for itself. Half of them speak of a thing beside
 * it (`about`), or of its contrary: right after "turn on the fog lights", "turn off the headlights" means the headlights.
 */
export function chatter(
  sampler: PhraseSampler,
  intents: readonly Intent[],
  random: Random,
  about?: Intent,
): readonly ContextTurn[] {
  const [area] = about?.split('.') ?? [];
  const beside = area === undefined ? [] : intents.filter((intent) => intent.startsWith(`${area}.`));
  const turns: ContextTurn[] = [];
  while (turns.length < 3 && random() < 0.75) {
    const earlier = pick(random, beside.length > 0 && random() < 0.5 ? beside : intents);
    turns.push({ who: 'user', text: textOf(sampler.sentence(earlier)) });
    if (turns.length < 3 && random() < 0.8) turns.push({ who: 'car', text: reply(earlier, random) });
  }
  return turns;
}
