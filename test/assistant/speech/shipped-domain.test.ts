import assert from 'node:assert/strict';
import fc from 'fast-check';
import { learnDomain, type Domain } from '../../../assistant/speech/moonshine/domain.ts';
import { domainAsBytes, domainFromBytes } from '../../../assistant/speech/moonshine/domain-bytes.ts';
import { keptDomain, learnShippedDomain, sourceOf } from '../../../assistant/speech/shipped-domain.ts';
import { seededRandom } from '../../../assistant/training/random.ts';
import { readParts } from '../../../simulator/open-drive.ts';

describe('what is said to the car that ships', function () {
  this.timeout(60_000);
  const { book } = readParts();

  it('[HEAR-75] is kept by the build as it would be learnt', () => {
    const kept = keptDomain(sourceOf(book));
    assert.ok(kept, 'the sources are newer than what was built: npm run build');
    assert.deepEqual(kept, learnShippedDomain(book));
  });

  it('[HEAR-75] is known by its phrases', () => {
    const [[intent, patterns] = ['', []]] = book.intents;
    const other = { ...book, intents: new Map([...book.intents, [intent, patterns.slice(1)]]) };
    assert.equal(sourceOf({ ...book }), sourceOf(book));
    assert.notEqual(sourceOf(other), sourceOf(book));
  });

  describe('as bytes', () => {
    const small = { ...book, intents: new Map([...book.intents].slice(0, 2)) };
    const domain: Domain = learnDomain(small, [], seededRandom(1));
    const bytes = domainAsBytes(domain, 'phrases');

    it('[HEAR-75] goes there and back', () => {
      assert.deepEqual(domainFromBytes(bytes, 'phrases'), domain);
    });

    it('[HEAR-75] of other phrases is not taken', () => {
      assert.equal(domainFromBytes(bytes, 'other phrases'), undefined);
    });

    it('[HEAR-75] cut short anywhere is not taken', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
          assert.equal(domainFromBytes(bytes.subarray(0, length), 'phrases'), undefined);
        }),
      );
    });
  });
});
