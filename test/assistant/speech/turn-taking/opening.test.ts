import assert from 'node:assert/strict';
import {
  countSentences,
  LanguageModel,
  type LanguageState,
} from '../../../../assistant/speech/moonshine/language-model.ts';

const SENTENCES = ['open the window', 'close the window', 'play some music', 'they drive home'].map((text) =>
  text.split(' '),
);

describe('an utterance that may begin with a wake word', () => {
  const language = new LanguageModel(countSentences(SENTENCES));
  const likelihood = (text: string, begin: LanguageState) => {
    let state = begin;
    let sum = 0;
    for (const word of text.split(' ')) {
      const next = language.next(state, word);
      state = next.state;
      sum += next.score;
    }
    return sum + language.end(state);
  };

  it('[HEAR-70] the wake word is likely where it is expected, and the wish behind it as likely as alone', () => {
    const called = 'hey drive open the window';
    const expected = likelihood(called, language.begin('hey drive'));
    assert.ok(expected > likelihood(called, language.begin()) + 10);
    assert.ok(expected > likelihood('they drive open the window', language.begin('hey drive')) + 3);
    assert.ok(expected > likelihood('open the window', language.begin()) - 3);
  });

  it('[HEAR-70] a wish without it stays as likely as it was', () => {
    const text = 'close the window';
    assert.ok(
      Math.abs(likelihood(text, language.begin('hey drive')) - likelihood(text, language.begin())) < 0.5,
    );
  });
});
