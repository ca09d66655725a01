import assert from 'node:assert/strict';
import { seededRandom } from '../../../assistant/training/random.ts';
import { readPhraseBook } from '../../../assistant/understanding/phrase-book.ts';
import { phraseSampler, type Sentence } from '../../../assistant/understanding/sample-phrases.ts';
import { openOntology } from '../../../assistant/understanding/open-phrase-book.ts';

const PHRASES = `
rules:
  put: (set|put)
intents:
  climate.temperature.set:
    - '<put> [the] temperature to {temperature} [for {zone}]'
    - '{temperature}'
  phone.call.start: ['call {contact}', '(please|now|quickly|soon|later) ring {contact}']
`;
const LEXICONS = `
temperature: { patterns: ['<16..28> point five', '<16..28>'] }
zone: { values: { speaker: [my side, me], rear: [the kids] } }
contact: { items: [grandma, uncle bob, zoe] }
`;
const book = readPhraseBook(
  openOntology(),
  [{ name: 'common', text: PHRASES }],
  [{ name: 'shared', text: LEXICONS }],
);
const all = { pattern: () => true, item: () => true };
const text = ({ tokens }: Sentence) => tokens.map((token) => token.text).join(' ');
const words = (sentence: Sentence, slot: string) =>
  sentence.tokens.filter(({ mention }) => mention?.name === slot).map((token) => token.text);

describe('phrase sampler', () => {
  it('[NLU-3] the same seed draws the same sentences', () => {
    const draw = () => {
      const sampler = phraseSampler(book, all, seededRandom(7));
      return Array.from({ length: 50 }, () => text(sampler.sentence('climate.temperature.set')));
    };
    assert.deepEqual(draw(), draw());
  });

  it('[NLU-3] every pattern is as likely as the next one, however many sentences it makes', () => {
    const sampler = phraseSampler(book, all, seededRandom(1));
    const calls = Array.from({ length: 1000 }, () => text(sampler.sentence('phone.call.start'))).filter(
      (sentence) => sentence.startsWith('call'),
    );
    assert.ok(calls.length > 430 && calls.length < 570, `${calls.length} of 1000`);
  });

  it('[NLU-3] marks the words of each slot, and writes numbers in words and in digits', () => {
    const sampler = phraseSampler(book, all, seededRandom(2));
    const drawn = Array.from({ length: 300 }, () => sampler.sentence('climate.temperature.set'));
    const temperatures = drawn.map((sentence) => words(sentence, 'temperature').join(' '));
    assert.ok(temperatures.some((value) => /^[a-z]+( [a-z]+)? point five$/.test(value)));
    assert.ok(temperatures.some((value) => /^\d\d\.5$/.test(value)));
    assert.ok(
      temperatures.every((value) => /^(\d\d(\.5)?|[a-z ]+)$/.test(value)),
      temperatures.join(', '),
    );
    assert.ok(drawn.some((sentence) => words(sentence, 'zone').join(' ') === 'kids'));
  });

  it('[NLU-4] draws nothing that is held out', () => {
    const sampler = phraseSampler(
      book,
      { pattern: (_, index) => index === 0, item: (_, item) => item !== 'zoe' },
      seededRandom(3),
    );
    const drawn = new Set(Array.from({ length: 200 }, () => text(sampler.sentence('phone.call.start'))));
    assert.deepEqual([...drawn].sort(), ['call grandma', 'call uncle bob']);
  });
});
