import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chargePower,
  drivePower,
  rangeOf,
  stepBattery,
  timeToCharge,
  type BatteryInputs,
  type BatteryState,
} from '../../../simulator/physics/battery.ts';

const CAPACITY = 77;
const cruising: BatteryInputs = {
  capacity: CAPACITY,
  speed: 25,
  acceleration: 0,
  load: 800,
  regeneration: 0.67,
  charger: 0,
  outside: 15,
};
const battery = (energy: number): BatteryState => ({ energy, power: 0, consumption: 0.167, temperature: 20 });

describe('battery', () => {
  it('[PHYS-11] never holds less than nothing or more than its capacity', () => {
    const inputs = fc.record({
      capacity: fc.constant(CAPACITY),
      speed: fc.double({ min: 0, max: 60, noNaN: true }),
      acceleration: fc.double({ min: -8, max: 5, noNaN: true }),
      load: fc.double({ min: 0, max: 9000, noNaN: true }),
      regeneration: fc.double({ min: 0, max: 1, noNaN: true }),
      charger: fc.constantFrom(0, 11_000, 300_000),
      outside: fc.constantFrom(-20, 15, 40),
    });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: CAPACITY, noNaN: true }),
        fc.array(inputs, { maxLength: 40 }),
        (energy, list) => {
          let state = battery(energy);
          for (const input of list) {
            state = stepBattery(state, input, 600_000);
            assert.ok(state.energy >= 0 && state.energy <= CAPACITY);
            assert.ok(rangeOf(state) >= 0 && Number.isFinite(rangeOf(state)));
          }
        },
      ),
    );
  });

  it('[PHYS-11] is drained by driving, the more the faster, and by standing with the climate on', () => {
    let state = battery(50);
    for (let i = 0; i < 1000; i++) {
      const next = stepBattery(state, cruising, 100);
      assert.ok(next.energy < state.energy);
      state = next;
    }
    const used = (speed: number) => -stepBattery(battery(50), { ...cruising, speed }, 100).power / speed;
    assert.ok(used(36) > used(25) && used(25) > used(15));
    assert.ok(stepBattery(battery(50), { ...cruising, speed: 0 }, 100).energy < 50);
  });

  it('[PHYS-11] uses what such a car uses: 12 to 22 kWh for 100 km at 100 km/h', () => {
    const perHundred = -stepBattery(battery(50), { ...cruising, speed: 100 / 3.6 }, 100).power / 1000;
    assert.ok(perHundred > 12 && perHundred < 22, String(perHundred));
  });

  it('[PHYS-11] braking gives back part of what speeding up took, never more', () => {
    const up = drivePower(15, 1.5, 1);
    const down = drivePower(15, -1.5, 1);
    assert.ok(up > 0 && down < 0 && -down < up);
    assert.equal(drivePower(15, -1.5, 0) + 0, 0);
  });

  it('[PHYS-12] charging tapers off, and the time left counts down to nothing', () => {
    assert.equal(chargePower(100_000, 0.5), 100_000);
    assert.ok(chargePower(100_000, 0.95) < 25_000);
    assert.equal(timeToCharge(battery(70), CAPACITY, 11_000, 0.8), 0);
    assert.ok(
      timeToCharge(battery(20), CAPACITY, 11_000, 0.8) > timeToCharge(battery(40), CAPACITY, 11_000, 0.8),
    );
    assert.ok(
      timeToCharge(battery(20), CAPACITY, 11_000, 0.8) > timeToCharge(battery(20), CAPACITY, 150_000, 0.8),
    );
  });
});
