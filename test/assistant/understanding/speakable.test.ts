import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSpeakable, speakable } from '../../../assistant/understanding/speakable.ts';

describe('speakable', () => {
  const cases: readonly [string, string][] = [
    ['Zoë Müller', 'zoe muller'],
    ['AC/DC & Friends 3', 'ac dc and friends three'],
    ["O'Brien’s", "o'brien's"],
    ["'quoted'", 'quoted'],
    ['u2', 'u two'],
    ['route 66', 'route sixty six'],
    ['10115 Berlin', 'one zero one one five berlin'],
    ['50 %', 'fifty percent'],
    ['日本', ''],
  ];
  for (const [written, said] of cases) {
    it(`[HEAR-8] says "${written}" as "${said}"`, () => {
      assert.equal(speakable(written), said);
    });
  }

  it('[HEAR-8] what it says is in the form in which it is said, and stays as it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z0-9' ]{0,12}$/)),
        (written) => {
          const said = speakable(written);
          assert.equal(speakable(said), said);
          // A sign that is not said takes the words the long way.
          assert.equal(speakable(`${written} #`), said);
          assert.ok(!isSpeakable(written) || said === written);
        },
      ),
    );
  });
});
