import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scoreHearing, wordErrors, type Judged } from '../../../../assistant/speech/evaluation/score.ts';
import { wilson } from '../../../../assistant/speech/evaluation/share.ts';

const heard = (said: string, text: string, more: Partial<Judged> = {}): Judged => ({
  reference: { file: 'a.wav', text: said, commands: undefined, groups: {} },
  ...{ text, duration: 1000, took: 100, wanted: 'x', got: 'x', isCertain: true, ofText: 'x' },
  ...more,
});
const errors = (said: string, text: string) => wordErrors(heard(said, text));
const sentence = fc.array(fc.constantFrom('open', 'the', 'window', 'four', 'up'), { maxLength: 8 });

describe('speech: scores of hearing', () => {
  it('[HEAR-44] replaced, left out and added words count', () => {
    assert.equal(errors('open the window', 'open the window'), 0);
    assert.equal(errors('open the window', 'open a window'), 1);
    assert.equal(errors('open the window', 'open window'), 1);
    assert.equal(errors('open the window', 'please open the window'), 1);
    assert.equal(errors('open the window', ''), 3);
    assert.equal(errors('', 'uh huh'), 2);
  });

  it('[HEAR-44] how a number, a sign, a capital or a word of both sides of the ocean is written is no error', () => {
    assert.equal(errors('set it to twenty one percent please', 'Set it to 21% please.'), 0);
    assert.equal(errors("it's café time", 'It’s cafe time!'), 0);
    assert.equal(errors("we can't stay, let's go", 'We cannot stay let us go'), 0);
    assert.equal(errors('two kilometers to the color theater', 'two kilometres to the colour theatre'), 0);
    assert.equal(errors("anna's car is here", 'anna is car is here'), 2, 'it may be hers');
  });

  it('[HEAR-44] is a distance: symmetric, zero for equals only, and no way around is shorter', () => {
    fc.assert(
      fc.property(sentence, sentence, sentence, (a, b, c) => {
        const between = (from: string[], to: string[]) => errors(from.join(' '), to.join(' '));
        assert.equal(between(a, b), between(b, a));
        assert.equal(between(a, b) === 0, a.join(' ') === b.join(' '));
        assert.ok(between(a, c) <= between(a, b) + between(b, c));
        assert.ok(between(a, b) <= Math.max(a.length, b.length));
        assert.ok(between(a, b) >= Math.abs(a.length - b.length));
      }),
      { numRuns: 200 },
    );
  });

  it('[HEAR-45] commands, their ceiling, and false commands are counted apart', () => {
    const { all } = scoreHearing(
      [
        heard('a b', 'a b'),
        heard('a b', 'a c', { got: 'y' }),
        heard('a b', '', { got: '', ofText: 'y' }),
        heard('so what', 'so what', { wanted: '', ofText: '', got: '' }),
        heard('so what', 'open it', { wanted: '', ofText: '', got: 'open' }),
        heard('is that so', 'close it', { wanted: '', ofText: '', got: 'close', isCertain: false }),
      ],
      { columns: [], worst: 0 },
    );
    const counts = (of: { hits: number; of: number } | undefined) => [of?.hits, of?.of];
    assert.deepEqual(counts(all.commands), [1, 3]);
    assert.deepEqual(counts(all.commandsOfText), [2, 3]);
    assert.deepEqual(counts(all.falseCommands), [2, 3]);
    assert.deepEqual(counts(all.unheard), [1, 6]);
    assert.ok(Math.abs((all.wordErrorRate ?? 0) - (100 * 8) / 13) < 1e-9);
  });

  it('[HEAR-63] what is only likely a command counts as none where nobody has said that the car is meant', () => {
    const { all } = scoreHearing(
      [
        heard('a b', 'a b'),
        heard('a b', 'a b', { isCertain: false }),
        heard('so what', 'open it', { wanted: '', ofText: '', got: 'open', isCertain: false }),
        heard('is that so', 'close it', { wanted: '', ofText: '', got: 'close' }),
      ],
      { columns: [], worst: 0 },
    );
    const { commands, falseCommands } = all.unaddressed;
    assert.deepEqual([commands?.hits, commands?.of], [1, 2]);
    assert.deepEqual([falseCommands?.hits, falseCommands?.of], [1, 2]);
  });

  it('[HEAR-45] groups are columns, or columns together', () => {
    const of = (level: string, voice: string) =>
      heard('a', 'a', { reference: { file: 'a', text: 'a', commands: undefined, groups: { level, voice } } });
    const { by } = scoreHearing([of('clean', 'x'), of('12', 'x'), of('6', 'x'), of('6', 'y')], {
      columns: ['level', 'voice+level', 'road'],
      worst: 0,
    });
    assert.deepEqual(Object.keys(by['level'] ?? {}).sort(), ['12', '6', 'clean']);
    assert.equal(by['level']?.['6']?.sounds, 2);
    assert.deepEqual(Object.keys(by['voice+level'] ?? {}), ['x 6', 'x 12', 'x clean', 'y 6']);
    assert.equal(by['road']?.['']?.sounds, 4);
  });

  it('[HEAR-45] what went most wrong comes first: wrong commands, then wrong words', () => {
    const { worst } = scoreHearing(
      [
        heard('a b c d', 'a b c x'),
        heard('all good', 'all good'),
        heard('a b c d', 'a b c y', { got: 'y' }),
        heard('a b c d', 'e f', { got: 'y' }),
      ],
      { columns: [], worst: 3 },
    );
    assert.deepEqual(
      worst.map(({ heard: text, wordErrors: count }) => [text, count]),
      [
        ['e f', 4],
        ['a b c y', 1],
        ['a b c x', 1],
      ],
    );
  });

  it('[HEAR-45] intervals are those of Wilson', () => {
    // Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for (const [hits, of, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const share = wilson(hits, of);
      assert.ok(
        Math.abs(share.low - 100 * low) < 0.01 && Math.abs(share.high - 100 * high) < 0.01,
        `${hits}`,
      );
    }
  });

  it('[HEAR-46] speed is over all sounds, latency by nearest rank over those where it was measured', () => {
    const at = (latency: number) => heard('a', 'a', { latency });
    const { realTimeFactor, latency } = scoreHearing(
      [...Array.from({ length: 20 }, (_, index) => at(index + 1)), heard('a', 'a', { took: 2200 })],
      { columns: [], worst: 0 },
    );
    assert.equal(realTimeFactor, 0.2);
    assert.deepEqual(latency, { sounds: 20, p50: 10, p95: 19 });
  });

  it('[HEAR-45] nothing has no score', () => {
    assert.throws(() => scoreHearing([], { columns: [], worst: 0 }), RangeError);
  });
});
