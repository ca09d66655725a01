/** Where to charge on a way that is longer than the battery lasts. */
import type { Place, Position, Route, RouteRequest } from '../../vehicle/world.ts';

/** Share of the range that is planned with: nobody wants to arrive on the last watt-hour. */
const USABLE = 0.9;
/** A road is about this much longer than the straight line. */
const WINDING = 1.3;
/** Stations of which the exact way is worked out. */
const TRIED = 4;
const MOST_STOPS = 6;
/** Metres of detour that ten minutes less at the plug are worth. */
const PATIENCE = 5000;

interface Ways {
  reach(from: Position, to: Place): Route | undefined;
  /** Metres. */
  straight(a: Position, b: Position): number;
}

/**
 * @param range see `RouteRequest`
 * @returns the stops of the request, with charging stations between them where the range asks for it; unchanged where
 *   no station helps
 */
export function chargingStops(
  { from, stops, to }: RouteRequest,
  range: NonNullable<RouteRequest['range']>,
  stations: readonly Place[],
  ways: Ways,
): readonly Place[] {
  const planned: Place[] = [];
  let at = from;
  let left = range.left * USABLE;
  for (const target of [...stops, to]) {
    let leg = ways.reach(at, target);
    while (leg && leg.distance > left) {
      const station = best(at, target, left, stations, planned, ways);
      if (!station || planned.length >= MOST_STOPS) return stops;
      planned.push(station);
      [at, left] = [station.at, range.charged * USABLE];
      leg = ways.reach(at, target);
    }
    left -= leg?.distance ?? 0;
    at = target.at;
    if (target.category === 'charging_station') left = range.charged * USABLE;
    planned.push(target);
  }
  return planned.slice(0, -1);
}

function best(
  at: Position,
  target: Place,
  left: number,
  stations: readonly Place[],
  planned: readonly Place[],
  ways: Ways,
): Place | undefined {
  const guess = (station: Place) =>
    (ways.straight(at, station.at) + ways.straight(station.at, target.at)) * WINDING + slowness(station);
  const near = stations
    .filter((station) => ways.straight(at, station.at) <= left && !planned.includes(station))
    .sort((a, b) => guess(a) - guess(b))
    .slice(0, TRIED);
  const exact = near.flatMap((station) => {
    const [there, on] = [ways.reach(at, station), ways.reach(station.at, target)];
    return there && on && there.distance <= left
      ? [{ station, cost: there.distance + on.distance + slowness(station) }]
      : [];
  });
  return exact.sort((a, b) => a.cost - b.cost)[0]?.station;
}

/** A weak plug takes long, one that is taken longer still; in metres of detour. */
function slowness({ attributes: { power, free } }: Place): number {
  const kilowatts = typeof power === 'number' ? power : 11;
  return PATIENCE * Math.min(10, 150 / kilowatts) + (free === 0 ? 2 * PATIENCE : 0);
}
