/** From what somebody says to places on the map. */
import type { FoundPlace, Place, PlaceQuery, Position } from '../../vehicle/world.ts';
import { categoryOf, type Wanted } from './categories.ts';
import type { City, Street } from './city.ts';
import { between, open, type Roads } from './roads.ts';
import { likeness, withDigits, words } from './spoken-text.ts';
import { wishesOf } from './wishes.ts';

/** Below this two names are not the same, however alike they are. */
const SAME = 0.8;
const LIMIT = 5;
/** Metres: "near the station". */
const NEAR = 1500;

interface Named {
  readonly words: readonly string[];
  readonly place: Place;
}

export class PlaceSearch {
  readonly #roads: Roads;
  readonly #named: readonly Named[];
  readonly #streets: readonly { readonly words: readonly string[]; readonly street: Street }[];
  readonly #weights = new Map<string, number>();
  /** Word said → word of a name → how alike they are, for one search: names share many words. */
  readonly #alike = new Map<string, Map<string, number>>();

  constructor(city: City, roads: Roads) {
    this.#roads = roads;
    const districts = city.areas
      .filter(({ kind }) => kind === 'district')
      .map((area) => districtPlace(area, roads));
    const named = [...city.places, ...districts];
    this.#named = named.map((place) => ({ words: words(place.name), place }));
    this.#streets = city.streets
      .filter(({ kind }) => kind !== 'ferry')
      .map((street) => ({ words: words(street.name), street }));
    const counts = new Map<string, number>();
    for (const list of [...this.#named, ...this.#streets]) {
      for (const word of new Set(list.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    // A word that many names share says little: "lane", "coffee".
    for (const [word, count] of counts) this.#weights.set(word, 1 / (1 + Math.log2(count)));
  }

  /** @param now epoch milliseconds, for opening hours */
  find(query: PlaceQuery, now: number): readonly FoundPlace[] {
    this.#alike.clear();
    // "fast charger", "24 hour pharmacy": the kind may carry a wish; a name never does.
    const kinds = [query.category, query.text]
      .filter((text) => text !== undefined)
      .filter((text) => categoryOf(words(text)));
    const wishes = wishesOf([...(query.attributes ?? []), ...kinds], now);
    const anchor = this.#anchorOf(query.attributes ?? [], query.near);
    const candidates = this.#candidates(query, anchor?.at ?? query.near);
    const near = anchor?.at ?? query.near;
    return candidates
      .map(({ place, score }) => ({ place: { ...place, distance: this.#distance(near, place.at) }, score }))
      .filter(({ place }) => wishes.fits(place) && (!anchor || anchor.holds(place)))
      .sort((a, b) => b.score - a.score || wishes.order(a.place) - wishes.order(b.place))
      .slice(0, query.limit ?? LIMIT)
      .map(({ place }) => ({ ...place, distance: this.#distance(query.near, place.at) }));
  }

  /** Streets of about this name, best first; those that merely resemble the best are left out. */
  streets(name: string): readonly Street[] {
    const wanted = words(name);
    const found = this.#streets
      .map(({ words, street }) => ({ street, score: this.#score(wanted, words) }))
      .filter(({ score }) => score >= SAME)
      .sort((a, b) => b.score - a.score);
    const best = found[0]?.score ?? 0;
    return found.filter(({ score }) => score > best - 0.05).map(({ street }) => street);
  }

  #candidates({ text, category }: PlaceQuery, near: Position): Scored[] {
    const said = text === undefined ? [] : words(text);
    const wanted = category === undefined ? undefined : this.#category(category);
    if (said.length === 0) {
      if (wanted) return this.#ofKind(wanted);
      return category === undefined ? [] : this.#byText(words(category), near);
    }
    const found = this.#byText(said, near);
    if (!wanted) return found;
    // A name and a kind: the name decides, the kind chooses among its bearers.
    const both = found.filter(({ place }) => isOfKind(place, wanted));
    return both.length > 0 ? both : found;
  }

  #category(text: string): Wanted | undefined {
    return categoryOf(words(text.replaceAll('_', ' ')));
  }

  #ofKind(wanted: Wanted): Scored[] {
    return this.#named
      .filter(({ place }) => isOfKind(place, wanted))
      .map(({ place }) => ({ place, score: 1 }));
  }

  /** A kind of place, an address, a name, or one of these beside another. */
  #byText(said: readonly string[], near: Position): Scored[] {
    const exact = this.#named.filter(({ words }) => words.join() === said.join());
    if (exact.length > 0) return exact.map(({ place }) => ({ place, score: 2 }));
    const kind = categoryOf(said);
    if (kind) return this.#ofKind(kind);
    const address = this.#addresses(said);
    if (address) return address;
    const names = [...this.#byName(said), ...this.#byStreet(said)];
    const best = names.reduce((top, { score }) => Math.max(top, score), 0);
    if (names.length > 0) return names.filter(({ score }) => score >= best - 0.1);
    return this.#beside(said, near);
  }

  #byName(said: readonly string[]): Scored[] {
    return this.#named
      .map(({ words, place }) => ({ place, score: this.#score(said, words) }))
      .filter(({ score }) => score >= SAME);
  }

  #byStreet(said: readonly string[]): Scored[] {
    return this.#streets.flatMap(({ words, street }) => {
      const score = this.#score(said, words);
      // "the cathedral" is the church rather than Cathedral Street.
      const half = said.length < words.length ? 0.08 : 0;
      return score >= SAME ? [{ place: this.#streetPlace(street), score: score - half }] : [];
    });
  }

  /** "12 mill lane", "mill lane twelve"; undefined when there is no number in it. An empty list when there is no such house. */
  #addresses(said: readonly string[]): Scored[] | undefined {
    const parts = withDigits(said).filter((word) => word !== 'number');
    const [first, last] = [parts[0] ?? '', parts.at(-1) ?? ''];
    const number = /^\d+$/.test(first) ? first : /^\d+$/.test(last) ? last : undefined;
    if (number === undefined || parts.length < 2) return undefined;
    const rest = number === first ? parts.slice(1) : parts.slice(0, -1);
    return this.streets(rest.join(' '))
      .slice(0, 3)
      .flatMap((street, rank) => {
        const at = this.#roads.house(street, Number(number));
        if (!at) return [];
        const address = `${number} ${street.name}`;
        return [
          {
            place: {
              id: `address:${address}`,
              name: address,
              category: 'address',
              at,
              address,
              attributes: {},
            },
            score: 1 - rank / 10,
          },
        ];
      });
  }

  /** "pizza near work", "hotel in old town", "harbour coffee on mill lane". */
  #beside(said: readonly string[], near: Position): Scored[] {
    for (let i = said.length - 2; i > 0; i--) {
      if (!BESIDE.has(said[i] ?? '')) continue;
      const anchor = this.#anchorOf([said.slice(i).join(' ')], near);
      if (!anchor) continue;
      const found = this.#byText(said.slice(0, i), near).filter(({ place }) => anchor.holds(place));
      return found.map(({ place, score }) => ({
        place,
        score: score - this.#distance(anchor.at, place.at) / 1e6,
      }));
    }
    return [];
  }

  #anchorOf(attributes: readonly string[], near: Position): Anchor | undefined {
    for (const text of attributes) {
      const [first, ...said] = words(text).filter((word) => word !== 'close' && word !== 'next');
      if (!first || !BESIDE.has(first) || said.length === 0) continue;
      const found = this.#byText(said, near).map(({ place, score }) => ({
        place,
        score: score - this.#distance(near, place.at) / 1e5,
      }));
      const [best] = found.sort((a, b) => b.score - a.score);
      if (!best) continue;
      const { place } = best;
      const reach = place.category === 'district' ? 900 : NEAR;
      const holds = (other: Place) =>
        other.id !== place.id &&
        (place.category === 'street'
          ? other.address.endsWith(place.name)
          : this.#distance(place.at, other.at) <= reach);
      return { at: place.at, holds };
    }
    return undefined;
  }

  /** 0 to 1: how much of both names is in the other, rare words first. */
  #score(said: readonly string[], name: readonly string[]): number {
    if (said.length === 0 || name.length === 0) return 0;
    const [a, b] = [said.join(''), name.join('')];
    if (a === b) return 1;
    const weight = (word: string) => this.#weights.get(word) ?? 1;
    const cover = (from: readonly string[], to: readonly string[], alike: typeof likeness) => {
      const total = from.reduce((sum, word) => sum + weight(word), 0);
      return (
        from.reduce(
          (sum, word) => sum + weight(word) * Math.max(...to.map((other) => alike(word, other))),
          0,
        ) / total
      );
    };
    const heard = (word: string, other: string) => this.#likeness(word, other);
    const ofSaid = cover(said, name, heard);
    const ofName = cover(name, said, (other, word) => heard(word, other));
    // What was said must be there; a name may be longer than people care to say.
    const apart = 0.7 * ofSaid + 0.3 * ofName;
    // Words run together or torn apart by the recogniser: "water front".
    return Math.max(
      ofSaid < 0.75 || ofName < 0.45 ? 0 : apart,
      Math.abs(a.length - b.length) <= 2 ? 0.97 * likeness(a, b) : 0,
    );
  }

  #likeness(word: string, other: string): number {
    let row = this.#alike.get(word);
    if (!row) this.#alike.set(word, (row = new Map<string, number>()));
    const value = row.get(other) ?? likeness(word, other);
    row.set(other, value);
    return value;
  }

  #streetPlace(street: Street): Place {
    const segments = this.#roads.segmentsOf(street);
    const half = this.#roads.lengthOf(street) / 2;
    const middle = segments.find(({ start, length }) => start + length >= half) ?? segments[0];
    const at: Position = middle
      ? between(
          this.#roads.position(middle.a),
          this.#roads.position(middle.b),
          (half - middle.start) / middle.length,
        )
      : this.#roads.position(0);
    return {
      id: `street:${street.name}`,
      name: street.name,
      category: 'street',
      at,
      address: street.name,
      attributes: {},
    };
  }

  #distance(a: Position, b: Position): number {
    return this.#roads.ruler.distance(open(a), open(b));
  }
}

interface Scored {
  readonly place: Place;
  readonly score: number;
}

interface Anchor {
  readonly at: Position;
  holds(place: Place): boolean;
}

const BESIDE = new Set('near in by on around at beside opposite from nearby along'.split(' '));

const isOfKind = ({ category, attributes }: Place, wanted: Wanted) =>
  category === wanted.category && (wanted.cuisine === undefined || attributes.cuisine === wanted.cuisine);

function districtPlace({ name, ring }: City['areas'][number], roads: Roads): Place {
  const at = ring.reduce<Position>(([x, y], p) => [x + p[0] / ring.length, y + p[1] / ring.length], [0, 0]);
  return {
    id: `district:${name}`,
    name,
    category: 'district',
    at,
    address: roads.address(at),
    attributes: {},
  };
}
