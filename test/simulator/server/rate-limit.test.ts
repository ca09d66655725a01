import assert from 'node:assert/strict';
import { createRateLimit } from '../../../simulator/server/rate-limit.ts';

describe('rate limit', () => {
  it('[SERVE-4] allows a burst, then a steady rate', () => {
    let now = 0;
    const may = createRateLimit(3, 2, () => now);
    assert.deepEqual([may(), may(), may(), may()], [true, true, true, false]);
    now = 500;
    assert.deepEqual([may(), may()], [true, false]);
    now = 60_000;
    assert.deepEqual([may(), may(), may(), may()], [true, true, true, false]);
  });
});
