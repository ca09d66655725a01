import assert from 'node:assert/strict';
import { speakable } from '../../../assistant/understanding/speakable.ts';

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
});
