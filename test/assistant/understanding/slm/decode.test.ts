import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnderstandingError } from '../../../../assistant/understanding/interpreter.ts';
import { openOntology } from '../../../../assistant/understanding/open-phrase-book.ts';
import { decode, type Logits } from '../../../../assistant/understanding/slm/decode.ts';
import { readLabels } from '../../../../assistant/understanding/slm/labels.ts';
import type { Pieces } from '../../../../assistant/understanding/slm/tokenizer.ts';

const ontology = openOntology();
const FILE = {
  version: '1',
  intents: [
    'climate.ac.on',
    'climate.ac.off',
    'window.open',
    'climate.temperature.set',
    'none.out_of_scope.select',
    'none.silence.select',
  ],
  slots: ['zone', 'temperature'],
  temperature: 1,
  thresholds: { rejection: 0.5 },
};
const labels = readLabels(FILE, ontology);
const [AC_ON, AC_OFF, WINDOW, TEMPERATURE, , SILENCE] = [0, 1, 2, 3, 4, 5];
/** Tags: O, B-zone, I-zone, B-temperature, I-temperature. */
const [O, B_ZONE, I_ZONE, B_TEMPERATURE, I_TEMPERATURE] = [0, 1, 2, 3, 4];

interface Word {
  readonly text: string;
  readonly intent?: readonly (readonly [index: number, logit: number])[];
  readonly pool?: number;
  readonly boundary?: number;
  readonly tag?: number | readonly (readonly [tag: number, logit: number])[];
  readonly goesOn?: boolean;
}

function logitsOf(words: readonly Word[]): { logits: Logits; pieces: Pieces; text: string } {
  const intent = new Float32Array(words.length * FILE.intents.length);
  const slot = new Float32Array(words.length * 5);
  const pieces = {
    ids: [] as number[],
    starts: [] as number[],
    ends: [] as number[],
    beginsWord: [] as boolean[],
  };
  let text = '';
  for (const [at, word] of words.entries()) {
    if (text !== '' && !word.goesOn) text += ' ';
    pieces.ids.push(at);
    pieces.starts.push(text.length);
    text += word.text;
    pieces.ends.push(text.length);
    pieces.beginsWord.push(!word.goesOn);
    for (const [index, logit] of word.intent ?? []) intent[at * FILE.intents.length + index] = logit;
    const tags = typeof word.tag === 'number' ? ([[word.tag, 8]] as const) : (word.tag ?? [[O, 8]]);
    for (const [tag, logit] of tags) slot[at * 5 + tag] = logit;
  }
  const logits = {
    intent,
    slot,
    pool: Float32Array.from(words, ({ pool }) => pool ?? 0),
    boundary: Float32Array.from(words, ({ boundary }) => boundary ?? -5),
  };
  return { logits, pieces, text };
}
const read = (words: readonly Word[]) => {
  const { logits, pieces, text } = logitsOf(words);
  return decode(logits, pieces, labels).map(({ best, others }) => ({
    intent: best.intent,
    confidence: best.confidence,
    text: text.slice(best.start, best.end),
    slots: best.slots.map(({ name, start, end }) => `${name}=${text.slice(start, end)}`),
    others: others.map(({ intent }) => intent),
  }));
};
const sure = (index: number) => [[index, 12]] as const;

describe('decoding', () => {
  it('[NLU-8] cuts an utterance where a word begins a new command, never inside of a word', () => {
    const commands = read([
      { text: 'ac', intent: sure(AC_ON) },
      { text: 'on', intent: sure(AC_ON) },
      { text: 'and', intent: sure(WINDOW), boundary: 3 },
      { text: 'window', intent: sure(WINDOW) },
      { text: 's', intent: sure(WINDOW), boundary: 9, goesOn: true },
    ]);
    assert.deepEqual(
      commands.map(({ intent, text }) => [intent, text]),
      [
        ['climate.ac.on', 'ac on'],
        ['window.open', 'and windows'],
      ],
    );
  });

  it('[NLU-8] the pieces that the model weighs most decide the intent', () => {
    const [command] = read([
      { text: 'ac', intent: sure(AC_ON), pool: 0 },
      { text: 'off', intent: sure(AC_OFF), pool: 6 },
    ]);
    assert.equal(command?.intent, 'climate.ac.off');
    assert.ok(command.confidence > 0.99);
  });

  it('[NLU-9] finds slots as whole words, and only those that the intent may carry', () => {
    const words = (intent: number): Word[] => [
      { text: 'set', intent: sure(intent) },
      { text: 'twen', intent: sure(intent), tag: B_TEMPERATURE },
      { text: 'ty', intent: sure(intent), tag: O, goesOn: true },
      { text: 'one', intent: sure(intent), tag: I_TEMPERATURE },
      { text: 'for', intent: sure(intent) },
      {
        text: 'me',
        intent: sure(intent),
        tag: [
          [B_ZONE, 5],
          [I_TEMPERATURE, 6],
        ],
      },
    ];
    assert.deepEqual(read(words(TEMPERATURE))[0]?.slots, ['temperature=twenty one', 'zone=me']);
    assert.deepEqual(read(words(WINDOW))[0]?.slots, ['zone=me']);
  });

  it('[NLU-9] of all ways to mark words it finds the likeliest', () => {
    const scores = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    });
    /** Every sequence of tags in which an I follows a B or I of its own slot. */
    const paths = (length: number): readonly (readonly number[])[] =>
      length === 0
        ? [[]]
        : paths(length - 1).flatMap((path) =>
            [O, B_ZONE, I_ZONE, B_TEMPERATURE, I_TEMPERATURE]
              .filter((tag) => tag === O || tag % 2 === 1 || [tag, tag - 1].includes(path.at(-1) ?? O))
              .map((tag) => [...path, tag]),
          );
    fc.assert(
      fc.property(scores, (words) => {
        const total = (path: readonly number[]) =>
          path.reduce((sum, tag, at) => sum + (words[at]?.[tag] ?? 0), 0);
        const best = Math.max(...paths(words.length).map(total));
        const text = words.map((_, at) => ({
          text: `w${at}`,
          intent: [[TEMPERATURE, 9]] as const,
          tag: (words[at] ?? []).map((score, tag) => [tag, score] as const),
        }));
        const marked = words.map(() => O);
        for (const slot of read(text)[0]?.slots ?? []) {
          const [name, said = ''] = slot.split('=');
          for (const [index, word] of said.split(' ').entries())
            marked[Number(word.slice(1))] = (name === 'zone' ? B_ZONE : B_TEMPERATURE) + Math.min(1, index);
        }
        assert.equal(total(marked), best);
      }),
    );
  });

  it('[NLU-8] where a boundary is doubtful, what the parts and the whole then say decides', () => {
    const wishes = (boundary: number, second: readonly (readonly [number, number])[]) =>
      read([
        { text: 'ac', intent: sure(AC_ON), pool: 4 },
        { text: 'window', intent: second, boundary },
      ]).map(({ intent }) => intent);
    // Faint, but both parts are clear: two wishes said without an "and".
    assert.deepEqual(wishes(-1, sure(WINDOW)), ['climate.ac.on', 'window.open']);
    assert.deepEqual(wishes(-4, sure(WINDOW)), ['climate.ac.on']);
    assert.deepEqual(wishes(-1, []), ['climate.ac.on']);
    // Likely, but the whole is clearly one command and the second part is not.
    const unclear = [WINDOW, AC_OFF].map((index) => [index, 3] as const);
    assert.deepEqual(wishes(1, unclear), ['climate.ac.on']);
    assert.deepEqual(wishes(4, unclear), ['climate.ac.on', 'none.out_of_scope.select']);
    assert.deepEqual(wishes(1, sure(AC_OFF)), ['climate.ac.on', 'climate.ac.off']);
    // Of the same thing, "don't close it open it", two wishes need a boundary that is likely.
    assert.deepEqual(wishes(-1, sure(AC_OFF)), ['climate.ac.on']);
    assert.deepEqual(wishes(-1, sure(AC_ON)), ['climate.ac.on']);
  });

  it('[NLU-8] three wishes in one breath are three', () => {
    const commands = read([
      { text: 'ac', intent: sure(AC_ON) },
      { text: 'window', intent: sure(WINDOW), boundary: -1 },
      { text: 'warmer', intent: sure(TEMPERATURE), boundary: 1 },
    ]);
    assert.deepEqual(
      commands.map(({ intent }) => intent),
      ['climate.ac.on', 'window.open', 'climate.temperature.set'],
    );
  });

  it('[NLU-9] two mentions side by side stay two', () => {
    const [command] = read([
      { text: 'open', intent: sure(WINDOW) },
      { text: 'mine', intent: sure(WINDOW), tag: B_ZONE },
      { text: 'rear', intent: sure(WINDOW), tag: B_ZONE },
      { text: 'left', intent: sure(WINDOW), tag: I_ZONE },
    ]);
    assert.deepEqual(command?.slots, ['zone=mine', 'zone=rear left']);
  });

  it('[NLU-10] what is not sure enough is out of scope, with the reading among the rejected ones', () => {
    const [command] = read([
      {
        text: 'ac',
        intent: [
          [AC_ON, 1.2],
          [WINDOW, 1],
        ],
      },
    ]);
    assert.equal(command?.intent, 'none.out_of_scope.select');
    assert.equal(command.others[0], 'climate.ac.on');
    assert.deepEqual(command.slots, []);
    // How likely it is out of scope, and not how unlikely the reading was: that it is neither is likelier still.
    assert.ok(Math.abs(command.confidence - 1 / (Math.exp(1.2) + Math.exp(1) + 4)) < 1e-6);
  });

  it('[NLU-11] a command nearly as likely as its contrary is not carried out', () => {
    const near = read([
      {
        text: 'ac',
        intent: [
          [AC_ON, 9],
          [AC_OFF, 8.9],
        ],
      },
    ])[0];
    assert.equal(near?.intent, 'none.out_of_scope.select');
    assert.deepEqual(near.others.slice(0, 2), ['climate.ac.on', 'climate.ac.off']);
    // The same distance between two that are no contraries is no danger.
    const harmless = read([
      {
        text: 'ac',
        intent: [
          [AC_ON, 9.3],
          [WINDOW, 9],
        ],
      },
    ])[0];
    assert.equal(harmless?.intent, 'climate.ac.on');
  });

  it('[NLU-8] noise beside a command is dropped, and a command said twice is one', () => {
    const commands = read([
      { text: 'ac', intent: sure(AC_ON) },
      { text: 'on', intent: sure(AC_ON), boundary: 5 },
      { text: 'uh', intent: sure(SILENCE), boundary: 5 },
    ]);
    assert.deepEqual(
      commands.map(({ intent, text }) => [intent, text]),
      [['climate.ac.on', 'ac on']],
    );
    assert.deepEqual(
      read([{ text: 'uh', intent: sure(SILENCE) }]).map(({ intent }) => intent),
      ['none.silence.select'],
    );
  });
});

describe('labels', () => {
  const refuses = (file: unknown, message: RegExp) => {
    assert.throws(
      () => readLabels(file, ontology),
      (error) =>
        error instanceof UnderstandingError &&
        error.reason === 'labels-mismatch' &&
        message.test(error.message),
    );
  };
  it('[NLU-12] a label or slot that the car does not have is named', () => {
    refuses({ ...FILE, intents: [...FILE.intents, 'rocket.start'] }, /"rocket\.start"/);
    refuses({ ...FILE, slots: ['zone', 'thrust'] }, /"thrust"/);
  });
  it('[NLU-12] a file that is no label file, or knows no way to decline, is refused', () => {
    refuses({ labels: [] }, /labels\.json is not as expected/);
    refuses({ ...FILE, intents: ['climate.ac.on'] }, /none\.out_of_scope\.select/);
  });
});
