import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SignalStore } from '../../../vehicle/signals/store.ts';
import { CATALOGUE } from '../../support/small-car.ts';

const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const IS_OPEN = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.IsOpen';
const TEMPERATURE = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature';

describe('vehicle/signals/store', () => {
  it('[SIG-10] an actuator that moves has its target at once and its value in time', () => {
    const store = new SignalStore(CATALOGUE);
    store.setTarget(WINDOW, 100, 0);
    assert.deepEqual(store.read(WINDOW), { value: 0, target: 100 });
    store.moveTo(2500);
    assert.deepEqual(store.read(WINDOW), { value: 50, target: 100 });
    store.moveTo(5000);
    assert.deepEqual(store.read(WINDOW), { value: 100, target: 100 });
    assert.equal(store.isMoving(WINDOW), false);
  });

  it('[SIG-10] turned round half way it goes back from where it is', () => {
    const store = new SignalStore(CATALOGUE);
    store.setTarget(WINDOW, 100, 0);
    store.moveTo(2000);
    store.setTarget(WINDOW, 0, 2000);
    store.moveTo(3000);
    assert.deepEqual(store.read(WINDOW), { value: 20, target: 0 });
    store.moveTo(4000);
    assert.deepEqual(store.read(WINDOW), { value: 0, target: 0 });
  });

  it('[SIG-10] stopped half way it stays there', () => {
    const store = new SignalStore(CATALOGUE);
    store.setTarget(WINDOW, 100, 0);
    store.halt(WINDOW, 1500);
    store.moveTo(9000);
    assert.deepEqual(store.read(WINDOW), { value: 30, target: 30 });
  });

  it('[SIG-11] what follows from a value changes with it', () => {
    const store = new SignalStore(CATALOGUE);
    store.setTarget(WINDOW, 100, 0);
    store.moveTo(100);
    assert.equal(store.read(IS_OPEN).value, true);
    store.sense('Vehicle.Speed', 12);
    assert.equal(store.read('Vehicle.IsMoving').value, true);
    assert.equal(store.read('Vehicle.DriveState').value, 'MOVING');
    assert.deepEqual(store.read('Vehicle.Cabin.Infotainment.HMI.UxRestrictions').value, [
      'VIDEO',
      'KEYBOARD',
      'TEXT',
    ]);
    store.sense('Vehicle.Exterior.LightIntensity', 3);
    assert.equal(store.read('Vehicle.Body.Lights.Beam.Low.IsOn').value, true);
  });

  it('[SIG-12] a measured actuator keeps target and value apart; any other is where it was found', () => {
    const store = new SignalStore(CATALOGUE);
    store.setTarget(TEMPERATURE, 24, 0);
    store.sense(TEMPERATURE, 31);
    assert.deepEqual(store.read(TEMPERATURE), { value: 31, target: 24 });
    store.setTarget(WINDOW, 100, 0);
    store.sense(WINDOW, 40);
    assert.deepEqual(store.read(WINDOW), { value: 40, target: 40 });
    assert.equal(store.isMoving(WINDOW), false);
  });

  it('[SIG-13] several changes of a signal are one, and none when it is back where it was', () => {
    const store = new SignalStore(CATALOGUE);
    store.sense('Vehicle.Speed', 10);
    store.sense('Vehicle.Speed', 20);
    const changes = store.takeChanges().filter(({ path }) => path === 'Vehicle.Speed');
    assert.deepEqual(changes, [{ path: 'Vehicle.Speed', from: 0, to: 20, field: 'value' }]);
    store.sense('Vehicle.Speed', 30);
    store.sense('Vehicle.Speed', 20);
    assert.deepEqual(store.takeChanges(), []);
  });

  it('[SIG-14] a place depends on the time alone, not on the steps to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (steps, target) => {
          const many = new SignalStore(CATALOGUE);
          const one = new SignalStore(CATALOGUE);
          many.setTarget(WINDOW, target, 0);
          one.setTarget(WINDOW, target, 0);
          let now = 0;
          for (const step of steps) many.moveTo((now += step));
          one.moveTo(now);
          assert.deepEqual(many.read(WINDOW), one.read(WINDOW));
        },
      ),
    );
  });
});
