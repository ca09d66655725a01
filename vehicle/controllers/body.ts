import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import type { SignalChange } from '../signals/signal.ts';
import { amountOfWord, count, word } from '../slots.ts';
import { planDoor, planChildLock } from './doors.ts';
import { done, refused, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';
import { planShade, planSunroof, planWindow, TILTED } from './windows.ts';

const TRUNK = 'Vehicle.Body.Trunk.Rear';
const FRUNK = 'Vehicle.Body.Trunk.Front';
const PORT = 'Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.RearLeft';
const POWER = 'Vehicle.LowVoltageSystemState';
const HORN_TIME = 1000;
/** Doors lock by themselves from this speed, km/h. */
const LOCKING_SPEED = 15;
const DOORS = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];
/** An obstructed window opens at least this far again: 200 mm of a 500 mm pane (49 CFR 571.118 S5.2). */
const REVERSED = 40;

interface BodyContext {
  /** Epoch milliseconds. */
  readonly hornUntil: number;
}
type BodyEvent = { type: 'honk'; until: number } | { type: 'tick'; now: number };

const machine = setup({ types: { context: {} as BodyContext, events: {} as BodyEvent } }).createMachine({
  context: { hornUntil: 0 },
  initial: 'quiet',
  on: { honk: { target: '.honking', actions: assign({ hornUntil: ({ event }) => event.until }) } },
  states: {
    quiet: {},
    honking: {
      on: { tick: { guard: ({ context, event }) => event.now >= context.hornUntil, target: 'quiet' } },
    },
  },
});

/** Windows, roof, blinds, doors, lids, mirrors, locks, charge flap and horn. */
export function body(): Subsystem {
  return subsystem({
    name: 'body',
    targets: [
      'window',
      'sunroof',
      'sunshade',
      'door',
      'trunk',
      'frunk',
      'mirror',
      'child_lock',
      'charge_port',
      'horn',
    ],
    machine,
    plan,
    project: (state) => [write('Vehicle.Body.Horn.IsActive', state.matches('honking'))],
    react,
    wakeAt: (state) => (state.matches('honking') ? state.context.hornUntil : null),
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

function plan(command: Command, view: View): Plan<BodyEvent> {
  const target = command.intent.slice(0, command.intent.lastIndexOf('.'));
  switch (target) {
    case 'window':
      return planWindow(command, view);
    case 'sunroof':
      return planSunroof(command, view);
    case 'sunshade':
      return planShade(command, view);
    case 'door':
      return planDoor(command, view);
    case 'trunk':
      return trunk(command, view);
    case 'frunk':
      return frunk(command);
    case 'mirror':
      return mirror(command, view);
    case 'child_lock':
      return planChildLock(command, view);
    case 'charge_port':
      return chargePort(command, view);
    default:
      return done('horn.start', {}, { event: { type: 'honk', until: view.now + HORN_TIME }, final: true });
  }
}

function trunk({ intent, slots }: Command, view: View): Plan<never> {
  const open = view.goal(`${TRUNK}.Position`) > 0;
  const locked = view.flag(`${TRUNK}.IsLocked`);
  switch (intent) {
    case 'trunk.open': {
      const percent = slots.position
        ? (count(slots.position) ?? (word(slots, 'position') === 'half' ? 50 : 100))
        : 100;
      if (percent < 0 || percent > 100) return refused('position.range');
      const writes = [write(`${TRUNK}.IsLocked`, false), write(`${TRUNK}.Position`, Math.round(percent))];
      return done('trunk.open', {}, { writes, already: 'trunk.open.already' });
    }
    case 'trunk.close':
      return done(
        'trunk.close',
        {},
        { writes: [write(`${TRUNK}.Position`, 0)], already: 'trunk.close.already' },
      );
    case 'trunk.lock':
      if (open) return refused('trunk.lock.open');
      return done(
        'trunk.lock',
        {},
        { writes: [write(`${TRUNK}.IsLocked`, true)], already: 'trunk.lock.already' },
      );
    case 'trunk.unlock':
      return done(
        'trunk.unlock',
        {},
        { writes: [write(`${TRUNK}.IsLocked`, false)], already: 'trunk.unlock.already' },
      );
    default:
      return { status: 'answered', code: 'trunk.query', facts: { open, locked }, writes: [] };
  }
}

function frunk({ intent }: Command): Plan<never> {
  const open = intent === 'frunk.open';
  const writes = [write(`${FRUNK}.Position`, open ? 100 : 0)];
  return done(
    open ? 'frunk.open' : 'frunk.close',
    {},
    { writes, already: open ? 'frunk.open.already' : 'frunk.close.already' },
  );
}

/** "A bit", without more, and "a lot" in percent of a mirror's travel. */
const MIRROR_STEP = { small: 5, normal: 15, large: 30 };

function mirror({ intent, slots }: Command, view: View): Plan<never> {
  const side = word(slots, 'side') ?? 'both';
  const left = view.text('Vehicle.Cabin.DriverPosition') === 'RIGHT' ? 'PassengerSide' : 'DriverSide';
  const right = left === 'DriverSide' ? 'PassengerSide' : 'DriverSide';
  const sides = side === 'left' ? [left] : side === 'right' ? [right] : [left, right];
  if (intent !== 'mirror.set') {
    const folded = intent === 'mirror.close';
    const writes = sides.map((each) => write(`Vehicle.Body.Mirrors.${each}.FoldPosition`, folded ? 100 : 0));
    const code = folded ? 'mirror.close' : 'mirror.open';
    return done(code, { side }, { writes, already: folded ? 'mirror.close.already' : 'mirror.open.already' });
  }
  const direction = word(slots, 'direction');
  const axis =
    direction === 'up' || direction === 'down'
      ? 'Tilt'
      : direction === 'left' || direction === 'right'
        ? 'Pan'
        : undefined;
  if (direction === undefined) return { ...refused('mirror.which_way'), status: 'needs', slot: 'direction' };
  if (axis === undefined) return refused('mirror.no_such', { direction });
  const step =
    amountOfWord(slots.amount, MIRROR_STEP) * (direction === 'up' || direction === 'right' ? 1 : -1);
  const writes = sides.map((each) => {
    const path = `Vehicle.Body.Mirrors.${each}.${axis}`;
    return write(path, Math.min(100, Math.max(-100, view.goal(path) + step)));
  });
  return done('mirror.set', { side, direction }, { writes, already: 'mirror.limit' });
}

function chargePort({ intent }: Command, view: View): Plan<never> {
  const open = intent === 'charge_port.open';
  if (!open && view.flag(`${PORT}.IsChargingCableConnected`)) return refused('charge_port.cable');
  const already = open ? 'charge_port.open.already' : 'charge_port.close.already';
  return done(
    open ? 'charge_port.open' : 'charge_port.close',
    {},
    { writes: [write(`${PORT}.IsFlapOpen`, open)], already },
  );
}

/** What the body does by itself: reversing, stopping, locking, closing its lids. */
function react({ path, to, field }: SignalChange, view: View): Reaction<BodyEvent> | undefined {
  if (field !== 'value') return undefined;
  if (path.endsWith('.IsObstructed') && to === true)
    return obstructed(path.replace('IsObstructed', 'Position'), view);
  if (path === POWER && to !== 'ON' && to !== 'ACC' && to !== 'START') {
    const panes = [
      ...DOORS.map((door) => `Vehicle.Cabin.Door.${door}.Window.Position`),
      'Vehicle.Cabin.Sunroof.Position',
    ];
    return { halt: panes.filter((pane) => view.isMoving(pane)) };
  }
  if (path === 'Vehicle.DriveState' && to === 'MOVING') {
    // A lid that is still open is closed before the wind takes it.
    const lids = [`${TRUNK}.Position`, `${FRUNK}.Position`].filter((lid) => view.goal(lid) > 0);
    return { writes: lids.map((lid) => write(lid, 0)) };
  }
  if (path === 'Vehicle.Speed' && typeof to === 'number' && to >= LOCKING_SPEED) {
    const shut = DOORS.filter((door) => !view.flag(`Vehicle.Cabin.Door.${door}.IsOpen`));
    return { writes: shut.map((door) => write(`Vehicle.Cabin.Door.${door}.IsLocked`, true)) };
  }
  return undefined;
}

function obstructed(pane: string, view: View): Reaction<BodyEvent> | undefined {
  const place = view.number(pane);
  const goal = view.goal(pane);
  // A tilted roof, below zero, closes upwards.
  const closing = Math.abs(goal) < Math.abs(place) || goal * place < 0;
  if (!view.isMoving(pane) || !closing) return undefined;
  if (place < 0) return { writes: [write(pane, TILTED)] };
  // A lid goes all the way back up, a pane far enough to free a hand.
  return { writes: [write(pane, pane.startsWith(TRUNK) ? 100 : Math.max(REVERSED, place))] };
}
