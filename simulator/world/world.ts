/** The simulated city as the car's `World`. */
import type CheapRuler from 'cheap-ruler';
import type { Position, TrafficReport, World } from '../../vehicle/world.ts';
import type { WorldMap } from '../server/protocol.ts';
import type { City, Street } from './city.ts';
import { straightAhead } from './ahead.ts';
import { lightAt, type Light } from './lights.ts';
import { PlaceSearch } from './place-search.ts';
import { Roads } from './roads.ts';
import { RouteFinder } from './route-finder.ts';
import { Traffic } from './traffic.ts';
import { rainAt, sunAt, weatherAt } from './weather.ts';

export interface WorldOptions {
  /** Epoch milliseconds of virtual time: decides traffic and what is open. */
  readonly now: () => number;
  /** Minutes that the city's clocks are ahead of UTC: rush hour, dawn and opening hours follow them. 0 unless given. */
  readonly utcOffset?: number;
}

/** What the physics need to know of a road under the car. */
export interface RoadInfo {
  readonly name: string;
  /** Limit in km/h. */
  readonly speed: number;
  /** What the traffic allows, km/h. */
  readonly flow: number;
}

export interface Sky {
  /** Sunlight through the clouds, 0 at night to 1 at a clear noon. */
  readonly sun: number;
  /** Percent of the strongest rain (or snow, as water). */
  readonly rain: number;
}

export interface CityWorld extends World {
  /** The road nearest to a position. */
  road(at: Position): RoadInfo;
  /** Some hundred metres of road from here, straight on. @param heading degrees clockwise from north */
  ahead(at: Position, heading: number): readonly Position[];
  /** The traffic light at a point of the road, as a car sees it that comes up in a direction. @param bearing degrees clockwise from north */
  light(at: Position, bearing: number): Light | undefined;
  /** @param when epoch milliseconds */
  sky(when: number): Sky;
  /** Metres between two positions. */
  readonly ruler: CheapRuler;
}

/** Metres: as far as "the traffic here" reaches. */
const HERE = 2500;
const REPORTS = 5;

/** @param city see `loadCity` */
export function createWorld(city: City, { now, utcOffset = 0 }: WorldOptions): CityWorld {
  const roads = new Roads(city);
  const traffic = new Traffic();
  // Names are looked up only where somebody asks for a place.
  let search: PlaceSearch | undefined;
  const places = () => (search ??= new PlaceSearch(city, roads));
  let finder: RouteFinder | undefined;
  const routes = () => (finder ??= new RouteFinder(roads, traffic, city.places));

  const onTheWall = (when: number) => when + utcOffset * 60_000;
  const local = () => onTheWall(now());
  const report = (street: Street) => traffic.on(street, roads.lengthOf(street), local());
  const isNear = (street: Street, at: Position) =>
    roads.segmentsOf(street).some(({ a }) => roads.ruler.distance(roads.position(a), at) <= HERE);
  const lights = new Set(city.lights.map((node) => String(roads.position(node))));

  return {
    places: (query) => places().find(query, local()),
    place: (id) => places().place(id),
    route: (request) => routes().find(request, local()),
    alternative: (request, known) => routes().alternative(request, known, local()),
    address: (at) => roads.address(at),
    traffic(near, road): readonly TrafficReport[] {
      if (road !== undefined) return worst(roadsCalled(road, city.streets, places()).map(report));
      return worst(
        city.streets
          .filter((street) => street.kind !== 'residential' && isNear(street, near))
          .map(report)
          .filter(({ level }) => level !== 'free'),
      );
    },
    ruler: roads.ruler,
    ahead: (at, heading) => straightAhead(roads, at, heading, 600),
    weather: (_at, when) => weatherAt(city.name, onTheWall(when)),
    sky: (when) => ({
      sun: sunAt(onTheWall(when), city.centre[1]),
      rain: rainAt(onTheWall(when)),
    }),
    light: (at, bearing) => (lights.has(String(at)) ? lightAt(at, bearing) : undefined),
    road(at) {
      const street = roads.snap(at, () => true)?.segment.street;
      if (!street) return { name: '', speed: 50, flow: 50 };
      return {
        name: street.name,
        speed: street.speed,
        flow: street.speed / traffic.slowdown(street, local()),
      };
    },
  };
}

/** One report for each road, the longest delay first. */
function worst(reports: readonly TrafficReport[]): TrafficReport[] {
  const byRoad = new Map<string, TrafficReport>();
  for (const report of reports) {
    const known = byRoad.get(report.road);
    if (!known || report.delay > known.delay) byRoad.set(report.road, report);
  }
  return [...byRoad.values()].sort((a, b) => b.delay - a.delay).slice(0, REPORTS);
}

/** "the motorway" and "the highway" are whichever motorways the city has. */
function roadsCalled(road: string, streets: readonly Street[], search: PlaceSearch): readonly Street[] {
  if (/\b(motorway|highway|freeway|autobahn|ring road)\b/i.test(road)) {
    const named = search.streets(road);
    return named.length > 0 ? named : streets.filter(({ kind }) => kind === 'motorway');
  }
  return search.streets(road);
}

/** What a dashboard draws. Small bends stay: it is served once. */
export function worldMap(city: City): WorldMap {
  return {
    name: city.name,
    ...(city.attribution !== undefined && { attribution: city.attribution }),
    bounds: city.bounds,
    streets: city.streets.flatMap(({ name, kind, nodes }) =>
      kind === 'ferry' ? [] : [{ name, kind, line: nodes.map((node) => city.nodes[node] ?? city.centre) }],
    ),
    areas: city.areas,
    places: city.places,
  };
}
