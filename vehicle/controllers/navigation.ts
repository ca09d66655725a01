import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import { metresBetween } from '../geometry.ts';
import type { SignalChange } from '../signals/signal.ts';
import { plain } from '../slots.ts';
import type { Place, Position, Route } from '../world.ts';
import { planMap } from './navigation-map.ts';
import { askedPlace, routeOptions, wantedPlace } from './navigation-places.ts';
import { progressOn } from './navigation-progress.ts';
import { planPlaces } from './navigation-queries.ts';
import {
  addStop,
  changeTrip,
  guideTo,
  known,
  overview,
  removeStop,
  tripLeft,
  tripRequest,
  waypoint,
} from './navigation-trip.ts';
import { answered, done, refused, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';

const NAVIGATION = 'Vehicle.Cabin.Infotainment.Navigation';
const LATITUDE = `${NAVIGATION}.DestinationSet.Latitude`;
const LONGITUDE = `${NAVIGATION}.DestinationSet.Longitude`;
/** Metres from the destination at which it is reached, and beside the route at which it is left. */
const ARRIVED = 30;
const OFF_ROUTE = 80;
/** Between two attempts to find back, milliseconds. */
const REROUTE_PAUSE = 5000;

export interface NavigationContext {
  readonly route: Route | null;
  /** Stops that somebody asked for; the route has others where the battery does not last. */
  readonly wanted: readonly Place[];
  /** How many of its stops were reached: the leg of the route that the car is on. */
  readonly leg: number;
  /** Epoch milliseconds. */
  readonly routedAt: number;
  readonly saved: readonly Place[];
}
export type NavigationEvent =
  | { type: 'guide'; route: Route; wanted: readonly Place[]; at: number }
  | { type: 'stop-reached' }
  | { type: 'end' }
  | { type: 'save'; place: Place };

const machine = setup({
  types: { context: {} as NavigationContext, events: {} as NavigationEvent },
}).createMachine({
  context: { route: null, wanted: [], leg: 0, routedAt: 0, saved: [] },
  initial: 'idle',
  on: {
    guide: {
      target: '.guiding',
      actions: assign({
        route: ({ event }) => event.route,
        wanted: ({ event }) => event.wanted,
        leg: 0,
        routedAt: ({ event }) => event.at,
      }),
    },
    save: {
      actions: assign({
        saved: ({ context, event }) => [
          ...context.saved.filter(({ name }) => plain(name) !== plain(event.place.name)),
          event.place,
        ],
      }),
    },
  },
  states: {
    idle: {},
    guiding: {
      on: {
        'stop-reached': { actions: assign({ leg: ({ context }) => context.leg + 1 }) },
        end: { target: 'idle', actions: assign({ route: null }) },
      },
    },
  },
});
export type NavigationState = ReturnType<typeof machine.resolveState>;
type NavigationPlan = Plan<NavigationEvent>;

export interface Navigation extends Subsystem {
  route(): Route | null;
}

/** Routes, places, guidance and the map. */
export function navigation(): Navigation {
  const actor = subsystem({
    name: 'navigation',
    targets: [
      'navigation.route',
      'navigation.stop',
      'navigation.poi',
      'navigation.eta',
      'navigation.distance',
      'navigation.traffic',
      'navigation.location',
      'navigation.map',
      'navigation.guidance',
    ],
    machine,
    plan,
    project: ({ context }, view) => guidanceSignals(context, view),
    react,
  });
  return { ...actor, route: () => (actor.state().context as NavigationContext).route };
}

function guidanceSignals({ route, leg }: NavigationContext, view: View) {
  const left = route && progressOn(route, view.position, leg);
  const next = left && route.maneuvers.find(({ distance }) => distance > left.along + 5);
  return [
    write(`${NAVIGATION}.IsGuidanceActive`, route !== null),
    write(`${NAVIGATION}.DestinationSet.Name`, route?.to.name ?? ''),
    write(LATITUDE, route?.to.at[1] ?? 0),
    write(LONGITUDE, route?.to.at[0] ?? 0),
    write(`${NAVIGATION}.RemainingDistance`, Math.round(left?.distance ?? 0)),
    write(`${NAVIGATION}.RemainingTime`, Math.round((left?.duration ?? 0) / 1000)),
    write(`${NAVIGATION}.NextManeuver.Text`, next?.text ?? ''),
    write(
      `${NAVIGATION}.NextManeuver.Distance`,
      next ? Math.max(0, Math.round(next.distance - left.along)) : 0,
    ),
  ];
}

function plan(command: Command, view: View, { context }: NavigationState): NavigationPlan {
  const { intent, slots } = command;
  const { route } = context;
  switch (intent) {
    case 'navigation.route.start': {
      if (!askedPlace(slots) && route && (slots.route_option ?? slots.waypoint))
        return changeTrip(command, view, context);
      const to = wantedPlace(slots, view, known(context, view));
      if ('code' in to) return to;
      const stops = waypoint(command, view, context);
      if ('code' in stops) return stops;
      const trip = { to, stops: stops.places, options: routeOptions(slots) };
      return guideTo('navigation.route.start', trip, command, view);
    }
    case 'navigation.route.set':
      return route ? changeTrip(command, view, context) : refused('navigation.no_route');
    case 'navigation.route.stop':
      return done(
        'navigation.route.stop',
        { destination: route?.to.name ?? '' },
        { event: { type: 'end' }, already: 'navigation.no_route' },
      );
    case 'navigation.route.query':
      return route ? overview(context, route, view) : answered('navigation.no_route', {});
    case 'navigation.stop.add':
      return addStop(command, view, context);
    case 'navigation.stop.remove':
      return removeStop(command, view, context);
    case 'navigation.guidance.on':
    case 'navigation.guidance.off': {
      const on = intent === 'navigation.guidance.on';
      const writes = [write(`${NAVIGATION}.Mute`, on ? 'UNMUTED' : 'MUTED')];
      return done(on ? 'navigation.guidance.on' : 'navigation.guidance.off', {}, { writes });
    }
    case 'navigation.map.increase':
    case 'navigation.map.decrease':
    case 'navigation.map.set':
      return planMap(command, view);
    default:
      return planPlaces(command, view, context);
  }
}

function react(
  { path, field }: SignalChange,
  view: View,
  { context }: NavigationState,
): Reaction<NavigationEvent> | undefined {
  if ((path === LATITUDE || path === LONGITUDE) && field === 'target')
    return destinationByTool(view, context);
  if (path !== 'Vehicle.CurrentLocation.Latitude' && path !== 'Vehicle.CurrentLocation.Longitude')
    return undefined;
  const { route, routedAt, leg } = context;
  if (!route) return undefined;
  const { beside, toTarget } = progressOn(route, view.position, leg);
  const target = route.stops[leg] ?? route.to;
  if (toTarget < ARRIVED || (beside > ARRIVED && metresBetween(view.position, target.at) < ARRIVED))
    return { event: leg < route.stops.length ? { type: 'stop-reached' } : { type: 'end' } };
  if (beside > OFF_ROUTE && view.now - routedAt >= REROUTE_PAUSE) {
    const again = view.world.route(tripRequest(tripLeft(context, route), view));
    if (again) return { event: { type: 'guide', route: again, wanted: context.wanted, at: view.now } };
  }
  // Nothing to decide, but the signals of what is left follow the position.
  return {};
}

/** A tool sets the destination as VSS has it: two coordinates. */
function destinationByTool(view: View, { route }: NavigationContext): Reaction<NavigationEvent> | undefined {
  const at: Position = [view.goal(LONGITUDE), view.goal(LATITUDE)];
  if (at[0] === 0 || at[1] === 0 || (route && route.to.at[0] === at[0] && route.to.at[1] === at[1]))
    return undefined;
  const address = view.world.address(at);
  const to: Place = {
    id: `point:${at.join(',')}`,
    name: address,
    category: 'address',
    at,
    address,
    attributes: {},
  };
  const found = view.world.route(tripRequest({ to, stops: [], options: route?.options ?? [] }, view));
  return found && { event: { type: 'guide', route: found, wanted: [], at: view.now } };
}
