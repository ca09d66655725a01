import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countSentences, LanguageModel } from '../../../../assistant/speech/moonshine/language-model.ts';
import type { NamesSaid } from '../../../../assistant/speech/moonshine/names.ts';

const sentences = [
  'turn on the radio',
  'turn on the light',
  'turn off the light',
  'set the temperature to twenty one degrees',
  'set the fan to three',
  'call {contact}',
  'call {contact} on the phone',
].map((sentence) => sentence.split(' '));

/** Names of people, each as often as it stands there. */
function said(names: readonly string[]): ReadonlyMap<string, NamesSaid> {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map([['contact', times]]);
}

function model(contacts: readonly string[] = ['anna', 'uncle bob']): LanguageModel {
  const made = new LanguageModel(countSentences(sentences));
  made.setNames(said(contacts));
  return made;
}

function score(language: LanguageModel, sentence: string): number {
  let state = language.begin();
  let sum = 0;
  for (const word of sentence.split(' ')) {
    const next = language.next(state, word);
    state = next.state;
    sum += next.score;
  }
  return sum + language.end(state);
}

describe('the language model of a domain', () => {
  it('[HEAR-6] finds what was said before likelier than the same words in another order', () => {
    const language = model();
    assert.ok(score(language, 'turn on the light') > score(language, 'light the on turn') + 3);
    assert.ok(
      score(language, 'turn off the radio') > score(language, 'turn off the degrees'),
      'what is like it, too',
    );
  });

  it('[HEAR-6] knows any number where it has seen one, however many words it has', () => {
    const language = model();
    const seen = score(language, 'set the temperature to twenty one degrees');
    assert.equal(score(language, 'set the temperature to thirty one degrees'), seen);
    assert.ok(score(language, 'set the fan to nineteen') > score(language, 'set the fan to radio') + 1);
  });

  it('[HEAR-9] tells which two words are one: where people say it in one, and hardly ever in two', () => {
    const language = model(['seaview', 'anna']);
    assert.equal(language.isOneWord('ra', 'dio'), true);
    assert.equal(language.isOneWord('sea', 'view'), true, 'a name');
    assert.equal(language.isOneWord('the', 'light'), false);
    assert.equal(language.isOneWord('wind', 'shield'), false, 'nobody says it here');
    language.setNames(said(['sea view', 'seaview']));
    assert.equal(language.isOneWord('sea', 'view'), false, 'both are names');
  });

  it('[HEAR-6] exchanges the names of a list', () => {
    const language = model();
    const before = score(language, 'call katarina the great');
    assert.ok(score(language, 'call uncle bob') > before + 5);
    language.setNames(said(['katarina the great']));
    assert.ok(score(language, 'call katarina the great') > before + 5);
    assert.ok(
      score(language, 'call katarina the great on the phone') >
        score(language, 'call uncle bob on the phone'),
    );
  });

  it('[HEAR-6] expects a name the more, the more often it is said', () => {
    const language = model(['anna', 'anna', 'anna', 'anna', 'uncle bob']);
    assert.ok(score(language, 'call anna') > score(language, 'call uncle bob') + 1);
  });

  it('[HEAR-6] gives every word a chance, inside of a name as elsewhere', () => {
    const language = model();
    for (const sentence of ['call uncle tom', 'turn on the hullabaloo', 'xyzzy', 'call uncle']) {
      const unlikely = score(language, sentence);
      assert.ok(Number.isFinite(unlikely) && unlikely < -10, `${sentence}: ${unlikely}`);
    }
  });

  it('[HEAR-6] parts all of the chance between the words that can follow', () => {
    const words = [...new Set([...sentences.flat(), 'anna', 'uncle', 'bob'])];
    const singles = words.filter((word) => !word.startsWith('{'));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...singles), { maxLength: 5 }), (said) => {
        const language = model();
        let state = language.begin();
        for (const word of said) state = language.next(state, word).state;
        const following = singles.reduce((sum, word) => sum + Math.exp(language.next(state, word).score), 0);
        // In the middle of a name, what nobody expects keeps a little chance beside it.
        const unexpected = Math.exp(language.next(state, 'zyzzyva').score);
        assert.ok(following + Math.exp(language.end(state)) < 1 + (singles.length + 1) * unexpected + 1e-9);
      }),
      { numRuns: 60, examples: [[['call', 'uncle']]] },
    );
  });

  it('[HEAR-6] never promises less ahead than a word then has', () => {
    const words = ['turn', 'on', 'the', 'radio', 'call', 'uncle', 'bob', 'anna', 'twenty', 'three', 'light'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }),
        fc.nat(9),
        (said, cut) => {
          const language = model();
          let state = language.begin();
          for (const word of said.slice(0, -1)) state = language.next(state, word).state;
          const last = said.at(-1) ?? '';
          const beginning = last.slice(0, 1 + (cut % last.length));
          assert.ok(
            language.ahead(state, beginning) >= language.next(state, last).score - Math.LN2 * 4,
            `${beginning} of ${said.join(' ')}`,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
