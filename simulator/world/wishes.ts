/** "cheapest", "open now", "with fast chargers": what a place must be, and which of several comes first. */
import type { FoundPlace, Place } from '../../vehicle/world.ts';
import { categoryOf } from './categories.ts';
import { withDigits, words } from './spoken-text.ts';

export interface Wishes {
  fits(place: Place): boolean;
  /** Sort order, smallest first. */
  order(place: FoundPlace): number;
}

const HOUR = 3_600_000;

/** Open at a moment; what has no hours is always open. @param now epoch milliseconds */
export function isOpen({ attributes: { opens, closes } }: Place, now: number): boolean {
  if (typeof opens !== 'number' || typeof closes !== 'number') return true;
  const hour = (now / HOUR) % 24;
  return hour >= opens && hour < closes;
}

const numeric = (place: Place, key: string): number | undefined => {
  const value = place.attributes[key];
  return typeof value === 'number' ? value : undefined;
};
const price = (place: Place) => numeric(place, 'price') ?? numeric(place, 'priceLevel');
const stars = (place: Place) => numeric(place, 'stars') ?? numeric(place, 'rating');

type Test = (place: Place) => boolean;

/** Each phrase with what it asks for. */
const FILTERS: readonly (readonly [pattern: RegExp, test: (now: number, match: RegExpMatchArray) => Test])[] =
  [
    [
      /\b(24 hours?|24 7|all night|around clock|always open)\b/,
      () => (place) => numeric(place, 'opens') === 0 && numeric(place, 'closes') === 24,
    ],
    [/\bopen late|late night\b/, () => (place) => (numeric(place, 'closes') ?? 24) >= 23],
    [/\b(?:open|still open)\b/, (now) => (place) => isOpen(place, now)],
    [
      /\b(fast|rapid|quick|dc|high power|ultra|hyper|supercharg)/,
      () => (place) => place.category !== 'charging_station' || (numeric(place, 'power') ?? 0) >= 50,
    ],
    [
      /\b(\d+) (?:kw|kilowatts?)\b/,
      (_now, match) => (place) => (numeric(place, 'power') ?? 0) >= Number(match[1]),
    ],
    [/\bccs\b/, () => (place) => place.attributes.plug === 'CCS'],
    [/\btype 2\b/, () => (place) => place.attributes.plug === 'Type 2'],
    [
      /\b(available|free (?:stalls?|spaces?|spots?|plugs?|chargers?)|not (?:busy|full|occupied|taken)|empty|unoccupied)\b/,
      () => (place) => numeric(place, 'free') !== 0,
    ],
    [/^(free|free parking|free of charge|no charge|no fee)$/, () => (place) => price(place) === 0],
    [/\b(covered|underground|indoor|garage|roof)\b/, () => (place) => place.attributes.covered !== false],
    [
      /\b(\d) stars?\b/,
      (_now, match) => (place) =>
        (numeric(place, 'stars') ?? Math.round(numeric(place, 'rating') ?? 0)) >= Number(match[1]),
    ],
    [
      /\b(cheap|budget|inexpensive|affordable|not too expensive)\b/,
      () => (place) => (numeric(place, 'priceLevel') ?? 1) <= 2,
    ],
    [
      /\b(fancy|upscale|expensive|posh|fine)\b/,
      () => (place) => (numeric(place, 'priceLevel') ?? numeric(place, 'stars') ?? 3) >= 3,
    ],
  ];

const ORDERS: readonly (readonly [pattern: RegExp, order: (place: FoundPlace) => number])[] = [
  [
    /\b(cheap|cheaper|cheapest|lowest price|least expensive|best price|budget|affordable)\b/,
    (place) => price(place) ?? Infinity,
  ],
  [
    /\b(best|top|highest|popular|highly|good|great|nice|recommended|well rated)\b/,
    (place) => -(stars(place) ?? 0),
  ],
  [/\b(fastest|most powerful)\b/, (place) => -(numeric(place, 'power') ?? 0)],
];

/**
 * @param attributes as they were said; what means nothing here ("on the way") changes nothing
 * @param now epoch milliseconds
 */
export function wishesOf(attributes: readonly string[], now: number): Wishes {
  const said = attributes.map((text) => withDigits(words(text)).join(' '));
  const tests: Test[] = [];
  for (const text of said) {
    for (const [pattern, test] of FILTERS) {
      const match = pattern.exec(text);
      if (match) tests.push(test(now, match));
    }
    const cuisine = categoryOf(text.split(' '))?.cuisine;
    if (cuisine) tests.push((place) => place.attributes.cuisine === cuisine);
  }
  const order = ORDERS.find(([pattern]) => said.some((text) => pattern.test(text)))?.[1];
  return {
    fits: (place) => tests.every((test) => test(place)),
    // Of equals the nearest; half a kilometre more is worth nothing where something else is asked for.
    order: order ? (place) => order(place) + place.distance / 1e7 : (place) => place.distance,
  };
}
