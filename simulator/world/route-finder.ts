/** Ways through the city (A* of ngraph.path over the streets). */
import createGraph, { type Graph } from 'ngraph.graph';
import { aStar } from 'ngraph.path';
import type { Position, Route, RouteOption, RouteRequest } from '../../vehicle/world.ts';
import type { Street } from './city.ts';
import { describeManeuvers } from './maneuvers.ts';
import { open, type Roads, type Segment, type Snap } from './roads.ts';
import { slowdown } from './traffic.ts';

/** A stretch of road as it is driven. */
export interface Step {
  readonly street: Street;
  readonly from: Position;
  readonly to: Position;
  /** Metres. */
  readonly length: number;
  /** Milliseconds at the traffic of the request. */
  readonly duration: number;
  /** The node at its end is a junction. */
  readonly junction: boolean;
}

interface Link {
  readonly segment: Segment;
  readonly step: Step;
}

/** No avoided road is worth it while there is another way, and still it is passable. */
const AVOIDED = 1e9;
const FASTEST = 100 / 3.6;

/** Seconds lost on average at a junction at the end of a segment: looking, stopping, starting. */
const JUNCTION_DELAY: Readonly<Record<Street['kind'], number>> = {
  motorway: 0,
  primary: 3,
  secondary: 4,
  residential: 5,
  ferry: 60,
};

export class RouteFinder {
  readonly #roads: Roads;
  readonly #graph: Graph<Position, Link>;

  constructor(roads: Roads) {
    this.#roads = roads;
    this.#graph = createGraph<Position, Link>({ multigraph: true });
    roads.nodes.forEach((at, node) => this.#graph.addNode(node, at));
    for (const segment of roads.segments) {
      this.#graph.addLink(
        segment.a,
        segment.b,
        this.#link(segment, roads.position(segment.a), roads.position(segment.b), 1),
      );
      if (segment.street.oneway) continue;
      this.#graph.addLink(
        segment.b,
        segment.a,
        this.#link(segment, roads.position(segment.b), roads.position(segment.a), 1),
      );
    }
  }

  /** @param now epoch milliseconds, for the traffic */
  find({ from, stops, to, options }: RouteRequest, now: number): Route | undefined {
    const targets = [...stops, to];
    const legs: Step[][] = [];
    let start = this.#roads.snap(from, (street) => street.kind !== 'ferry');
    for (const target of targets) {
      const end = this.#roads.snap(
        target.at,
        (street) => street.kind !== 'ferry' && street.kind !== 'motorway',
      );
      if (!start || !end) return undefined;
      const leg = this.#leg(start, end, options, now);
      if (!leg) return undefined;
      legs.push(leg);
      start = end;
    }
    const steps = legs.flat();
    const first = steps[0];
    if (!first) return undefined;
    return {
      to,
      stops,
      options,
      line: [first.from, ...steps.map((step) => step.to)],
      distance: steps.reduce((sum, step) => sum + step.length, 0),
      duration: steps.reduce((sum, step) => sum + step.duration, 0),
      maneuvers: describeManeuvers(legs, targets, this.#roads.ruler),
    };
  }

  #leg(start: Snap, end: Snap, options: readonly RouteOption[], now: number): Step[] | undefined {
    const graph = this.#graph;
    const [source, target] = ['start', 'end'];
    graph.addNode(source, start.at);
    graph.addNode(target, end.at);
    try {
      for (const { from, to, link } of this.#approach(start, end)) graph.addLink(from, to, link);
      const factor = remembered((street: Street) => slowdown(street, now));
      const cost = costOf(options, factor);
      const finder = aStar(graph, {
        oriented: true,
        distance: (_from, _to, { data }) => cost(data),
        heuristic: (a, b) => costFloor(options, this.#roads.ruler.distance(open(a.data), open(b.data))),
      });
      const nodes = finder.find(source, target).reverse();
      if (nodes.length < 2) return undefined;
      return nodes.slice(1).flatMap((node, i) => {
        let best: Link | undefined;
        graph.forEachLinkedNode(
          nodes[i]?.id ?? source,
          (other, { data }) => {
            if (other.id === node.id && (!best || cost(data) < cost(best))) best = data;
          },
          true,
        );
        return best ? [{ ...best.step, duration: best.step.duration * factor(best.step.street) }] : [];
      });
    } finally {
      graph.removeNode(source);
      graph.removeNode(target);
    }
  }

  /** Links from the start to the ends of its segment, from the ends of the other to the goal, and straight across. */
  *#approach(start: Snap, end: Snap): Generator<{ from: string | number; to: string | number; link: Link }> {
    const position = (node: number) => this.#roads.position(node);
    const [s, e] = [start.segment, end.segment];
    const twoWay = (segment: Segment) => !segment.street.oneway;
    yield { from: 'start', to: s.b, link: this.#link(s, start.at, position(s.b), 1 - start.t) };
    if (twoWay(s)) yield { from: 'start', to: s.a, link: this.#link(s, start.at, position(s.a), start.t) };
    yield { from: e.a, to: 'end', link: this.#link(e, position(e.a), end.at, end.t, true) };
    if (twoWay(e))
      yield { from: e.b, to: 'end', link: this.#link(e, position(e.b), end.at, 1 - end.t, true) };
    if (s === e && (twoWay(s) || start.t <= end.t)) {
      yield {
        from: 'start',
        to: 'end',
        link: this.#link(s, start.at, end.at, Math.abs(end.t - start.t), true),
      };
    }
  }

  #link(segment: Segment, from: Position, to: Position, share: number, stops = false): Link {
    const { street } = segment;
    const length = segment.length * share;
    const end = to === this.#roads.position(segment.b) ? segment.b : segment.a;
    const junction = !stops && this.#roads.isJunction(end);
    const duration = 1000 * (length / (street.speed / 3.6) + (junction ? JUNCTION_DELAY[street.kind] : 0));
    return { segment, step: { street, from, to, length, duration, junction } };
  }
}

/** Wh to move one metre at a speed, without the climate: rolling resistance and air (a mid-size electric car). */
const energyPerMetre = (kmh: number) => 0.082 + 0.0000105 * kmh * kmh;
/** Wh lost when the car slows down and starts again at a junction. */
const ENERGY_PER_JUNCTION = 9;

function costOf(
  options: readonly RouteOption[],
  slowdownOf: (street: Street) => number,
): (link: Link) => number {
  const avoids = (street: Street) =>
    (options.includes('avoid_tolls') && street.toll === true) ||
    (options.includes('avoid_highways') && street.kind === 'motorway') ||
    (options.includes('avoid_ferries') && street.kind === 'ferry');
  return ({ step: { street, length, duration, junction } }) => {
    const penalty = avoids(street) ? AVOIDED + AVOIDED * length : 0;
    if (options.includes('shortest')) return penalty + length;
    if (options.includes('eco'))
      return penalty + length * energyPerMetre(street.speed) + (junction ? ENERGY_PER_JUNCTION : 0);
    const factor = slowdownOf(street);
    // Who avoids traffic would rather drive five minutes than stand for one.
    return penalty + duration * (options.includes('avoid_traffic') ? 1 + 5 * (factor - 1) : factor);
  };
}

/** Each value is worked out once per search. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}

/** The least that a straight line of so many metres can cost: keeps A* exact. */
function costFloor(options: readonly RouteOption[], metres: number): number {
  if (options.includes('shortest')) return metres;
  if (options.includes('eco')) return metres * energyPerMetre(0);
  return (metres / FASTEST) * 1000;
}
