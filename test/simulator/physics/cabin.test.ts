import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  stepCabin,
  ZONES,
  type CabinInputs,
  type CabinState,
  type Zone,
} from '../../../simulator/physics/cabin.ts';

const all = <T>(value: T): Record<Zone, T> =>
  Object.fromEntries(ZONES.map((zone) => [zone, value])) as Record<Zone, T>;
const cold: CabinInputs = {
  outside: -5,
  sun: 0,
  speed: 0,
  isOn: true,
  isCooling: true,
  isRecirculating: false,
  sunroof: 0,
  heaters: 0,
  zones: all({ setPoint: 21, fan: 60, window: 0 }),
};
const at = (celsius: number): CabinState => ({ zones: all(celsius), power: 0 });

function run(state: CabinState, inputs: CabinInputs, minutes: number): CabinState {
  for (let i = 0; i < minutes * 600; i++) state = stepCabin(state, inputs, 100);
  return state;
}
const driver = ({ zones }: CabinState) => zones['Row1.Driver'];

describe('cabin temperature', () => {
  it('[PHYS-9] stays between where it was, the weather and the set points, while there is no sun', () => {
    const celsius = fc.double({ min: -25, max: 45, noNaN: true });
    const percent = fc.integer({ min: 0, max: 100 });
    const zone = fc.record({ setPoint: fc.integer({ min: 16, max: 28 }), fan: percent, window: percent });
    const inputs = fc.record({
      outside: celsius,
      sun: fc.constant(0),
      speed: fc.double({ min: 0, max: 40, noNaN: true }),
      isOn: fc.boolean(),
      isCooling: fc.boolean(),
      isRecirculating: fc.boolean(),
      sunroof: percent,
      heaters: fc.constant(0),
      zones: fc
        .tuple(zone, zone, zone, zone)
        .map((list) => Object.fromEntries(ZONES.map((name, i) => [name, list[i]!])) as CabinInputs['zones']),
    });
    fc.assert(
      fc.property(celsius, inputs, (from, input) => {
        const bounds = [from, input.outside, ...ZONES.map((zone) => input.zones[zone].setPoint)];
        let state = at(from);
        for (let i = 0; i < 600; i++) {
          state = stepCabin(state, input, 1000);
          for (const zone of ZONES) {
            assert.ok(
              state.zones[zone] >= Math.min(...bounds) - 1e-6 &&
                state.zones[zone] <= Math.max(...bounds) + 1e-6,
            );
          }
          assert.ok(state.power >= 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('[PHYS-9] reaches the set point from the cold and from the heat', () => {
    assert.ok(Math.abs(driver(run(at(-5), cold, 20)) - 21) < 0.2);
    assert.ok(Math.abs(driver(run(at(45), { ...cold, outside: 33, sun: 0.5 }, 25)) - 21) < 0.2);
  });

  it('[PHYS-10] follows the weather without power, faster with a window open, and warms in the sun', () => {
    const off = { ...cold, isOn: false };
    const closed = driver(run(at(21), off, 10));
    const open = driver(run(at(21), { ...off, zones: all({ setPoint: 21, fan: 60, window: 100 }) }, 10));
    assert.ok(closed < 21 && open < closed - 3);
    assert.ok(driver(run(at(20), { ...off, outside: 20, sun: 1 }, 30)) > 26);
  });

  it('[PHYS-10] cools below the weather only with air conditioning, and each zone has its own set point', () => {
    const hot = { ...cold, outside: 32 };
    assert.ok(driver(run(at(32), { ...hot, isCooling: false }, 20)) > 30);
    assert.ok(driver(run(at(32), hot, 20)) < 22);
    const zones = {
      ...all({ setPoint: 19, fan: 80, window: 0 }),
      'Row1.Passenger': { setPoint: 25, fan: 80, window: 0 },
    };
    const state = run(at(10), { ...cold, zones }, 25);
    assert.ok(Math.abs(state.zones['Row1.Passenger'] - 25) < 0.3 && Math.abs(driver(state) - 19) < 0.3);
  });
});
