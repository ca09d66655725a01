import type { Command } from '../command.ts';
import type { Facts } from '../outcome.ts';
import { clockTime } from '../time.ts';
import { plain, word } from '../slots.ts';
import type { FoundPlace, Place, Position, Reason } from '../world.ts';
import type { NavigationContext, NavigationEvent } from './navigation.ts';
import { askedPlace, placesFor, wantedPlace } from './navigation-places.ts';
import { progressOn } from './navigation-progress.ts';
import { known } from './navigation-trip.ts';
import { answered, done, refused, type Plan, type View } from './plan.ts';
import { shownDistance } from './units.ts';

/** Questions about places, times, distances, traffic, and "save this place". */
export function planPlaces(command: Command, view: View, context: NavigationContext): Plan<NavigationEvent> {
  const { intent, slots } = command;
  switch (intent) {
    case 'navigation.poi.query':
      return findPlaces(command, view, context);
    case 'navigation.location.query':
      return answered('navigation.location.query', { address: view.world.address(view.position) });
    case 'navigation.location.add':
      return save(word(slots, 'destination'), view);
    case 'navigation.traffic.query':
      return traffic(command, view, context);
    default:
      return journey(command, view, context);
  }
}

function findPlaces({ slots }: Command, view: View, context: NavigationContext): Plan<never> {
  const text = word(slots, 'poi_name') ?? word(slots, 'destination');
  const attributes = slots.poi_attribute ? [slots.poi_attribute.value].flat().map(String) : [];
  const { along } = known(context, view);
  const found = placesFor({ text, category: word(slots, 'poi_category'), attributes, along }, view);
  const [best] = found;
  if (!best) return refused('navigation.no_place', { query: askedPlace(slots) ?? 'none' });
  const facts = {
    count: found.length,
    name: best.name,
    address: best.address,
    ...shownDistance(best.distance, view),
  };
  return {
    ...answered('navigation.poi.query', {
      ...facts,
      ...reasons(best, view),
      names: found.map(({ name }) => name),
      ids: found.map(({ id }) => id),
    }),
    choices: found,
  };
}

/** Why a place is the best of those found, as facts; `none` where something did not matter. */
function reasons({ why, category }: FoundPlace, view: View): Facts {
  const of = <K extends Reason['is']>(is: K) =>
    why.find((reason): reason is Reason & { is: K } => reason.is === is);
  const metres = (distance: number | undefined) => {
    const shown = distance === undefined ? undefined : shownDistance(distance, view);
    return shown ? { by: shown.distance, unit: shown.unit } : { by: 'none', unit: 'none' };
  };
  const detour = metres(of('on the way')?.detour);
  return {
    until: of('open')?.until ?? (of('open') ? 'always' : 'none'),
    price: of('price')?.price ?? (of('cheap') ? 'low' : 'none'),
    per: category,
    rating: of('rated')?.rating ?? 'none',
    power: of('fast')?.power ?? 'none',
    free: of('free')?.free ?? 'none',
    near: of('near')?.place ?? 'none',
    detour: detour.by,
    detourUnit: detour.unit,
  };
}

function save(name: string | undefined, view: View): Plan<NavigationEvent> {
  const at = view.position;
  const address = view.world.address(at);
  const label = name ?? address;
  const place: Place = {
    id: `saved:${plain(label)}`,
    name: label,
    category: 'saved',
    at,
    address,
    attributes: {},
  };
  return done('navigation.location.add', { name: label, address }, { event: { type: 'save', place } });
}

function traffic({ slots }: Command, view: View, { route }: NavigationContext): Plan<never> {
  const road = word(slots, 'road') ?? word(slots, 'destination');
  const reports = view.world.traffic(view.position, road);
  const worst = reports.reduce<(typeof reports)[number] | undefined>(
    (a, b) => (!a || b.delay > a.delay ? b : a),
    undefined,
  );
  const where = road ?? (route ? route.to.name : 'here');
  if (!worst || worst.level === 'free') return answered('navigation.traffic.free', { where });
  return answered('navigation.traffic.query', {
    road: worst.road,
    level: worst.level,
    minutes: Math.max(1, Math.round(worst.delay / 60_000)),
  });
}

/** "When will I be there", "how far is it": along the route being followed, or to a place asked about. */
function journey({ intent, slots }: Command, view: View, context: NavigationContext): Plan<never> {
  const { route, leg } = context;
  const about = intent === 'navigation.eta.query' ? 'navigation.eta.query' : 'navigation.distance.query';
  const answer = (name: string, metres: number, duration: number): Plan<never> => {
    const minutes = Math.max(1, Math.round(duration / 60_000));
    return answered(about, {
      destination: name,
      minutes,
      arrival: clockTime(view.now + duration, view.utcOffset),
      ...shownDistance(metres, view),
    });
  };
  if (askedPlace(slots) === undefined) {
    if (!route) return refused('navigation.no_route');
    const left = progressOn(route, view.position, leg);
    return answer(route.to.name, left.distance, left.duration);
  }
  const place = wantedPlace(slots, view, known(context, view));
  if ('code' in place) return place;
  let from: Position = view.position;
  if (slots.origin) {
    const origin = wantedPlace({ destination: slots.origin }, view, known(context, view));
    if ('code' in origin) return origin;
    from = origin.at;
  }
  const way = view.world.route({ from, stops: [], to: place, options: [] });
  return way
    ? answer(place.name, way.distance, way.duration)
    : refused('navigation.no_road', { destination: place.name });
}
