import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RoadFollower } from '../../../dashboard/street/road-follower.ts';
import { createStreetPlan, PROFILES } from '../../../dashboard/street/street-plan.ts';
import type { WorldMap } from '../../../simulator/server/protocol.ts';

/** One avenue from south to north, 2 km long. */
const map: WorldMap = {
  name: 'One street',
  bounds: [0, 50, 0.02, 50.02],
  streets: [
    {
      name: 'Avenue',
      kind: 'primary',
      line: [
        [0.01, 50],
        [0.01, 50.02],
      ],
    },
  ],
  areas: [],
  places: [],
};
const plan = createStreetPlan(map);
const [x, y] = plan.project([0.01, 50.01]);

describe('dashboard/street/road-follower', () => {
  it('[PAGE-71] the car goes on between measurements, however the time is cut, and keeps to its lane', () => {
    const car = new RoadFollower(plan);
    car.measure(x, y, 0, 10, true);
    assert.equal(car.lane, PROFILES.primary.lane);
    let before = car.y;
    for (let tick = 1; tick <= 30; tick++) {
      car.measure(x, y - tick, 0, 10, false);
      for (let frame = 0; frame < 6; frame++) {
        assert.ok(car.step(100 / 6));
        assert.ok(car.y < before, 'it never stands nor goes back');
        before = car.y;
      }
    }
    // Measured 30 m from the start, a tenth of a second ago.
    assert.ok(Math.abs(y - 31 - car.y) < 0.2, `${y - car.y}`);
    assert.ok(Math.abs(car.x - x) < 0.01);
  });

  it('[PAGE-71] it stops where it was measured and then asks for no more frames; halted, it asks for none', () => {
    const car = new RoadFollower(plan);
    car.measure(x, y, 350, 5, true);
    for (let i = 0; i < 10; i++) car.step(16);
    car.measure(x, y - 1, 10, 0, false);
    let frames = 0;
    while (car.step(16)) frames += 1;
    assert.ok(frames > 1 && frames < 500, `${frames}`);
    assert.deepEqual([car.x, car.y, car.heading], [x, y - 1, 10]);
    car.measure(x, y - 1, 10, 8, false);
    car.halt();
    assert.equal(car.step(16), false);
  });

  it('[PAGE-71] who was moved is put there; a turn goes the short way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: -170, max: 170 }), (from, turn) => {
        const car = new RoadFollower(plan);
        car.measure(x, y, from, 0, true);
        car.measure(x, y, (from + turn + 360) % 360, 0, false);
        car.step(50);
        const turned = car.heading - from;
        assert.ok(turn === 0 ? turned === 0 : Math.sign(turned) === Math.sign(turn));
        assert.ok(Math.abs(turned) <= Math.abs(turn) + 1e-9);
        car.measure(x + 500, y, 0, 0, false);
        assert.equal(car.x, x + 500);
      }),
    );
  });
});
