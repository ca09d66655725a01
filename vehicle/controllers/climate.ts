import { assign, setup } from 'xstate';
import type { Command, Seat } from '../command.ts';
import { SEATS } from '../command.ts';
import type { SignalWrite } from '../safety.ts';
import type { SignalChange, SignalValue } from '../signals/signal.ts';
import { levelPercent, amountPercent, word, type Scale } from '../slots.ts';
import { clockTime, momentOf } from '../time.ts';
import { seatPlace, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { comfort, planTemperature, temperaturePath, temperatureSlot } from './climate-temperature.ts';
import { answered, done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';

const HVAC = 'Vehicle.Cabin.HVAC';
const AC = `${HVAC}.IsAirConditioningActive`;
const RECIRCULATION = `${HVAC}.IsRecirculationActive`;
const SYNC = `${HVAC}.IsSyncActive`;
const FRONT_DEFROST = `${HVAC}.IsFrontDefrosterActive`;
const REAR_DEFROST = `${HVAC}.IsRearDefrosterActive`;
const WINDSHIELD_HEATING = 'Vehicle.Body.Windshield.Front.IsHeatingOn';
const MIRROR_HEATING = ['DriverSide', 'PassengerSide'].map(
  (side) => `Vehicle.Body.Mirrors.${side}.IsHeatingOn`,
);

/** Fans have seven speeds. */
const FAN: Scale = { levels: 7, small: 100 / 7, normal: 100 / 7, large: 300 / 7 };
const FRESH_AIR_FAN = 60;
/** How long before a departure the cabin is brought to temperature, and how long without one. */
const PRECONDITIONING_TIME = 15 * 60_000;

interface Precondition {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
}
interface ClimateContext {
  readonly precondition: Precondition | null;
  /** What maximum defrost replaced and gives back. */
  readonly beforeDefrost: readonly SignalWrite[];
}
type ClimateEvent =
  | { type: 'on' | 'off' | 'auto' | 'byHand' | 'stopPreconditioning' }
  | { type: 'defrost'; before: readonly SignalWrite[] }
  | { type: 'endDefrost' }
  | { type: 'precondition'; plan: Precondition }
  | { type: 'tick'; now: number };

const machine = setup({
  types: { context: {} as ClimateContext, events: {} as ClimateEvent },
  guards: {
    isTime: ({ context, event }) =>
      event.type === 'tick' && context.precondition !== null && event.now >= context.precondition.start,
    isOver: ({ context, event }) =>
      event.type === 'tick' && context.precondition !== null && event.now >= context.precondition.end,
  },
}).createMachine({
  type: 'parallel',
  context: { precondition: null, beforeDefrost: [] },
  states: {
    mode: {
      initial: 'manual',
      states: {
        off: { on: { on: 'manual', auto: 'auto', byHand: 'manual', defrost: 'manual' } },
        manual: { on: { off: 'off', auto: 'auto' } },
        auto: { on: { off: 'off', byHand: 'manual', defrost: 'manual' } },
      },
    },
    defrost: {
      initial: 'normal',
      states: {
        normal: {
          on: { defrost: { target: 'max', actions: assign({ beforeDefrost: ({ event }) => event.before }) } },
        },
        max: { on: { endDefrost: 'normal', off: 'normal', auto: 'normal' } },
      },
    },
    preconditioning: {
      initial: 'idle',
      on: {
        precondition: { target: '.waiting', actions: assign({ precondition: ({ event }) => event.plan }) },
      },
      states: {
        idle: {},
        waiting: { on: { tick: { guard: 'isTime', target: 'running' }, stopPreconditioning: 'idle' } },
        running: {
          on: { tick: { guard: 'isOver', target: 'idle' }, stopPreconditioning: 'idle', off: 'idle' },
        },
      },
    },
  },
});
type ClimateState = ReturnType<typeof machine.resolveState>;
type ClimatePlan = Plan<ClimateEvent>;

/** Temperature, fans, air conditioning, airflow, defrosting, preconditioning. */
export function climate(): Subsystem {
  return subsystem({
    name: 'climate',
    targets: [
      'climate.power',
      'climate.temperature',
      'climate.fan',
      'climate.ac',
      'climate.auto',
      'climate.sync',
      'climate.recirculation',
      'climate.airflow',
      'climate.defrost',
      'climate.precondition',
      'climate.comfort',
      'climate.air_quality',
    ],
    machine,
    plan,
    project: (state) => [
      write(
        `${HVAC}.IsPowered`,
        !state.matches({ mode: 'off' }) || state.matches({ preconditioning: 'running' }),
      ),
      write(`${HVAC}.IsAutoActive`, state.matches({ mode: 'auto' })),
      write(FRONT_DEFROST, state.matches({ defrost: 'max' })),
      write(`${HVAC}.IsPreconditioningActive`, state.matches({ preconditioning: 'running' })),
    ],
    react,
    wakeAt(state) {
      const { precondition } = state.context;
      if (!precondition) return null;
      if (state.matches({ preconditioning: 'waiting' })) return precondition.start;
      return state.matches({ preconditioning: 'running' }) ? precondition.end : null;
    },
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

function stationPath(seat: Seat, view: View, leaf: 'FanSpeed' | 'AirDistribution'): string {
  const { row, side } = seatPlace(seat, wheelSide(view.text('Vehicle.Cabin.DriverPosition')));
  return `${HVAC}.Station.${row}.${side}.${leaf}`;
}

function plan(command: Command, view: View, state: ClimateState): ClimatePlan {
  const { intent, slots } = command;
  const seats = spokenSeats(slots, view.by.seat);
  if (seats?.length === 0) return unavailable('zone.missing');
  const zone = zoneName(seats ?? SEATS);
  switch (intent) {
    case 'climate.power.on':
    case 'climate.power.off':
      return power(intent === 'climate.power.on', seats, view);
    case 'climate.temperature.set':
    case 'climate.temperature.increase':
    case 'climate.temperature.decrease':
    case 'climate.temperature.query':
      return wake(planTemperature(command, view, seats), state);
    case 'climate.comfort.increase':
    case 'climate.comfort.decrease':
      return wake(comfort(command, view, seats), state);
    case 'climate.ac.on':
      return done('climate.ac.on', {}, { writes: [write(AC, true)], event: { type: 'on' } });
    case 'climate.ac.off':
      // Air conditioning off is a choice by hand, which automatic mode would overrule.
      return done('climate.ac.off', {}, { writes: [write(AC, false)], event: { type: 'byHand' } });
    case 'climate.auto.on':
      return done(
        'climate.auto.on',
        {},
        { writes: autoWrites(view), event: { type: 'auto' }, already: 'climate.auto.already_on' },
      );
    case 'climate.auto.off':
      if (!state.matches({ mode: 'auto' }))
        return done('climate.auto.off', {}, { already: 'climate.auto.already_off' });
      return done('climate.auto.off', {}, { event: { type: 'byHand' } });
    case 'climate.sync.on':
      return done('climate.sync.on', {}, { writes: [write(SYNC, true), ...syncWrites(view)] });
    case 'climate.sync.off':
      return done('climate.sync.off', {}, { writes: [write(SYNC, false)] });
    case 'climate.recirculation.on':
      if (state.matches({ defrost: 'max' })) return refused('climate.recirculation.defrosting');
      return done('climate.recirculation.on', {}, { writes: [write(RECIRCULATION, true)] });
    case 'climate.recirculation.off':
      return done('climate.recirculation.off', {}, { writes: [write(RECIRCULATION, false)] });
    case 'climate.airflow.set':
      return airflow(command, seats ?? SEATS, zone, view);
    case 'climate.defrost.on':
    case 'climate.defrost.off':
      return defrost(intent === 'climate.defrost.on', word(slots, 'direction') === 'rear', view, state);
    case 'climate.precondition.start':
      return precondition(command, view);
    case 'climate.precondition.stop':
      return done(
        'climate.precondition.stop',
        {},
        { event: { type: 'stopPreconditioning' }, already: 'climate.precondition.none' },
      );
    case 'climate.air_quality.increase':
      return done('climate.air_quality.increase', {}, { writes: freshAir(view), event: { type: 'byHand' } });
    case 'climate.air_quality.query':
      return airQuality(view);
    default:
      return fan(command, seats ?? SEATS, zone, view);
  }
}

/** A wish for a temperature is no use while the system is off. */
function wake(plan: Plan<never>, state: ClimateState): ClimatePlan {
  return plan.status === 'done' && state.matches({ mode: 'off' }) ? { ...plan, event: { type: 'on' } } : plan;
}

function power(on: boolean, seats: readonly Seat[] | undefined, view: View): ClimatePlan {
  // One blower serves the whole car; a zone of its own is shut off by its fan.
  if (seats && seats.length < SEATS.length) {
    const writes = seats.map((seat) => write(stationPath(seat, view, 'FanSpeed'), on ? 30 : 0));
    const code = on ? 'climate.power.zone_on' : 'climate.power.zone_off';
    return done<ClimateEvent>(
      code,
      { zone: zoneName(seats) },
      on ? { writes, event: { type: 'on' } } : { writes },
    );
  }
  const already = on ? 'climate.power.already_on' : 'climate.power.already_off';
  return done(
    on ? 'climate.power.on' : 'climate.power.off',
    {},
    { event: { type: on ? 'on' : 'off' }, already },
  );
}

function fan({ intent, slots }: Command, seats: readonly Seat[], zone: string, view: View): ClimatePlan {
  const current = (seat: Seat) => view.goal(stationPath(seat, view, 'FanSpeed'));
  const first = current(seats[0] ?? 'driver');
  const set = (code: string, next: (seat: Seat) => number): ClimatePlan => {
    const writes = seats.map((seat) =>
      write(stationPath(seat, view, 'FanSpeed'), Math.round(Math.min(100, Math.max(0, next(seat))))),
    );
    const percent = Number(writes[0]?.value);
    return done(
      code,
      { percent, zone },
      { writes, event: { type: 'byHand' }, already: 'climate.fan.already' },
    );
  };
  const level = slots.level && levelPercent(slots.level, FAN);
  if (slots.level && level === undefined) return refused('level.range', { highest: FAN.levels });
  switch (intent) {
    case 'climate.fan.query':
      return answered('climate.fan.query', { percent: first, zone });
    case 'climate.fan.off':
      return set('climate.fan.off', () => 0);
    case 'climate.fan.on':
      return set('climate.fan.on', (seat) => level ?? (current(seat) || 40));
    case 'climate.fan.increase':
      if (level !== undefined) return set('climate.fan.set', () => level);
      return set('climate.fan.increase', (seat) => current(seat) + amountPercent(slots.amount, FAN));
    case 'climate.fan.decrease':
      if (level !== undefined) return set('climate.fan.set', () => level);
      return set('climate.fan.decrease', (seat) => current(seat) - amountPercent(slots.amount, FAN));
    default:
      return level === undefined
        ? needs('level', 'climate.fan.which_level')
        : set('climate.fan.set', () => level);
  }
}

const AIRFLOWS: Readonly<Record<string, string>> = {
  face: 'MIDDLE',
  front: 'MIDDLE',
  feet: 'DOWN',
  down: 'DOWN',
  windshield: 'UP',
  up: 'UP',
};

function airflow({ slots }: Command, seats: readonly Seat[], zone: string, view: View): ClimatePlan {
  const direction = word(slots, 'direction');
  if (direction === undefined) return needs('direction', 'climate.airflow.which');
  const value = AIRFLOWS[direction];
  if (value === undefined) return refused('climate.airflow.no_such', { direction });
  const writes = seats.map((seat) => write(stationPath(seat, view, 'AirDistribution'), value));
  return done(
    'climate.airflow.set',
    { direction: value.toLowerCase(), zone },
    { writes, event: { type: 'byHand' } },
  );
}

function defrost(on: boolean, rear: boolean, view: View, state: ClimateState): ClimatePlan {
  if (rear) {
    const writes = [REAR_DEFROST, ...MIRROR_HEATING].map((path) => write(path, on));
    return done(on ? 'climate.defrost.rear_on' : 'climate.defrost.rear_off', {}, { writes });
  }
  if (!on) {
    if (!state.matches({ defrost: 'max' }))
      return done('climate.defrost.off', {}, { already: 'climate.defrost.already_off' });
    return done(
      'climate.defrost.off',
      {},
      { writes: state.context.beforeDefrost, event: { type: 'endDefrost' } },
    );
  }
  if (state.matches({ defrost: 'max' }))
    return done('climate.defrost.on', {}, { already: 'climate.defrost.already_on' });
  const front: readonly Seat[] = ['driver', 'passenger'];
  const writes = [
    write(RECIRCULATION, false),
    write(AC, true),
    write(WINDSHIELD_HEATING, true),
    ...front.map((seat) => write(stationPath(seat, view, 'FanSpeed'), 100)),
    ...front.map((seat) => write(stationPath(seat, view, 'AirDistribution'), 'UP')),
  ];
  const before = writes.map(({ path }) => write(path, view.target(path)));
  return done('climate.defrost.on', {}, { writes, event: { type: 'defrost', before } });
}

function precondition({ slots }: Command, view: View): ClimatePlan {
  const wanted = slots.temperature ? temperatureSlot(slots.temperature, view) : undefined;
  if (wanted && 'code' in wanted) return wanted;
  const writes = wanted ? SEATS.map((seat) => write(temperaturePath(seat, view), wanted.celsius)) : [];
  const departure = slots.datetime && momentOf(slots.datetime, view.now, view.utcOffset);
  if (slots.datetime && departure === undefined) return refused('time.not_understood');
  const start = departure === undefined ? view.now : Math.max(view.now, departure - PRECONDITIONING_TIME);
  const end = departure ?? view.now + PRECONDITIONING_TIME;
  if (end <= view.now) return refused('time.past');
  const code = start > view.now ? 'climate.precondition.planned' : 'climate.precondition.start';
  return done(
    code,
    { at: clockTime(end, view.utcOffset) },
    { writes, event: { type: 'precondition', plan: { start, end } } },
  );
}

function freshAir(view: View): readonly SignalWrite[] {
  const fans = SEATS.map((seat) => stationPath(seat, view, 'FanSpeed'));
  return [
    write(RECIRCULATION, false),
    write(AC, true),
    ...fans.map((path) => write(path, Math.max(FRESH_AIR_FAN, view.goal(path)))),
  ];
}

function airQuality(view: View): ClimatePlan {
  const ppm = view.number('Vehicle.Cabin.CO2');
  // Indoor air classes of EN 16798-1, simplified.
  const quality = ppm < 800 ? 'good' : ppm < 1400 ? 'fair' : 'poor';
  return answered('climate.air_quality.query', { ppm, quality });
}

/** Automatic mode: the farther the cabin is from the set point, the harder the fan works. */
function autoWrites(view: View): readonly SignalWrite[] {
  const cabin = view.number(`${HVAC}.AmbientAirTemperature`);
  const writes = SEATS.flatMap((seat) => {
    const difference = cabin - view.goal(temperaturePath(seat, view));
    // In steps of five, so that a degree's tenth does not move the fan.
    const fan = Math.min(80, Math.round((20 + 8 * Math.abs(difference)) / 5) * 5);
    return [
      write(stationPath(seat, view, 'FanSpeed'), fan),
      write(stationPath(seat, view, 'AirDistribution'), difference > 0 ? 'MIDDLE' : 'DOWN'),
    ];
  });
  return [write(AC, true), ...writes];
}

function syncWrites(view: View): readonly SignalWrite[] {
  const driver = view.target(temperaturePath('driver', view));
  return SEATS.map((seat) => write(temperaturePath(seat, view), driver));
}

function react(
  { path, field, to }: SignalChange,
  view: View,
  state: ClimateState,
): Reaction<ClimateEvent> | undefined {
  if (!path.startsWith(HVAC)) return undefined;
  if (path === `${HVAC}.IsPreconditioningActive` && to === true) return { writes: autoWrites(view) };
  const setPointOrCabin =
    path === `${HVAC}.AmbientAirTemperature` || (path.endsWith('.Temperature') && field === 'target');
  if (setPointOrCabin && state.matches({ mode: 'auto' })) return { writes: autoWrites(view) };
  if (path === FRONT_DEFROST && to === false) return restoreAfterDefrost(view, state);
  return undefined;
}

/** Defrosting also ends with the system or with automatic mode: what it replaced comes back then too. */
function restoreAfterDefrost(view: View, state: ClimateState): Reaction<ClimateEvent> | undefined {
  const heating: SignalValue =
    state.context.beforeDefrost.find(({ path }) => path === WINDSHIELD_HEATING)?.value ?? false;
  return view.target(WINDSHIELD_HEATING) === heating
    ? undefined
    : { writes: [write(WINDSHIELD_HEATING, heating)] };
}
