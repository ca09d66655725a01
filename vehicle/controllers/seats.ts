import { assign, setup } from 'xstate';
import type { Command, Seat, SlotValue } from '../command.ts';
import type { SignalWrite } from '../safety.ts';
import type { SignalChange } from '../signals/signal.ts';
import {
  amountOfWord,
  amountPercent,
  atoms,
  count,
  levelPercent,
  plain,
  positionPercent,
  THREE_LEVELS,
  word,
} from '../slots.ts';
import { seatPlace, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';

const WHEEL = 'Vehicle.Chassis.SteeringWheel.HeatingCooling';
const MEMORY_PLACES = 3;
/** A massage ends by itself, as the muscles would otherwise suffer. */
const MASSAGE_TIME = 15 * 60_000;
/** "A bit forward", "forward", "a lot forward" in millimetres; the same for backrests in degrees. */
const SLIDE = { small: 10, normal: 20, large: 60 };
const LIFT = { small: 5, normal: 10, large: 25 };
const RECLINE = { small: 2, normal: 4, large: 12 };

/** Kept places of a seat: path → target. */
type Memory = Readonly<Record<string, readonly SignalWrite[]>>;
interface SeatsContext {
  readonly memory: Memory;
  /** Path of the massage level → when it ends, epoch milliseconds. */
  readonly massages: Readonly<Record<string, number>>;
}
type SeatsEvent =
  | { type: 'remember'; key: string; place: readonly SignalWrite[] }
  | { type: 'massage'; path: string; until: number }
  | { type: 'massageEnded'; path: string };

const without = (massages: Readonly<Record<string, number>>, path: string) =>
  Object.fromEntries(Object.entries(massages).filter(([key]) => key !== path));

const machine = setup({ types: { context: {} as SeatsContext, events: {} as SeatsEvent } }).createMachine({
  context: { memory: {}, massages: {} },
  initial: 'still',
  on: {
    remember: {
      actions: assign({ memory: ({ context, event }) => ({ ...context.memory, [event.key]: event.place }) }),
    },
    massage: {
      target: '.massaging',
      actions: assign({
        massages: ({ context, event }) => ({ ...context.massages, [event.path]: event.until }),
      }),
    },
  },
  states: {
    still: {},
    massaging: {
      always: { guard: ({ context }) => Object.keys(context.massages).length === 0, target: 'still' },
      on: {
        massageEnded: {
          actions: assign({ massages: ({ context, event }) => without(context.massages, event.path) }),
        },
      },
    },
  },
});
type SeatsState = ReturnType<typeof machine.resolveState>;
type SeatsPlan = Plan<SeatsEvent>;

/** Heating, ventilation, massage, places and memory of the seats, and the heated steering wheel. */
export function seats(): Subsystem {
  return subsystem({
    name: 'seats',
    targets: [
      'seat.heating',
      'seat.ventilation',
      'seat.massage',
      'seat.position',
      'seat.backrest',
      'seat.memory',
      'wheel.heating',
    ],
    machine,
    plan,
    react,
    wakeAt: ({ context }) => Math.min(...Object.values(context.massages)),
    tick({ now }, { context }) {
      const over = Object.entries(context.massages).filter(([, until]) => until <= now);
      return { writes: over.map(([path]) => write(path, 0)) };
    },
  });
}

function seatPath(seat: Seat, view: View, leaf: string): string {
  const { row, side } = seatPlace(seat, wheelSide(view.text('Vehicle.Cabin.DriverPosition')));
  return `Vehicle.Cabin.Seat.${row}.${side}Side.${leaf}`;
}

function plan(command: Command, view: View, state: SeatsState): SeatsPlan {
  if (command.intent.startsWith('wheel.')) return wheel(command);
  const spoken = spokenSeats(command.slots, view.by.seat);
  if (spoken?.length === 0) return unavailable('zone.missing');
  const chosen = spoken ?? [view.by.seat];
  if (command.intent.startsWith('seat.heating.')) return heat(command, chosen, view, 1);
  if (command.intent.startsWith('seat.ventilation.')) return heat(command, chosen, view, -1);
  // The rear bench has heating only.
  const fitted = chosen.filter((seat) => view.catalogue.find(seatPath(seat, view, 'Position')));
  if (fitted.length === 0) return unavailable('seat.front_only', { zone: zoneName(chosen) });
  if (command.intent.startsWith('seat.massage.')) return massage(command, fitted, view);
  if (command.intent.startsWith('seat.memory.')) return memory(command, fitted, view, state);
  return command.intent.startsWith('seat.backrest.')
    ? backrest(command, fitted, view)
    : slide(command, fitted, view);
}

/** One signal heats (above 0) and ventilates (below 0), so one ends the other. */
function heat({ intent, slots }: Command, seats: readonly Seat[], view: View, sign: 1 | -1): SeatsPlan {
  const kind = sign > 0 ? 'seat.heating' : 'seat.ventilation';
  const path = (seat: Seat) => seatPath(seat, view, 'HeatingCooling');
  const fitted = seats.filter((seat) => sign > 0 || (view.catalogue.get(path(seat)).min ?? 0) < 0);
  if (fitted.length === 0) return unavailable('seat.front_only', { zone: zoneName(seats) });
  const current = (seat: Seat) => Math.max(0, sign * view.goal(path(seat)));
  const zone = zoneName(fitted);
  const level = slots.level && levelPercent(slots.level, THREE_LEVELS);
  if (slots.level && level === undefined) return refused('level.range', { highest: THREE_LEVELS.levels });
  const set = (code: string, next: (seat: Seat) => number | undefined): SeatsPlan => {
    const writes = fitted.flatMap((seat) => {
      const percent = next(seat);
      return percent === undefined ? [] : [write(path(seat), sign * snapped(percent) + 0)];
    });
    const reached = Math.abs(Number(writes[0]?.value ?? 0));
    return done(
      code,
      { level: Math.round((reached * 3) / 100), percent: reached, zone },
      { writes, already: `${kind}.already` },
    );
  };
  const operation = intent.slice(kind.length + 1);
  // Heating off says nothing about a seat that is being cooled.
  if (operation === 'off' || level === 0)
    return set(`${kind}.off`, (seat) => (current(seat) > 0 ? 0 : undefined));
  if (level !== undefined) return set(`${kind}.set`, () => level);
  if (operation === 'on') return set(`${kind}.on`, (seat) => current(seat) || 67);
  if (operation === 'set') return needs('level', 'seat.which_level');
  const step = amountPercent(slots.amount, THREE_LEVELS);
  if (operation === 'increase') return set(`${kind}.increase`, (seat) => current(seat) + step);
  return set(`${kind}.decrease`, (seat) => (current(seat) > 0 ? current(seat) - step : undefined));
}

/** Steps of a third meet the levels exactly; other percentages stay as they were asked for. */
function snapped(percent: number): number {
  const bounded = Math.min(100, Math.max(0, percent));
  const nearest = [0, 33, 67, 100].find((level) => Math.abs(level - bounded) <= 2);
  return nearest ?? Math.round(bounded);
}

function wheel({ intent, slots }: Command): SeatsPlan {
  if (intent === 'wheel.heating.off')
    return done('wheel.heating.off', {}, { writes: [write(WHEEL, 0)], already: 'wheel.heating.already_off' });
  const level = slots.level && levelPercent(slots.level, THREE_LEVELS);
  if (slots.level && level === undefined) return refused('level.range', { highest: THREE_LEVELS.levels });
  if (level === undefined && intent === 'wheel.heating.set') return needs('level', 'seat.which_level');
  const percent = level ?? 100;
  return done(
    percent === 0 ? 'wheel.heating.off' : 'wheel.heating.on',
    { percent },
    { writes: [write(WHEEL, percent)], already: 'wheel.heating.already_on' },
  );
}

function massage({ intent, slots }: Command, seats: readonly Seat[], view: View): SeatsPlan {
  const seat = seats[0] ?? 'driver';
  const zone = zoneName(seats);
  const levels = seats.map((each) => seatPath(each, view, 'Massage.Level'));
  const current = view.goal(seatPath(seat, view, 'Massage.Level'));
  const level = slots.level && levelPercent(slots.level, THREE_LEVELS);
  if (slots.level && level === undefined) return refused('level.range', { highest: THREE_LEVELS.levels });
  const mode = word(slots, 'mode');
  const types = view.catalogue.get(seatPath(seat, view, 'Massage.TypeActive')).allowed ?? [];
  const type = mode === undefined ? undefined : types.find((each) => plain(mode).includes(plain(each)));
  if (mode !== undefined && type === undefined)
    return refused('seat.massage.no_such', { mode, choices: types.map((each) => each.toLowerCase()) });
  const wanted: Readonly<Record<string, number>> = {
    on: current || 67,
    off: 0,
    increase: current + 33,
    decrease: current - 33,
  };
  const percent =
    level ?? wanted[intent.slice('seat.massage.'.length)] ?? (type === undefined ? undefined : current || 67);
  if (percent === undefined) return needs('level', 'seat.which_level');
  const reached = snapped(percent);
  const writes = levels.map((path) => write(path, reached));
  if (type !== undefined)
    writes.push(...seats.map((each) => write(seatPath(each, view, 'Massage.TypeActive'), type)));
  const code = reached === 0 ? 'seat.massage.off' : 'seat.massage.on';
  return done(
    code,
    { level: Math.round((reached * 3) / 100), zone },
    { writes, already: 'seat.massage.already' },
  );
}

/** Where a moving actuator ends up: within its limits, in whole units. */
function within(path: string, value: number, view: View): number {
  const { min = 0, max = 100 } = view.catalogue.get(path);
  return Math.round(Math.min(max, Math.max(min, value)));
}

/** A `position` slot on an actuator's own range: percent and words of its travel, other units as they are. */
function placeOn(path: string, slot: SlotValue, view: View): number | undefined {
  const { min = 0, max = 100 } = view.catalogue.get(path);
  const number = count(slot);
  if (number !== undefined && slot.unit !== undefined && slot.unit !== 'percent')
    return number < min || number > max ? undefined : number;
  const percent = positionPercent(slot);
  return percent === undefined ? undefined : min + ((max - min) * percent) / 100;
}

function move(
  code: string,
  path: (seat: Seat) => string,
  seats: readonly Seat[],
  next: (path: string) => number,
  view: View,
): SeatsPlan {
  const writes = seats.map((seat) => write(path(seat), within(path(seat), next(path(seat)), view)));
  return done(code, { zone: zoneName(seats) }, { writes, already: 'seat.position.limit' });
}

function slide({ intent, slots }: Command, seats: readonly Seat[], view: View): SeatsPlan {
  const lengthwise = (seat: Seat) => seatPath(seat, view, 'Position');
  const height = (seat: Seat) => seatPath(seat, view, 'Height');
  const direction = word(slots, 'direction');
  if (slots.position) {
    const path = direction === 'up' || direction === 'down' ? height : lengthwise;
    const place = placeOn(path(seats[0] ?? 'driver'), slots.position, view);
    if (place === undefined) return refused('position.range');
    return move('seat.position.set', path, seats, () => place, view);
  }
  if (intent === 'seat.position.set' && direction === undefined)
    return needs('direction', 'seat.position.which');
  const towards = direction ?? (intent === 'seat.position.decrease' ? 'back' : 'forward');
  const steps = towards === 'up' || towards === 'down' ? LIFT : SLIDE;
  const step = stepOf(slots.amount, steps);
  if (towards === 'up' || towards === 'down') {
    const sign = towards === 'up' ? 1 : -1;
    return move(`seat.position.${towards}`, height, seats, (path) => view.goal(path) + sign * step, view);
  }
  if (towards !== 'forward' && towards !== 'back' && towards !== 'front' && towards !== 'rear') {
    return refused('seat.position.no_such', { direction: towards });
  }
  // 0 is the frontmost place.
  const forward = towards === 'forward' || towards === 'front';
  return move(
    forward ? 'seat.position.forward' : 'seat.position.back',
    lengthwise,
    seats,
    (path) => view.goal(path) + (forward ? -step : step),
    view,
  );
}

function stepOf(
  amount: SlotValue | undefined,
  steps: { small: number; normal: number; large: number },
): number {
  const number = count(amount);
  if (number === undefined) return amountOfWord(amount, steps);
  return amount?.unit === 'step' || amount?.unit === 'level' ? number * steps.normal : number;
}

function backrest({ intent, slots }: Command, seats: readonly Seat[], view: View): SeatsPlan {
  const path = (seat: Seat) => seatPath(seat, view, 'Backrest.Recline');
  if (slots.position) {
    const place = placeOn(path(seats[0] ?? 'driver'), slots.position, view);
    return place === undefined
      ? refused('position.range')
      : move('seat.backrest.set', path, seats, () => place, view);
  }
  const step = stepOf(slots.amount, RECLINE);
  if (intent === 'seat.backrest.set') return needs('position', 'seat.backrest.which');
  const further = intent === 'seat.backrest.increase';
  return move(
    further ? 'seat.backrest.increase' : 'seat.backrest.decrease',
    path,
    seats,
    (p) => view.goal(p) + (further ? step : -step),
    view,
  );
}

function memory(
  { intent, slots }: Command,
  seats: readonly Seat[],
  view: View,
  state: SeatsState,
): SeatsPlan {
  const seat = seats[0] ?? 'driver';
  const spoken = atoms(slots.ordinal)[0] ?? 1;
  const place = spoken === 'last' ? MEMORY_PLACES : Number(spoken);
  if (!Number.isInteger(place) || place < 1 || place > MEMORY_PLACES)
    return refused('seat.memory.range', { highest: MEMORY_PLACES });
  const key = `${seat} ${place}`;
  if (intent === 'seat.memory.add') {
    const mirrors =
      seat === 'driver'
        ? ['DriverSide', 'PassengerSide'].flatMap((side) =>
            ['Tilt', 'Pan'].map((axis) => `Vehicle.Body.Mirrors.${side}.${axis}`),
          )
        : [];
    const paths = [
      ...['Position', 'Height', 'Backrest.Recline'].map((leaf) => seatPath(seat, view, leaf)),
      ...mirrors,
    ];
    const kept = paths.map((path) => write(path, view.target(path)));
    return done('seat.memory.add', { place }, { event: { type: 'remember', key, place: kept } });
  }
  const kept = state.context.memory[key];
  if (!kept) return refused('seat.memory.empty', { place });
  return done('seat.memory.set', { place }, { writes: kept, already: 'seat.memory.already' });
}

function react(
  { path, to, field }: SignalChange,
  view: View,
  state: SeatsState,
): Reaction<SeatsEvent> | undefined {
  if (path === 'Vehicle.DriveState' && to === 'MOVING') {
    // The driver's seat does not go on moving under a driver who drives.
    const parts = ['Position', 'Height', 'Backrest.Recline'].map((leaf) => seatPath('driver', view, leaf));
    return { halt: parts.filter((part) => view.isMoving(part)) };
  }
  if (field !== 'value' || !path.endsWith('.Massage.Level')) return undefined;
  if (to === 0) return { event: { type: 'massageEnded', path } };
  return state.context.massages[path] === undefined
    ? { event: { type: 'massage', path, until: view.now + MASSAGE_TIME } }
    : undefined;
}
