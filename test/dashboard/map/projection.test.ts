import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  compassWords,
  createProjection,
  frame,
  pathData,
  travelWords,
} from '../../../dashboard/map/projection.ts';

describe('dashboard/map/projection', () => {
  it('[PAGE-30] east goes right, south goes down, and distances are metres', () => {
    const project = createProjection([3.1, 55.1, 3.3, 55.3]);
    const [x0, y0] = project([3.2, 55.2]);
    const [x1, y1] = project([3.21, 55.19]);
    assert.ok(x1 > x0 && y1 > y0);
    // A hundredth of a degree: 634.6 m of longitude at 55.2° N, 1111.95 m of latitude.
    assert.ok(Math.abs(x1 - x0 - 634.6) < 1 && Math.abs(y1 - y0 - 1_111.95) < 1, `${x1 - x0} ${y1 - y0}`);
  });

  it('[PAGE-30] the overview holds the whole route', () => {
    const number = fc.double({ min: -5_000, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1 }), (points) => {
        const { middle, side } = frame(points);
        for (const [x, y] of points) {
          assert.ok(Math.abs(x - middle[0]) <= side / 2 && Math.abs(y - middle[1]) <= side / 2);
        }
      }),
    );
  });

  it('[PAGE-30] lines, headings and durations are put into words and path data', () => {
    assert.equal(
      pathData([
        [0, 0],
        [1.25, 2],
      ]),
      'M0.0 0.0L1.3 2.0',
    );
    assert.equal(
      pathData(
        [
          [0, 0],
          [1, 2],
          [3, 4],
        ],
        true,
      ),
      'M0.0 0.0L1.0 2.0L3.0 4.0Z',
    );
    assert.equal(pathData([]), '');
    assert.deepEqual([0, 44, 359, -90, 181].map(compassWords), [
      'north',
      'north-east',
      'north',
      'west',
      'south',
    ]);
    assert.deepEqual([20, 540, 3_900].map(travelWords), ['under a minute', '9 min', '1 h 05 min']);
  });
});
