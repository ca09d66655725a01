/** The whole city from its plan and a seed. */
import { HOUSE_SPACING, type City, type Street } from '../city.ts';
import { hashUnit, mulberry32, type Random } from '../random.ts';
import { joinStreets, type DrawnStreet, type StreetNet } from './join-streets.ts';
import { pick, shuffled, streetNamer } from './names.ts';
import { DISTRICTS, EXTENT, MAIN_ROADS, PARKS, WATERS, isBlocked } from './plan.ts';
import { FIXED } from './fixed-places.ts';
import { PLACE_KINDS } from './places.ts';
import { clip, distance, inside, lengthOf, segments, type Point } from './plane.ts';
import { districtAt, traceStreets } from './trace-streets.ts';

/** Market Square, in the open North Sea: a fictional town must not sit on a real one. */
const CENTRE: Point = [3.2, 55.2];
const DEGREE_NORTH = 111_320;
const DEGREE_EAST = DEGREE_NORTH * Math.cos((CENTRE[1] * Math.PI) / 180);

const degrees = (value: number) => Math.round(value * 1e6) / 1e6;
const toPosition = ([x, y]: Point): [number, number] => [
  degrees(CENTRE[0] + x / DEGREE_EAST),
  degrees(CENTRE[1] + y / DEGREE_NORTH),
];

/** @param seed the same seed draws the same city */
export function drawCity(seed: number): City {
  const random = mulberry32(seed);
  const main: readonly DrawnStreet[] = MAIN_ROADS;
  const traced = traceStreets(
    main.filter((road) => road.kind !== 'ferry').map((road) => road.line),
    random,
  );
  const small = traced.map((line): DrawnStreet => ({ kind: 'residential', speed: 30, line }));
  const net = joinStreets([...main, ...small]);
  const streets = oneWays(nameStreets(net, random), net, random);
  return {
    name: 'Lindhaven',
    numbering: 'plots',
    bounds: [
      ...toPosition([EXTENT.west, EXTENT.south]),
      ...toPosition([EXTENT.east, EXTENT.north]),
    ] as City['bounds'] & [number, number, number, number],
    centre: toPosition([0, 0]),
    nodes: net.nodes.map(toPosition),
    lights: trafficLights(streets),
    streets,
    areas: [
      ...WATERS.map(({ name, ring }) => ({ kind: 'water' as const, name, ring: ring.map(toPosition) })),
      ...PARKS.map(({ name, ring }) => ({ kind: 'park' as const, name, ring: ring.map(toPosition) })),
      ...DISTRICTS.map(({ name, at }) => ({
        kind: 'district' as const,
        name,
        ring: districtRing(at).map(toPosition),
      })),
    ],
    places: placeAll(streets, net, random),
  };
}

/** Names that two streets bear, as the villages did that became one city: which of them is meant must be asked. */
const TWINS = ['Church Lane', 'School Lane', 'Park Street', 'Bridge Street', 'Orchard Street', 'Green Lane'];
/** Streets that examples and documents speak of; they exist however the city is drawn. */
const OLD_ACQUAINTANCES = ['Mill Lane', 'Garden Street'];
/** Metres between two streets of one name. */
const APART = 2500;

function nameStreets(net: StreetNet, random: Random): Street[] {
  const lineOf = (street: { readonly nodes: readonly number[] }) =>
    street.nodes.map((node): Point => net.nodes[node] ?? [0, 0]);
  const small = shuffled(
    net.streets.filter((street) => street.name === undefined && lengthOf(lineOf(street)) > 150),
    random,
  );
  const given = new Map<StreetNet['streets'][number], string>();
  for (const name of TWINS) {
    const first = small.find((street) => !given.has(street));
    const second = small.find(
      (street) => !given.has(street) && first && gapBetween(lineOf(first), lineOf(street)) > APART,
    );
    if (first && second) given.set(first, name).set(second, name);
  }
  for (const name of OLD_ACQUAINTANCES) {
    const street = small.find((street) => !given.has(street));
    if (street) given.set(street, name);
  }
  const taken = [...MAIN_ROADS.map((road) => road.name), ...TWINS, ...OLD_ACQUAINTANCES];
  const nameOf = streetNamer(random, taken);
  return net.streets.map((street) => {
    const line = lineOf(street);
    const inOldTown = line.some((p) => Math.hypot(p[0], p[1]) < 430);
    return {
      name: street.name ?? given.get(street) ?? nameOf(lengthOf(line), inOldTown),
      kind: street.kind,
      speed: street.kind === 'residential' && inOldTown ? 20 : street.speed,
      ...(street.toll && { toll: true }),
      nodes: [...street.nodes],
    };
  });
}

const gapBetween = (a: readonly Point[], b: readonly Point[]) => distance(a[0] ?? [0, 0], b[0] ?? [0, 0]);

/** Where main roads cross each other, and at some of the side streets of the busiest; traffic on the motorway never stops. */
function trafficLights(streets: readonly Street[]): number[] {
  const meeting = new Map<number, Set<Street>>();
  for (const street of streets)
    for (const node of street.nodes) meeting.set(node, (meeting.get(node) ?? new Set()).add(street));
  const isMain = ({ kind }: Street) => kind === 'primary' || kind === 'secondary';
  return [...meeting]
    .filter(([node, there]) => {
      const all = [...there];
      const isBusy = all.some(({ kind }) => kind === 'primary') && hashUnit('light', node) < 0.2;
      const isCrossing = all.filter(isMain).length > (isBusy ? 0 : 1);
      return isCrossing && all.length > 1 && all.every(({ kind }) => kind !== 'motorway');
    })
    .map(([node]) => node)
    .sort((a, b) => a - b);
}

/** Makes a third of the narrow streets one-way, as long as every node can still be reached from every other. */
function oneWays(streets: Street[], net: StreetNet, random: Random): Street[] {
  const result = [...streets];
  streets.forEach((street, s) => {
    const first = net.nodes[street.nodes[0] ?? 0] ?? [0, 0];
    const wanted =
      street.kind === 'residential' && random() < (Math.hypot(first[0], first[1]) < 600 ? 0.55 : 0.15);
    if (!wanted) return;
    result[s] = { ...street, oneway: true, nodes: random() < 0.5 ? street.nodes : street.nodes.toReversed() };
    if (!isStronglyConnected(result, net.nodes.length)) result[s] = street;
  });
  return result;
}

function isStronglyConnected(streets: readonly Street[], size: number): boolean {
  const reaches = (backward: boolean) => {
    const next: number[][] = Array.from({ length: size }, () => []);
    for (const { nodes, oneway } of streets) {
      for (let i = 0; i + 1 < nodes.length; i++) {
        const [a, b] = [nodes[i] ?? 0, nodes[i + 1] ?? 0];
        if (!oneway || !backward) next[a]?.push(b);
        if (!oneway || backward) next[b]?.push(a);
      }
    }
    const seen = new Set([0]);
    for (const node of seen) for (const to of next[node] ?? []) seen.add(to);
    return seen.size === size;
  };
  return reaches(false) && reaches(true);
}

/** Voronoi cell of a district's middle: every point belongs to the nearest one. */
function districtRing(at: Point): Point[] {
  const { west, south, east, north } = EXTENT;
  let cell: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  for (const other of DISTRICTS) {
    if (distance(other.at, at) === 0) continue;
    const [dx, dy] = [other.at[0] - at[0], other.at[1] - at[1]];
    cell = clip(cell, [at[0] + dx / 2, at[1] + dy / 2], [-dy, dx]);
  }
  return cell;
}

interface Site {
  readonly at: Point;
  readonly street: Street;
  readonly number: number;
  readonly district: string;
}

type Placed = City['places'][number];

/** A free spot beside a street, with its house number: odd numbers on the left, even ones on the right. */
function sites(streets: readonly Street[], net: StreetNet): Site[] {
  const found: Site[] = [];
  for (const street of streets) {
    if (street.kind === 'motorway' || street.kind === 'ferry') continue;
    let start = 0;
    for (const [a, b] of segments(street.nodes.map((node): Point => net.nodes[node] ?? [0, 0]))) {
      const length = distance(a, b);
      const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
      for (
        let plot = Math.ceil(start / HOUSE_SPACING);
        (plot + 0.5) * HOUSE_SPACING < start + length;
        plot++
      ) {
        const t = (plot + 0.5) * HOUSE_SPACING - start;
        for (const side of [1, -1]) {
          const at: Point = [a[0] + t * dx - side * 16 * dy, a[1] + t * dy + side * 16 * dx];
          const number = 2 * plot + (side === 1 ? 1 : 2);
          if (t > 0 && !isBlocked(at, 30)) found.push({ at, street, number, district: districtAt(at).name });
        }
      }
      start += length;
    }
  }
  return found;
}

function placeAll(streets: readonly Street[], net: StreetNet, random: Random): Placed[] {
  const free = shuffled(sites(streets, net), random);
  const places: Placed[] = [];
  const names = new Set<string>();
  const isTwin = (name: string) => streets.filter((street) => street.name === name).length > 1;
  const taken: Point[] = [];
  const add = (site: Site, name: string, category: string, attributes: Placed['attributes']) => {
    names.add(name);
    taken.push(site.at);
    const { number, street, district } = site;
    const middle = street.nodes[Math.floor((street.nodes.length - 1) / 2)] ?? 0;
    const part = isTwin(street.name) ? `, ${districtAt(net.nodes[middle] ?? [0, 0]).name}` : '';
    const address = `${number} ${street.name}${part}`;
    places.push({
      id: `p${places.length + 1}`,
      name,
      category,
      at: toPosition(site.at),
      address,
      attributes: { ...attributes, district },
    });
  };
  const find = (...choices: readonly ((site: Site) => boolean)[]): Site => {
    const isFree = (site: Site) => !taken.some((other) => distance(other, site.at) < 35);
    const index = choices
      .map((fits) => free.findIndex((site) => fits(site) && isFree(site)))
      .find((found) => found >= 0);
    const site = index === undefined ? undefined : free[index];
    if (!site || index === undefined)
      throw new Error('No free spot is left; let fewer places share a district.');
    free.splice(index, 1);
    return site;
  };

  add(
    find((s) => s.district === 'Linden' && s.street.kind === 'residential'),
    'Home',
    'home',
    {},
  );
  add(
    find((s) => s.district === 'Westbridge' && s.street.kind !== 'residential'),
    'Work',
    'work',
    {},
  );
  for (const kind of PLACE_KINDS) {
    let district = 0;
    for (const pattern of kind.names) {
      const only =
        FIXED[pattern] ??
        (pattern.includes('@') ? DISTRICTS[district++ % DISTRICTS.length]?.name : undefined);
      const wanted = only ?? anyDistrict(random);
      const nameAt = ({ street, district }: Site) =>
        pattern.replace('*', street.name.split(' ')[0] ?? '').replace('@', district);
      const fits = (candidate: Site) => !names.has(nameAt(candidate)) && isFitting(kind.category, candidate);
      // Where its district is full, it stands elsewhere.
      const site = find(
        (candidate) => candidate.district === wanted && fits(candidate),
        ...(only === undefined ? [fits] : []),
      );
      const name = nameAt(site);
      add(site, name, kind.category, kind.attributes(random, name));
    }
  }
  for (const { name, ring } of PARKS) {
    const gate = nearestSite(free, ring);
    if (gate) add(gate, name, 'park', { hours: '06:00-22:00' });
  }
  return places;
}

/** More places the nearer to the centre. */
function anyDistrict(random: Random): string {
  const shares = DISTRICTS.filter(({ name }) => name !== 'Skyfield').flatMap(({ name, at }) =>
    Array.from(
      { length: Math.round(1 + 6 * Math.exp(-((Math.hypot(at[0], at[1]) / 1500) ** 2))) },
      () => name,
    ),
  );
  return pick(shares, random);
}

/** Cars and big houses belong to main roads; the rest may stand anywhere. */
function isFitting(category: string, { street }: Site): boolean {
  const needsMainRoad = [
    'petrol_station',
    'rest_area',
    'hospital',
    'airport',
    'shopping_mall',
    'stadium',
    'train_station',
    'car_wash',
  ];
  return !needsMainRoad.includes(category) || street.kind !== 'residential';
}

function nearestSite(sites: readonly Site[], ring: readonly Point[]): Site | undefined {
  const middle = ring.reduce<Point>(([x, y], p) => [x + p[0] / ring.length, y + p[1] / ring.length], [0, 0]);
  const open = sites.filter((site) => !inside(ring, site.at));
  return open.reduce<Site | undefined>(
    (best, site) => (best && distance(best.at, middle) <= distance(site.at, middle) ? best : site),
    undefined,
  );
}
