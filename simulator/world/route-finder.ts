/** Ways through the city. */
import type { Leg, Place, Position, Route, RouteOption, RouteRequest } from '../../vehicle/world.ts';
import { chargingStops } from './charging-stops.ts';
import type { Street } from './city.ts';
import { describeManeuvers, type Step } from './maneuvers.ts';
import type { Roads, Snap } from './roads.ts';
import { RouteGraph, type Stretch, type Wish } from './route-graph.ts';
import type { Traffic } from './traffic.ts';

/** Metres: a destination farther from any road cannot be driven to. */
const BESIDE_ROAD = 1500;
/** An alternative may take so much longer, and share so much of its length with the way it replaces. */
const LONGER = 1.5;
const SHARED = 0.75;
/** Dislikes of the known way that are tried for another one, the mildest first. */
const DISLIKES = [1.5, 3];

export class RouteFinder {
  readonly #roads: Roads;
  readonly #traffic: Traffic;
  readonly #graph: RouteGraph;
  readonly #stations: readonly Place[];

  /** @param places of the city; its charging stations are where a car may charge */
  constructor(roads: Roads, traffic: Traffic, places: readonly Place[]) {
    this.#roads = roads;
    this.#traffic = traffic;
    this.#graph = new RouteGraph(roads);
    this.#stations = places.filter(({ category }) => category === 'charging_station');
  }

  /** @param local see `openAt`, for the traffic */
  find(request: RouteRequest, local: number): Route | undefined {
    const route = this.#plain(request, local);
    if (!route || !request.range) return route;
    const stops = chargingStops(request, request.range, this.#stations, {
      reach: (from, to) => this.#plain({ ...request, from, stops: [], to }, local),
      straight: (a, b) => this.#roads.ruler.distance(a, b),
    });
    return stops.length === request.stops.length ? route : this.#plain({ ...request, stops }, local);
  }

  /** Another good way; undefined when every other is much longer or nearly the same. */
  alternative(request: RouteRequest, known: Route, local: number): Route | undefined {
    const points = new Set(known.line.map(String));
    const has = ({ line }: Stretch) => line.every((point) => points.has(String(point)));
    for (const factor of DISLIKES) {
      const other = this.#plain(request, local, { has, factor });
      if (
        other &&
        other.duration <= LONGER * known.duration &&
        sharedLength(other, points, this.#roads) < SHARED
      )
        return other;
    }
    return undefined;
  }

  #plain(
    { from, stops, to, options, heading }: RouteRequest,
    local: number,
    spurned?: Wish['spurned'],
  ): Route | undefined {
    const targets = [...stops, to];
    const slowdown = (street: Street) => this.#traffic.slowdown(street, local);
    const legs: Step[][] = [];
    let start = this.#snap(from, ({ kind }) => kind !== 'ferry');
    let walk = 0;
    for (const [i, target] of targets.entries()) {
      const end = this.#snap(target.at, ({ kind }) => kind !== 'ferry' && kind !== 'motorway');
      if (!start || !end) return undefined;
      const stretches = this.#graph.search(start, end, {
        options,
        slowdown,
        ...(spurned && { spurned }),
        ...(i === 0 && { heading }),
      });
      if (!stretches) return undefined;
      legs.push(stretches.flatMap((stretch) => this.#steps(stretch, slowdown)));
      [start, walk] = [end, end.gap];
    }
    return this.#route(legs, { targets, stops, to, options, walk });
  }

  #snap(at: Position, accepts: (street: Street) => boolean): Snap | undefined {
    const snap = this.#roads.snap(at, accepts);
    return snap && snap.gap <= BESIDE_ROAD ? snap : undefined;
  }

  /** The pieces of a stretch; what its end costs is paid on the last. */
  #steps(stretch: Stretch, slowdown: (street: Street) => number): Step[] {
    const { street, line, lengths, length, duration, junction, end } = stretch;
    const factor = slowdown(street);
    const free = (1000 * length) / (street.speed / 3.6);
    return lengths.map((piece, i) => {
      const isLast = i === lengths.length - 1;
      const plain = length === 0 ? 0 : (free * piece) / length;
      const wait = isLast ? duration - free : 0;
      return {
        street,
        from: line[i] ?? [0, 0],
        to: line[i + 1] ?? [0, 0],
        length: piece,
        duration: (plain + wait) * factor,
        delay: (plain + wait) * (factor - 1),
        end: isLast ? end : undefined,
        junction: isLast && junction,
      };
    });
  }

  #route(
    legs: readonly (readonly Step[])[],
    {
      targets,
      walk,
      ...asked
    }: {
      readonly targets: readonly Place[];
      readonly stops: readonly Place[];
      readonly to: Place;
      readonly options: readonly RouteOption[];
      readonly walk: number;
    },
  ): Route | undefined {
    const steps = legs.flat();
    const first = steps[0];
    if (!first) return undefined;
    const times = [0];
    for (const { duration } of steps) times.push((times.at(-1) ?? 0) + duration);
    return {
      ...asked,
      line: [first.from, ...steps.map((step) => step.to)],
      times,
      legs: legs.map((leg): Leg => ({ distance: sum(leg, 'length'), duration: sum(leg, 'duration') })),
      distance: sum(steps, 'length'),
      duration: sum(steps, 'duration'),
      delay: sum(steps, 'delay'),
      via: mainRoad(steps),
      walk,
      maneuvers: describeManeuvers(legs, targets, this.#roads),
    };
  }
}

const sum = (steps: readonly Step[], key: 'length' | 'duration' | 'delay') =>
  steps.reduce((total, step) => total + step[key], 0);

function mainRoad(steps: readonly Step[]): string {
  const lengths = new Map<string, number>();
  for (const { street, length } of steps)
    if (street.name !== '') lengths.set(street.name, (lengths.get(street.name) ?? 0) + length);
  return [...lengths].reduce((best, road) => (road[1] > best[1] ? road : best), ['', 0])[0];
}

/** Share of a route's length that leads through the points of another. */
function sharedLength({ line, distance }: Route, points: ReadonlySet<string>, { ruler }: Roads): number {
  const shared = line.reduce((total, b, i) => {
    const a = line[i - 1];
    return a && points.has(String(a)) && points.has(String(b)) ? total + ruler.distance(a, b) : total;
  }, 0);
  return distance === 0 ? 1 : shared / distance;
}
