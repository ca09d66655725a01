import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge } from '../../../assistant/evaluation/judge.ts';
import { parseMeasuredRow, type MeasuredRow } from '../../../assistant/evaluation/measured-row.ts';
import { publicRows, readPublicSets } from '../../../assistant/evaluation/public-rows.ts';
import { scoresBy, scoresOf } from '../../../assistant/evaluation/scores.ts';
import { withWordErrors } from '../../../assistant/evaluation/word-errors.ts';
import { seededRandom } from '../../../assistant/training/random.ts';
import type { InterpretedCommand } from '../../../assistant/understanding/interpreter.ts';
import { openOntology, openPhraseBook } from '../../../assistant/understanding/open-phrase-book.ts';
import { createNormaliser } from '../../../assistant/understanding/values/normalise.ts';

const ontology = openOntology();
const normaliser = createNormaliser(ontology, openPhraseBook(ontology));
const MOMENT = { now: Date.UTC(2026, 0, 5, 9), utcOffset: 0 };

const row = (
  text: string,
  ...commands: readonly (readonly [string, ...(readonly [string, string, string?])[]])[]
) =>
  parseMeasuredRow(
    JSON.stringify({
      id: text,
      text,
      source: 'corpus',
      commands: commands.map(([intent, ...slots]) => ({
        intent,
        start: 0,
        end: text.length,
        slots: slots.map(([name, words, value]) => ({
          name,
          start: text.indexOf(words),
          end: text.indexOf(words) + words.length,
          value,
        })),
      })),
    }),
    'test.jsonl:1',
    ontology,
  );
const said = (
  intent: InterpretedCommand['intent'],
  slots: InterpretedCommand['slots'] = {},
  confidence = 1,
): InterpretedCommand => ({ intent, slots, confidence, span: [0, 0] });
const verdict = (of: MeasuredRow, ...commands: readonly InterpretedCommand[]) =>
  judge(of, { commands }, normaliser, MOMENT);

describe('evaluation', () => {
  it('[EVAL-1] a frame is exact when what the car would do is right, whatever words a slot was cut to', () => {
    const wanted = row('make it twenty one degrees', [
      'climate.temperature.set',
      ['temperature', 'twenty one degrees'],
    ]);
    const right = verdict(
      wanted,
      said('climate.temperature.set', { temperature: { text: 'twenty one', value: 21 } }),
    );
    assert.deepEqual([right.intents, right.words, right.values], [true, false, true]);
    const wrong = verdict(
      wanted,
      said('climate.temperature.set', { temperature: { text: 'twenty one degrees', value: 22 } }),
    );
    assert.deepEqual([wrong.intents, wrong.words, wrong.values], [true, true, false]);
    assert.equal(verdict(wanted, said('climate.temperature.set')).values, false);
  });

  it('[EVAL-1] where an author wrote a value down, that value counts', () => {
    const wanted = row('heat my seat', ['seat.heating.on', ['zone', 'my', 'speaker']]);
    assert.ok(verdict(wanted, said('seat.heating.on', { zone: { text: 'my', value: 'speaker' } })).values);
    assert.equal(
      verdict(wanted, said('seat.heating.on', { zone: { text: 'my', value: 'passenger' } })).values,
      false,
    );
  });

  it('[EVAL-1] commands count in their order, none missing and none too many', () => {
    const wanted = row('close the windows and lock up', ['window.close'], ['door.lock']);
    assert.ok(verdict(wanted, said('window.close'), said('door.lock')).values);
    for (const wrong of [
      [said('door.lock'), said('window.close')],
      [said('window.close')],
      [said('window.close'), said('door.lock'), said('door.lock')],
    ])
      assert.equal(verdict(wanted, ...wrong).intents, false);
  });

  it('[EVAL-2] opposites, what was declined, and the gap between confidence and accuracy are counted', () => {
    const outcomes = [
      verdict(row('open the window', ['window.open']), said('window.close', {}, 0.9)),
      verdict(row('shut the window', ['window.close']), said('none.out_of_scope.select', {}, 0.6)),
      verdict(row('buy milk', ['none.out_of_scope.select']), said('none.silence.select', {}, 0.6)),
      verdict(row('beam me up', ['none.out_of_scope.select']), said('light.high_beam.on', {}, 0.6)),
    ];
    const scores = scoresOf(outcomes);
    assert.equal(scores.oppositesPer1000, 250);
    assert.deepEqual([scores.outOfScopeRecall, scores.rejectedByMistake], [50, 50]);
    assert.deepEqual([scores.exact, scores.intents, scores.slotF1], [0, 0, undefined]);
    assert.equal(scores.calibrationError, 0.675);
    assert.deepEqual(
      Object.entries(scoresBy(outcomes, ({ wantedNone }) => String(wantedNone))).map(
        ([name, { utterances }]) => [name, utterances],
      ),
      [
        ['false', 2],
        ['true', 2],
      ],
    );
    assert.throws(() => scoresOf([]), RangeError);
  });

  it('[EVAL-2] slot F1 is that of slots with exactly their words', () => {
    const wanted = row('play thriller by michael jackson', [
      'media.playback.start',
      ['song', 'thriller'],
      ['artist', 'michael jackson'],
    ]);
    const half = said('media.playback.start', {
      song: { text: 'thriller', value: 'thriller' },
      album: { text: 'michael jackson', value: 'michael jackson' },
    });
    assert.equal(scoresOf([verdict(wanted, half)]).slotF1, 50);
  });

  it('[EVAL-3] word errors are the same for the same seed, spare the words of slots, and hit the given share', () => {
    const plain = row('could you please take me to the main station right now', [
      'navigation.route.start',
      ['destination', 'main station'],
    ]);
    const vocabulary = ['could', 'cold', 'plead', 'tame', 'no', 'might', 'now'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const noisy = withWordErrors(plain, 0.4, vocabulary, seededRandom(seed));
        assert.deepEqual(noisy, withWordErrors(plain, 0.4, vocabulary, seededRandom(seed)));
        const [slot] = noisy.commands[0]!.slots;
        assert.equal(noisy.text.slice(slot!.start, slot!.end), 'main station');
        assert.notEqual(noisy.text, plain.text);
      }),
    );
    assert.deepEqual(withWordErrors(plain, 0, vocabulary, seededRandom(1)), plain);
  });

  it('[EVAL-4] a row that does not fit is named', () => {
    assert.throws(() => parseMeasuredRow('{', 'test.jsonl:3', ontology), /test\.jsonl:3: not JSON/);
    assert.throws(() => parseMeasuredRow('{}', 'test.jsonl:3', ontology), /test\.jsonl:3: .*text/s);
    assert.throws(() => row('fly', ['car.fly']), /no "car\.fly"/);
    assert.throws(() => row('lock', ['door.lock', ['song', 'lock']]), /door\.lock has no slot "song"/);
  });

  it('[EVAL-4] of a public set those rows count whose labels mean one of ours', () => {
    const [set] = readPublicSets(
      [
        {
          set: 'sets',
          files: ['train.jsonl'],
          dev: ['dev.jsonl'],
          licence: 'MIT',
          slots: { band: 'artist' },
          intents: { music: [{ to: 'media.playback.start', only: '^play', not: 'radio' }] },
        },
      ],
      ontology,
    );
    const line = (text: string, intent: string, slots: readonly object[] = []) =>
      JSON.stringify({ id: text, text, intent, slots });
    const rows = publicRows(
      set!,
      [
        line('play abba', 'music', [{ name: 'band', start: 5, end: 9 }]),
        line('Play ABBA', 'music'),
        line('play the radio', 'music'),
        line('play a film', 'music', [{ name: 'film', start: 7, end: 11 }]),
        line('play chess', 'games'),
        '',
      ],
      'dev.jsonl',
      ontology,
    );
    assert.deepEqual(
      rows.map(({ text, slotsKnown, commands: [command] }) => [text, slotsKnown, command!.slots.length]),
      [
        ['play abba', true, 1],
        ['play a film', false, 0],
      ],
    );
    assert.throws(() => publicRows(set!, ['{}'], 'dev.jsonl', ontology), /dev\.jsonl:1/);
    assert.throws(
      () =>
        readPublicSets(
          [{ set: 's', files: [], licence: 'MIT', intents: { a: [{ to: 'car.fly' }] } }],
          ontology,
        ),
      /no "car\.fly"/,
    );
  });
});
