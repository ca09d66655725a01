/** The trip that is driven: started, changed, asked about. */
import type { Command } from '../command.ts';
import { metresBetween } from '../geometry.ts';
import { clockTime, momentOf } from '../time.ts';
import { plain, word } from '../slots.ts';
import type { Place, Position, Route, RouteOption, RouteRequest } from '../world.ts';
import type { NavigationContext, NavigationEvent } from './navigation.ts';
import { askedPlace, routeOptions, wantedPlace, type Known } from './navigation-places.ts';
import { lineAhead, progressOn } from './navigation-progress.ts';
import { answered, done, needs, refused, type Plan, type View } from './plan.ts';
import { shownDistance } from './units.ts';

type NavigationPlan = Plan<NavigationEvent>;

export interface Trip {
  readonly to: Place;
  readonly stops: readonly Place[];
  readonly options: readonly RouteOption[];
}

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
/** Share of the battery to which it is charged on the way. */
const CHARGED = 0.8;
/** Metres to a destination at which the car is there already. */
const THERE = 50;
/** Metres on foot from the road to a destination that are worth telling. */
const WALK = 150;

/** What a search for places should know of the trip. */
export const known = ({ saved, route, leg }: NavigationContext, view: View): Known => ({
  saved,
  ...(route && { along: lineAhead(route, view.position, leg) }),
});

/** The route to ask the world for, from where the car is and as far as its battery lasts. */
export function tripRequest(trip: Trip, view: View): RouteRequest {
  const consumption = view.number('Vehicle.Powertrain.AverageConsumption');
  const charged =
    consumption > 0 ? ((CHARGED * view.number(`${BATTERY}.NetCapacity`)) / consumption) * 1e5 : 0;
  const isElectric = view.text('Vehicle.Powertrain.Type') === 'ELECTRIC' && charged > 0;
  return {
    from: view.position,
    ...trip,
    ...(isElectric && { range: { left: view.number('Vehicle.Powertrain.Range'), charged } }),
    ...(view.number('Vehicle.Speed') > 0 && { heading: view.number('Vehicle.CurrentLocation.Heading') }),
  };
}

/** By id: a car that was restored from a snapshot has copies of its places. */
const isAmong = (places: readonly Place[], { id }: Place): boolean => places.some((place) => place.id === id);

/** What is still to be driven of a trip: the stops that somebody asked for and that were not reached. */
export function tripLeft({ wanted, leg }: NavigationContext, route: Route): Trip {
  const ahead = route.stops.slice(leg);
  return { to: route.to, stops: wanted.filter((place) => isAmong(ahead, place)), options: route.options };
}

/** Places on the way, when some were asked for. */
export function waypoint(
  { slots }: Command,
  view: View,
  context: NavigationContext,
): { places: readonly Place[] } | Plan<never> {
  if (!slots.waypoint) return { places: [] };
  const place = wantedPlace({ destination: slots.waypoint }, view, known(context, view));
  return 'code' in place ? place : { places: [place] };
}

/** Guides to a destination, unless the car is there; what was followed until now goes on then. */
export function guideTo(code: string, trip: Trip, command: Command, view: View): NavigationPlan {
  const plan = guide(code, trip, command, view);
  const route = plan.event?.type === 'guide' ? plan.event.route : undefined;
  if (!route || trip.stops.length > 0) return plan;
  // The road may end a few steps before it, or be one way and lead round the block.
  const isThere =
    metresBetween(view.position, trip.to.at) < THERE || (route.distance < THERE && route.walk <= WALK);
  return isThere
    ? done(code, { destination: trip.to.name }, { already: 'navigation.route.already_there' })
    : plan;
}

/** @param named what the reply is about, the destination unless told otherwise */
function guide(
  code: string,
  trip: Trip,
  { slots }: Command,
  view: View,
  named = trip.to.name,
): NavigationPlan {
  const request = tripRequest(trip, view);
  const route = view.world.route(request);
  if (!route) return refused('navigation.no_road', { destination: trip.to.name });
  return follow(code, route, trip.stops, { slots, view, named, request });
}

function follow(
  code: string,
  route: Route,
  wanted: readonly Place[],
  {
    slots,
    view,
    named,
    request,
  }: {
    readonly slots: Command['slots'];
    readonly view: View;
    readonly named: string;
    readonly request: RouteRequest;
  },
): NavigationPlan {
  const arrival = view.now + route.duration;
  const latest = slots.datetime && momentOf(slots.datetime, view.now, view.utcOffset);
  const charging = route.stops.filter((place) => !isAmong(wanted, place));
  const short = request.range && charging.length === 0 ? route.distance - request.range.left : 0;
  const facts = {
    destination: named,
    address: route.to.address,
    minutes: Math.max(1, Math.round(route.duration / 60_000)),
    arrival: clockTime(arrival, view.utcOffset),
    via: route.via,
    ...shownDistance(route.distance, view),
  };
  const event = { type: 'guide', route, wanted, at: view.now } as const;
  if (short > 0) {
    const missing = shownDistance(short, view);
    return done(
      'navigation.route.too_far',
      { ...facts, missing: missing.distance, missingUnit: missing.unit },
      { event },
    );
  }
  if (charging.length > 0)
    return done(
      'navigation.route.charging',
      { ...facts, stations: charging.map(({ name }) => name) },
      { event },
    );
  if (latest !== undefined && arrival > latest) return done('navigation.route.start_late', facts, { event });
  if (route.walk > WALK) {
    const walk = shownDistance(route.walk, view);
    return done('navigation.route.beside', { ...facts, walk: walk.distance, walkUnit: walk.unit }, { event });
  }
  return done(code, facts, { event });
}

/** Other options, another destination or a stop for the trip that is driven; another way when nothing is named. */
export function changeTrip(command: Command, view: View, context: NavigationContext): NavigationPlan {
  const { slots } = command;
  const { route } = context;
  if (!route) return refused('navigation.no_route');
  const stops = waypoint(command, view, context);
  if ('code' in stops) return stops;
  const left = tripLeft(context, route);
  const to = askedPlace(slots) === undefined ? route.to : wantedPlace(slots, view, known(context, view));
  if ('code' in to) return to;
  if (!slots.route_option && stops.places.length === 0 && to.id === route.to.id)
    return otherWay(command, view, context, left);
  const options = slots.route_option ? routeOptions(slots) : route.options;
  const trip = { to, stops: [...left.stops, ...stops.places], options };
  return guideTo('navigation.route.set', trip, command, view);
}

function otherWay({ slots }: Command, view: View, context: NavigationContext, left: Trip): NavigationPlan {
  const { route, leg } = context;
  const request = tripRequest(left, view);
  const other = route && view.world.alternative(request, route);
  if (!route || !other) return needs('route_option', 'navigation.route.which_option');
  const more = other.duration - progressOn(route, view.position, leg).duration;
  const minutes = Math.round(Math.abs(more) / 60_000);
  const plan = follow('navigation.route.alternative', other, left.stops, {
    slots,
    view,
    named: route.to.name,
    request,
  });
  return {
    ...plan,
    facts: {
      ...plan.facts,
      extra: minutes,
      compared: minutes === 0 ? 'equal' : more > 0 ? 'longer' : 'shorter',
    },
  };
}

export function addStop(command: Command, view: View, context: NavigationContext): NavigationPlan {
  const place = wantedPlace(command.slots, view, known(context, view));
  if ('code' in place) return place;
  const { route } = context;
  if (!route) return guideTo('navigation.route.start', { to: place, stops: [], options: [] }, command, view);
  const left = tripLeft(context, route);
  const stops = inserted(left.stops, place, view.position, route.to.at);
  return guide('navigation.stop.add', { ...left, stops }, command, view, place.name);
}

/** A new stop where it makes the way the least longer; stops keep their order. */
function inserted(stops: readonly Place[], place: Place, from: Position, to: Position): readonly Place[] {
  const points = [from, ...stops.map(({ at }) => at), to];
  const detours = points.slice(1).map((next, i) => {
    const before = points[i] ?? from;
    return metresBetween(before, place.at) + metresBetween(place.at, next) - metresBetween(before, next);
  });
  return stops.toSpliced(detours.indexOf(Math.min(...detours)), 0, place);
}

export function removeStop(command: Command, view: View, context: NavigationContext): NavigationPlan {
  const { route } = context;
  if (!route) return refused('navigation.no_route');
  const { slots } = command;
  const asked = word(slots, 'destination') ?? word(slots, 'poi_name') ?? word(slots, 'poi_category');
  const fits = ({ id, name, category }: Place) =>
    asked === undefined ||
    id === asked ||
    plain(name).includes(plain(asked)) ||
    plain(category) === plain(asked);
  const left = tripLeft(context, route);
  const last = left.stops.findLastIndex(fits);
  const gone = left.stops[last];
  if (!gone) return refused('navigation.stop.none');
  const stops = left.stops.toSpliced(last, 1);
  return guide('navigation.stop.remove', { ...left, stops }, command, view, gone.name);
}

/** What is left, and the next turn. */
export function overview({ leg }: NavigationContext, route: Route, view: View): NavigationPlan {
  const left = progressOn(route, view.position, leg);
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
