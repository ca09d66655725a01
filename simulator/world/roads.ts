/** The streets as one network: what is near, what it is called, how it hangs together. */
import CheapRuler from 'cheap-ruler';
import Flatbush from 'flatbush';
import type { Position } from '../../vehicle/world.ts';
import { HOUSE_SPACING, type City, type RoadKind, type Street } from './city.ts';
import { isInside } from './rings.ts';

/** A straight piece of a street between two nodes. */
export interface Segment {
  readonly street: Street;
  /** Node ids, in the order of the street. */
  readonly a: number;
  readonly b: number;
  /** Metres. */
  readonly length: number;
  /** Metres from the start of the street to `a`. */
  readonly start: number;
}

/** A position put on the road. */
export interface Snap {
  readonly segment: Segment;
  readonly at: Position;
  /** Share of the segment from `a` to `at`. */
  readonly t: number;
  /** Metres from where it was asked. */
  readonly gap: number;
}

export interface Exit {
  readonly segment: Segment;
  readonly to: number;
}

/** Streets of one name that hang together: one street to people. */
export interface Road {
  readonly name: string;
  /** The name, with its district where another road of the city has the same. */
  readonly label: string;
  readonly streets: readonly Street[];
  /** Metres. */
  readonly length: number;
}

/** Lanes of one direction where the map does not tell. */
const LANES: Readonly<Record<RoadKind, number>> = {
  motorway: 2,
  primary: 2,
  secondary: 1,
  residential: 1,
  ferry: 1,
};
/** Metres: farther from any road nobody can be. */
const FARTHEST = 50_000;

export class Roads {
  readonly ruler: CheapRuler;
  readonly nodes: readonly Position[];
  readonly streets: readonly Street[];
  readonly segments: readonly Segment[];
  readonly lights: ReadonlySet<number>;
  readonly #city: City;
  /** Boxes around the segments, in degrees scaled to metres. */
  readonly #index: Flatbush | undefined;
  /** How many streets use a node. */
  readonly #uses: Uint16Array;
  readonly #byStreet = new Map<Street, readonly Segment[]>();
  readonly #exits = new Map<number, Exit[]>();
  #roads: ReadonlyMap<Street, Road> | undefined;

  constructor(city: City) {
    this.#city = city;
    this.ruler = new CheapRuler(city.centre[1], 'meters');
    this.nodes = city.nodes;
    this.streets = city.streets;
    this.lights = new Set(city.lights);
    this.#uses = new Uint16Array(city.nodes.length);
    const segments: Segment[] = [];
    for (const street of city.streets) {
      const cut = this.#cut(street);
      this.#byStreet.set(street, cut);
      for (const node of new Set(street.nodes)) this.#uses[node] = (this.#uses[node] ?? 0) + 1;
      for (const segment of cut) {
        segments.push(segment);
        if (street.kind === 'ferry') continue;
        this.#addExit(segment.a, { segment, to: segment.b });
        if (!street.oneway) this.#addExit(segment.b, { segment, to: segment.a });
      }
    }
    this.segments = segments;
    this.#index = this.#indexed(segments);
  }

  position(node: number): Position {
    const at = this.nodes[node];
    if (!at) throw new RangeError(`The city has no node ${node}.`);
    return at;
  }

  /** Ways out of a node that may be driven, ferries left out. */
  exits(node: number): readonly Exit[] {
    return this.#exits.get(node) ?? [];
  }

  /** Do streets meet there? */
  isJunction(node: number): boolean {
    return (this.#uses[node] ?? 0) > 1;
  }

  segmentsOf(street: Street): readonly Segment[] {
    return this.#byStreet.get(street) ?? [];
  }

  lengthOf(street: Street): number {
    const last = this.segmentsOf(street).at(-1);
    return last ? last.start + last.length : 0;
  }

  /** Nearest point on a road that `accepts` takes; undefined when it takes none. @param within metres */
  snap(at: Position, accepts: (street: Street) => boolean, within = FARTHEST): Snap | undefined {
    const nearest = (count: number, within: number) => this.#nearest(at, count, within, accepts);
    // The nearest box holds not always the nearest segment: whatever box is no farther than the best so far is looked at.
    const guess = nearest(4, within);
    return guess && nearest(Infinity, guess.gap + 0.001);
  }

  /** "12 Mill Lane" for a position; the road alone where nobody lives, empty where no road has a name. */
  address(at: Position): string {
    const snap = this.snap(at, ({ kind, name }) => kind !== 'ferry' && name !== '');
    if (!snap) return '';
    const { segment, t } = snap;
    const { street } = segment;
    const label = this.roadOf(street).label;
    if (street.kind === 'motorway') return label;
    if (this.#city.numbering === 'listed') {
      const houses = this.roadOf(street).streets.flatMap((part) => part.houses ?? []);
      const nearest = houses.reduce<{ number: string; gap: number } | undefined>((best, house) => {
        const gap = this.ruler.distance(at, house.at);
        return gap < (best?.gap ?? 60) ? { number: house.number, gap } : best;
      }, undefined);
      return nearest ? `${nearest.number} ${label}` : label;
    }
    const plot = Math.floor((segment.start + t * segment.length) / HOUSE_SPACING);
    const [[ax, ay], [bx, by]] = [this.position(segment.a), this.position(segment.b)];
    const left = (bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax) > 0;
    return `${2 * plot + (left ? 1 : 2)} ${label}`;
  }

  /** Where a house stands; undefined when the road has no such number. @param number "12", "12a" */
  house(road: Road, number: string): Position | undefined {
    if (this.#city.numbering === 'listed') {
      return road.streets
        .flatMap((street) => street.houses ?? [])
        .find((house) => house.number.toLowerCase() === number.toLowerCase())?.at;
    }
    const wanted = (Math.floor((Number(number) - 1) / 2) + 0.5) * HOUSE_SPACING;
    const [street] = road.streets;
    const segment =
      street &&
      this.segmentsOf(street).find(({ start, length }) => wanted >= start && wanted < start + length);
    if (!segment || !(Number(number) >= 1)) return undefined;
    return between(
      this.position(segment.a),
      this.position(segment.b),
      (wanted - segment.start) / segment.length,
    );
  }

  /** Lanes in the direction of travel. */
  lanesOf({ lanes, kind }: Street): number {
    return lanes ?? LANES[kind];
  }

  /** All roads, by name and by what hangs together. */
  get roads(): ReadonlySet<Road> {
    return new Set(this.#grouped().values());
  }

  roadOf(street: Street): Road {
    const road = this.#grouped().get(street);
    if (!road) throw new RangeError(`${street.name} is no street of this city.`);
    return road;
  }

  /** The district around a position; undefined between them. */
  districtAt(at: Position): string | undefined {
    return this.#city.areas.find(({ kind, ring }) => kind === 'district' && isInside(ring, at))?.name;
  }

  #grouped(): ReadonlyMap<Street, Road> {
    this.#roads ??= new Map(groupByName(this.streets).flatMap((group) => this.#road(group)));
    return this.#roads;
  }

  #road({ streets, isOnly }: NameGroup): [Street, Road][] {
    const [first] = streets;
    if (!first) return [];
    const longest = streets.reduce((a, b) => (this.lengthOf(b) > this.lengthOf(a) ? b : a));
    const middle = this.segmentsOf(longest)[Math.floor(this.segmentsOf(longest).length / 2)];
    const district = isOnly || !middle ? undefined : this.districtAt(this.position(middle.a));
    const road: Road = {
      name: first.name,
      label: district === undefined ? first.name : `${first.name}, ${district}`,
      streets,
      length: streets.reduce((sum, street) => sum + this.lengthOf(street), 0),
    };
    return streets.map((street) => [street, road]);
  }

  #addExit(node: number, exit: Exit): void {
    const known = this.#exits.get(node);
    if (known) known.push(exit);
    else this.#exits.set(node, [exit]);
  }

  #cut(street: Street): Segment[] {
    const segments: Segment[] = [];
    let start = 0;
    for (let i = 0; i + 1 < street.nodes.length; i++) {
      const [a = 0, b = 0] = [street.nodes[i], street.nodes[i + 1]];
      const length = this.ruler.distance(this.position(a), this.position(b));
      segments.push({ street, a, b, length, start });
      start += length;
    }
    return segments;
  }

  #nearest(
    at: Position,
    count: number,
    within: number,
    accepts: (street: Street) => boolean,
  ): Snap | undefined {
    const [x, y] = this.#plane(at);
    const isAccepted = (i: number) => {
      const segment = this.segments[i];
      return segment !== undefined && accepts(segment.street);
    };
    let best: Snap | undefined;
    for (const i of this.#index?.neighbors(x, y, count, within, isAccepted) ?? []) {
      const segment = this.segments[i];
      const snap = segment && this.#onto(segment, at);
      if (snap && (!best || snap.gap < best.gap)) best = snap;
    }
    return best;
  }

  #plane(at: Position): [number, number] {
    return [at[0] * this.ruler.kx, at[1] * this.ruler.ky];
  }

  #indexed(segments: readonly Segment[]): Flatbush | undefined {
    if (segments.length === 0) return undefined;
    const index = new Flatbush(segments.length);
    for (const { a, b } of segments) {
      const [[ax, ay], [bx, by]] = [this.#plane(this.position(a)), this.#plane(this.position(b))];
      index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    }
    index.finish();
    return index;
  }

  #onto(segment: Segment, at: Position): Snap {
    const [a, b] = [this.position(segment.a), this.position(segment.b)];
    const [[ax, ay], [bx, by], [x, y]] = [this.#plane(a), this.#plane(b), this.#plane(at)];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
    const gap = Math.hypot(x - ax - t * dx, y - ay - t * dy);
    return { segment, at: t === 0 ? a : t === 1 ? b : between(a, b, t), t, gap };
  }
}

interface NameGroup {
  readonly streets: readonly Street[];
  /** No other group has its name. */
  readonly isOnly: boolean;
}

/** Streets of one name fall into groups that share nodes; a street without name is alone. */
function groupByName(streets: readonly Street[]): NameGroup[] {
  const byName = new Map<string, Street[]>();
  const alone: NameGroup[] = [];
  for (const street of streets) {
    if (street.name === '') alone.push({ streets: [street], isOnly: true });
    else byName.set(street.name, [...(byName.get(street.name) ?? []), street]);
  }
  const named = [...byName.values()].flatMap((list) => {
    const groups: { streets: Street[]; nodes: Set<number> }[] = [];
    for (const street of list) {
      const touching = groups.filter(({ nodes }) => street.nodes.some((node) => nodes.has(node)));
      const merged = {
        streets: [...touching.flatMap((group) => group.streets), street],
        nodes: new Set([...touching.flatMap(({ nodes }) => [...nodes]), ...street.nodes]),
      };
      groups.splice(0, groups.length, ...groups.filter((group) => !touching.includes(group)), merged);
    }
    return groups.map((group) => ({ streets: group.streets, isOnly: groups.length === 1 }));
  });
  return [...named, ...alone];
}

export const between = (a: Position, b: Position, t: number): Position => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];
