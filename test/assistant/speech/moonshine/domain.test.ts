import assert from 'node:assert/strict';
import { learnDomain, namesWith } from '../../../../assistant/speech/moonshine/domain.ts';
import type { NamesSaid } from '../../../../assistant/speech/moonshine/names.ts';
import { openOntology, openPhraseBook } from '../../../../assistant/understanding/open-phrase-book.ts';
import { seededRandom } from '../../../../assistant/training/random.ts';

const timesOf = (said: NamesSaid, names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + (said.get(name) ?? 0), 0);

describe('the names of a domain', () => {
  const domain = learnDomain(openPhraseBook(openOntology()), [], seededRandom(1));

  it('[HEAR-11] of two names that are said, one is of those that are known now', () => {
    const before = namesWith(domain, {}).get('contact')!;
    const names = namesWith(domain, { contact: ['Zofia Quist', 'Ole'] }).get('contact')!;
    const known = timesOf(names, ['zofia quist', 'ole']);
    assert.ok(before.size > 100);
    assert.ok(Math.abs(known / timesOf(names, names.keys()) - 0.5) < 1e-9, `${known}`);
    assert.deepEqual(new Set(names.keys()), new Set([...before.keys(), 'zofia quist', 'ole']));
  });

  it('[HEAR-11] however many are known now, they share that half, and nobody has nothing', () => {
    const many = Array.from(
      { length: 5000 },
      (_, index) => `anna ${'abcdefghij'.charAt(index % 10)}${index}`,
    );
    const names = namesWith(domain, { contact: many }).get('contact')!;
    const known = timesOf(
      names,
      [...names.keys()].filter((name) => name.startsWith('anna ')),
    );
    assert.ok(Math.abs(known / timesOf(names, names.keys()) - 0.5) < 0.01, `${known}`);
    assert.ok([...names.values()].every((times) => times > 0));
  });

  it('[HEAR-11] a name that was said in more sentences is said more often', () => {
    const names = namesWith(
      {
        ...domain,
        names: new Map([
          [
            'contact',
            new Map([
              ['mum', 9],
              ['zoe', 1],
            ]),
          ],
        ]),
      },
      {},
    );
    assert.deepEqual(
      names.get('contact'),
      new Map([
        ['mum', 9],
        ['zoe', 1],
      ]),
    );
  });
});
