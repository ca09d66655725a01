import assert from 'node:assert/strict';
import { holdOut, splitOf, SPLITS } from '../../../assistant/training/hold-out.ts';
import { seededRandom } from '../../../assistant/training/random.ts';
import { CRITICAL } from '../../../assistant/training/spoken-words.ts';
import { joined, misheard, polite, render, takenBack } from '../../../assistant/training/variations.ts';
import { openOntology, openPhraseBook } from '../../../assistant/understanding/open-phrase-book.ts';
import { phraseSampler, type Sentence } from '../../../assistant/understanding/sample-phrases.ts';
import type { Intent } from '../../../vehicle/ontology.generated.ts';

const ontology = openOntology();
const book = openPhraseBook(ontology);
const intents = [...book.intents.keys()] as Intent[];
const draws = (count: number) => {
  const random = seededRandom(11);
  const sampler = phraseSampler(book, holdOut(book, 'train'), random);
  const pick = () => intents[Math.floor(random() * intents.length)]!;
  return { random, sampler, sentences: Array.from({ length: count }, () => sampler.sentence(pick())) };
};
const wordsOf = ({ tokens }: Sentence) => tokens.map(({ text }) => text);
const mentioned = ({ tokens }: Sentence) => tokens.filter(({ mention }) => mention).map(({ text }) => text);

describe('training data', () => {
  it('[NLU-4] every phrase and every name of an open list belongs to exactly one split, or to all where there are few', () => {
    const splits = SPLITS.map((split) => holdOut(book, split));
    let heldPhrases = 0;
    for (const [intent, patterns] of book.intents) {
      for (const index of patterns.keys()) {
        const owners = splits.filter((allowed) => allowed.pattern(intent, index)).length;
        assert.ok(owners === 1 || (owners === 3 && patterns.length < 8), `${intent} ${index}`);
        if (owners === 1 && !splits[0]!.pattern(intent, index)) heldPhrases++;
      }
    }
    assert.ok(heldPhrases > intents.length);
    for (const [list, { items }] of book.lexicons) {
      for (const item of items) {
        const owners = splits.filter((allowed) => allowed.item(list, item)).length;
        assert.ok(owners === 1 || (owners === 3 && items.length < 12), `${list}: ${item}`);
      }
    }
  });

  it('[NLU-4] a hand-written line stays in its split whatever stands around it', () => {
    assert.equal(splitOf('Turn on the AC'), splitOf('turn on the ac'));
    const shares = SPLITS.map((split) => Array.from({ length: 2000 }, (_, n) => splitOf(`line ${n}`)).filter((own) => own === split).length / 2000);
    assert.ok(Math.abs(shares[1]! - 0.12) < 0.03 && Math.abs(shares[2]! - 0.12) < 0.03, shares.join(', '));
  });

  it('[NLU-31] rendered text has every slot and every command where its words are', () => {
    const { random, sentences } = draws(400);
    for (let at = 0; at + 1 < sentences.length; at += 2) {
      const breath = joined([polite(sentences[at]!, random), sentences[at + 1]!], random);
      const { text, commands } = render(breath, [], { typed: false }, random);
      for (const [index, { start, end, slots }] of commands.entries()) {
        assert.equal(text.slice(start, end), wordsOf(breath[index]!).join(' '));
        assert.equal(slots.map((slot) => text.slice(slot.start, slot.end)).join(' '), mentioned(breath[index]!).join(' '));
      }
    }
  });

  it('[NLU-31] noise spares the words that tell contraries apart', () => {
    const { random, sentences } = draws(1000);
    for (const sentence of sentences) {
      const decisive = (words: readonly string[]) => words.filter((word) => CRITICAL.has(word) && word !== 'in');
      assert.deepEqual(decisive(wordsOf(misheard(sentence, random))), decisive(wordsOf(sentence)), wordsOf(sentence).join(' '));
    }
  });

  it('[NLU-31] of a value that is taken back only the last one is a slot', () => {
    const { random, sampler } = draws(0);
    const tokens = [{ text: 'to' }, { text: 'twenty', mention: { name: 'temperature' } }] as const;
    const corrected = takenBack({ intent: 'climate.temperature.set', tokens }, (name) => sampler.mention(name), random);
    assert.ok(corrected && corrected.tokens.length > tokens.length + 1);
    assert.deepEqual(mentioned(corrected), ['twenty']);
  });

  it('[NLU-31] every intent of the car has phrases', () => {
    assert.deepEqual([...ontology.labels.keys()].filter((label) => !book.intents.has(label)), []);
  });
});
