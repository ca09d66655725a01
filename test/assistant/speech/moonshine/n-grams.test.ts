import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NGramCounts } from '../../../../assistant/speech/moonshine/n-gram-counts.ts';
import { EMPTY, NGrams, type Context } from '../../../../assistant/speech/moonshine/n-grams.ts';

const ORDER = 3;
const sentences = fc.array(fc.array(fc.constantFrom('a', 'b', 'bb', 'bc', 'bcd', 'c'), { maxLength: 12 }), {
  maxLength: 30,
});

function learned(all: readonly (readonly string[])[]): NGrams {
  const counts = new NGramCounts(ORDER);
  for (const words of all) counts.learn(words, () => true);
  return new NGrams(counts.finish());
}

const contextOf = (seen: NGrams, words: readonly string[]): Context | undefined =>
  words.reduce<Context | undefined>(
    (context, word) => (context === undefined ? undefined : seen.after(context, seen.numberOf(word))),
    EMPTY,
  );

/** All stretches of up to ORDER words, as often as they stand there. */
const stretchesOf = (all: readonly (readonly string[])[]): string[][] =>
  all.flatMap((words) =>
    words.flatMap((_, at) =>
      Array.from({ length: Math.min(ORDER, words.length - at) }, (__, more) =>
        words.slice(at, at + more + 1),
      ),
    ),
  );

describe('assistant/speech/moonshine/n-grams', () => {
  it('[HEAR-6] counts every stretch of words, and what followed it', () => {
    fc.assert(
      fc.property(sentences, (all) => {
        const seen = learned(all);
        const counts = new Map<string, number>();
        for (const stretch of stretchesOf(all))
          counts.set(stretch.join(' '), (counts.get(stretch.join(' ')) ?? 0) + 1);
        for (const [text, count] of counts) {
          const words = text.split(' ');
          const context = contextOf(seen, words);
          assert.ok(context !== undefined, text);
          assert.equal(seen.count(context), count);
          const longer = [...counts].filter(
            ([other]) => other.startsWith(`${text} `) && other.split(' ').length === words.length + 1,
          );
          assert.equal(
            seen.total(context),
            longer.reduce((sum, [, times]) => sum + times, 0),
          );
          assert.equal(seen.types(context), longer.length);
          for (const beginning of ['', 'b', 'bc', 'x']) {
            const { from, to } = seen.following(context, seen.startingWith(beginning));
            assert.deepEqual(
              Array.from({ length: to - from }, (_, at) => seen.wordOf(seen.lastOf(from + at))),
              longer
                .map(([other]) => other.split(' ').at(-1) ?? '')
                .filter((word) => word.startsWith(beginning))
                .sort(),
            );
          }
          assert.equal(seen.shorter(context), contextOf(seen, words.slice(1)));
        }
      }),
    );
  });

  it('[HEAR-6] knows nothing of what was never seen', () => {
    const seen = learned([['turn', 'it', 'on']]);
    assert.equal(contextOf(seen, ['it', 'turn']), undefined);
    assert.equal(seen.after(EMPTY, seen.numberOf('off')), undefined);
    assert.equal(seen.shorter(EMPTY), undefined);
  });

  it('[HEAR-6] has room for as many stretches as there are', () => {
    const words = Array.from({ length: 70_000 }, (_, i) => `w${i}`);
    const seen = learned([words]);
    assert.equal(seen.types(EMPTY), words.length);
    assert.equal(seen.count(contextOf(seen, words.slice(68_000, 68_003)) ?? EMPTY), 1);
  });

  it('[HEAR-6] a word that could not be said is no word that followed', () => {
    const counts = new NGramCounts(ORDER);
    counts.learn(['<s>', 'on'], (at) => at > 0);
    const seen = new NGrams(counts.finish());
    const begin = seen.after(EMPTY, seen.numberOf('<s>')) ?? EMPTY;
    assert.deepEqual([seen.count(begin), seen.total(begin), seen.total(EMPTY)], [0, 1, 1]);
  });
});
