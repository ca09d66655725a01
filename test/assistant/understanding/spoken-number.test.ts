import assert from 'node:assert/strict';
import { spokenNumber } from '../../../assistant/understanding/spoken-number.ts';

describe('spokenNumber', () => {
  const cases: readonly [number, string][] = [
    [0, 'zero'],
    [13, 'thirteen'],
    [19, 'nineteen'],
    [20, 'twenty'],
    [21, 'twenty one'],
    [99, 'ninety nine'],
    [-5, 'minus five'],
    [3000, 'three thousand'],
  ];
  for (const [value, words] of cases) {
    it(`[HEAR-8] says ${value} as "${words}"`, () => {
      assert.deepEqual(spokenNumber(value), [words]);
    });
  }

  it('[HEAR-8] knows the several ways to say hundreds', () => {
    assert.deepEqual(spokenNumber(120), [
      'one hundred twenty',
      'one hundred and twenty',
      'a hundred twenty',
      'a hundred and twenty',
    ]);
    assert.ok(spokenNumber(1500).includes('fifteen hundred'));
    assert.ok(spokenNumber(2026).includes('two thousand twenty six'));
  });

  it('[HEAR-8] refuses what it cannot say', () => {
    assert.throws(() => spokenNumber(1.5), RangeError);
    assert.throws(() => spokenNumber(10_000), RangeError);
  });
});
