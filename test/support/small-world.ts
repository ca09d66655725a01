import { metresBetween } from '../../vehicle/geometry.ts';
import { plain } from '../../vehicle/slots.ts';
import type {
  FoundPlace,
  Leg,
  Maneuver,
  Place,
  PlaceQuery,
  Position,
  Route,
  RouteRequest,
  World,
} from '../../vehicle/world.ts';

/** A town of five streets by five avenues, 200 m apart: small enough to know every answer by heart. */
const SIZE = 5;
const BLOCK = 200;
const ORIGIN: Position = [9.9, 54.3];
const STREETS = ['Mill Lane', 'Station Street', 'Market Street', 'Harbour Street', 'Hill Street'];
const AVENUES = ['First Avenue', 'Second Avenue', 'Third Avenue', 'Fourth Avenue', 'Fifth Avenue'];
/** Metres per second on every road. */
const SPEED = 50 / 3.6;
const TOLL_STREET = 2;

const METRES_PER_DEGREE = 111_320;
const scale = Math.cos((ORIGIN[1] * Math.PI) / 180);

/** Column and row of a crossing → its position. */
export function crossing(column: number, row: number): Position {
  return [
    ORIGIN[0] + (column * BLOCK) / (METRES_PER_DEGREE * scale),
    ORIGIN[1] + (row * BLOCK) / METRES_PER_DEGREE,
  ];
}

export const CENTRE = crossing(2, 2);

function place(
  id: string,
  name: string,
  category: string,
  column: number,
  row: number,
  attributes: Place['attributes'] = {},
): Place {
  const house = column * 10 + row + 1;
  return {
    id,
    name,
    category,
    at: crossing(column, row),
    address: `${house} ${STREETS[row] ?? ''}`,
    attributes,
  };
}

export const PLACES: readonly Place[] = [
  place('home', 'Home', 'home', 0, 0),
  place('work', 'Work', 'work', 4, 4),
  place('charge-1', 'Harbour Charging', 'charging_station', 3, 3, { kw: 50 }),
  place('charge-2', 'Hill Charging', 'charging_station', 0, 4, { kw: 300 }),
  place('coffee-1', 'Copper Cup', 'coffee', 2, 1),
  place('coffee-2', 'Morning Bean', 'coffee', 4, 0),
  place('garden-west', 'Garden Street', 'street', 0, 2),
  place('garden-east', 'Garden Street', 'street', 4, 2),
  place('museum', 'Ship Museum', 'museum', 1, 3),
  place('island', 'Seal Island', 'park', 40, 40),
];

interface Node {
  readonly column: number;
  readonly row: number;
}
const inTown = ({ column, row }: Node) => column >= 0 && row >= 0 && column < SIZE && row < SIZE;
const keyOf = ({ column, row }: Node) => column * 100 + row;

function nearest(at: Position): Node {
  const column = Math.round(((at[0] - ORIGIN[0]) * METRES_PER_DEGREE * scale) / BLOCK);
  const row = Math.round(((at[1] - ORIGIN[1]) * METRES_PER_DEGREE) / BLOCK);
  return { column, row };
}

/** Breadth first: every block is as long as any other. */
function way(from: Node, to: Node, avoidTolls: boolean): readonly Node[] | undefined {
  const before = new Map<number, Node | null>([[keyOf(from), null]]);
  const queue = [from];
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (keyOf(node) === keyOf(to)) break;
    const steps: readonly (readonly [number, number])[] = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ];
    for (const [x, y] of steps) {
      const next = { column: node.column + x, row: node.row + y };
      const tolled = avoidTolls && y === 0 && next.row === TOLL_STREET;
      if (!inTown(next) || tolled || before.has(keyOf(next))) continue;
      before.set(keyOf(next), node);
      queue.push(next);
    }
  }
  if (!before.has(keyOf(to))) return undefined;
  const path: Node[] = [];
  for (let node: Node | null | undefined = to; node; node = before.get(keyOf(node))) path.unshift(node);
  return path;
}

function road(a: Node, b: Node): string {
  return (a.row === b.row ? STREETS[a.row] : AVENUES[a.column]) ?? '';
}

function maneuversOf(path: readonly Node[], to: Place): readonly Maneuver[] {
  const maneuvers: Maneuver[] = [];
  for (let index = 1; index + 1 < path.length; index += 1) {
    const [a, b, c] = [path[index - 1], path[index], path[index + 1]];
    if (!a || !b || !c || road(a, b) === road(b, c)) continue;
    const left = (b.column - a.column) * (c.row - b.row) - (b.row - a.row) * (c.column - b.column) > 0;
    maneuvers.push({
      at: crossing(b.column, b.row),
      text: `turn ${left ? 'left' : 'right'} onto ${road(b, c)}`,
      distance: index * BLOCK,
    });
  }
  const last = path.at(-1);
  if (last)
    maneuvers.push({
      at: crossing(last.column, last.row),
      text: `arrive at ${to.name}`,
      distance: (path.length - 1) * BLOCK,
    });
  return maneuvers;
}

/** A world that is searched and routed for real, on a map that fits on one page. */
export class SmallWorld implements World {
  places({ text, category, attributes = [], near, limit = 5 }: PlaceQuery): readonly FoundPlace[] {
    const found = PLACES.filter((each) => {
      const kind = category === undefined || plain(each.category) === plain(category);
      const name =
        text === undefined || plain(each.name).includes(plain(text)) || plain(each.address) === plain(text);
      return kind && name && (category !== undefined || text !== undefined || attributes.length > 0);
    }).map((each) => {
      const distance = metresBetween(near, each.at);
      return { ...each, distance, why: [{ is: 'nearest' as const, distance }] };
    });
    return found.sort((a, b) => a.distance - b.distance).slice(0, limit);
  }

  place(id: string): Place | undefined {
    return PLACES.find((each) => each.id === id);
  }

  route({ from, stops, to, options }: RouteRequest): Route | undefined {
    const points = [nearest(from), ...stops.map(({ at }) => nearest(at)), nearest(to.at)];
    const path: Node[] = [];
    const legs: Leg[] = [];
    for (let index = 1; index < points.length; index += 1) {
      const [a, b] = [points[index - 1], points[index]];
      const leg = a && b && inTown(a) && inTown(b) ? way(a, b, options.includes('avoid_tolls')) : undefined;
      if (!leg) return undefined;
      const blocks = leg.length - 1;
      legs.push({ distance: blocks * BLOCK, duration: ((blocks * BLOCK) / SPEED) * 1000 });
      path.push(...(path.length > 0 ? leg.slice(1) : leg));
    }
    const distance = Math.max(0, path.length - 1) * BLOCK;
    const line = path.map(({ column, row }) => crossing(column, row));
    return {
      to,
      stops,
      options,
      line,
      times: line.map((_, index) => ((index * BLOCK) / SPEED) * 1000),
      legs,
      distance,
      duration: (distance / SPEED) * 1000,
      delay: 0,
      via: STREETS[points[0]?.row ?? 0] ?? '',
      walk: 0,
      maneuvers: maneuversOf(path, to),
    };
  }

  /** Along the avenue first, then along the street. */
  alternative(request: RouteRequest, known: Route): Route | undefined {
    const [from, to] = [nearest(request.from), nearest(request.to.at)];
    const corner = { ...request.to, at: crossing(from.column, to.row) };
    const other = this.route({ ...request, stops: [corner] });
    const isSame = other && String(other.line) === String(known.line);
    return other && !isSame && other.distance <= known.distance
      ? { ...other, stops: [], legs: [{ distance: other.distance, duration: other.duration }] }
      : undefined;
  }

  address(at: Position): string {
    const { column, row } = nearest(at);
    return `${column * 10 + row + 1} ${STREETS[row] ?? 'the fields'}`;
  }

  traffic(_near: Position, name?: string) {
    const jam = { road: 'Market Street', delay: 240_000, level: 'jam' } as const;
    const free = { road: 'Mill Lane', delay: 0, level: 'free' } as const;
    return [jam, free].filter((report) => name === undefined || plain(report.road).includes(plain(name)));
  }

  weather(_at: Position, when: number) {
    // Fair mornings, wet evenings.
    const evening = new Date(when).getUTCHours() >= 15;
    return {
      place: 'Smallville',
      condition: evening ? ('rain' as const) : ('clear' as const),
      temperature: evening ? 9 : 14,
      chanceOfRain: evening ? 80 : 5,
    };
  }
}
