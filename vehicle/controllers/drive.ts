import { assign, setup } from 'xstate';
import type { Command, SlotValue } from '../command.ts';
import type { SignalChange } from '../signals/signal.ts';
import { amountOfWord, count, levelPercent, plain, THREE_LEVELS, amountPercent, word } from '../slots.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';
import { isMilesPerHour, KM_PER_MILE, shownSpeed } from './units.ts';

const CRUISE = 'Vehicle.ADAS.CruiseControl';
const SPEED_SET = `${CRUISE}.SpeedSet`;
const GAP = `${CRUISE}.AdaptiveIntervalSet`;
const LIMITER = 'Vehicle.ADAS.SpeedLimiter';
const LANE = 'Vehicle.ADAS.LaneDepartureDetection';
const MODE = 'Vehicle.Powertrain.Transmission.PerformanceMode';
const REGENERATION = 'Vehicle.Powertrain.RegenerationLevel';
const POWER = 'Vehicle.LowVoltageSystemState';
const BRAKE = 'Vehicle.Chassis.Brake.PedalPosition';
/** Below this speed cruise control lets go, km/h: a little under the 30 from which it works. */
const RELEASE_SPEED = 25;
const PARKING_TIME = 25_000;
const SPEED_STEP = { small: 2, normal: 5, large: 10 };

interface DriveContext {
  /** A speed was set before, so "resume" has something to go back to. */
  readonly hasSpeed: boolean;
  /** When parking is finished, epoch milliseconds. */
  readonly parkedAt: number;
}
type DriveEvent =
  | { type: 'enable' | 'disable' | 'engage' | 'release' | 'endParking' }
  | { type: 'park'; until: number }
  | { type: 'tick'; now: number };

const machine = setup({ types: { context: {} as DriveContext, events: {} as DriveEvent } }).createMachine({
  type: 'parallel',
  context: { hasSpeed: false, parkedAt: 0 },
  states: {
    cruise: {
      initial: 'off',
      on: {
        engage: { target: '.active', actions: assign({ hasSpeed: true }) },
        disable: { target: '.off', actions: assign({ hasSpeed: false }) },
      },
      states: { off: { on: { enable: 'standby' } }, standby: {}, active: { on: { release: 'standby' } } },
    },
    parking: {
      initial: 'idle',
      states: {
        idle: {
          on: { park: { target: 'parking', actions: assign({ parkedAt: ({ event }) => event.until }) } },
        },
        parking: {
          on: {
            endParking: 'idle',
            tick: { guard: ({ context, event }) => event.now >= context.parkedAt, target: 'idle' },
          },
        },
      },
    },
  },
});
type DriveState = ReturnType<typeof machine.resolveState>;
type DrivePlan = Plan<DriveEvent>;

/** Cruise control, limiter, lane assist, parking, drive mode, regeneration, and the start button. */
export function drive(): Subsystem {
  return subsystem({
    name: 'drive',
    targets: [
      'drive.cruise',
      'drive.mode',
      'drive.limiter',
      'drive.lane_assist',
      'drive.parking',
      'drive.regeneration',
      'drive.power',
    ],
    machine,
    plan,
    project: (state) => [
      write(`${CRUISE}.IsEnabled`, !state.matches({ cruise: 'off' })),
      write(`${CRUISE}.IsActive`, state.matches({ cruise: 'active' })),
      write('Vehicle.ADAS.ParkingAssist.IsActive', state.matches({ parking: 'parking' })),
    ],
    react,
    wakeAt: (state) => (state.matches({ parking: 'parking' }) ? state.context.parkedAt : null),
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

function kmhOf(slot: SlotValue, view: View): number | undefined {
  const number = count(slot);
  if (number === undefined) return undefined;
  const miles = slot.unit === 'mph' || (slot.unit === undefined && isMilesPerHour(view));
  return miles ? Math.round(number * KM_PER_MILE * 10) / 10 : number;
}

function plan(command: Command, view: View, state: DriveState): DrivePlan {
  const { intent, slots } = command;
  switch (intent) {
    case 'drive.mode.set':
    case 'drive.mode.query':
      return mode(command, view);
    case 'drive.limiter.on':
    case 'drive.limiter.off':
    case 'drive.limiter.set':
      return limiter(command, view);
    case 'drive.lane_assist.on':
    case 'drive.lane_assist.off':
    case 'drive.lane_assist.query':
      return laneAssist(command, view);
    case 'drive.parking.start':
      if (state.matches({ parking: 'parking' }))
        return done('drive.parking.start', {}, { already: 'drive.parking.already' });
      return done('drive.parking.start', {}, { event: { type: 'park', until: view.now + PARKING_TIME } });
    case 'drive.parking.stop':
      return done('drive.parking.stop', {}, { event: { type: 'endParking' }, already: 'drive.parking.none' });
    case 'drive.regeneration.set':
    case 'drive.regeneration.increase':
    case 'drive.regeneration.decrease':
      return regeneration(command, view);
    case 'drive.power.on':
      return done('drive.power.on', {}, { writes: [write(POWER, 'ON')], already: 'drive.power.already_on' });
    case 'drive.power.off':
      return done(
        'drive.power.off',
        {},
        { writes: [write(POWER, 'OFF')], already: 'drive.power.already_off' },
      );
    default:
      return cruise(command, view, state, slots.speed && kmhOf(slots.speed, view));
  }
}

function cruise(
  { intent, slots }: Command,
  view: View,
  state: DriveState,
  spoken: number | undefined,
): DrivePlan {
  const { min = 30, max = 180 } = view.catalogue.get(SPEED_SET);
  const outside = (kmh: number) => kmh < min || kmh > max;
  const range = () => {
    const low = shownSpeed(min, view);
    return refused('drive.cruise.range', {
      low: low.speed,
      high: shownSpeed(max, view).speed,
      unit: low.unit,
    });
  };
  const engage = (kmh: number, code: string): DrivePlan => {
    if (outside(kmh)) return range();
    // Both would decide about the same pedal.
    const writes = [write(SPEED_SET, kmh), write(`${LIMITER}.IsEnabled`, false)];
    return done(code, shownSpeed(kmh, view), {
      writes,
      event: { type: 'engage' },
      already: 'drive.cruise.already',
    });
  };
  if (intent === 'drive.cruise.off')
    return done('drive.cruise.off', {}, { event: { type: 'disable' }, already: 'drive.cruise.already_off' });
  if (slots.level && intent !== 'drive.cruise.resume') return gap(slots.level, view);
  switch (intent) {
    case 'drive.cruise.on':
      if (spoken !== undefined) return engage(spoken, 'drive.cruise.set');
      // The lever pulled while driving takes the speed there is.
      if (view.number('Vehicle.Speed') >= min)
        return engage(Math.round(view.number('Vehicle.Speed')), 'drive.cruise.set');
      return done(
        'drive.cruise.on',
        {},
        {
          writes: [write(`${LIMITER}.IsEnabled`, false)],
          event: { type: 'enable' },
          already: 'drive.cruise.already_on',
        },
      );
    case 'drive.cruise.set':
      return spoken === undefined ? needs('speed', 'drive.cruise.which') : engage(spoken, 'drive.cruise.set');
    case 'drive.cruise.resume':
      return state.context.hasSpeed
        ? engage(view.goal(SPEED_SET), 'drive.cruise.resume')
        : refused('drive.cruise.no_speed');
    default: {
      if (spoken !== undefined) return engage(spoken, 'drive.cruise.set');
      if (!state.matches({ cruise: 'active' })) return refused('drive.cruise.inactive');
      const step = speedStep(slots.amount, view) * (intent === 'drive.cruise.increase' ? 1 : -1);
      return engage(Math.min(max, Math.max(min, view.goal(SPEED_SET) + step)), 'drive.cruise.set');
    }
  }
}

function speedStep(amount: SlotValue | undefined, view: View): number {
  const number = count(amount);
  if (number === undefined) return amountOfWord(amount, SPEED_STEP);
  if (amount?.unit === 'step' || amount?.unit === 'level') return number * SPEED_STEP.normal;
  return isMilesPerHour(view) ? number * KM_PER_MILE : number;
}

/** Distance to the car ahead, 1 (closest) to 5. */
function gap(slot: SlotValue, view: View): DrivePlan {
  const words: Readonly<Record<string, number>> = { min: 1, low: 2, medium: 3, high: 4, max: 5 };
  const number = count(slot);
  const interval =
    number === undefined
      ? words[String(slot.value)]
      : slot.unit === 'percent'
        ? Math.max(1, Math.round(number / 20))
        : number;
  const { min = 1, max = 5 } = view.catalogue.get(GAP);
  if (interval === undefined || interval < min || interval > max || !Number.isInteger(interval))
    return refused('level.range', { highest: max });
  return done('drive.cruise.gap', { gap: interval }, { writes: [write(GAP, interval)] });
}

const MODES: readonly (readonly [RegExp, string])[] = [
  [/eco|green|effic/, 'ECONOMY'],
  [/sport|dynamic|fast/, 'SPORT'],
  [/snow|ice|winter/, 'SNOW'],
  [/rain|wet/, 'RAIN'],
  [/comfort|normal|standard|default/, 'NORMAL'],
];

function mode({ intent, slots }: Command, view: View): DrivePlan {
  if (intent === 'drive.mode.query')
    return answered('drive.mode.query', { mode: view.text(MODE).toLowerCase() });
  const said = word(slots, 'mode');
  if (said === undefined) return needs('mode', 'drive.mode.which');
  const value = MODES.find(([pattern]) => pattern.test(plain(said)))?.[1];
  if (value === undefined) return refused('drive.mode.no_such', { mode: said });
  return done(
    'drive.mode.set',
    { mode: value.toLowerCase() },
    { writes: [write(MODE, value)], already: 'drive.mode.already' },
  );
}

function limiter({ intent, slots }: Command, view: View): DrivePlan {
  const enabled = `${LIMITER}.IsEnabled`;
  if (intent === 'drive.limiter.off')
    return done(
      'drive.limiter.off',
      {},
      { writes: [write(enabled, false)], already: 'drive.limiter.already_off' },
    );
  const spoken = slots.speed && kmhOf(slots.speed, view);
  if (spoken === undefined && intent === 'drive.limiter.set') return needs('speed', 'drive.limiter.which');
  const path = `${LIMITER}.SpeedSet`;
  const { min = 20, max = 200 } = view.catalogue.get(path);
  const kmh = spoken ?? view.goal(path);
  if (kmh < min || kmh > max) {
    const low = shownSpeed(min, view);
    return refused('drive.limiter.range', {
      low: low.speed,
      high: shownSpeed(max, view).speed,
      unit: low.unit,
    });
  }
  return done('drive.limiter.set', shownSpeed(kmh, view), {
    writes: [write(path, kmh), write(enabled, true)],
    event: { type: 'disable' },
  });
}

function laneAssist({ intent, slots }: Command, view: View): DrivePlan {
  const enabled = view.flag(`${LANE}.IsEnabled`);
  if (intent === 'drive.lane_assist.query')
    return answered('drive.lane_assist.query', {
      on: enabled,
      mode: view.text(`${LANE}.Mode`).toLowerCase(),
    });
  if (intent === 'drive.lane_assist.off')
    return done(
      'drive.lane_assist.off',
      {},
      { writes: [write(`${LANE}.IsEnabled`, false)], already: 'drive.lane_assist.already_off' },
    );
  const said = word(slots, 'mode');
  const kind = said === undefined ? undefined : /warn|alert/.test(plain(said)) ? 'WARNING' : 'STEERING';
  const writes = [
    write(`${LANE}.IsEnabled`, true),
    ...(kind === undefined ? [] : [write(`${LANE}.Mode`, kind)]),
  ];
  return done('drive.lane_assist.on', {}, { writes, already: 'drive.lane_assist.already_on' });
}

function regeneration({ intent, slots }: Command, view: View): DrivePlan {
  const level = slots.level && levelPercent(slots.level, THREE_LEVELS);
  if (slots.level && level === undefined) return refused('level.range', { highest: THREE_LEVELS.levels });
  if (level === undefined && intent === 'drive.regeneration.set')
    return needs('level', 'drive.regeneration.which');
  const step =
    amountPercent(slots.amount, THREE_LEVELS) * (intent === 'drive.regeneration.increase' ? 1 : -1);
  const wanted = level ?? view.goal(REGENERATION) + step;
  const percent =
    [0, 33, 67, 100].find((each) => Math.abs(each - wanted) <= 2) ??
    Math.round(Math.min(100, Math.max(0, wanted)));
  return done(
    'drive.regeneration.set',
    { level: Math.round((percent * 3) / 100), percent },
    { writes: [write(REGENERATION, percent)], already: 'drive.regeneration.limit' },
  );
}

/** The driver's feet come first: braking or standing still ends what the car does by itself. */
function react(
  { path, to, field }: SignalChange,
  _view: View,
  state: DriveState,
): Reaction<DriveEvent> | undefined {
  if (field !== 'value') return undefined;
  const slow = path === 'Vehicle.Speed' && typeof to === 'number' && to < RELEASE_SPEED;
  const braking = path === BRAKE && typeof to === 'number' && to > 0;
  const dead = path === POWER && to !== 'ON';
  if ((slow || braking || dead) && state.matches({ cruise: 'active' })) return { event: { type: 'release' } };
  if (path === `${LIMITER}.IsEnabled` && to === true && !state.matches({ cruise: 'off' }))
    return { event: { type: 'disable' } };
  return undefined;
}
