import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createReplies } from '../../assistant/dialogue/replies.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { Vehicle } from '../../vehicle/vehicle.ts';
import { mulberry32 } from '../support/random.ts';
import { happen } from '../support/random-life.ts';
import { CATALOGUE, carOptions, command, goal, newCar, value } from '../support/small-car.ts';

/** `SOAK_STEPS=1000000 npx mocha test/vehicle/random-life.test.ts` for the long run. */
const STEPS = Number(process.env.SOAK_STEPS ?? 20_000);
const SEED = Number(process.env.SOAK_SEED ?? 20_261_121);
/** A car's life; then a new one begins. */
const LIFE = 2000;

const OPENINGS = [
  ...['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'].map(
    (door) => `Cabin.Door.${door}.IsOpen`,
  ),
  'Body.Trunk.Rear.IsOpen',
  'Body.Trunk.Front.IsOpen',
  'Body.Hood.IsOpen',
  'Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen',
];
const PANES = [
  ...['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'].map(
    (door) => `Cabin.Door.${door}.Window.Position`,
  ),
  'Cabin.Sunroof.Position',
];
const CLOSING = [...PANES.slice(0, 4), 'Body.Trunk.Rear.Position'];
const MEDIA = 'Cabin.Infotainment.Media';
const CALL = 'Cabin.Infotainment.Phone.CallState';
const CRUISE = 'ADAS.CruiseControl';
const CHARGING = 'Powertrain.TractionBattery.Charging';
const ACTUATORS = [...CATALOGUE.all()].filter(({ type }) => type === 'actuator').map(({ path }) => path);

type Invariant = readonly [name: string, broken: (car: Vehicle) => boolean];
const INVARIANTS: readonly Invariant[] = [
  [
    'nothing is open while moving',
    (car) => Number(value(car, 'Speed')) > 0 && OPENINGS.some((path) => value(car, path) === true),
  ],
  [
    'no pane moves with the ignition off',
    (car) =>
      value(car, 'LowVoltageSystemState') === 'OFF' &&
      PANES.some((path) => value(car, path) !== goal(car, path)),
  ],
  [
    'media and a call are never heard together',
    (car) => value(car, `${MEDIA}.PlaybackState`) === 'PLAYING' && value(car, CALL) !== 'IDLE',
  ],
  [
    'a call has somebody at the other end',
    (car) => (value(car, CALL) === 'IDLE') !== (value(car, 'Cabin.Infotainment.Phone.CallPeer') === ''),
  ],
  [
    'no picture unless parked',
    (car) =>
      value(car, `${MEDIA}.PlaybackState`) === 'PLAYING' &&
      value(car, `${MEDIA}.Played.Source`) === 'TV' &&
      value(car, 'DriveState') !== 'PARKED',
  ],
  [
    'cruise control holds a speed that it can hold',
    (car) => value(car, `${CRUISE}.IsActive`) === true && Number(value(car, 'Speed')) < 25,
  ],
  [
    'cruise control and limiter exclude each other',
    (car) => value(car, `${CRUISE}.IsActive`) === true && value(car, 'ADAS.SpeedLimiter.IsEnabled') === true,
  ],
  [
    'charging needs a cable and a parked car',
    (car) =>
      value(car, `${CHARGING}.IsCharging`) === true &&
      (value(car, `${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`) !== true ||
        value(car, 'DriveState') !== 'PARKED'),
  ],
  [
    'maximum defrost breathes fresh air',
    (car) =>
      value(car, 'Cabin.HVAC.IsFrontDefrosterActive') === true &&
      value(car, 'Cabin.HVAC.IsRecirculationActive') === true,
  ],
  [
    'nothing closes on an obstruction',
    (car) =>
      CLOSING.some(
        (path) =>
          value(car, path.replace('Position', 'IsObstructed')) === true &&
          Number(goal(car, path)) < Number(value(car, path)),
      ),
  ],
  [
    'high beam is never lit without low beam',
    (car) =>
      value(car, 'Body.Lights.Beam.High.IsOn') === true && value(car, 'Body.Lights.Beam.Low.IsOn') !== true,
  ],
];

const DRIVER_SEAT = 'Cabin.Seat.Row1.DriverSide';
type Held = readonly [
  name: string,
  paths: readonly string[],
  allowed: (from: SignalValue, to: SignalValue, car: Vehicle) => boolean,
];
/** What nobody may change from one step to the next while the car moves. */
const WHILE_MOVING: readonly Held[] = [
  [
    'the driver’s seat stays',
    ['Position', 'Height', 'Tilt', 'Backrest.Recline'].map((leaf) => `${DRIVER_SEAT}.${leaf}`),
    (from, to) => from === to,
  ],
  [
    'nobody lies down',
    ['Cabin.Seat.Row1.PassengerSide.Backrest.Recline'],
    (from, to, car) =>
      Number(to) <=
      Math.max(45, Number(from), Number(value(car, 'Cabin.Seat.Row1.PassengerSide.Backrest.Recline'))),
  ],
  [
    'no lock is undone',
    [...OPENINGS.slice(0, 4).map((path) => path.replace('IsOpen', 'IsLocked')), 'Body.Trunk.Rear.IsLocked'],
    (from, to) => to === true || from === to,
  ],
  ['the power stays on', ['LowVoltageSystemState'], (from, to) => to === 'ON' || from === to],
  [
    'the gear stays',
    ['Powertrain.Transmission.SelectedGear'],
    (from, to, car) => from === to || Number(to) !== 126 || Number(value(car, 'Speed')) <= 3,
  ],
  ['stability control stays on', ['ADAS.ESC.IsEnabled'], (from, to) => to === true || from === to],
  [
    'the parking brake stays off',
    ['Chassis.ParkingBrake.IsEngaged'],
    (from, to) => to === false || from === to,
  ],
  [
    'mirrors are not folded',
    ['Body.Mirrors.DriverSide.FoldPosition', 'Body.Mirrors.PassengerSide.FoldPosition'],
    (from, to, car) =>
      Number(to) <=
      Math.max(
        Number(from),
        Number(value(car, 'Body.Mirrors.DriverSide.FoldPosition')),
        Number(value(car, 'Body.Mirrors.PassengerSide.FoldPosition')),
      ),
  ],
  [
    'no keyboard, no text',
    ['Cabin.Infotainment.HMI.IsKeyboardShown', 'Cabin.Infotainment.HMI.IsTextShown'],
    (from, to) => to === false || from === to,
  ],
  [
    'headlights stay on in the dark',
    ['Body.Lights.LightSwitch'],
    (from, to, car) =>
      to === 'BEAM' || to === 'AUTO' || from === to || Number(value(car, 'Exterior.LightIntensity')) >= 25,
  ],
];

const replies = createReplies(readFileSync('assistant/dialogue/replies/en.yaml', 'utf8'), 'en', () => 0);

describe('vehicle: a random life', () => {
  it(`[CAR-50] ${STEPS} random commands, writes, events and pauses break no invariant and leave no outcome without words`, function () {
    this.timeout(Math.max(60_000, STEPS));
    const random = mulberry32(SEED);
    let car = newCar();
    for (let step = 0; step < STEPS; step += 1) {
      if (step % LIFE === 0) car = newCar();
      const moving = value(car, 'DriveState') === 'MOVING';
      const before = moving ? WHILE_MOVING.map(([, paths]) => paths.map((path) => goal(car, path))) : [];
      const outcome = happen(car, random);
      const where = `step ${step} of seed ${SEED}, after ${JSON.stringify(outcome?.command)} → ${outcome?.code ?? 'no command'}`;
      if (outcome) assert.ok(replies.of(outcome).length > 0, where);
      for (const [name, broken] of INVARIANTS) if (broken(car)) assert.fail(`${name}: ${where}`);
      if (moving && value(car, 'DriveState') === 'MOVING') {
        for (const [row, [name, paths, allowed]] of WHILE_MOVING.entries()) {
          for (const [at, path] of paths.entries())
            if (!allowed(before[row]?.[at] ?? '', goal(car, path), car))
              assert.fail(`${name}: ${path}, ${where}`);
        }
      }
      if (step % 50 !== 0) continue;
      for (const path of ACTUATORS) {
        const { target } = car.read(path);
        assert.ok(target !== undefined, path);
        CATALOGUE.checkTarget(path, target);
      }
    }
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
      { numRuns: 60 },
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
