import assert from 'node:assert/strict';
import { drawSentences } from '../../../../assistant/speech/training/sentences.ts';
import { splitOf } from '../../../../assistant/training/hold-out.ts';
import { openCorpus, openOntology } from '../../../../assistant/understanding/open-phrase-book.ts';

describe('sentences to learn hearing from', () => {
  const corpus = openCorpus(openOntology()).map(({ text }) => text);
  const draw = (measured: readonly string[], seed = 1) =>
    drawSentences(corpus, measured, { count: 200, seed });

  it('[HEAR-99] are those that the language model learns from, too', () => {
    const drawn = draw([]);
    assert.equal(new Set(drawn).size, 200);
    for (const text of drawn) assert.equal(splitOf(text), 'train', text);
    assert.ok(corpus.some((text) => splitOf(text) === 'test'));
  });

  it('[HEAR-99] are none that hearing is measured with, in whatever letters', () => {
    const measured = draw([]).map((text) => `${text.toUpperCase()}!`);
    const drawn = draw(measured).map((text) => `${text.toUpperCase()}!`);
    assert.equal(drawn.length, 200);
    assert.deepEqual(
      drawn.filter((text) => measured.includes(text)),
      [],
    );
  });

  it('[HEAR-99] are the same for a seed, and others for another', () => {
    assert.deepEqual(draw([]), draw([]));
    assert.notDeepEqual(draw([]), draw([], 2));
  });
});
