import type { Slots } from '../command.ts';
import { metresBetween } from '../geometry.ts';
import { atoms, plain, word } from '../slots.ts';
import type { FoundPlace, Place, Position, RouteOption } from '../world.ts';
import { needs, refused, type Plan, type View } from './plan.ts';

/** Places of one name closer together than this are one place to a driver, metres. */
const SAME_PLACE = 250;
const CHOICES = 5;

/** What a search for places knows besides the words. */
export interface Known {
  /** Places that the driver has saved under a name. */
  readonly saved: readonly Place[];
  /** What lies ahead on the route that is followed. */
  readonly along?: readonly Position[];
}

interface Wish {
  readonly text?: string | undefined;
  readonly category?: string | undefined;
  readonly attributes?: readonly string[];
  readonly along?: readonly Position[] | undefined;
}

export function placesFor(
  { text, category, attributes = [], along }: Wish,
  view: View,
  limit = CHOICES,
): readonly FoundPlace[] {
  return view.world.places({
    near: view.position,
    limit,
    ...(text !== undefined && { text }),
    ...(category !== undefined && { category }),
    ...(attributes.length > 0 && { attributes }),
    ...(along && { along }),
  });
}

/** What was asked for, in the speaker's words. */
export function askedPlace(slots: Slots): string | undefined {
  const slot = slots.destination ?? slots.poi_name ?? slots.poi_category ?? slots.poi_attribute;
  return slot?.text;
}

/**
 * The place that somebody wants to go to.
 * Several places of the same name, far apart, are a question; anything else is the best match. A choice among them
 * comes back as the place's id in the slot's value, beside the same text.
 */
export function wantedPlace(slots: Slots, view: View, { saved, along }: Known): Place | Plan<never> {
  const name = word(slots, 'destination') ?? word(slots, 'poi_name');
  const category = word(slots, 'poi_category');
  const attributes = atoms(slots.poi_attribute).map(String);
  if (name === undefined && category === undefined && attributes.length === 0)
    return needs('destination', 'navigation.where_to');
  const own = saved.find((place) => name !== undefined && plain(place.name) === plain(name));
  if (own) return own;
  const chosen = chosenPlace(slots.destination ?? slots.poi_name, view);
  if (chosen) return chosen;
  const found = placesFor({ text: name, category, attributes, along }, view);
  const [best] = found;
  if (best) {
    const twins = name === undefined || attributes.length > 0 ? [] : sameNamed(best, found);
    return twins.length > 1
      ? needs(
          'destination',
          'navigation.which_place',
          { name: best.name, addresses: twins.map(({ address }) => address) },
          twins,
        )
      : best;
  }
  return refused('navigation.no_place', { query: askedPlace(slots) ?? 'none' });
}

/** One of several places that was pointed out: its id is the slot's value, beside the words. */
function chosenPlace(slot: Slots['destination'], view: View): Place | undefined {
  return slot && typeof slot.value === 'string' && slot.value !== slot.text
    ? view.world.place(slot.value)
    : undefined;
}

function sameNamed(best: FoundPlace, found: readonly FoundPlace[]): readonly FoundPlace[] {
  const named = found.filter((place) => plain(place.name) === plain(best.name));
  return named.filter((place, index) =>
    named.slice(0, index).every((other) => metresBetween(other.at, place.at) > SAME_PLACE),
  );
}

export function routeOptions(slots: Slots): readonly RouteOption[] {
  return atoms(slots.route_option) as readonly RouteOption[];
}
