import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createReplies } from '../../assistant/dialogue/replies.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { mulberry32 } from './random.ts';
import { happen } from './random-life.ts';
import { CATALOGUE, goal, newCar, value } from './small-car.ts';

/** A car's life in steps; then a new one begins. */
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

/**
 * Lets cars live at random, and looks after each step whether something is as it must never be.
 * @param onStep told after each step
 * @throws AssertionError naming the invariant, the step and the seed
 */
export function liveSafely(
  steps: number,
  seed: number,
  onStep: (step: number) => void = () => undefined,
): void {
  const random = mulberry32(seed);
  let car = newCar();
  for (let step = 0; step < steps; step += 1) {
    if (step % LIFE === 0) car = newCar();
    const moving = value(car, 'DriveState') === 'MOVING';
    const before = moving ? WHILE_MOVING.map(([, paths]) => paths.map((path) => goal(car, path))) : [];
    const outcome = happen(car, random);
    const where = () =>
      `step ${step} of seed ${seed}, after ${JSON.stringify(outcome?.command)} → ${outcome?.code ?? 'no command'}`;
    if (outcome) assert.ok(replies.of(outcome).length > 0, where());
    for (const [name, broken] of INVARIANTS) if (broken(car)) assert.fail(`${name}: ${where()}`);
    if (moving && value(car, 'DriveState') === 'MOVING') {
      for (const [row, [name, paths, allowed]] of WHILE_MOVING.entries()) {
        for (const [at, path] of paths.entries())
          if (!allowed(before[row]?.[at] ?? '', goal(car, path), car))
            assert.fail(`${name}: ${path}, ${where()}`);
      }
    }
    onStep(step);
    if (step % 50 !== 0) continue;
    for (const path of ACTUATORS) {
      const { target } = car.read(path);
      assert.ok(target !== undefined, path);
      CATALOGUE.checkTarget(path, target);
    }
  }
}
