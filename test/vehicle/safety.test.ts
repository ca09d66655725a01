import assert from 'node:assert/strict';
import { SEATS, type Seat } from '../../vehicle/command.ts';
import { INTENTS, type Intent } from '../../vehicle/ontology.generated.ts';
import type { Decision } from '../../vehicle/outcome.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { decide, type SafetyRule } from '../../vehicle/safety.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import {
  command,
  DRIVE_STATES,
  goal,
  newCar,
  sense,
  tell,
  value,
  type ShortSlots,
} from '../support/small-car.ts';

type DriveState = keyof typeof DRIVE_STATES;
const STATES = Object.keys(DRIVE_STATES) as DriveState[];

function inState(state: DriveState): Vehicle {
  const car = newCar();
  sense(car, DRIVE_STATES[state]);
  assert.equal(value(car, 'DriveState'), state);
  return car;
}

const verdictOf = (decision: Decision) =>
  decision.verdict === 'allow' ? 'allow' : `${decision.verdict} ${decision.rule}`;

/** Slots with which a command does something, so that the gate sees what it would set. */
const MEANING: Partial<Record<Intent, ShortSlots>> = {
  'seat.position.set': { direction: 'up', zone: 'driver' },
  'seat.position.increase': { zone: 'driver' },
  'seat.position.decrease': { zone: 'driver' },
  'seat.backrest.set': { position: { value: 50, unit: 'degree' }, zone: 'passenger' },
  'seat.backrest.increase': { zone: 'driver' },
  'seat.backrest.decrease': { zone: 'driver' },
  'drive.cruise.set': { speed: 70 },
  'drive.limiter.set': { speed: 70 },
  'drive.mode.set': { mode: 'sport' },
  'drive.regeneration.set': { level: 'low' },
  'media.source.set': { source: 'video' },
  'mirror.set': { direction: 'up' },
};

const MOVING_REFUSALS: Partial<Record<Intent, string>> = {
  'door.open': 'SAFE-2',
  'door.unlock': 'SAFE-3',
  'trunk.unlock': 'SAFE-3',
  'trunk.open': 'SAFE-3',
  'frunk.open': 'SAFE-4',
  'seat.position.set': 'SAFE-6',
  'seat.position.increase': 'SAFE-6',
  'seat.position.decrease': 'SAFE-6',
  'seat.backrest.increase': 'SAFE-6',
  'seat.backrest.decrease': 'SAFE-6',
  'seat.backrest.set': 'SAFE-7',
  'mirror.close': 'SAFE-28',
  'drive.power.off': 'SAFE-19',
  'drive.parking.start': 'SAFE-24',
};
const UNPARKED_REFUSALS: Partial<Record<Intent, string>> = {
  'media.source.set': 'SAFE-16',
  'charge_port.open': 'SAFE-29',
};
const DRIVERS_OWN =
  /^drive\.(cruise|limiter|power|parking|regeneration)\.|^drive\.mode\.set$|^drive\.lane_assist\.(on|off)$/;

/** The whole table, written down apart from the rules: what every command gets in every drive state from every seat. */
function expected(intent: Intent, state: DriveState, seat: Seat): string {
  const rear = seat === 'rear_left' || seat === 'rear_right';
  if (intent.startsWith('light.hazard.')) return 'allow';
  if (rear && intent.startsWith('child_lock.')) return 'refuse SAFE-11';
  const moving = state === 'MOVING' ? MOVING_REFUSALS[intent] : undefined;
  // Only the driver drives: that rule ranks above those about speed, below those about doors and seats.
  const rank = (rule: string) => SAFETY_RULES.findIndex(({ id }) => id === rule);
  if (seat !== 'driver' && DRIVERS_OWN.test(intent))
    return moving && rank(moving) < rank('SAFE-18') ? `refuse ${moving}` : 'refuse SAFE-18';
  if (moving) return `refuse ${moving}`;
  if (state !== 'PARKED' && UNPARKED_REFUSALS[intent]) return `refuse ${UNPARKED_REFUSALS[intent] ?? ''}`;
  if (intent === 'drive.cruise.set' && state !== 'MOVING') return 'refuse SAFE-20';
  if (intent === 'drive.lane_assist.off') return 'confirm SAFE-22';
  return 'allow';
}

describe('vehicle/safety', () => {
  for (const state of STATES) {
    for (const seat of SEATS) {
      it(`[SAFE-36] the table holds for all ${INTENTS.length} commands, ${state}, from ${seat}`, () => {
        const car = inState(state);
        for (const intent of INTENTS) {
          const before = JSON.stringify(car.snapshot());
          const decision = car.preview(command(intent, MEANING[intent]), { seat });
          assert.equal(verdictOf(decision), expected(intent, state, seat), `${intent} ${state} ${seat}`);
          assert.equal(JSON.stringify(car.snapshot()), before, `preview of ${intent} changed something`);
        }
      });
    }
  }

  it('[SAFE-36] a refusal changes nothing and says which rule, why, and what would help', () => {
    const car = inState('MOVING');
    const before = car.snapshot();
    const outcome = tell(car, 'door.open');
    assert.equal(outcome.status, 'refused');
    assert.deepEqual('decision' in outcome && outcome.decision, {
      verdict: 'refuse',
      rule: 'SAFE-2',
      because: [{ path: 'Vehicle.DriveState', value: 'MOVING' }],
      remedy: 'remedy.stop',
    });
    assert.deepEqual(car.snapshot(), before);
  });

  it('[SAFE-37] yes to the gate’s question lets the command through; yes does not help against a refusal', () => {
    const car = newCar();
    assert.equal(tell(car, 'drive.lane_assist.off', {}, 'driver', false).status, 'confirm');
    assert.equal(goal(car, 'ADAS.LaneDepartureDetection.IsEnabled'), true);
    assert.equal(tell(car, 'drive.lane_assist.off', {}, 'driver', true).status, 'done');
    assert.equal(goal(car, 'ADAS.LaneDepartureDetection.IsEnabled'), false);
    assert.equal(tell(inState('MOVING'), 'trunk.open', {}, 'driver', true).status, 'refused');
  });

  it('[SAFE-38] ids are unique and every rule is about something', () => {
    assert.equal(new Set(SAFETY_RULES.map(({ id }) => id)).size, SAFETY_RULES.length);
    for (const { id, intents = [], writes = [] } of SAFETY_RULES)
      assert.ok(intents.length + writes.length > 0, id);
  });

  it('[SAFE-38] rules are data: a market with a rule of its own gets it', () => {
    const quiet: SafetyRule = {
      id: 'CITY-1',
      title: 'No horn in town',
      intents: ['horn.start'],
      when: [],
      verdict: 'refuse',
      remedy: 'remedy.none',
    };
    const rules = JSON.parse(JSON.stringify([...SAFETY_RULES, quiet])) as SafetyRule[];
    assert.equal(
      verdictOf(newCar({ rules }).preview(command('horn.start'), { seat: 'driver' })),
      'refuse CITY-1',
    );
    assert.equal(verdictOf(newCar().preview(command('horn.start'), { seat: 'driver' })), 'allow');
  });

  it('[SAFE-38] the gate is a pure function of rules, signals, command, speaker and writes', () => {
    const read = (path: string) => (path === 'Vehicle.DriveState' ? 'MOVING' : undefined);
    const writes = [{ path: 'Vehicle.Body.Trunk.Rear.Position', value: 100 }];
    const decision = decide(SAFETY_RULES, read, command('trunk.open'), { seat: 'driver' }, writes);
    assert.equal(verdictOf(decision), 'refuse SAFE-4');
  });

  interface RuleCase {
    readonly rule: string;
    readonly what: string;
    readonly given: Record<string, SignalValue>;
    readonly intent: Intent;
    readonly slots?: ShortSlots;
    readonly seat?: Seat;
    readonly first?: (car: Vehicle) => void;
  }
  const DOOR = 'Cabin.Door.Row1.DriverSide';
  const RULES: readonly RuleCase[] = [
    {
      rule: 'refuse SAFE-11',
      what: 'the child lock off from the rear',
      given: { 'Cabin.Door.Row2.DriverSide.IsChildLockActive': true },
      intent: 'child_lock.off',
      seat: 'rear_right',
    },
    {
      rule: 'refuse SAFE-16',
      what: 'video at a traffic light',
      given: DRIVE_STATES.IDLING,
      intent: 'media.source.set',
      slots: { source: 'video' },
    },
    {
      rule: 'refuse SAFE-20',
      what: 'cruise control at 20 km/h',
      given: { ...DRIVE_STATES.MOVING, Speed: 20 },
      intent: 'drive.cruise.set',
      slots: { speed: 40 },
    },
    { rule: 'confirm SAFE-22', what: 'lane assist off', given: {}, intent: 'drive.lane_assist.off' },
    {
      rule: 'refuse SAFE-24',
      what: 'parking at 60 km/h',
      given: DRIVE_STATES.MOVING,
      intent: 'drive.parking.start',
    },
    {
      rule: 'allow',
      what: 'parking at walking pace',
      given: { ...DRIVE_STATES.MOVING, Speed: 5 },
      intent: 'drive.parking.start',
    },
    {
      rule: 'refuse SAFE-28',
      what: 'folding the mirrors while moving',
      given: DRIVE_STATES.MOVING,
      intent: 'mirror.close',
    },
    {
      rule: 'refuse SAFE-29',
      what: 'the charge flap at a traffic light',
      given: DRIVE_STATES.IDLING,
      intent: 'charge_port.open',
    },
    {
      rule: 'refuse SAFE-8',
      what: 'windows from the rear under the child lock',
      given: { 'Cabin.IsWindowChildLockEngaged': true },
      intent: 'window.open',
      seat: 'rear_left',
    },
    {
      rule: 'allow',
      what: 'windows from the front under the child lock',
      given: { 'Cabin.IsWindowChildLockEngaged': true },
      intent: 'window.open',
      slots: { zone: 'rear' },
    },
    {
      rule: 'refuse SAFE-9',
      what: 'a door from the rear under its child lock',
      given: { 'Cabin.Door.Row2.DriverSide.IsChildLockActive': true },
      intent: 'door.open',
      seat: 'rear_left',
    },
    {
      rule: 'allow',
      what: 'the other rear door',
      given: { 'Cabin.Door.Row2.DriverSide.IsChildLockActive': true },
      intent: 'door.open',
      seat: 'rear_right',
    },
    {
      rule: 'refuse SAFE-10',
      what: 'unlocking from the rear under a child lock',
      given: { 'Cabin.Door.Row2.DriverSide.IsChildLockActive': true },
      intent: 'door.unlock',
      seat: 'rear_left',
    },
    {
      rule: 'refuse SAFE-12',
      what: 'closing windows with the ignition off',
      given: { LowVoltageSystemState: 'OFF', [`${DOOR}.Window.Position`]: 60 },
      intent: 'window.close',
    },
    {
      rule: 'allow',
      what: 'closing windows in accessory mode',
      given: { LowVoltageSystemState: 'ACC', [`${DOOR}.Window.Position`]: 60 },
      intent: 'window.close',
    },
    {
      rule: 'refuse SAFE-13',
      what: 'closing on an obstruction',
      given: { [`${DOOR}.Window.IsObstructed`]: true, [`${DOOR}.Window.Position`]: 60 },
      intent: 'window.close',
    },
    {
      rule: 'allow',
      what: 'opening away from an obstruction',
      given: { [`${DOOR}.Window.IsObstructed`]: true, [`${DOOR}.Window.Position`]: 60 },
      intent: 'window.open',
    },
    {
      rule: 'refuse SAFE-14',
      what: 'closing the roof on an obstruction',
      given: { 'Cabin.Sunroof.IsObstructed': true, 'Cabin.Sunroof.Position': 50 },
      intent: 'sunroof.close',
    },
    {
      rule: 'refuse SAFE-15',
      what: 'closing the trunk on an obstruction',
      given: { 'Body.Trunk.Rear.IsObstructed': true, 'Body.Trunk.Rear.Position': 100 },
      intent: 'trunk.close',
    },
    {
      rule: 'allow',
      what: 'video while parked',
      given: {},
      intent: 'media.source.set',
      slots: { source: 'video' },
    },
    {
      rule: 'confirm SAFE-21',
      what: 'a cruise speed 30 km/h faster',
      given: DRIVE_STATES.MOVING,
      intent: 'drive.cruise.set',
      slots: { speed: 90 },
    },
    {
      rule: 'allow',
      what: 'a cruise speed 20 km/h faster',
      given: DRIVE_STATES.MOVING,
      intent: 'drive.cruise.set',
      slots: { speed: 80 },
    },
    {
      rule: 'allow',
      what: 'lane assist on',
      given: {},
      intent: 'drive.lane_assist.on',
      slots: { mode: 'warning' },
    },
    {
      rule: 'refuse SAFE-30',
      what: 'headlights off in the dark while moving',
      given: { ...DRIVE_STATES.MOVING, 'Exterior.LightIntensity': 4 },
      intent: 'light.headlight.off',
    },
    {
      rule: 'allow',
      what: 'headlights off in daylight',
      given: DRIVE_STATES.MOVING,
      intent: 'light.headlight.off',
    },
    {
      rule: 'confirm SAFE-31',
      what: 'high beam off in the dark while moving',
      given: { ...DRIVE_STATES.MOVING, 'Exterior.LightIntensity': 4 },
      first: (car) => tell(car, 'light.high_beam.on'),
      intent: 'light.high_beam.off',
    },
    {
      rule: 'confirm SAFE-32',
      what: 'wipers off in heavy rain while moving',
      given: {
        ...DRIVE_STATES.MOVING,
        'Body.Raindetection.Intensity': 80,
        'Body.Windshield.Front.Wiping.Mode': 'FAST',
      },
      intent: 'wiper.off',
    },
    {
      rule: 'confirm SAFE-33',
      what: 'opening the roof in the rain',
      given: { 'Body.Raindetection.Intensity': 40 },
      intent: 'sunroof.open',
    },
    {
      rule: 'refuse SAFE-35',
      what: 'music into a call',
      given: { 'Cabin.Infotainment.Phone.IncomingCall': '+12025550103' },
      intent: 'media.playback.start',
    },
    {
      rule: 'allow',
      what: 'hazard lights with everything off',
      given: { LowVoltageSystemState: 'OFF' },
      intent: 'light.hazard.on',
      seat: 'rear_left',
    },
  ];
  for (const { rule, what, given, intent, slots, seat = 'driver', first } of RULES) {
    const id = rule.split(' ')[1] ?? 'SAFE-36';
    it(`[${id}] ${what}: ${rule}`, () => {
      const car = newCar();
      sense(car, given);
      first?.(car);
      assert.equal(verdictOf(car.preview(command(intent, slots), { seat })), rule);
    });
  }

  const TOOLS: readonly (readonly [
    rule: string,
    path: string,
    value: SignalValue,
    given: Record<string, SignalValue>,
  ])[] = [
    ['SAFE-2', 'Cabin.Door.Row2.PassengerSide.IsOpen', true, DRIVE_STATES.MOVING],
    ['SAFE-3', 'Cabin.Door.Row1.DriverSide.IsLocked', false, DRIVE_STATES.MOVING],
    ['SAFE-3', 'Body.Trunk.Rear.IsOpen', true, DRIVE_STATES.MOVING],
    ['SAFE-4', 'Body.Trunk.Rear.Position', 40, DRIVE_STATES.MOVING],
    ['SAFE-4', 'Body.Trunk.Front.Position', 40, DRIVE_STATES.MOVING],
    ['SAFE-5', 'Body.Hood.IsOpen', true, DRIVE_STATES.MOVING],
    ['SAFE-6', 'Cabin.Seat.Row1.DriverSide.Tilt', 3, DRIVE_STATES.MOVING],
    ['SAFE-7', 'Cabin.Seat.Row1.PassengerSide.Backrest.Recline', 55, DRIVE_STATES.MOVING],
    ['SAFE-12', 'Cabin.Sunroof.Position', 40, { LowVoltageSystemState: 'OFF' }],
    ['SAFE-17', 'Cabin.Infotainment.HMI.IsKeyboardShown', true, DRIVE_STATES.MOVING],
    ['SAFE-17', 'Cabin.Infotainment.HMI.IsTextShown', true, DRIVE_STATES.MOVING],
    ['SAFE-19', 'LowVoltageSystemState', 'OFF', DRIVE_STATES.MOVING],
    ['SAFE-23', 'ADAS.ESC.IsEnabled', false, DRIVE_STATES.MOVING],
    ['SAFE-25', 'Powertrain.Transmission.SelectedGear', 126, DRIVE_STATES.MOVING],
    ['SAFE-26', 'Powertrain.Transmission.SelectedGear', 127, { 'Cabin.Door.Row1.DriverSide.IsOpen': true }],
    [
      'SAFE-27',
      'Chassis.ParkingBrake.IsEngaged',
      true,
      { ...DRIVE_STATES.MOVING, 'Chassis.ParkingBrake.IsEngaged': false },
    ],
    [
      'SAFE-34',
      'Powertrain.TractionBattery.Charging.StartStopCharging',
      'START',
      {
        ...DRIVE_STATES.IDLING,
        'Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsChargingCableConnected': true,
      },
    ],
  ];
  for (const [rule, path, written, given] of TOOLS) {
    it(`[${rule}] a tool that writes ${path} meets the same gate`, () => {
      const car = newCar();
      sense(car, given);
      const before = goal(car, path);
      const outcome = car.write(`Vehicle.${path}`, written, { seat: 'driver' });
      assert.equal(outcome.status, 'refused', outcome.code);
      assert.equal('decision' in outcome && outcome.decision.rule, rule);
      assert.deepEqual(goal(car, path), before);
    });
  }

  it('[SAFE-18] a tool on the passenger’s side does not drive', () => {
    assert.equal(
      newCar().write('Vehicle.LowVoltageSystemState', 'OFF', { seat: 'passenger' }).status,
      'refused',
    );
  });

  it('[SAFE-1] hazard lights can be written whatever the state', () => {
    for (const state of STATES) {
      for (const seat of SEATS)
        assert.notEqual(
          inState(state).write('Vehicle.Body.Lights.Hazard.IsSignaling', true, { seat }).status,
          'refused',
        );
    }
  });
});
