import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Vehicle } from '../../vehicle/vehicle.ts';
import { mulberry32 } from '../support/random.ts';
import { happen } from '../support/random-life.ts';
import { liveSafely } from '../support/safe-life.ts';
import { carOptions, command, newCar } from '../support/small-car.ts';

/** Half a minute; `npm run soak` goes on for longer, with other seeds. */
const STEPS = 100_000;
const SEED = 20_261_121;

describe('vehicle: a random life', () => {
  it(`[CAR-50] ${STEPS} random commands, writes, events and pauses break no invariant and leave no outcome without words`, function () {
    this.timeout(600_000);
    liveSafely(STEPS, SEED);
  });

  it('[CAR-51] a snapshot, through JSON, continues exactly as the car that it was taken from, whatever is in motion', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 60 }),
        (seed, before, after) => {
          const random = mulberry32(seed);
          const first = newCar();
          for (let step = 0; step < before; step += 1) happen(first, random);
          const snapshot = first.snapshot();
          const second = Vehicle.restore(JSON.parse(JSON.stringify(snapshot)) as typeof snapshot, carOptions);
          assert.deepEqual(second.snapshot(), snapshot);
          const [a, b] = [mulberry32(seed + 1), mulberry32(seed + 1)];
          for (let step = 0; step < after; step += 1) assert.deepEqual(happen(second, b), happen(first, a));
          assert.deepEqual(second.snapshot(), first.snapshot());
          assert.deepEqual([...second.signals()], [...first.signals()]);
        },
      ),
      // The example lost a stop at the place that was the destination as well.
      { numRuns: 60, examples: [[-5, 72, 2]] },
    );
  });

  it('[CAR-52] one long step of time equals many short ones', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 10 }),
        (seed, steps) => {
          const random = mulberry32(seed);
          const many = newCar();
          for (let step = 0; step < 60; step += 1) happen(many, random);
          const one = Vehicle.restore(many.snapshot(), carOptions);
          for (const ms of steps) many.advance(ms);
          one.advance(steps.reduce((sum, ms) => sum + ms, 0));
          assert.deepEqual(one.snapshot(), many.snapshot());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[CAR-53] a subsystem that fails is reported, its command is answered, and the others go on', () => {
    const faults: string[] = [];
    const world = { ...carOptions.world, address: () => assert.fail('the map is gone') };
    const car = newCar({
      world: Object.assign(Object.create(carOptions.world) as typeof carOptions.world, world),
      onFault: (name) => faults.push(name),
    });
    const outcome = car.execute(command('navigation.location.query'), { seat: 'driver' });
    assert.equal(outcome.code, 'car.fault');
    assert.deepEqual(faults, ['navigation']);
    assert.equal(car.execute(command('window.open'), { seat: 'driver' }).status, 'done');
  });
});
