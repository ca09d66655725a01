import assert from 'node:assert/strict';
import { clockWords } from '../../../dashboard/demo/presenter.ts';

describe('the presenter’s window', () => {
  it('[PAGE-141] times read as on a watch', () => {
    const minute = 60_000;
    assert.deepEqual([0, 59_999, minute, 61_000, 60 * minute, 61 * minute + 5_000].map(clockWords), [
      '0:00',
      '0:59',
      '1:00',
      '1:01',
      '1:00:00',
      '1:01:05',
    ]);
  });
});
