import assert from 'node:assert/strict';
import { DRIVE_STATES, goal, newCar, sense, tell, value } from '../support/small-car.ts';

const HVAC = 'Cabin.HVAC';
const WINDOW = 'Cabin.Door.Row1.DriverSide.Window.Position';
const driver = { seat: 'driver' } as const;

describe('vehicle: undo', () => {
  it('[CAR-40] takes the last command back, then the one before', () => {
    const car = newCar();
    tell(car, 'climate.temperature.set', { temperature: 24 });
    tell(car, 'seat.heating.on');
    assert.equal(car.undo(driver).code, 'undo.done');
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), 0);
    assert.equal(goal(car, `${HVAC}.Station.Row1.Driver.Temperature`), 24);
    car.undo(driver);
    assert.equal(goal(car, `${HVAC}.Station.Row1.Driver.Temperature`), 20);
    assert.equal(car.undo(driver).code, 'undo.nothing');
  });

  it('[CAR-40] questions, refusals and what changed nothing are no steps', () => {
    const car = newCar();
    tell(car, 'climate.temperature.set', { temperature: 24 });
    tell(car, 'climate.temperature.query');
    tell(car, 'climate.temperature.set', { temperature: 99 });
    tell(car, 'climate.temperature.set', { temperature: 24 });
    car.undo(driver);
    assert.equal(goal(car, `${HVAC}.Station.Row1.Driver.Temperature`), 20);
  });

  it('[CAR-41] a compound goes back whole', () => {
    const car = newCar();
    car.compound(() => {
      tell(car, 'climate.temperature.increase');
      tell(car, 'climate.temperature.increase');
      tell(car, 'seat.heating.on');
      tell(car, 'climate.auto.on');
    });
    car.undo(driver);
    assert.equal(goal(car, `${HVAC}.Station.Row1.Driver.Temperature`), 20);
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), 0);
    assert.equal(goal(car, `${HVAC}.IsAutoActive`), false);
    assert.equal(car.undo(driver).code, 'undo.nothing');
  });

  it('[CAR-41] a compound that throws keeps what was done as one step', () => {
    const car = newCar();
    assert.throws(() =>
      car.compound(() => {
        tell(car, 'seat.heating.on');
        throw new Error('understood only half');
      }),
    );
    car.undo(driver);
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), 0);
  });

  it('[CAR-42] a motion that is half done goes back to where it began', () => {
    const car = newCar();
    sense(car, { [WINDOW]: 20 });
    tell(car, 'window.open');
    car.advance(2000);
    assert.equal(value(car, WINDOW), 60);
    car.undo(driver);
    assert.equal(goal(car, WINDOW), 20);
    car.advance(9000);
    assert.equal(value(car, WINDOW), 20);
  });

  it('[CAR-43] an undo that has become unsafe is refused with the rule, and works once it is safe', () => {
    const car = newCar();
    tell(car, 'door.open');
    tell(car, 'door.close');
    sense(car, DRIVE_STATES.MOVING);
    const outcome = car.undo(driver);
    assert.equal(outcome.status, 'refused');
    assert.equal('decision' in outcome && outcome.decision.rule, 'SAFE-2');
    assert.equal(goal(car, 'Cabin.Door.Row1.DriverSide.IsOpen'), false);
    sense(car, DRIVE_STATES.PARKED);
    assert.equal(car.undo(driver).status, 'done');
    assert.equal(goal(car, 'Cabin.Door.Row1.DriverSide.IsOpen'), true);
  });

  it('[CAR-43] an undo that would switch an assistant off asks back', () => {
    const car = newCar();
    tell(car, 'drive.lane_assist.off', {}, 'driver', true);
    tell(car, 'drive.lane_assist.on');
    assert.equal(car.undo(driver).status, 'confirm');
    assert.equal(car.undo({ seat: 'driver', confirmed: true }).status, 'done');
    assert.equal(goal(car, 'ADAS.LaneDepartureDetection.IsEnabled'), false);
  });

  it('[CAR-43] cruise control does not come back to life at a standstill', () => {
    const car = newCar();
    sense(car, DRIVE_STATES.MOVING);
    tell(car, 'drive.cruise.on');
    tell(car, 'drive.cruise.off');
    sense(car, DRIVE_STATES.PARKED);
    assert.equal(car.undo(driver).status, 'refused');
    assert.equal(goal(car, 'ADAS.CruiseControl.IsActive'), false);
  });

  it('[CAR-44] modes go back too: music, route, defrost', () => {
    const car = newCar();
    tell(car, 'media.playback.start', { genre: 'jazz' });
    tell(car, 'navigation.route.start', { destination: 'Work' });
    tell(car, 'climate.defrost.on');
    car.undo(driver);
    assert.equal(goal(car, `${HVAC}.IsFrontDefrosterActive`), false);
    assert.equal(goal(car, `${HVAC}.Station.Row1.Driver.FanSpeed`), 30);
    car.undo(driver);
    assert.equal(car.route, null);
    car.undo(driver);
    assert.equal(goal(car, 'Cabin.Infotainment.Media.PlaybackState'), 'STOPPED');
  });

  it('[CAR-45] what cannot be taken back says so, and does not hide what can', () => {
    const car = newCar();
    tell(car, 'seat.heating.on');
    tell(car, 'message.start', { contact: 'Tom', message_text: 'on my way' });
    assert.equal(car.undo(driver).code, 'undo.final');
    assert.equal(car.undo(driver).code, 'undo.done');
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), 0);
  });

  it('[CAR-46] what a tool wrote can be taken back as well', () => {
    const car = newCar();
    car.write('Vehicle.Cabin.Infotainment.Media.Volume', 80, driver);
    car.undo(driver);
    assert.equal(goal(car, 'Cabin.Infotainment.Media.Volume'), 35);
  });
});
