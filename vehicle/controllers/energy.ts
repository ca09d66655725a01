import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import type { SignalChange } from '../signals/signal.ts';
import { levelPercent, TENTHS, word } from '../slots.ts';
import { clockTime, momentOf } from '../time.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';
import { placesFor } from './navigation-places.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';
import { shownConsumption, shownDistance } from './units.ts';

const CHARGING = 'Vehicle.Powertrain.TractionBattery.Charging';
const LIMIT = `${CHARGING}.ChargeLimit`;
const CABLE = `${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`;
const CHARGE = 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed';
const RANGE = 'Vehicle.Powertrain.Range';
const NAVIGATION = 'Vehicle.Cabin.Infotainment.Navigation';

interface EnergyContext {
  /** Epoch milliseconds. */
  readonly startAt: number;
}
type EnergyEvent =
  { type: 'charge' | 'stop' } | { type: 'schedule'; at: number } | { type: 'tick'; now: number };

const machine = setup({ types: { context: {} as EnergyContext, events: {} as EnergyEvent } }).createMachine({
  context: { startAt: 0 },
  initial: 'idle',
  on: {
    charge: '.charging',
    stop: '.idle',
    schedule: { target: '.scheduled', actions: assign({ startAt: ({ event }) => event.at }) },
  },
  states: {
    idle: {},
    scheduled: {
      on: { tick: { guard: ({ context, event }) => event.now >= context.startAt, target: 'charging' } },
    },
    charging: {},
  },
});
type EnergyState = ReturnType<typeof machine.resolveState>;
type EnergyPlan = Plan<EnergyEvent>;

/** Charging, range, consumption. */
export function energy(): Subsystem {
  return subsystem({
    name: 'energy',
    targets: ['energy.charging', 'energy.range', 'energy.consumption'],
    machine,
    plan,
    project: (state) => [
      write(`${CHARGING}.IsCharging`, state.matches('charging')),
      write(`${CHARGING}.StartStopCharging`, state.matches('charging') ? 'START' : 'STOP'),
      write(`${CHARGING}.Timer.Mode`, state.matches('scheduled') ? 'START_TIME' : 'INACTIVE'),
      write(
        `${CHARGING}.Timer.Time`,
        state.matches('scheduled') ? new Date(state.context.startAt).toISOString() : '',
      ),
    ],
    react,
    wakeAt: (state) => (state.matches('scheduled') ? state.context.startAt : null),
    tick: (view) => ({
      event: view.flag(CABLE) ? ({ type: 'tick', now: view.now } as const) : ({ type: 'stop' } as const),
    }),
  });
}

function plan(command: Command, view: View, state: EnergyState): EnergyPlan {
  const { intent, slots } = command;
  const percent = Math.round(view.number(CHARGE));
  switch (intent) {
    case 'energy.charging.start':
    case 'energy.charging.set':
      return charge(command, view, state);
    case 'energy.charging.stop':
      return done(
        'energy.charging.stop',
        { percent },
        { event: { type: 'stop' }, already: 'energy.charging.not_charging' },
      );
    case 'energy.charging.query': {
      const minutes = Math.round(view.number(`${CHARGING}.TimeToComplete`) / 60);
      const charging = state.matches('charging');
      return answered(charging ? 'energy.charging.query_charging' : 'energy.charging.query', {
        percent,
        limit: view.goal(LIMIT),
        minutes,
      });
    }
    case 'energy.consumption.query':
      return answered(
        'energy.consumption.query',
        shownConsumption(view.number('Vehicle.Powertrain.AverageConsumption'), view),
      );
    default:
      return range(word(slots, 'destination'), percent, view);
  }
}

function charge({ intent, slots }: Command, view: View, state: EnergyState): EnergyPlan {
  const { min = 50, max = 100 } = view.catalogue.get(LIMIT);
  const limit = slots.level && levelPercent(slots.level, TENTHS);
  if (slots.level && (limit === undefined || limit < min))
    return refused('energy.charging.range', { low: min, high: max });
  const at = slots.datetime && momentOf(slots.datetime, view.now, view.utcOffset);
  if (slots.datetime && at === undefined) return refused('time.not_understood');
  if (at !== undefined && at <= view.now) return refused('time.past');
  const writes = limit === undefined ? [] : [write(LIMIT, limit)];
  if (at !== undefined)
    return done(
      'energy.charging.scheduled',
      { at: clockTime(at, view.utcOffset) },
      { writes, event: { type: 'schedule', at } },
    );
  if (intent === 'energy.charging.set') {
    return limit === undefined
      ? needs('level', 'energy.charging.which')
      : done('energy.charging.set', { percent: limit }, { writes });
  }
  if (!view.flag(CABLE)) return refused('energy.charging.no_cable');
  const goal = limit ?? view.goal(LIMIT);
  if (view.number(CHARGE) >= goal)
    return refused('energy.charging.full', { percent: Math.round(view.number(CHARGE)), limit: goal });
  if (state.matches('charging') && writes.length === 0)
    return done('energy.charging.start', { percent: goal }, { already: 'energy.charging.already' });
  return done('energy.charging.start', { percent: goal }, { writes, event: { type: 'charge' } });
}

function range(destination: string | undefined, percent: number, view: View): EnergyPlan {
  const metres = view.number(RANGE);
  if (destination === undefined) {
    const facts = { ...shownDistance(metres, view), percent };
    if (!view.flag(`${NAVIGATION}.IsGuidanceActive`)) return answered('energy.range.query', facts);
    // On a route the question is whether it lasts.
    const spare = metres - view.number(`${NAVIGATION}.RemainingDistance`);
    const shown = shownDistance(Math.abs(spare), view);
    return answered(spare > 0 ? 'energy.range.route' : 'energy.range.route_short', {
      ...facts,
      destination: view.text(`${NAVIGATION}.DestinationSet.Name`),
      spare: shown.distance,
      spareUnit: shown.unit,
    });
  }
  const [place] = placesFor({ text: destination }, view);
  const route = place && view.world.route({ from: view.position, stops: [], to: place, options: [] });
  if (!route) return refused('navigation.no_place', { query: destination });
  const left = metres - route.distance;
  const facts = { ...shownDistance(Math.abs(left), view), destination: place.name };
  return answered(left > 0 ? 'energy.range.enough' : 'energy.range.short', facts);
}

/** Charging ends at the limit, without a cable, and when the car drives off. */
function react(
  { path, to, field }: SignalChange,
  view: View,
  state: EnergyState,
): Reaction<EnergyEvent> | undefined {
  if (field !== 'value' || !state.matches('charging')) return undefined;
  const full = (path === CHARGE || path === LIMIT) && view.number(CHARGE) >= view.goal(LIMIT);
  const unplugged = path === CABLE && to === false;
  const driving = path === 'Vehicle.DriveState' && to !== 'PARKED';
  return full || unplugged || driving ? { event: { type: 'stop' } } : undefined;
}
