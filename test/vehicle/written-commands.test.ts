import assert from 'node:assert/strict';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { CATALOGUE, goal, newCar, sense, tell } from '../support/small-car.ts';

const CHARGING = 'Powertrain.TractionBattery.Charging';
const plugged = (car: Vehicle) => {
  sense(car, { [`${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`]: true });
};
const onTheRoad = (car: Vehicle) => {
  sense(car, { 'Powertrain.Transmission.CurrentGear': 127, Speed: 80 });
};
const playing = (car: Vehicle) => void tell(car, 'media.playback.start', { genre: 'jazz' });

interface Case {
  readonly path: string;
  readonly value: SignalValue;
  readonly given?: (car: Vehicle) => void;
  /** What must be true besides; the target itself when nothing is given. */
  readonly then?: Record<string, SignalValue>;
}

const CASES: readonly Case[] = [
  { path: 'Cabin.Door.Row2.PassengerSide.Window.Position', value: 40 },
  {
    path: 'Cabin.Door.Row2.DriverSide.Window.IsOpen',
    value: true,
    then: { 'Cabin.Door.Row2.DriverSide.Window.Position': 100 },
  },
  {
    path: 'Cabin.Door.Row1.PassengerSide.Window.Switch',
    value: 'ONE_SHOT_OPEN',
    then: { 'Cabin.Door.Row1.PassengerSide.Window.Position': 100 },
  },
  { path: 'Cabin.Sunroof.Switch', value: 'TILT_UP', then: { 'Cabin.Sunroof.Position': -100 } },
  { path: 'Cabin.Sunroof.Position', value: 30 },
  {
    path: 'Cabin.Door.Row1.PassengerSide.IsOpen',
    value: true,
    then: { 'Cabin.Door.Row1.PassengerSide.IsLocked': false },
  },
  {
    path: 'Cabin.Door.Row2.DriverSide.IsLocked',
    value: false,
    then: { 'Cabin.Door.Row2.DriverSide.IsLocked': false, 'Cabin.Door.Row1.DriverSide.IsLocked': true },
  },
  { path: 'Body.Trunk.Rear.IsOpen', value: true, then: { 'Body.Trunk.Rear.Position': 100 } },
  { path: 'Body.Trunk.Rear.IsLocked', value: false },
  { path: 'Body.Trunk.Front.IsOpen', value: true, then: { 'Body.Trunk.Front.Position': 100 } },
  {
    path: 'Body.Mirrors.PassengerSide.IsFolded',
    value: true,
    then: { 'Body.Mirrors.PassengerSide.FoldPosition': 100, 'Body.Mirrors.DriverSide.FoldPosition': 0 },
  },
  { path: 'Body.Horn.IsActive', value: true },
  { path: 'Body.Lights.LightSwitch', value: 'POSITION', then: { 'Body.Lights.Parking.IsOn': true } },
  { path: 'Body.Lights.Beam.Low.IsOn', value: true, then: { 'Body.Lights.LightSwitch': 'BEAM' } },
  { path: 'Body.Lights.Parking.IsOn', value: true, then: { 'Body.Lights.LightSwitch': 'POSITION' } },
  {
    path: 'Body.Lights.Running.IsOn',
    value: true,
    given: (car) => {
      tell(car, 'light.headlight.off');
    },
    then: { 'Body.Lights.LightSwitch': 'DAYTIME_RUNNING_LIGHTS' },
  },
  { path: 'Body.Lights.Beam.High.IsOn', value: true, then: { 'Body.Lights.Beam.Low.IsOn': true } },
  { path: 'Cabin.HVAC.IsPowered', value: false },
  { path: 'Cabin.HVAC.IsAutoActive', value: true },
  { path: 'Cabin.HVAC.IsSyncActive', value: true },
  { path: 'Cabin.HVAC.IsAirConditioningActive', value: true },
  { path: 'Cabin.HVAC.IsRecirculationActive', value: true },
  {
    path: 'Cabin.HVAC.IsFrontDefrosterActive',
    value: true,
    then: { 'Cabin.HVAC.Station.Row1.Driver.FanSpeed': 100 },
  },
  {
    path: 'Cabin.HVAC.Station.Row2.Passenger.FanSpeed',
    value: 90,
    then: { 'Cabin.HVAC.Station.Row2.Passenger.FanSpeed': 90, 'Cabin.HVAC.Station.Row1.Driver.FanSpeed': 30 },
  },
  {
    path: 'Cabin.Infotainment.Media.Action',
    value: 'PLAY',
    then: { 'Cabin.Infotainment.Media.PlaybackState': 'PLAYING' },
  },
  {
    path: 'Cabin.Infotainment.Media.Action',
    value: 'SKIP_FORWARD',
    given: playing,
    then: { 'Cabin.Infotainment.Media.Played.Track': 'Slow Elevator' },
  },
  {
    path: 'Cabin.Infotainment.Media.Action',
    value: 'STOP',
    given: playing,
    then: { 'Cabin.Infotainment.Media.PlaybackState': 'STOPPED' },
  },
  { path: 'Cabin.Infotainment.Media.Played.Source', value: 'USB' },
  { path: 'Cabin.Infotainment.Media.IsShuffleActive', value: true, given: playing },
  { path: 'Cabin.Infotainment.Media.Volume', value: 12 },
  { path: 'ADAS.CruiseControl.IsEnabled', value: true },
  {
    path: 'ADAS.CruiseControl.SpeedSet',
    value: 90,
    given: onTheRoad,
    then: { 'ADAS.CruiseControl.IsActive': true },
  },
  {
    path: `${CHARGING}.StartStopCharging`,
    value: 'START',
    given: plugged,
    then: { [`${CHARGING}.IsCharging`]: true },
  },
  {
    path: `${CHARGING}.Timer.Time`,
    value: '2026-11-21T22:00:00.000Z',
    then: { [`${CHARGING}.Timer.Mode`]: 'START_TIME' },
  },
  { path: `${CHARGING}.ChargingPort.RearLeft.IsFlapOpen`, value: true },
];

describe('vehicle/written-commands', () => {
  for (const { path, value, given, then = { [path]: value } } of CASES) {
    it(`[CAR-70] writing ${path} = ${JSON.stringify(value)} is as saying it`, () => {
      const car = newCar();
      given?.(car);
      const outcome = car.write(`Vehicle.${path}`, value, { seat: 'driver' });
      assert.equal(outcome.status, 'done', outcome.code);
      for (const [name, expected] of Object.entries(then)) assert.deepEqual(goal(car, name), expected, name);
    });
  }

  it('[CAR-71] whatever a tool writes and the car accepts, is so afterwards; no mode of a controller overrules it', () => {
    for (const { path, type, datatype, allowed, min = 0, max = 100 } of CATALOGUE.all()) {
      if (type !== 'actuator' || datatype.endsWith('[]')) continue;
      const short = path.slice('Vehicle.'.length);
      for (const value of datatype === 'boolean'
        ? [true, false]
        : datatype === 'string'
          ? (allowed ?? ['#ABCDEF'])
          : [min, max, Math.round((min + max) / 2)]) {
        const car = newCar();
        plugged(car);
        const outcome = car.write(path, value, { seat: 'driver', confirmed: true });
        if (outcome.status !== 'done') continue;
        assert.ok(
          outcome.changes.length > 0,
          `${path} = ${JSON.stringify(value)}: done, and nothing changed`,
        );
        const momentary = /Switch$|Action$|StartStopCharging$/.test(path);
        if (outcome.code === 'signal.set') assert.deepEqual(goal(car, short), value, path);
        else if (!momentary && typeof value === 'number') assert.equal(goal(car, short), value, path);
      }
    }
  });
});
