/** The simulated city as the car's `World`. */
import type CheapRuler from 'cheap-ruler';
import type { Position, TrafficReport, World } from '../../vehicle/world.ts';
import type { WorldMap } from '../server/protocol.ts';
import type { City, Street } from './city.ts';
import { straightAhead } from './ahead.ts';
import { PlaceSearch } from './place-search.ts';
import { Roads, open } from './roads.ts';
import { RouteFinder } from './route-finder.ts';
import { slowdown, trafficOn } from './traffic.ts';
import { weatherAt } from './weather.ts';

export interface WorldOptions {
  /** Epoch milliseconds of virtual time: decides traffic and what is open. */
  readonly now: () => number;
}

/** What the physics need to know of a road under the car. */
export interface RoadInfo {
  readonly name: string;
  /** Limit in km/h. */
  readonly speed: number;
  /** What the traffic allows, km/h. */
  readonly flow: number;
}

export interface CityWorld extends World {
  /** The road nearest to a position. */
  road(at: Position): RoadInfo;
  /** Some hundred metres of road from here, straight on. @param heading degrees clockwise from north */
  ahead(at: Position, heading: number): readonly Position[];
  /** Metres between two positions. */
  readonly ruler: CheapRuler;
}

/** Metres: as far as "the traffic here" reaches. */
const HERE = 2500;
const REPORTS = 5;

/** @param city see `loadCity` */
export function createWorld(city: City, { now }: WorldOptions): CityWorld {
  const roads = new Roads(city);
  const search = new PlaceSearch(city, roads);
  const finder = new RouteFinder(roads);

  const report = (street: Street) => trafficOn(street, roads.lengthOf(street), now());
  const isNear = (street: Street, at: Position) =>
    roads.segmentsOf(street).some(({ a }) => roads.ruler.distance(open(roads.position(a)), open(at)) <= HERE);

  return {
    places: (query) => search.find(query, now()),
    route: (request) => finder.find(request, now()),
    address: (at) => roads.address(at),
    traffic(near, road): readonly TrafficReport[] {
      if (road !== undefined) return roadsCalled(road, city.streets, search).slice(0, REPORTS).map(report);
      return city.streets
        .filter((street) => street.kind !== 'residential' && isNear(street, near))
        .map(report)
        .filter(({ level }) => level !== 'free')
        .sort((a, b) => b.delay - a.delay)
        .slice(0, REPORTS);
    },
    ruler: roads.ruler,
    ahead: (at, heading) => straightAhead(roads, at, heading, 600),
    weather: (_at, when) => weatherAt(city.name, when),
    road(at) {
      const street = roads.snap(at, () => true)?.segment.street;
      if (!street) return { name: '', speed: 50, flow: 50 };
      return { name: street.name, speed: street.speed, flow: street.speed / slowdown(street, now()) };
    },
  };
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
    bounds: city.bounds,
    streets: city.streets.flatMap(({ name, kind, nodes }) =>
      kind === 'ferry' ? [] : [{ name, kind, line: nodes.map((node) => city.nodes[node] ?? city.centre) }],
    ),
    areas: city.areas,
    places: city.places,
  };
}
