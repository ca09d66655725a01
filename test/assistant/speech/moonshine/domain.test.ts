import assert from 'node:assert/strict';
import { learnDomain, namesWith } from '../../../../assistant/speech/moonshine/domain.ts';
import { openOntology, openPhraseBook } from '../../../../assistant/understanding/open-phrase-book.ts';
import { seededRandom } from '../../../../assistant/training/random.ts';

describe('the names of a domain', () => {
  const domain = learnDomain(openPhraseBook(openOntology()), [], seededRandom(1));

  it('[HEAR-11] of two names that are said, one is of those that are known now', () => {
    const before = namesWith(domain, {}).get('contact') ?? [];
    const now = ['Zofia Quist', 'Ole'];
    const names = namesWith(domain, { contact: now }).get('contact') ?? [];
    const known = names.filter((name) => ['zofia quist', 'ole'].includes(name)).length;
    assert.ok(before.length > 100 && new Set(before).size === before.length);
    assert.ok(Math.abs(known / names.length - 0.5) < 0.02, `${known} of ${names.length}`);
    assert.deepEqual(new Set(names), new Set([...before, 'zofia quist', 'ole']));
  });

  it('[HEAR-11] however many are known now, nobody is unlikelier for it', () => {
    const many = Array.from(
      { length: 5000 },
      (_, index) => `anna ${'abcdefghij'.charAt(index % 10)}${index}`,
    );
    const names = namesWith(domain, { contact: many }).get('contact') ?? [];
    assert.equal(names.length, new Set(names).size);
  });
});
