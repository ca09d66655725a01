import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import { alongLine, metresBetween } from '../geometry.ts';
import type { SignalChange } from '../signals/signal.ts';
import { clockTime, momentOf } from '../time.ts';
import { word, plain } from '../slots.ts';
import type { Place, Position, Route, RouteOption } from '../world.ts';
import { planMap } from './navigation-map.ts';
import { planPlaces } from './navigation-queries.ts';
import { askedPlace, routeOptions, shownDistance, wantedPlace } from './navigation-places.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';
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
  /** Epoch milliseconds. */
  readonly routedAt: number;
  readonly saved: readonly Place[];
}
export type NavigationEvent =
  { type: 'guide'; route: Route; at: number } | { type: 'end' } | { type: 'save'; place: Place };

const machine = setup({
  types: { context: {} as NavigationContext, events: {} as NavigationEvent },
}).createMachine({
  context: { route: null, routedAt: 0, saved: [] },
  initial: 'idle',
  on: {
    guide: {
      target: '.guiding',
      actions: assign({ route: ({ event }) => event.route, routedAt: ({ event }) => event.at }),
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
  states: { idle: {}, guiding: { on: { end: { target: 'idle', actions: assign({ route: null }) } } } },
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
    project: ({ context }, view) => guidanceSignals(context.route, view),
    react,
  });
  return { ...actor, route: () => (actor.state().context as NavigationContext).route };
}

/** What is left of a route from here. */
export function remaining(
  route: Route,
  at: Position,
): { distance: number; duration: number; along: number; beside: number } {
  const { along, beside } = alongLine(route.line, at);
  const distance = Math.max(0, route.distance - along);
  return {
    distance,
    duration: route.distance > 0 ? (route.duration * distance) / route.distance : 0,
    along,
    beside,
  };
}

function guidanceSignals(route: Route | null, view: View) {
  const left = route && remaining(route, view.position);
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

function plan(command: Command, view: View, state: NavigationState): NavigationPlan {
  const { intent, slots } = command;
  const { route, saved } = state.context;
  switch (intent) {
    case 'navigation.route.start': {
      if (!askedPlace(slots) && route && (slots.route_option ?? slots.waypoint))
        return change(command, view, route, saved);
      const to = wantedPlace(slots, view, saved);
      if ('code' in to) return to;
      const stops = waypoint(command, view, saved);
      return 'code' in stops
        ? stops
        : guide(
            'navigation.route.start',
            { to, stops: stops.places, options: routeOptions(slots) },
            command,
            view,
          );
    }
    case 'navigation.route.set':
      return route ? change(command, view, route, saved) : refused('navigation.no_route');
    case 'navigation.route.stop':
      return done(
        'navigation.route.stop',
        { destination: route?.to.name ?? '' },
        { event: { type: 'end' }, already: 'navigation.no_route' },
      );
    case 'navigation.route.query':
      return route ? overview(route, view) : answered('navigation.no_route', {});
    case 'navigation.stop.add': {
      const place = wantedPlace(slots, view, saved);
      if ('code' in place) return place;
      if (!route)
        return guide('navigation.route.start', { to: place, stops: [], options: [] }, command, view);
      return guide(
        'navigation.stop.add',
        { to: route.to, stops: [...route.stops, place], options: route.options },
        command,
        view,
        place.name,
      );
    }
    case 'navigation.stop.remove':
      return removeStop(command, view, route);
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
      return planPlaces(command, view, state.context);
  }
}

/** A place on the way, when one was asked for. */
function waypoint(
  { slots }: Command,
  view: View,
  saved: readonly Place[],
): { places: readonly Place[] } | Plan<never> {
  if (!slots.waypoint) return { places: [] };
  const place = wantedPlace({ destination: slots.waypoint }, view, saved);
  return 'code' in place ? place : { places: [place] };
}

interface Trip {
  readonly to: Place;
  readonly stops: readonly Place[];
  readonly options: readonly RouteOption[];
}

function guide(
  code: string,
  trip: Trip,
  { slots }: Command,
  view: View,
  named = trip.to.name,
): NavigationPlan {
  const route = view.world.route({ from: view.position, ...trip });
  if (!route) return refused('navigation.no_road', { destination: trip.to.name });
  const arrival = view.now + route.duration;
  const wanted = slots.datetime && momentOf(slots.datetime, view.now, view.utcOffset);
  const facts = {
    destination: named,
    address: trip.to.address,
    minutes: Math.max(1, Math.round(route.duration / 60_000)),
    arrival: clockTime(arrival, view.utcOffset),
    ...shownDistance(route.distance, view),
  };
  const late = wanted !== undefined && arrival > wanted;
  return done(late ? 'navigation.route.start_late' : code, facts, {
    event: { type: 'guide', route, at: view.now },
  });
}

function change(command: Command, view: View, route: Route, saved: readonly Place[]): NavigationPlan {
  const { slots } = command;
  const stops = waypoint(command, view, saved);
  if ('code' in stops) return stops;
  const to = askedPlace(slots) === undefined ? route.to : wantedPlace(slots, view, saved);
  if ('code' in to) return to;
  const options = slots.route_option ? routeOptions(slots) : route.options;
  if (options.length === 0 && stops.places.length === 0 && to === route.to)
    return needs('route_option', 'navigation.route.which_option');
  return guide(
    'navigation.route.set',
    { to, stops: [...route.stops, ...stops.places], options },
    command,
    view,
  );
}

function removeStop(command: Command, view: View, route: Route | null): NavigationPlan {
  if (!route) return refused('navigation.no_route');
  const asked =
    word(command.slots, 'destination') ??
    word(command.slots, 'poi_name') ??
    word(command.slots, 'poi_category');
  const fits = ({ name, category }: Place) =>
    asked === undefined || plain(name).includes(plain(asked)) || plain(category) === plain(asked);
  const gone = route.stops.findLast(fits);
  if (!gone) return refused('navigation.stop.none');
  const stops = route.stops.filter((place) => place !== gone);
  return guide(
    'navigation.stop.remove',
    { to: route.to, stops, options: route.options },
    command,
    view,
    gone.name,
  );
}

function overview(route: Route, view: View): NavigationPlan {
  const left = remaining(route, view.position);
  const next = route.maneuvers.find(({ distance }) => distance > left.along + 5);
  const facts = {
    destination: route.to.name,
    minutes: Math.max(1, Math.round(left.duration / 60_000)),
    ...shownDistance(left.distance, view),
  };
  if (!next) return answered('navigation.route.query', facts);
  const ahead = shownDistance(next.distance - left.along, view);
  return answered('navigation.route.query_next', {
    ...facts,
    maneuver: next.text,
    ahead: ahead.distance,
    aheadUnit: ahead.unit,
  });
}

function react(
  { path, field }: SignalChange,
  view: View,
  state: NavigationState,
): Reaction<NavigationEvent> | undefined {
  if ((path === LATITUDE || path === LONGITUDE) && field === 'target')
    return destinationByTool(view, state.context);
  if (path !== 'Vehicle.CurrentLocation.Latitude' && path !== 'Vehicle.CurrentLocation.Longitude')
    return undefined;
  const { route, routedAt } = state.context;
  if (!route) return undefined;
  const left = remaining(route, view.position);
  if (metresBetween(view.position, route.to.at) < ARRIVED || left.distance < ARRIVED)
    return { event: { type: 'end' } };
  if (left.beside > OFF_ROUTE && view.now - routedAt >= REROUTE_PAUSE) {
    const ahead = route.stops.filter((stop) => alongLine(route.line, stop.at).along > left.along);
    const again = view.world.route({
      from: view.position,
      stops: ahead,
      to: route.to,
      options: route.options,
    });
    if (again) return { event: { type: 'guide', route: again, at: view.now } };
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
  const found = view.world.route({ from: view.position, stops: [], to, options: route?.options ?? [] });
  return found && { event: { type: 'guide', route: found, at: view.now } };
}
