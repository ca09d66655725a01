import assert from 'node:assert/strict';
import { holdOut, sameWords, splitOf, SPLITS, type SplitOf } from '../../../assistant/training/hold-out.ts';
import { nameMaker, renamed } from '../../../assistant/training/names.ts';
import { seededRandom } from '../../../assistant/training/random.ts';
import { soundAlikes } from '../../../assistant/training/sounds.ts';
import { CRITICAL, FILLERS, OPENERS, OPENINGS } from '../../../assistant/training/spoken-words.ts';
import {
  joined,
  misheard,
  polite,
  render,
  takenBack,
  withSigns,
} from '../../../assistant/training/variations.ts';
import { contraryOf } from '../../../assistant/understanding/slm/labels.ts';
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
  it('[NLU-4] what is held out is never trained, and neither is its contrary', () => {
    const [train, dev, test] = SPLITS.map((split) => holdOut(book, split)) as [SplitOf, SplitOf, SplitOf];
    let held = 0;
    for (const [intent, patterns] of book.intents) {
      for (const index of patterns.keys()) {
        const unseen = [dev, test].filter((split) => split.unseen(intent, index));
        held += unseen.length;
        assert.ok(unseen.length === 0 || !train.pattern(intent, index), `${intent} ${index}`);
        assert.ok(unseen.length < 2 && unseen.every((split) => split.pattern(intent, index)));
        const contrary = contraryOf(intent);
        if (contrary !== undefined && (book.intents.get(contrary)?.length ?? 0) > index)
          assert.equal(train.pattern(contrary, index), train.pattern(intent, index));
      }
      assert.ok([...patterns.keys()].filter((index) => train.pattern(intent, index)).length > 1, intent);
    }
    assert.ok(held > intents.length);
    for (const [list, { items }] of book.lexicons) {
      const shared =
        items.every((item) => dev.item(list, item)) || items.every((item) => test.item(list, item));
      for (const item of items) {
        const owners = [train, dev, test].filter((split) => split.item(list, item)).length;
        assert.ok(owners === 1 || shared, `${list}: ${item}`);
      }
    }
  });

  it('[NLU-4] a new phrase moves no other from what is measured to what is trained', () => {
    const moved = new Map([...book.intents].map(([intent, phrases]) => [intent, [...phrases].reverse()]));
    for (const split of ['dev', 'test'] as const) {
      const [before, after] = [holdOut(book, split), holdOut({ ...book, intents: moved }, split)];
      for (const [intent, phrases] of book.intents)
        for (const index of phrases.keys())
          assert.equal(after.unseen(intent, phrases.length - 1 - index), before.unseen(intent, index));
    }
  });

  it('[NLU-4] a hand-written line stays in its split whatever stands around it, and however it is written', () => {
    assert.equal(splitOf('Turn on the A/C!'), splitOf('turn on the a c'));
    assert.equal(sameWords("What's up?"), "what's up");
    const drawn = Array.from({ length: 4000 }, (_, n) => splitOf(`line ${n}`));
    const [, dev = 0, test = 0] = SPLITS.map((split) => drawn.filter((own) => own === split).length / 4000);
    assert.ok(Math.abs(dev - 0.06) < 0.015 && Math.abs(test - 0.12) < 0.02, `${dev}, ${test}`);
  });

  it('[NLU-31] rendered text has every slot and every command where its words are', () => {
    const { random, sentences } = draws(400);
    for (let at = 0; at + 1 < sentences.length; at += 2) {
      const breath = joined([polite(sentences[at]!, random), sentences[at + 1]!], random);
      const { text, commands } = render(breath, [], { typed: false }, random);
      for (const [index, { start, end, slots }] of commands.entries()) {
        assert.equal(text.slice(start, end), wordsOf(breath[index]!).join(' '));
        assert.equal(
          slots.map((slot) => text.slice(slot.start, slot.end)).join(' '),
          mentioned(breath[index]!).join(' '),
        );
      }
    }
  });

  it('[NLU-31] noise spares the words that tell contraries apart', () => {
    const { random, sentences } = draws(1000);
    const alike = soundAlikes(sentences.flatMap(wordsOf));
    for (const sentence of sentences) {
      const decisive = (words: readonly string[]) =>
        words.filter((word) => CRITICAL.has(word) && word !== 'in');
      assert.deepEqual(
        decisive(wordsOf(misheard(sentence, random, alike))),
        decisive(wordsOf(sentence)),
        wordsOf(sentence).join(' '),
      );
    }
  });

  it('[NLU-31] an answer before a wish leaves the wish what it is, and is no filler', () => {
    for (const [intent, said] of OPENINGS) {
      assert.ok(ontology.labels.has(intent));
      for (const text of said) {
        // "Don't open the window" is no denial and then a wish to open it.
        assert.doesNotMatch(text, /n't$|\b(not|never|rather|want|keep|leave|to|the|and)$/, text);
        assert.ok(!([...FILLERS, ...OPENERS] as readonly string[]).includes(text), text);
      }
    }
  });

  it('[NLU-31] of a value that is taken back only the last one is a slot', () => {
    const { random, sampler } = draws(0);
    const tokens = [{ text: 'to' }, { text: 'twenty', mention: { name: 'temperature' } }] as const;
    const corrected = takenBack(
      { intent: 'climate.temperature.set', tokens },
      (name) => sampler.mention(name),
      random,
    );
    assert.ok(corrected && corrected.tokens.length > tokens.length + 1);
    assert.deepEqual(mentioned(corrected), ['twenty']);
  });

  it('[NLU-31] numbers are written with their signs, inside of their slot', () => {
    const level = { name: 'level' } as const;
    const tokens = ['35', 'percent'].map((text) => ({ text, mention: level }));
    const sentence: Sentence = { intent: 'climate.fan.set', tokens: [{ text: 'fan' }, ...tokens] };
    assert.deepEqual(wordsOf(withSigns(sentence)), ['fan', '35%']);
    assert.deepEqual(mentioned(withSigns(sentence)), ['35%']);
    const inWords: Sentence = { ...sentence, tokens: [{ text: 'half' }, { text: 'percent' }] };
    assert.deepEqual(withSigns(inWords), inWords);
  });

  it('[NLU-46] names are made up for open slots only, and none that is held out', () => {
    const { random, sentences } = draws(1000);
    const make = nameMaker(random, () => 'open the window');
    const asked: string[] = [];
    let changed = 0;
    for (const sentence of sentences) {
      const other = renamed(sentence, make, (name) => asked.push(name) % 2 === 0, random);
      const plain = ({ tokens }: Sentence) =>
        tokens.filter(({ mention }) => !mention).map(({ text }) => text);
      const slots = ({ tokens }: Sentence) => [
        ...new Set(tokens.flatMap(({ mention }) => (mention ? [mention.name] : []))),
      ];
      assert.deepEqual(slots(other), slots(sentence));
      assert.deepEqual(
        plain(other).filter((word) => word !== 'the'),
        plain(sentence).filter((word) => word !== 'the'),
      );
      if (mentioned(other).join(' ') !== mentioned(sentence).join(' ')) {
        changed++;
        assert.ok(
          slots(other).some((slot) => !['zone', 'level', 'temperature', 'color', 'genre'].includes(slot)),
          wordsOf(other).join(' '),
        );
      }
    }
    assert.ok(changed > 10 && changed < asked.length, `${changed} of ${asked.length}`);
    for (const sentence of sentences)
      assert.deepEqual(
        renamed(sentence, make, () => false, random),
        sentence,
      );
  });

  it('[NLU-47] a word is mistaken for such as sound alike, never for itself', () => {
    const alike = soundAlikes(['wiper', 'viper', 'wipers', 'seat', 'seed', 'sunroof', 'navigation', 'the']);
    assert.deepEqual(alike('viper'), ['wiper']);
    assert.deepEqual(alike('seat'), ['seed']);
    assert.deepEqual(alike('navigation'), []);
    assert.deepEqual(alike('to'), []);
  });

  it('[NLU-31] every intent of the car has phrases', () => {
    assert.deepEqual(
      [...ontology.labels.keys()].filter((label) => !book.intents.has(label)),
      [],
    );
  });
});
