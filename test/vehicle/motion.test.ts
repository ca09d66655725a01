import assert from 'node:assert/strict';
import { goal, newCar, sense, tell, value } from '../support/small-car.ts';

const DOOR = 'Cabin.Door.Row1.DriverSide';
const WINDOW = `${DOOR}.Window.Position`;
const SEAT = 'Cabin.Seat.Row1.DriverSide.Position';

describe('vehicle: motion', () => {
  it('[CAR-10] a window takes five seconds from closed to open', () => {
    const car = newCar();
    tell(car, 'window.open');
    car.advance(2000);
    assert.equal(value(car, WINDOW), 40);
    car.advance(2999);
    assert.equal(value(car, WINDOW), 100);
    assert.equal(goal(car, WINDOW), 100);
  });

  it('[CAR-10] trunk, roof, seats and mirrors take their time too', () => {
    const car = newCar();
    tell(car, 'trunk.open');
    tell(car, 'sunroof.open');
    tell(car, 'seat.position.decrease', { amount: 'large' });
    tell(car, 'mirror.close');
    car.advance(1000);
    const halfway = [
      'Body.Trunk.Rear.Position',
      'Cabin.Sunroof.Position',
      SEAT,
      'Body.Mirrors.DriverSide.FoldPosition',
    ];
    assert.deepEqual(
      halfway.map((path) => value(car, path)),
      [25, 17, 150, 40],
    );
    car.advance(5000);
    assert.deepEqual(
      halfway.map((path) => value(car, path)),
      [100, 100, 180, 100],
    );
  });

  it('[CAR-11] what moves can be stopped half way and turned round', () => {
    const car = newCar();
    tell(car, 'window.open', { zone: 'front' });
    car.advance(1500);
    assert.equal(car.halt({ seat: 'driver' }).code, 'car.halted');
    car.advance(9000);
    assert.equal(value(car, WINDOW), 30);
    assert.equal(car.halt({ seat: 'driver' }).status, 'unchanged');
    tell(car, 'window.open');
    car.advance(1000);
    tell(car, 'window.close');
    car.advance(1000);
    assert.equal(value(car, WINDOW), 30);
  });

  it('[CAR-11] a window switch that is let go stops its window alone', () => {
    const car = newCar();
    tell(car, 'window.open', { zone: 'front' });
    car.advance(1000);
    car.write(`Vehicle.${DOOR}.Window.Switch`, 'CLOSE', { seat: 'driver' });
    car.advance(500);
    car.write(`Vehicle.${DOOR}.Window.Switch`, 'INACTIVE', { seat: 'driver' });
    car.advance(9000);
    assert.equal(value(car, WINDOW), 10);
    assert.equal(value(car, 'Cabin.Door.Row1.PassengerSide.Window.Position'), 100);
  });

  it('[CAR-12] a closing window that meets an obstruction opens again, far enough to free a hand', () => {
    const car = newCar();
    sense(car, { [WINDOW]: 60 });
    tell(car, 'window.close');
    car.advance(2000);
    assert.equal(value(car, WINDOW), 20);
    sense(car, { [`${DOOR}.Window.IsObstructed`]: true });
    assert.equal(goal(car, WINDOW), 40);
    car.advance(9000);
    assert.equal(value(car, WINDOW), 40);
    assert.equal(tell(car, 'window.close').status, 'refused');
    sense(car, { [`${DOOR}.Window.IsObstructed`]: false });
    assert.equal(tell(car, 'window.close').status, 'done');
  });

  it('[CAR-12] an opening window does not mind an obstruction', () => {
    const car = newCar();
    tell(car, 'window.open');
    car.advance(500);
    sense(car, { [`${DOOR}.Window.IsObstructed`]: true });
    assert.equal(goal(car, WINDOW), 100);
  });

  it('[CAR-12] a closing trunk that meets an obstruction goes back up', () => {
    const car = newCar();
    sense(car, { 'Body.Trunk.Rear.Position': 100 });
    tell(car, 'trunk.close');
    car.advance(1000);
    sense(car, { 'Body.Trunk.Rear.IsObstructed': true });
    assert.equal(goal(car, 'Body.Trunk.Rear.Position'), 100);
  });

  it('[CAR-13] windows and roof stop where they are when the ignition goes off', () => {
    const car = newCar();
    tell(car, 'window.open');
    tell(car, 'sunroof.open');
    car.advance(1000);
    tell(car, 'drive.power.off');
    car.advance(9000);
    assert.equal(value(car, WINDOW), 20);
    assert.equal(value(car, 'Cabin.Sunroof.Position'), 17);
  });

  it('[CAR-14] a lid that is still open closes when the car drives off, and doors lock from 15 km/h', () => {
    const car = newCar();
    tell(car, 'trunk.open');
    tell(car, 'door.unlock');
    car.advance(9000);
    sense(car, { Speed: 8 });
    assert.equal(goal(car, 'Body.Trunk.Rear.Position'), 0);
    assert.equal(goal(car, `${DOOR}.IsLocked`), false);
    sense(car, { Speed: 16 });
    assert.equal(goal(car, `${DOOR}.IsLocked`), true);
  });
});
