import assert from 'node:assert/strict';
import { createHand } from '../../../dashboard/panels/hand.ts';
import type { Written } from '../../../simulator/server/protocol.ts';
import type { Outcome } from '../../../vehicle/outcome.ts';

const VOLUME = 'Vehicle.Cabin.Infotainment.Media.Volume';

describe('dashboard/panels/hand', () => {
  const setting = async (status: Outcome['status'] | 'unanswered') => {
    const decision = { rule: 'SAFE-1', reason: 'moving', readings: [] };
    const outcome = { status, facts: {}, decision } as unknown as Outcome;
    const written: Written = { outcome, reply: 'Not now.' };
    let shown = 0;
    const hand = createHand(
      () => Promise.resolve(status === 'unanswered' ? undefined : written),
      () => undefined,
      { say: () => undefined, press: () => undefined },
    );
    hand.set(VOLUME, 50, () => shown++);
    await new Promise(setImmediate);
    return shown;
  };

  it('[WEB-51] a control is told that its change did not take, once; of one that did it hears nothing', async () => {
    assert.equal(await setting('done'), 0);
    for (const status of ['refused', 'confirm', 'unavailable', 'unchanged', 'unanswered'] as const)
      assert.equal(await setting(status), 1, status);
  });
});
