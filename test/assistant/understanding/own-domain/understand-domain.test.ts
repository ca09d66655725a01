import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { commandMeaning } from '../../../../assistant/speech/evaluation/meaning.ts';
import { readDomain } from '../../../../assistant/understanding/own-domain/read-domain.ts';
import {
  understandDomain,
  writtenWishes,
} from '../../../../assistant/understanding/own-domain/understand-domain.ts';
import { phraseSampler } from '../../../../assistant/understanding/sample-phrases.ts';
import type { Intent } from '../../../../vehicle/ontology.generated.ts';

const example = (name: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`#package/docs/examples/${name}`)), 'utf8');
const { book } = readDomain(example('coffee-machine.yaml'), 'coffee-machine.yaml');
const understood = (text: string) =>
  understandDomain(book, text).map(({ intent, slots }) => [
    intent,
    Object.fromEntries(Object.entries(slots).map(([name, { value }]) => [name, value])),
  ]);

describe('understanding: another domain by its phrases', () => {
  it('[HEAR-47] wishes are found with their values, in digits as in words', () => {
    const wish = [['drink.make', { count: 2, size: 'large', drink: 'cappuccino', milk: 'oat', sugar: 3 }]];
    assert.deepEqual(understood('brew us two large cappuccinos with oat milk and three sugars'), wish);
    assert.deepEqual(understood('Brew us 2 big cappuccinos with oat milk and 3 sugars!'), wish);
  });

  it('[HEAR-47] words around wishes change nothing; several wishes stand in one breath', () => {
    assert.deepEqual(understood('hey could you turn the machine off please thank you'), [
      ['machine.off', {}],
    ]);
    assert.deepEqual(understood('a small latte and two teas, then clean the drip tray'), [
      ['drink.make', { count: 1, size: 'small', drink: 'latte' }],
      ['drink.make', { count: 2, drink: 'tea' }],
      ['machine.clean', { part: 'drip tray' }],
    ]);
  });

  it('[HEAR-47] a wish says where it stands, and slots keep the words that were said', () => {
    const text = 'please make two Espressos';
    const [wish] = understandDomain(book, text);
    assert.equal(text.slice(...wish!.span), 'make two Espressos');
    assert.deepEqual(wish!.slots['drink'], { text: 'Espressos', value: 'espresso' });
  });

  it('[HEAR-47] a misheard word costs confidence; what is mostly something else is no wish', () => {
    const [wish] = understandDomain(book, 'make a large cappuccino with carpet');
    assert.equal(wish?.intent, 'drink.make');
    assert.ok(wish.confidence < 1);
    assert.deepEqual(understood('did you see the new coffee machine in the office yesterday'), []);
    assert.deepEqual(understood('turn around and go home'), []);
    assert.deepEqual(understood(''), []);
  });

  it('[HEAR-47] whatever the phrases can say is understood as its intent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...book.intents.keys()),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (intent, numbers) => {
          const sampler = phraseSampler(book, { pattern: () => true, item: () => true }, () =>
            Number(numbers.next().value),
          );
          const text = sampler
            .sentence(intent as Intent)
            .tokens.map((token) => token.text)
            .join(' ');
          assert.deepEqual(
            understandDomain(book, text).map((wish) => wish.intent),
            [intent],
            text,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('[HEAR-47] what is written down for the example means what is understood of its words', () => {
    const lines = example('coffee-orders.txt')
      .split('\n')
      .filter((line) => line.includes(' | '));
    assert.ok(lines.length > 5);
    for (const line of lines) {
      const said = line
        .slice(line.indexOf(' | ') + 3)
        .replaceAll(' || ', ' ')
        .replace(/\[([^\]]*)\]\(\w+\)/g, '$1');
      const written = commandMeaning(writtenWishes(book, line, 'here'));
      assert.equal(commandMeaning(understandDomain(book, said)), written, said);
    }
  });

  it('[HEAR-47] what is written down for an intent or slot that the domain lacks is refused', () => {
    assert.throws(
      () => writtenWishes(book, 'drink.pour | pour it', 'my.tsv: a.wav'),
      /my\.tsv: a\.wav: no label/,
    );
    assert.throws(() => writtenWishes(book, 'drink.make | [now](when)', 'here'), /no slot "when"/);
  });
});
