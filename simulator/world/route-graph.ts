/** The roads as a graph of junctions, and the cheapest way through it (A* of ngraph.path). */
import createGraph, { type Graph } from 'ngraph.graph';
import { aStar } from 'ngraph.path';
import type { Position, RouteOption } from '../../vehicle/world.ts';
import type { Street } from './city.ts';
import { LIGHT_DELAY } from './lights.ts';
import type { Roads, Segment, Snap } from './roads.ts';

/** A stretch of one street, from junction to junction or from where the car starts or stops, as it is driven. */
export interface Stretch {
  readonly street: Street;
  readonly line: readonly Position[];
  /** Metres of each piece of the line. */
  readonly lengths: readonly number[];
  /** Metres. */
  readonly length: number;
  /** Milliseconds without traffic. */
  readonly duration: number;
  /** Its last point: the node there, where it is one. */
  readonly end: number | undefined;
  /** Streets meet at its end. */
  readonly junction: boolean;
}

export interface Wish {
  readonly options: readonly RouteOption[];
  /** By how much longer a street takes at the moment. */
  slowdown(street: Street): number;
  /** What somebody would rather not drive again costs so many times more. */
  readonly spurned?: { has(stretch: Stretch): boolean; readonly factor: number };
  /** Degrees clockwise from north in which a moving car leaves its start. */
  readonly heading?: number | undefined;
}

/** No avoided road is worth it while there is another way, and still it is passable. */
const AVOIDED = 1e9;
/** Milliseconds that turning round at the start costs a moving car. */
const TURN_ROUND = 90_000;

/** Seconds lost on average at a junction at the end of a stretch: looking, stopping, starting. */
const JUNCTION_DELAY: Readonly<Record<Street['kind'], number>> = {
  motorway: 0,
  primary: 2,
  secondary: 3,
  residential: 5,
  ferry: 60,
};

interface Place {
  readonly segments: readonly Segment[];
  /** Index of the segment in `segments`. */
  readonly index: number;
}

export class RouteGraph {
  readonly #roads: Roads;
  readonly #graph: Graph<Position, Stretch>;
  /** The run of segments between junctions that a segment belongs to. */
  readonly #runs = new Map<Segment, Place>();
  /** Metres per millisecond that nobody exceeds. */
  readonly #fastest: number;

  constructor(roads: Roads) {
    this.#roads = roads;
    this.#fastest = Math.max(30, ...roads.streets.map(({ speed }) => speed)) / 3600;
    this.#graph = createGraph<Position, Stretch>({ multigraph: true });
    for (const street of roads.streets) {
      for (const run of this.#cut(roads.segmentsOf(street))) {
        run.forEach((segment, index) => this.#runs.set(segment, { segments: run, index }));
        const [first, last] = [run[0], run.at(-1)];
        if (!first || !last) continue;
        for (const node of [first.a, last.b])
          if (!this.#graph.hasNode(node)) this.#graph.addNode(node, roads.position(node));
        this.#graph.addLink(first.a, last.b, this.#stretch(run, false));
        if (!street.oneway) this.#graph.addLink(last.b, first.a, this.#stretch(run, true));
      }
    }
  }

  /** The cheapest way between two points on the road; undefined when there is none. */
  search(start: Snap, end: Snap, wish: Wish): Stretch[] | undefined {
    const graph = this.#graph;
    const cost = costOf(wish);
    const [source, target] = ['start', 'end'];
    graph.addNode(source, start.at);
    graph.addNode(target, end.at);
    try {
      const backwards = new Set<Stretch>();
      for (const { from, to, stretch } of this.#approach(start, end)) {
        graph.addLink(from, to, stretch);
        if (from === source && this.#turnsRound(stretch, wish.heading)) backwards.add(stretch);
      }
      const price = (stretch: Stretch) => cost(stretch) + (backwards.has(stretch) ? TURN_ROUND : 0);
      const { ruler } = this.#roads;
      const nodes = aStar(graph, {
        oriented: true,
        distance: (_from, _to, { data }) => price(data),
        heuristic: (a, b) => this.#floor(wish.options, ruler.distance(a.data, b.data)),
      })
        .find(source, target)
        .reverse();
      if (nodes.length < 2) return undefined;
      return nodes.slice(1).flatMap((node, i) => {
        let best: Stretch | undefined;
        graph.forEachLinkedNode(
          nodes[i]?.id ?? source,
          (other, { data }) => {
            if (other.id === node.id && (!best || price(data) < price(best))) best = data;
          },
          true,
        );
        return best ? [best] : [];
      });
    } finally {
      graph.removeNode(source);
      graph.removeNode(target);
    }
  }

  /** Runs of segments that end where streets meet. */
  #cut(segments: readonly Segment[]): Segment[][] {
    const runs: Segment[][] = [];
    for (const segment of segments) {
      const run = runs.at(-1);
      if (!run || this.#roads.isJunction(segment.a)) runs.push([segment]);
      else run.push(segment);
    }
    return runs;
  }

  /** Links from the start to the ends of its run, from the ends of the other to the goal, and straight across. */
  *#approach(
    start: Snap,
    end: Snap,
  ): Generator<{ from: string | number; to: string | number; stretch: Stretch }> {
    const [s, e] = [this.#runs.get(start.segment), this.#runs.get(end.segment)];
    if (!s || !e) return;
    const twoWay = ({ segment }: Snap) => !segment.street.oneway;
    const after = this.#stretch(s.segments, false, s.index, start);
    yield { from: 'start', to: s.segments.at(-1)?.b ?? 0, stretch: after };
    if (twoWay(start)) {
      const before = this.#stretch(s.segments, true, s.index, start);
      yield { from: 'start', to: s.segments[0]?.a ?? 0, stretch: before };
    }
    yield {
      from: e.segments[0]?.a ?? 0,
      to: 'end',
      stretch: reversed(this.#stretch(e.segments, true, e.index, end)),
    };
    if (twoWay(end)) {
      const back = reversed(this.#stretch(e.segments, false, e.index, end));
      yield { from: e.segments.at(-1)?.b ?? 0, to: 'end', stretch: back };
    }
    if (s.segments !== e.segments) return;
    const ahead = s.index < e.index || (s.index === e.index && start.t <= end.t);
    if (ahead || twoWay(start))
      yield { from: 'start', to: 'end', stretch: this.#across(s, e, start, end, ahead) };
  }

  /** From a point within a run to another of the same run. */
  #across(s: Place, e: Place, start: Snap, end: Snap, ahead: boolean): Stretch {
    const [low, high] = ahead ? [s.index, e.index] : [e.index, s.index];
    const nodes = s.segments.slice(low, high).map(({ b }) => this.#roads.position(b));
    return this.#lay(
      start.segment.street,
      [start.at, ...(ahead ? nodes : nodes.reverse()), end.at],
      undefined,
    );
  }

  /** A run as it is driven: the whole, or from a point on the segment of this index to the end of the run. */
  #stretch(segments: readonly Segment[], backwards: boolean, index?: number, from?: Snap): Stretch {
    const part =
      index === undefined ? segments : backwards ? segments.slice(0, index + 1) : segments.slice(index);
    const nodes = [part[0]?.a ?? 0, ...part.map(({ b }) => b)];
    if (backwards) nodes.reverse();
    const line = nodes.map((node) => this.#roads.position(node));
    if (from) line[0] = from.at;
    return this.#lay(part[0]?.street ?? missing(), line, nodes.at(-1));
  }

  #lay(street: Street, line: readonly Position[], end: number | undefined): Stretch {
    const { ruler } = this.#roads;
    const lengths = line.slice(1).map((b, i) => ruler.distance(line[i] ?? b, b));
    const length = lengths.reduce((sum, piece) => sum + piece, 0);
    const junction = end !== undefined && this.#roads.isJunction(end);
    const delay =
      end !== undefined && this.#roads.lights.has(end)
        ? LIGHT_DELAY
        : junction
          ? 1000 * JUNCTION_DELAY[street.kind]
          : 0;
    const duration = (1000 * length) / (street.speed / 3.6) + delay;
    return { street, line, lengths, length, duration, end, junction };
  }

  #turnsRound({ line: [a, b] }: Stretch, heading: number | undefined): boolean {
    if (heading === undefined || !a || !b || a === b) return false;
    const turn = Math.abs(((this.#roads.ruler.bearing(a, b) - heading + 540) % 360) - 180);
    return turn > 100;
  }

  /** The least that a straight line of so many metres can cost: keeps A* exact. */
  #floor(options: readonly RouteOption[], metres: number): number {
    if (options.includes('shortest')) return metres;
    if (options.includes('eco')) return metres * energyPerMetre(0);
    return metres / this.#fastest;
  }
}

/** Driven the other way; it ends where nothing meets. */
function reversed(stretch: Stretch): Stretch {
  const free = (1000 * stretch.length) / (stretch.street.speed / 3.6);
  return {
    ...stretch,
    line: [...stretch.line].reverse(),
    lengths: [...stretch.lengths].reverse(),
    duration: free,
    end: undefined,
    junction: false,
  };
}

function missing(): never {
  throw new RangeError('A stretch of road needs a street.');
}

/** Wh to move one metre at a speed, without the climate: rolling resistance and air (a mid-size electric car). */
const energyPerMetre = (kmh: number) => 0.082 + 0.0000105 * kmh * kmh;
/** Wh lost when the car slows down and starts again at a junction. */
const ENERGY_PER_JUNCTION = 9;

function costOf({ options, spurned, ...wish }: Wish): (stretch: Stretch) => number {
  const has = (option: RouteOption) => options.includes(option);
  const [noTolls, noMotorways, noFerries] = [has('avoid_tolls'), has('avoid_highways'), has('avoid_ferries')];
  const [shortest, eco, noTraffic] = [has('shortest'), has('eco'), has('avoid_traffic')];
  return (stretch) => {
    const { street, length, duration, junction } = stretch;
    const avoided =
      (noTolls && street.toll === true) ||
      (noMotorways && street.kind === 'motorway') ||
      (noFerries && street.kind === 'ferry');
    const penalty = avoided ? AVOIDED + AVOIDED * length : 0;
    const dislike = spurned?.has(stretch) ? spurned.factor : 1;
    if (shortest) return penalty + length * dislike;
    if (eco)
      return (
        penalty + (length * energyPerMetre(street.speed) + (junction ? ENERGY_PER_JUNCTION : 0)) * dislike
      );
    const factor = wish.slowdown(street);
    // Who avoids traffic would rather drive five minutes than stand for one.
    return penalty + duration * (noTraffic ? 1 + 5 * (factor - 1) : factor) * dislike;
  };
}
