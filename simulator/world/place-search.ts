/** From what somebody says to places on the map. */
import type { FoundPlace, Place, PlaceQuery, Position, Reason } from '../../vehicle/world.ts';
import { categoryOf, type Wanted } from './categories.ts';
import type { City, Street } from './city.ts';
import { Gazetteer, type Scored } from './gazetteer.ts';
import type { Roads } from './roads.ts';
import { withDigits, words } from './spoken-text.ts';
import { isOnTheWay, openness, wishesOf, type Candidate } from './wishes.ts';

const LIMIT = 5;
/** Metres: "near the station". */
const NEAR = 1500;
/** Metres of detour up to which a place lies on the way; a way there and back is longer than straight lines. */
const ON_THE_WAY = 2500;
const ROUNDABOUT = 1.3;

export class PlaceSearch {
  readonly #roads: Roads;
  readonly #names: Gazetteer;

  constructor(city: City, roads: Roads) {
    this.#roads = roads;
    this.#names = new Gazetteer(city, roads);
  }

  /** @param local see `openAt`, for opening hours */
  find(query: PlaceQuery, local: number): readonly FoundPlace[] {
    this.#names.forget();
    // "fast charger", "24 hour pharmacy": the kind may carry a wish; a name never does.
    const kinds = [query.category, query.text]
      .filter((text) => text !== undefined)
      .filter((text) => categoryOf(words(text)));
    const wishes = wishesOf([...(query.attributes ?? []), ...kinds]);
    const anchor = this.#anchorOf(query.attributes ?? [], query.near);
    const near = anchor?.at ?? query.near;
    const along = wishes.isOnTheWay ? query.along : undefined;
    return this.#candidates(query, near)
      .map(({ place, beside, ...found }) => ({
        ...found,
        candidate: this.#candidate(place, near, local, along),
        beside: beside ?? anchor,
      }))
      .filter(({ candidate, beside }) => wishes.fits(candidate) && (!beside || beside.holds(candidate)))
      .filter(({ candidate: { detour } }) => detour === undefined || detour <= ON_THE_WAY)
      .sort((a, b) => b.score - a.score || wishes.order(a.candidate) - wishes.order(b.candidate))
      .slice(0, query.limit ?? LIMIT)
      .map(({ candidate, byKind, beside }) => ({
        ...candidate,
        distance: this.#distance(query.near, candidate.at),
        why: [
          { is: byKind ? 'kind' : 'name' } as const,
          ...(beside ? [this.#besideIt(beside, candidate)] : []),
          ...wishes.reasons(candidate).filter(({ is }) => !beside || is !== 'nearest'),
        ],
      }));
  }

  place(id: string): Place | undefined {
    return this.#names.place(id);
  }

  /** Streets of about this name, best first. */
  streets(name: string): readonly Street[] {
    return this.#names.roads(words(name)).flatMap(({ road }) => road.streets);
  }

  #candidate(place: Place, near: Position, local: number, along: readonly Position[] | undefined): Candidate {
    return {
      ...place,
      distance: this.#distance(near, place.at),
      ...openness(place, local),
      ...(along && { detour: this.#detour(along, place.at) }),
    };
  }

  /** Metres there and back from the nearest point of a line. */
  #detour(line: readonly Position[], at: Position): number {
    const gap = line.reduce((best, b, i) => {
      const a = line[i - 1];
      return a ? Math.min(best, this.#roads.ruler.pointToSegmentDistance([...at], [...a], [...b])) : best;
    }, Infinity);
    return 2 * ROUNDABOUT * gap;
  }

  #candidates({ text, category }: PlaceQuery, near: Position): Found[] {
    const said = text === undefined ? [] : words(text);
    const wanted = category === undefined ? undefined : categoryOf(words(category.replaceAll('_', ' ')));
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

  #ofKind(wanted: Wanted): Found[] {
    return this.#names.places
      .filter((place) => isOfKind(place, wanted))
      .map((place) => ({ place, score: 1, byKind: true }));
  }

  /** A kind of place, an address, a name, or one of these beside another. */
  #byText(said: readonly string[], near: Position): Found[] {
    const exact = this.#names.exactly(said);
    if (exact.length > 0) return exact.map((place) => ({ place, score: 2 }));
    const kind = categoryOf(said);
    if (kind) return this.#ofKind(kind);
    const part = this.#districtIn(said);
    if (part) {
      const { district } = part;
      const found = this.#byText(part.rest, near).filter(
        ({ place }) => place.attributes.district === district || place.address.endsWith(`, ${district}`),
      );
      if (found.length > 0) return found;
    }
    const address = this.#addresses(said);
    if (address) return address;
    const names = [...this.#names.named(said), ...this.#names.streetPlaces(said)];
    const best = names.reduce((top, { score }) => Math.max(top, score), 0);
    if (names.length > 0) return names.filter(({ score }) => score >= best - 0.1);
    return this.#beside(said, near);
  }

  /** "12 mill lane", "mill lane twelve"; undefined when there is no number in it. An empty list when there is no such house. */
  #addresses(said: readonly string[]): Found[] | undefined {
    const parts = withDigits(said).filter((word) => word !== 'number');
    const [first, last] = [parts[0] ?? '', parts.at(-1) ?? ''];
    const number = [first, last].find((word) => /^\d+[a-z]?$/.test(word));
    if (number === undefined || parts.length < 2) return undefined;
    const rest = number === first ? parts.slice(1) : parts.slice(0, -1);
    const roads = this.#names.roads(rest);
    const [best] = roads;
    return roads.slice(0, 5).flatMap(({ road, score }) => {
      const place = this.#names.house(road, number);
      // Roads of one name are equals; one that only sounds like it is not.
      return place ? [{ place, score: road.name === best?.road.name ? 1 : score - 0.1 }] : [];
    });
  }

  /** "church lane, northfield", "12 church lane in northfield": the district tells one of two from the other. */
  #districtIn(
    said: readonly string[],
  ): { readonly rest: readonly string[]; readonly district: string } | undefined {
    for (const { name, category } of this.#names.places) {
      if (category !== 'district') continue;
      const ending = words(name);
      const rest = said.slice(0, -ending.length);
      if (rest.length > 0 && said.slice(-ending.length).join(' ') === ending.join(' '))
        return { rest: rest.at(-1) === 'in' ? rest.slice(0, -1) : rest, district: name };
    }
    return undefined;
  }

  /** "pizza near work", "hotel in old town", "harbour coffee on mill lane". */
  #beside(said: readonly string[], near: Position): Found[] {
    for (let i = said.length - 2; i > 0; i--) {
      if (!BESIDE.has(said[i] ?? '')) continue;
      const anchor = this.#anchorOf([said.slice(i).join(' ')], near);
      if (!anchor) continue;
      return this.#byText(said.slice(0, i), near)
        .filter(({ place }) => anchor.holds(place))
        .map((found) => ({
          ...found,
          score: found.score - this.#distance(anchor.at, found.place.at) / 1e6,
          beside: anchor,
        }));
    }
    return [];
  }

  #anchorOf(attributes: readonly string[], near: Position): Anchor | undefined {
    for (const text of attributes) {
      const plain = words(text);
      if (isOnTheWay(plain.join(' '))) continue;
      const [first, ...rest] = plain.filter((word) => word !== 'close' && word !== 'next');
      // "near work that is open": what follows is another wish.
      const clause = rest.findIndex((word) => CLAUSE.has(word));
      const said = clause < 0 ? rest : rest.slice(0, clause);
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
          ? other.address.endsWith(place.address)
          : place.category === 'district' && other.attributes.district !== undefined
            ? other.attributes.district === place.name
            : this.#distance(place.at, other.at) <= reach);
      return { name: place.name, at: place.at, holds };
    }
    return undefined;
  }

  #besideIt({ name, at }: Anchor, place: Place): Reason {
    return { is: 'near', place: name, distance: Math.round(this.#distance(at, place.at)) };
  }

  #distance(a: Position, b: Position): number {
    return this.#roads.ruler.distance(a, b);
  }
}

interface Found extends Scored {
  /** Not by its name. */
  readonly byKind?: boolean;
  /** It was asked for beside something else. */
  readonly beside?: Anchor;
}

interface Anchor {
  readonly name: string;
  readonly at: Position;
  holds(place: Place): boolean;
}

const CLAUSE = new Set('that thats which with who whose where and but'.split(' '));
const BESIDE = new Set('near in by on around at beside opposite from nearby along'.split(' '));

const isOfKind = ({ category, attributes }: Place, wanted: Wanted) =>
  category === wanted.category && (wanted.cuisine === undefined || attributes.cuisine === wanted.cuisine);
