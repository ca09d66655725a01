import assert from 'node:assert/strict';
import { SignalError, type SignalProblem } from '../../../vehicle/signals/catalogue.ts';
import { CATALOGUE } from '../../support/small-car.ts';

const HVAC = 'Vehicle.Cabin.HVAC.Station.Row1.Driver';

function problem(run: () => void): SignalProblem | 'none' {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof SignalError);
    return error.reason;
  }
  return 'none';
}

describe('vehicle/signals/catalogue', () => {
  it('[SIG-1] has the 217 signals of the VSS subset and what the overlay adds', () => {
    const all = [...CATALOGUE.all()];
    assert.equal(all.length, 303);
    assert.equal(new Set(all.map(({ path }) => path)).size, all.length);
    assert.deepEqual(CATALOGUE.get('Vehicle.Speed').unit, 'km/h');
  });

  it('[SIG-2] every signal has a factory value that its own type allows', () => {
    for (const definition of CATALOGUE.all())
      CATALOGUE.checkValue(definition.path, CATALOGUE.initial(definition));
  });

  for (const [path, value, reason] of [
    [`${HVAC}.Temperature`, 21.5, 'none'],
    [`${HVAC}.Temperature`, 50, 'out-of-range'],
    [`${HVAC}.Temperature`, 'warm', 'wrong-type'],
    [`${HVAC}.FanSpeed`, 50.5, 'wrong-type'],
    [`${HVAC}.FanSpeed`, 101, 'out-of-range'],
    [`${HVAC}.AirDistribution`, 'SIDEWAYS', 'not-allowed'],
    ['Vehicle.Speed', 50, 'read-only'],
    ['Vehicle.Warp', 9, 'unknown-path'],
    ['Vehicle.Cabin.SeatPosCount', [2, 3], 'read-only'],
  ] as const) {
    it(`[SIG-3] setting ${path} to ${JSON.stringify(value)}: ${reason}`, () => {
      assert.equal(
        problem(() => {
          CATALOGUE.checkTarget(path, value);
        }),
        reason,
      );
    });
  }

  it('[SIG-4] an actuator may measure more than it may be told: a cabin is 45 °C hot though no set point is', () => {
    CATALOGUE.checkValue(`${HVAC}.Temperature`, 45);
    assert.equal(
      problem(() => {
        CATALOGUE.checkValue(`${HVAC}.Temperature`, Number.NaN);
      }),
      'wrong-type',
    );
  });
});
