/** The streets as one network: what is near, what it is called, how it hangs together. */
import CheapRuler from 'cheap-ruler';
import type { Position } from '../../vehicle/world.ts';
import { HOUSE_SPACING, type City, type Street } from './city.ts';

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

export class Roads {
  readonly ruler: CheapRuler;
  readonly nodes: readonly Position[];
  readonly streets: readonly Street[];
  readonly segments: readonly Segment[];
  /** Nodes where streets meet. */
  readonly #junctions: ReadonlySet<number>;
  readonly #byStreet: ReadonlyMap<Street, readonly Segment[]>;

  readonly #exits = new Map<number, Exit[]>();

  constructor(city: City) {
    this.ruler = new CheapRuler(city.centre[1], 'meters');
    this.nodes = city.nodes;
    this.streets = city.streets;
    const byStreet = new Map(city.streets.map((street) => [street, this.#cut(street)]));
    this.#byStreet = byStreet;
    this.segments = [...byStreet.values()].flat();
    for (const segment of this.segments) {
      if (segment.street.kind === 'ferry') continue;
      this.#addExit(segment.a, { segment, to: segment.b });
      if (!segment.street.oneway) this.#addExit(segment.b, { segment, to: segment.a });
    }
    const uses = new Map<number, number>();
    for (const { nodes } of city.streets)
      for (const node of new Set(nodes)) uses.set(node, (uses.get(node) ?? 0) + 1);
    this.#junctions = new Set([...uses].filter(([, count]) => count > 1).map(([node]) => node));
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

  isJunction(node: number): boolean {
    return this.#junctions.has(node);
  }

  segmentsOf(street: Street): readonly Segment[] {
    return this.#byStreet.get(street) ?? [];
  }

  lengthOf(street: Street): number {
    const last = this.segmentsOf(street).at(-1);
    return last ? last.start + last.length : 0;
  }

  /** Nearest point on a road that `accepts` takes; undefined when it takes none. */
  snap(at: Position, accepts: (street: Street) => boolean): Snap | undefined {
    let best: Segment | undefined;
    let gap = Infinity;
    const here = open(at);
    for (const segment of this.segments) {
      if (!accepts(segment.street)) continue;
      const away = this.ruler.pointToSegmentDistance(
        here,
        open(this.position(segment.a)),
        open(this.position(segment.b)),
      );
      if (away < gap) [best, gap] = [segment, away];
    }
    if (!best) return undefined;
    const a = this.position(best.a);
    const { point } = this.ruler.pointOnLine([open(a), open(this.position(best.b))], here);
    const t = best.length === 0 ? 0 : Math.min(1, this.ruler.distance(open(a), point) / best.length);
    return { segment: best, at: point, t, gap };
  }

  /** "12 Mill Lane" for a position; the road alone where nobody lives. */
  address(at: Position): string {
    const snap = this.snap(at, (street) => street.kind !== 'ferry');
    if (!snap) return '';
    const { segment, t } = snap;
    if (segment.street.kind === 'motorway') return segment.street.name;
    const plot = Math.floor((segment.start + t * segment.length) / HOUSE_SPACING);
    const [[ax, ay], [bx, by]] = [this.position(segment.a), this.position(segment.b)];
    const left = (bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax) > 0;
    return `${2 * plot + (left ? 1 : 2)} ${segment.street.name}`;
  }

  /** Where a house stands, at the kerb; undefined when the street is too short for its number. */
  house(street: Street, number: number): Position | undefined {
    const wanted = (Math.floor((number - 1) / 2) + 0.5) * HOUSE_SPACING;
    const segment = this.segmentsOf(street).find(
      ({ start, length }) => wanted >= start && wanted < start + length,
    );
    if (!segment || number < 1) return undefined;
    return between(
      this.position(segment.a),
      this.position(segment.b),
      (wanted - segment.start) / segment.length,
    );
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
      const length = this.ruler.distance(open(this.position(a)), open(this.position(b)));
      segments.push({ street, a, b, length, start });
      start += length;
    }
    return segments;
  }
}

/** cheap-ruler wants pairs that it may write to, though it never does. */
export const open = ([longitude, latitude]: Position): [number, number] => [longitude, latitude];

export const between = (a: Position, b: Position, t: number): Position => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];
