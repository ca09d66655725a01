/** What everything in the city is called, and how alike a spoken name is. */
import type { Place, Position } from '../../vehicle/world.ts';
import type { City } from './city.ts';
import { middleOf } from './rings.ts';
import { between, type Road, type Roads } from './roads.ts';
import { likeness, words } from './spoken-text.ts';

/** Below this two names are not the same, however alike they are. */
export const SAME = 0.8;

export interface Scored {
  readonly place: Place;
  readonly score: number;
}

interface Named<T> {
  readonly words: readonly string[];
  readonly of: T;
}

export class Gazetteer {
  readonly #roads: Roads;
  readonly #places: readonly Named<Place>[];
  readonly #streets: readonly Named<Road>[];
  readonly #byId: ReadonlyMap<string, Place>;
  readonly #weights = new Map<string, number>();
  /** Word said → word of a name → how alike they are, for one search: names share many words. */
  readonly #alike = new Map<string, Map<string, number>>();

  constructor(city: City, roads: Roads) {
    this.#roads = roads;
    const areas = city.areas.filter(({ name }) => name !== '').map((area) => areaPlace(area, roads));
    const own = new Set(city.places.map(({ name }) => name));
    // A park has its gate among the places.
    const places = [...city.places, ...areas.filter(({ name }) => !own.has(name))];
    this.#places = places.map((place) => ({ words: words(place.name), of: place }));
    this.#streets = [...roads.roads]
      .filter(({ name, streets }) => name !== '' && streets.some(({ kind }) => kind !== 'ferry'))
      .map((road) => ({ words: words(road.name), of: road }));
    this.#byId = new Map(places.map((place) => [place.id, place]));
    const counts = new Map<string, number>();
    for (const list of [...this.#places, ...this.#streets]) {
      for (const word of new Set(list.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    // A word that many names share says little: "lane", "coffee".
    for (const [word, count] of counts) this.#weights.set(word, 1 / (1 + Math.log2(count)));
  }

  /** To be called before each search: what was compared is remembered no longer than that. */
  forget(): void {
    this.#alike.clear();
  }

  /** Places proper; streets and houses are found by their names alone. */
  get places(): readonly Place[] {
    return this.#places.map(({ of }) => of);
  }

  place(id: string): Place | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    const [, kind, label = ''] = /^(street|address):(.*)$/.exec(id) ?? [];
    if (kind === 'street') {
      const road = this.#streets.find(({ of }) => of.label === label)?.of;
      return road && this.streetPlace(road);
    }
    const [, number = '', street] = /^(\S+) (.*)$/.exec(label) ?? [];
    const road = kind && this.#streets.find(({ of }) => of.label === street)?.of;
    return road ? this.house(road, number) : undefined;
  }

  /** Places called exactly so. */
  exactly(said: readonly string[]): Place[] {
    return this.#places.filter(({ words }) => words.join() === said.join()).map(({ of }) => of);
  }

  /** Places of about this name. */
  named(said: readonly string[]): Scored[] {
    return this.#places
      .map(({ words, of }) => ({ place: of, score: this.#score(said, words) }))
      .filter(({ score }) => score >= SAME);
  }

  /** Roads of about this name, best first; those that merely resemble the best are left out. */
  roads(said: readonly string[]): readonly { readonly road: Road; readonly score: number }[] {
    const found = this.#streets
      .map(({ words, of }) => ({ road: of, score: this.#score(said, words) }))
      .filter(({ score }) => score >= SAME)
      .sort((a, b) => b.score - a.score);
    const best = found[0]?.score ?? 0;
    return found.filter(({ score }) => score > best - 0.05);
  }

  /** All roads of about this name as places. */
  streetPlaces(said: readonly string[]): Scored[] {
    return this.#streets.flatMap(({ words, of }) => {
      const score = this.#score(said, words);
      // "the cathedral" is the church rather than Cathedral Street.
      const half = said.length < words.length ? 0.08 : 0;
      return score >= SAME ? [{ place: this.streetPlace(of), score: score - half }] : [];
    });
  }

  streetPlace(road: Road): Place {
    const longest = road.streets.reduce((a, b) =>
      this.#roads.lengthOf(b) > this.#roads.lengthOf(a) ? b : a,
    );
    const half = this.#roads.lengthOf(longest) / 2;
    const segments = this.#roads.segmentsOf(longest);
    const middle = segments.find(({ start, length }) => start + length >= half) ?? segments[0];
    const at: Position = middle
      ? between(
          this.#roads.position(middle.a),
          this.#roads.position(middle.b),
          (half - middle.start) / middle.length,
        )
      : this.#roads.position(0);
    return {
      id: `street:${road.label}`,
      name: road.name,
      category: 'street',
      at,
      address: road.label,
      attributes: this.#district(at),
    };
  }

  /** Undefined when the road has no such house. */
  house(road: Road, number: string): Place | undefined {
    const at = this.#roads.house(road, number);
    if (!at) return undefined;
    const name = `${number} ${road.name}`;
    const address = `${number} ${road.label}`;
    return {
      id: `address:${address}`,
      name,
      category: 'address',
      at,
      address,
      attributes: this.#district(at),
    };
  }

  #district(at: Position): Place['attributes'] {
    const district = this.#roads.districtAt(at);
    return district === undefined ? {} : { district };
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
}

/** A district, a park, or a water: where it is seen from the road. */
function areaPlace({ kind, name, ring }: City['areas'][number], roads: Roads): Place {
  const middle = middleOf(ring);
  const at =
    kind === 'district' ? middle : (roads.snap(middle, ({ kind }) => kind !== 'ferry')?.at ?? middle);
  return { id: `${kind}:${name}`, name, category: kind, at, address: roads.address(at), attributes: {} };
}
