/** "cheapest", "open now", "with fast chargers": what a place must be, and which of several comes first. */
import type { FoundPlace, Place, Reason } from '../../vehicle/world.ts';
import { categoryOf } from './categories.ts';
import { isAlways, openAt, parseHours } from './opening-hours.ts';
import { withDigits, words } from './spoken-text.ts';

/** A place that is being weighed: with its distance, and with the detour where a route is followed. */
export type Candidate = Omit<FoundPlace, 'why'>;

export interface Wishes {
  fits(place: Candidate): boolean;
  /** Sort order, smallest first. */
  order(place: Candidate): number;
  /** The wishes that a place fulfils, in the order in which they decide. */
  reasons(place: Candidate): Reason[];
  /** It should lie on the way. */
  readonly isOnTheWay: boolean;
}

/** @param local see `openAt` */
export function openness(
  { attributes: { hours } }: Place,
  local: number,
): Pick<FoundPlace, 'open' | 'closes'> {
  const week = typeof hours === 'string' ? parseHours(hours) : undefined;
  if (!week) return {};
  const { open, closesIn } = openAt(week, local);
  if (closesIn === undefined) return { open };
  return { open, closes: new Date(local + closesIn * 60_000).toISOString().slice(11, 16) };
}

const numeric = (place: Place, key: string): number | undefined => {
  const value = place.attributes[key];
  return typeof value === 'number' ? value : undefined;
};
const price = (place: Place) => numeric(place, 'price') ?? numeric(place, 'priceLevel');
const stars = (place: Place) => numeric(place, 'stars') ?? numeric(place, 'rating');
const alwaysOpen = ({ attributes: { hours } }: Place) => {
  const week = typeof hours === 'string' ? parseHours(hours) : undefined;
  return week !== undefined && isAlways(week);
};

interface Wish {
  fits(place: Candidate): boolean;
  why?: (place: Candidate) => Reason | undefined;
}

const number = (place: Place, key: string, reason: (value: number) => Reason): Reason | undefined => {
  const value = numeric(place, key);
  return value === undefined ? undefined : reason(value);
};
const isOpen: Wish = {
  // Where nobody knows, it may be open.
  fits: ({ open }) => open !== false,
  why: ({ open, closes }) =>
    open ? { is: 'open', ...(closes !== undefined && { until: closes }) } : undefined,
};
const fast = (place: Place) => number(place, 'power', (power) => ({ is: 'fast', power }));
const free = (place: Place) => number(place, 'free', (free) => ({ is: 'free', free }));
const rated = (place: Place) => number(place, 'rating', (rating) => ({ is: 'rated', rating }));
const priced = (place: Place): Reason | undefined =>
  number(place, 'price', (price) => ({ is: 'price', price })) ??
  number(place, 'priceLevel', () => ({ is: 'cheap' }));
const plug = (wanted: string): Wish => ({
  fits: (place) => place.attributes.plug === wanted,
  why: () => ({ is: 'plug', plug: wanted }),
});

/** Each phrase with what it asks for. */
const FILTERS: readonly (readonly [pattern: RegExp, wish: Wish | ((match: RegExpMatchArray) => Wish)])[] = [
  [
    /\b(24 hours?|24 7|all night|around clock|always open)\b/,
    { fits: alwaysOpen, why: () => ({ is: 'open' }) },
  ],
  [
    /\bopen late|late night\b/,
    {
      fits: ({ open, closes }) =>
        open !== undefined && (closes === undefined || closes >= '23' || closes < '05'),
    },
  ],
  [/\b(?:open|still open)\b/, isOpen],
  [
    /\b(fast|rapid|quick|dc|high power|ultra|hyper|supercharg)/,
    {
      fits: (place) => place.category !== 'charging_station' || (numeric(place, 'power') ?? 0) >= 50,
      why: fast,
    },
  ],
  [
    /\b(\d+) (?:kw|kilowatts?)\b/,
    ([, power]) => ({ fits: (place) => (numeric(place, 'power') ?? 0) >= Number(power), why: fast }),
  ],
  [/\bccs\b/, plug('CCS')],
  [/\btype 2\b/, plug('Type 2')],
  [/\bchademo\b|\bcha ?de ?mo\b/, plug('CHAdeMO')],
  [
    /\b(available|free (?:stalls?|spaces?|spots?|plugs?|chargers?)|not (?:busy|full|occupied|taken)|empty|unoccupied)\b/,
    { fits: (place) => numeric(place, 'free') !== 0, why: free },
  ],
  [
    /^(free|free parking|free of charge|no charge|no fee)$/,
    { fits: (place) => price(place) === 0, why: priced },
  ],
  [
    /\b(covered|underground|indoor|garage|roof)\b/,
    { fits: (place) => place.attributes.covered !== false, why: () => ({ is: 'covered' }) },
  ],
  [
    /\b(\d) stars?\b/,
    ([, wanted]) => ({
      fits: (place) =>
        (numeric(place, 'stars') ?? Math.round(numeric(place, 'rating') ?? 0)) >= Number(wanted),
      why: rated,
    }),
  ],
  [
    /\b(cheap|budget|inexpensive|affordable|not too expensive)\b/,
    { fits: (place) => (numeric(place, 'priceLevel') ?? 1) <= 2, why: priced },
  ],
  [
    /\b(fancy|upscale|expensive|posh|fine)\b/,
    { fits: (place) => (numeric(place, 'priceLevel') ?? numeric(place, 'stars') ?? 3) >= 3 },
  ],
];

interface Order {
  by(place: Candidate): number;
  why(place: Candidate): Reason | undefined;
}

const ORDERS: readonly (readonly [pattern: RegExp, order: Order])[] = [
  [
    /\b(cheap|cheaper|cheapest|lowest price|least expensive|best price|budget|affordable)\b/,
    { by: (place) => price(place) ?? Infinity, why: priced },
  ],
  [
    /\b(best|top|highest|popular|highly|good|great|nice|recommended|well rated)\b/,
    { by: (place) => -(stars(place) ?? 0), why: rated },
  ],
  [/\b(fastest|most powerful)\b/, { by: (place) => -(numeric(place, 'power') ?? 0), why: fast }],
];

/** In words without articles, see `words`. */
const ON_THE_WAY = /\b(?:on|along) (?:our |this )?(?:way|route|road)\b|\ben route\b|\bwithout detour\b/;

/** "on the way", "along the route". @param text lower case, without articles */
export const isOnTheWay = (text: string): boolean => ON_THE_WAY.test(text);

const NEAREST: Order = {
  by: ({ distance }) => distance,
  why: ({ distance }) => ({ is: 'nearest', distance: Math.round(distance) }),
};
const BY_DETOUR: Order = {
  by: ({ detour, distance }) => detour ?? distance,
  why: ({ detour }) => (detour === undefined ? undefined : { is: 'on the way', detour: Math.round(detour) }),
};

/** @param attributes as they were said; what means nothing here changes nothing */
export function wishesOf(attributes: readonly string[]): Wishes {
  const said = attributes.map((text) => withDigits(words(text)).join(' '));
  const onTheWay = said.some(isOnTheWay);
  const wishes: Wish[] = [];
  for (const text of said) {
    for (const [pattern, wish] of FILTERS) {
      const match = pattern.exec(text);
      if (match) wishes.push(typeof wish === 'function' ? wish(match) : wish);
    }
    const cuisine = categoryOf(text.split(' '))?.cuisine;
    if (cuisine)
      wishes.push({
        fits: (place) => place.attributes.cuisine === cuisine,
        why: () => ({ is: 'cuisine', cuisine }),
      });
  }
  const asked = ORDERS.find(([pattern]) => said.some((text) => pattern.test(text)))?.[1];
  const near = onTheWay ? BY_DETOUR : NEAREST;
  const first = asked ?? near;
  return {
    isOnTheWay: onTheWay,
    fits: (place) => wishes.every((wish) => wish.fits(place)),
    // Of equals the nearest.
    order: (place) => (asked ? asked.by(place) + near.by(place) / 1e7 : near.by(place)),
    reasons: (place) => unique([first.why(place), ...wishes.map(({ why }) => why?.(place)), near.why(place)]),
  };
}

/** Each kind of reason once. */
function unique(reasons: readonly (Reason | undefined)[]): Reason[] {
  const kinds = new Map<string, Reason>();
  for (const reason of reasons) if (reason && !kinds.has(reason.is)) kinds.set(reason.is, reason);
  return [...kinds.values()];
}
