import assert from 'node:assert/strict';
import fc from 'fast-check';
import { laneAdvice, lanesAt } from '../../../simulator/world/lanes.ts';
import type { LaneTurn } from '../../../vehicle/world.ts';

const turns: readonly LaneTurn[] = ['left', 'through', 'right'];

describe('lanes', () => {
  it('[ROUTE-12] lead left on the left, right on the right, on in between', () => {
    const all = new Set(turns);
    assert.equal(laneAdvice(lanesAt(2, all, 'left')), 'use the left lane');
    assert.equal(laneAdvice(lanesAt(2, all, 'right')), 'use the right lane');
    assert.equal(laneAdvice(lanesAt(3, all, 'through')), 'use the middle lane');
    assert.equal(laneAdvice(lanesAt(4, all, 'through')), 'use the middle two lanes');
    assert.equal(laneAdvice(lanesAt(3, new Set(['left', 'through']), 'through')), 'use the right two lanes');
    assert.equal(laneAdvice(lanesAt(2, new Set(['right']), 'right')), '', 'any will do');
    assert.equal(lanesAt(1, all, 'left'), undefined);
  });

  it('[ROUTE-12] every way out has a lane, and every lane a way out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.uniqueArray(fc.constantFrom(...turns), { minLength: 1 }),
        (count, ways) => {
          for (const wanted of ways) {
            const lanes = lanesAt(count, new Set(ways), wanted)!;
            assert.equal(lanes.length, count);
            assert.ok(
              lanes.some(({ fits }) => fits),
              `${count} ${ways.join()} ${wanted}`,
            );
            assert.ok(
              lanes.every((lane) => lane.turns.length > 0 && lane.turns.every((turn) => ways.includes(turn))),
            );
          }
        },
      ),
    );
  });
});
