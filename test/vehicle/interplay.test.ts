import assert from 'node:assert/strict';
import { SEATS } from '../../vehicle/command.ts';
import { SignalError } from '../../vehicle/signals/catalogue.ts';
import type { SignalChange } from '../../vehicle/signals/signal.ts';
import { DRIVE_STATES, goal, newCar, sense, tell, value } from '../support/small-car.ts';

const HVAC = 'Cabin.HVAC';
const STATION = `${HVAC}.Station.Row1.Driver`;
const MEDIA = 'Cabin.Infotainment.Media';
const PHONE = 'Cabin.Infotainment.Phone';
const NAVIGATION = 'Cabin.Infotainment.Navigation';
const CHARGING = 'Powertrain.TractionBattery.Charging';
const CRUISE = 'ADAS.CruiseControl';

describe('vehicle: interplay', () => {
  it('[CAR-20] maximum defrost turns recirculation off and the fan up, and gives everything back', () => {
    const car = newCar();
    tell(car, 'climate.recirculation.on');
    tell(car, 'climate.defrost.on');
    assert.equal(goal(car, `${HVAC}.IsRecirculationActive`), false);
    assert.equal(goal(car, `${STATION}.FanSpeed`), 100);
    assert.equal(goal(car, `${STATION}.AirDistribution`), 'UP');
    assert.equal(tell(car, 'climate.recirculation.on').code, 'climate.recirculation.defrosting');
    tell(car, 'climate.defrost.off');
    assert.equal(goal(car, `${HVAC}.IsRecirculationActive`), true);
    assert.equal(goal(car, `${STATION}.FanSpeed`), 30);
    assert.equal(goal(car, 'Body.Windshield.Front.IsHeatingOn'), false);
  });

  it('[CAR-21] automatic mode ends when the fan is set by hand, by voice or by a tool', () => {
    const car = newCar();
    tell(car, 'climate.auto.on');
    tell(car, 'climate.fan.set', { level: 3 });
    assert.equal(goal(car, `${HVAC}.IsAutoActive`), false);
    tell(car, 'climate.auto.on');
    car.write(`Vehicle.${STATION}.FanSpeed`, 80, { seat: 'driver' });
    assert.equal(goal(car, `${HVAC}.IsAutoActive`), false);
    assert.equal(goal(car, `${STATION}.FanSpeed`), 80);
  });

  it('[CAR-21] automatic mode blows harder the farther the cabin is from the set point', () => {
    const car = newCar();
    sense(car, { [`${HVAC}.AmbientAirTemperature`]: 22 });
    tell(car, 'climate.auto.on');
    const mild = Number(goal(car, `${STATION}.FanSpeed`));
    sense(car, { [`${HVAC}.AmbientAirTemperature`]: 34 });
    assert.ok(Number(goal(car, `${STATION}.FanSpeed`)) > mild);
    assert.equal(goal(car, `${HVAC}.IsAutoActive`), true);
  });

  it('[CAR-22] in sync every zone follows; a zone of its own ends it', () => {
    const car = newCar();
    tell(car, 'climate.sync.on');
    tell(car, 'climate.temperature.set', { temperature: 24 }, 'rear_left');
    for (const path of ['Row1.Driver', 'Row1.Passenger', 'Row2.Driver', 'Row2.Passenger']) {
      assert.equal(goal(car, `${HVAC}.Station.${path}.Temperature`), 24);
    }
    tell(car, 'climate.temperature.set', { temperature: 21, zone: 'passenger' });
    assert.equal(goal(car, `${HVAC}.IsSyncActive`), false);
    assert.equal(goal(car, `${STATION}.Temperature`), 24);
  });

  it('[CAR-23] preconditioning begins before the departure and ends with it', () => {
    const car = newCar();
    tell(car, 'climate.power.off');
    tell(car, 'climate.precondition.start', { datetime: '10:00' });
    car.advance(44 * 60_000);
    assert.equal(goal(car, `${HVAC}.IsPreconditioningActive`), false);
    car.advance(60_000);
    assert.equal(goal(car, `${HVAC}.IsPreconditioningActive`), true);
    assert.equal(goal(car, `${HVAC}.IsPowered`), true);
    car.advance(15 * 60_000);
    assert.equal(goal(car, `${HVAC}.IsPreconditioningActive`), false);
    assert.equal(goal(car, `${HVAC}.IsPowered`), false);
  });

  it('[CAR-24] one signal heats and cools a seat: heating it ends the ventilation', () => {
    const car = newCar();
    tell(car, 'seat.ventilation.on');
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), -67);
    tell(car, 'seat.heating.set', { level: 1 });
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.HeatingCooling'), 33);
  });

  it('[CAR-24] a massage ends by itself', () => {
    const car = newCar();
    tell(car, 'seat.massage.on');
    car.advance(15 * 60_000 - 1);
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.Massage.Status'), 'ON');
    car.advance(1);
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.Massage.Status'), 'OFF');
    assert.equal(goal(car, 'Cabin.Seat.Row1.DriverSide.Massage.Level'), 0);
  });

  it('[CAR-25] pause keeps the place in the track, stop does not', () => {
    const car = newCar();
    tell(car, 'media.playback.start', { genre: 'jazz' });
    car.advance(2_500);
    assert.equal(goal(car, `${MEDIA}.Played.Position`), 2);
    car.advance(57_500);
    tell(car, 'media.playback.pause');
    assert.equal(goal(car, `${MEDIA}.Played.Position`), 60);
    tell(car, 'media.playback.resume');
    tell(car, 'media.playback.stop');
    assert.equal(goal(car, `${MEDIA}.Played.Position`), 0);
  });

  it('[CAR-25] a track that ends is followed by the next; the last one ends the music', () => {
    const car = newCar();
    tell(car, 'media.playback.start', { genre: 'jazz' });
    car.advance(322_000);
    assert.equal(goal(car, `${MEDIA}.Played.Track`), 'Slow Elevator');
    car.advance(900_000);
    assert.equal(goal(car, `${MEDIA}.PlaybackState`), 'STOPPED');
  });

  it('[CAR-25] shuffle keeps what is playing and every track of the queue', () => {
    const car = newCar();
    tell(car, 'media.playback.start', { playlist: 'road trip' });
    tell(car, 'media.shuffle.on');
    const heard = new Set<unknown>();
    for (let track = 0; track < 11; track += 1) {
      heard.add(goal(car, `${MEDIA}.Played.Track`));
      tell(car, 'media.playback.next');
    }
    assert.equal(heard.size, 11);
  });

  it('[CAR-26] a call interrupts the music and gives it back; what was paused stays paused', () => {
    const car = newCar();
    tell(car, 'media.playback.start', { genre: 'rock' });
    car.advance(10_000);
    sense(car, { [`${PHONE}.IncomingCall`]: '+12025550106' });
    assert.equal(goal(car, `${PHONE}.CallPeer`), 'John Carter');
    assert.equal(goal(car, `${MEDIA}.PlaybackState`), 'INTERRUPTED');
    tell(car, 'phone.call.open');
    car.advance(60_000);
    tell(car, 'phone.call.stop');
    assert.equal(goal(car, `${MEDIA}.PlaybackState`), 'PLAYING');
    assert.equal(goal(car, `${MEDIA}.Played.Position`), 10);
    tell(car, 'media.playback.pause');
    tell(car, 'phone.call.start', { contact: 'mom' });
    tell(car, 'phone.call.stop');
    assert.equal(goal(car, `${MEDIA}.PlaybackState`), 'PAUSED');
  });

  it('[CAR-25] the player tells what comes next', () => {
    const car = newCar();
    assert.deepEqual(goal(car, `${MEDIA}.Queue`), []);
    tell(car, 'media.playback.start', { genre: 'jazz' });
    const [next] = goal(car, `${MEDIA}.Queue`) as string[];
    tell(car, 'media.playback.next');
    assert.ok(next?.startsWith(String(goal(car, `${MEDIA}.Played.Track`))), next);
  });

  it('[CAR-27] a call that is dialled is answered, one that nobody takes is missed', () => {
    const car = newCar();
    tell(car, 'phone.call.start', { contact: 'mom' });
    car.advance(4000);
    assert.equal(goal(car, `${PHONE}.CallState`), 'ACTIVE');
    assert.ok((goal(car, `${PHONE}.Contacts`) as string[]).includes('Mom'));
    car.advance(83_500);
    assert.equal(goal(car, `${PHONE}.CallDuration`), 83);
    tell(car, 'phone.call.stop');
    assert.equal(goal(car, `${PHONE}.CallDuration`), 0);
    sense(car, { [`${PHONE}.IncomingCall`]: '+12025550104' });
    car.advance(25_000);
    assert.equal(goal(car, `${PHONE}.CallState`), 'IDLE');
    assert.equal(goal(car, `${PHONE}.MissedCalls`), 1);
  });

  it('[CAR-28] the driver’s feet end cruise control; the limiter and cruise control exclude each other', () => {
    const car = newCar();
    sense(car, { ...DRIVE_STATES.MOVING, Speed: 100 });
    tell(car, 'drive.cruise.on');
    sense(car, { 'Chassis.Brake.PedalPosition': 20 });
    assert.equal(goal(car, `${CRUISE}.IsActive`), false);
    assert.equal(goal(car, `${CRUISE}.IsEnabled`), true);
    sense(car, { 'Chassis.Brake.PedalPosition': 0 });
    tell(car, 'drive.cruise.resume');
    assert.equal(goal(car, `${CRUISE}.SpeedSet`), 100);
    tell(car, 'drive.limiter.set', { speed: 80 });
    assert.equal(goal(car, `${CRUISE}.IsActive`), false);
    tell(car, 'drive.cruise.on');
    assert.equal(goal(car, 'ADAS.SpeedLimiter.IsEnabled'), false);
  });

  it('[CAR-29] charging starts at its time and ends at its limit', () => {
    const car = newCar();
    tell(car, 'charge_port.open');
    sense(car, { [`${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`]: true });
    tell(car, 'energy.charging.start', { datetime: '09:30' });
    car.advance(30 * 60_000);
    assert.equal(goal(car, `${CHARGING}.IsCharging`), true);
    sense(car, { 'Powertrain.TractionBattery.StateOfCharge.Displayed': 80 });
    assert.equal(goal(car, `${CHARGING}.IsCharging`), false);
  });

  it('[CAR-30] guidance counts down with the position, finds back, and ends at the destination', () => {
    const car = newCar();
    tell(car, 'navigation.route.start', { destination: 'Work' });
    assert.equal(goal(car, `${NAVIGATION}.RemainingDistance`), 800);
    const line = car.route?.line ?? [];
    const to = (at: readonly [number, number] | undefined) => {
      sense(car, { 'CurrentLocation.Longitude': at?.[0] ?? 0, 'CurrentLocation.Latitude': at?.[1] ?? 0 });
    };
    to(line[1]);
    assert.equal(goal(car, `${NAVIGATION}.RemainingDistance`), 600);
    assert.match(String(goal(car, `${NAVIGATION}.NextManeuver.Text`)), /^turn left onto|^arrive/);
    // Off the route: at once, and then every five seconds, a way back is looked for.
    car.advance(10_000);
    to([9.9, 54.3]);
    car.advance(5000);
    to([9.9, 54.30001]);
    assert.equal(goal(car, `${NAVIGATION}.RemainingDistance`), 1600);
    to(line.at(-1));
    assert.equal(goal(car, `${NAVIGATION}.IsGuidanceActive`), false);
    assert.equal(car.route, null);
  });

  it('[CAR-30] a tool sets the destination as VSS has it, in two coordinates', () => {
    const car = newCar();
    const [longitude, latitude] = car.route?.to.at ?? [9.9, 54.3];
    car.write(`Vehicle.${NAVIGATION}.DestinationSet.Latitude`, latitude, { seat: 'driver' });
    car.write(`Vehicle.${NAVIGATION}.DestinationSet.Longitude`, longitude, { seat: 'driver' });
    assert.equal(goal(car, `${NAVIGATION}.IsGuidanceActive`), true);
    assert.equal(car.route?.distance, 800);
  });

  it('[CAR-31] a reminder comes due, is shown, and goes', () => {
    const car = newCar();
    tell(car, 'reminder.add', { item: 'call the garage', duration: 'PT10M' });
    car.advance(10 * 60_000 - 1);
    assert.equal(goal(car, 'Cabin.Infotainment.Agenda.Due'), '');
    car.advance(1);
    assert.equal(goal(car, 'Cabin.Infotainment.Agenda.Due'), 'call the garage');
    car.advance(30_000);
    assert.equal(goal(car, 'Cabin.Infotainment.Agenda.Due'), '');
  });

  it('[CAR-32] headlights left on for a while go back to what they were', () => {
    const car = newCar();
    tell(car, 'light.headlight.on', { duration: 'PT30S' });
    assert.equal(goal(car, 'Body.Lights.LightSwitch'), 'BEAM');
    car.advance(30_000);
    assert.equal(goal(car, 'Body.Lights.LightSwitch'), 'AUTO');
  });

  it('[CAR-33] the horn sounds for a second, the washer for two and a half', () => {
    const car = newCar();
    tell(car, 'horn.start');
    tell(car, 'wiper.washer.start');
    car.advance(1000);
    assert.equal(goal(car, 'Body.Horn.IsActive'), false);
    assert.equal(goal(car, 'Body.Windshield.Front.WasherFluid.IsSpraying'), true);
    car.advance(1500);
    assert.equal(goal(car, 'Body.Windshield.Front.WasherFluid.IsSpraying'), false);
  });

  it('[CAR-34] a car with the wheel on the right has its seats mirrored', () => {
    const car = newCar();
    sense(car, { 'Cabin.DriverPosition': 'RIGHT' });
    tell(car, 'window.open', { zone: 'rear_left' });
    assert.equal(goal(car, 'Cabin.Door.Row2.PassengerSide.Window.Position'), 100);
    tell(car, 'door.unlock', { side: 'left' });
    assert.equal(goal(car, 'Cabin.Door.Row1.PassengerSide.IsLocked'), false);
    assert.equal(goal(car, 'Cabin.Door.Row1.DriverSide.IsLocked'), true);
  });

  it('[CAR-35] a command without a zone is for the seat that it is spoken from', () => {
    const paths = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];
    for (const [index, seat] of SEATS.entries()) {
      const car = newCar();
      tell(car, 'window.open', {}, seat);
      const open = paths.filter((path) => goal(car, `Cabin.Door.${path}.Window.Position`) === 100);
      assert.deepEqual(open, [paths[index]]);
    }
  });

  it('[CAR-36] subscribers hear of each command, sensed value and step of time once, and can leave', () => {
    const car = newCar();
    const heard: (readonly SignalChange[])[] = [];
    const leave = car.subscribe((changes) => heard.push(changes));
    tell(car, 'window.open');
    car.advance(1000);
    car.advance(0);
    sense(car, { Speed: 0 });
    assert.equal(heard.length, 2);
    assert.deepEqual(
      heard[1]?.find(({ path }) => path.endsWith('Row1.DriverSide.Window.Position')),
      { path: 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position', from: 0, to: 20, field: 'value' },
    );
    leave();
    tell(car, 'window.close');
    assert.equal(heard.length, 2);
  });

  it('[CAR-39] measurements of one moment are taken together: one report, and none of them when one is wrong', () => {
    const car = newCar();
    const heard: (readonly SignalChange[])[] = [];
    car.subscribe((changes) => heard.push(changes));
    car.senseAll([
      { path: 'Vehicle.Speed', value: 30 },
      { path: 'Vehicle.Exterior.AirTemperature', value: 3 },
    ]);
    assert.equal(heard.length, 1);
    assert.equal(car.read('Vehicle.DriveState').value, 'MOVING');
    assert.throws(() => {
      car.senseAll([
        { path: 'Vehicle.Speed', value: 0 },
        { path: 'Vehicle.Exterior.AirTemperature', value: 'cold' },
      ]);
    }, SignalError);
    assert.equal(car.read('Vehicle.Speed').value, 30);
    assert.equal(heard.length, 1);
  });

  it('[CAR-37] a tool’s mistake is an outcome: unknown, read-only, wrong type, out of range', () => {
    const car = newCar();
    const codes = (
      [
        ['Warp', 1],
        ['Speed', 50],
        [`${MEDIA}.Volume`, 'loud'],
        [`${MEDIA}.Volume`, 101],
        [`${MEDIA}.RepeatMode`, 'TWICE'],
      ] as const
    ).map(([path, written]) => car.write(`Vehicle.${path}`, written, { seat: 'driver' }).code);
    assert.deepEqual(codes, [
      'signal.unknown_path',
      'signal.read_only',
      'signal.wrong_type',
      'signal.out_of_range',
      'signal.not_allowed',
    ]);
    assert.throws(() => {
      car.sense('Vehicle.Speed', 'fast');
    }, /Vehicle\.Speed takes float/);
    assert.throws(() => car.read('Vehicle.Warp'), /There is no signal Vehicle\.Warp/);
  });

  it('[CAR-38] music and video: the picture stops when the car drives off', () => {
    const car = newCar();
    tell(car, 'media.source.set', { source: 'video' });
    assert.equal(value(car, `${MEDIA}.PlaybackState`), 'PLAYING');
    sense(car, DRIVE_STATES.MOVING);
    assert.equal(value(car, `${MEDIA}.PlaybackState`), 'STOPPED');
  });
});
