/** What the car drives on: its route, the road ahead where it has none, the road behind it in reverse. */
import type { Position, Route } from '../../vehicle/world.ts';
import { REVERSE } from './controls.ts';
import { layTrack, lengthOf, type MotionState, type Track } from './motion.ts';
import type { PhysicsState, Surroundings } from './physics.ts';

/** Milliseconds after which the traffic on the track is looked at again. */
const LOOK = 60_000;
/** A stop of the route that lies no farther ahead is where the car starts from, metres. */
const HERE = 2;

/** Lays a new track when the route has changed, or when the road laid out so far ends. */
export function onTrack(state: PhysicsState, world: Surroundings, route: Route | null): PhysicsState {
  const { motion, track, pedals, gear } = state;
  const key =
    gear === REVERSE ? BACKWARDS : route ? `${route.to.id} ${route.distance} ${route.duration}` : '';
  const isParked = pedals.mode === 'parked' && motion.speed === 0;
  const isCurrent = track?.key === key || track?.key === beyond(key);
  if (isParked) return isCurrent ? state : { ...state, track: null };
  const endsSoon = track !== null && nearEnd(motion, track);
  // Guidance is over a little before the car stands; it must not drive off again.
  if (endsSoon && pedals.mode === 'driving' && !isRoad(track)) return state;
  if (isCurrent && !endsSoon) return state.time - state.lookedAt < LOOK ? state : looked(state, world);
  if (isCurrent || !route || key === BACKWARDS) {
    const heading = gear === REVERSE ? motion.heading + 180 : motion.heading;
    const rest = route && key !== BACKWARDS ? beyond(key) : key;
    return layFrom(state, world, world.ahead(motion.at, heading), rest, []);
  }
  return layFrom(state, world, route.line, key, stopsOf(route));
}

const BACKWARDS = 'backwards';
/** Key of the road that a car takes which passes its destination. */
const beyond = (key: string) => `beyond ${key}`;
/** Is it no route, but just road? */
export const isRoad = ({ key }: Track): boolean =>
  key === '' || key === BACKWARDS || key.startsWith(beyond(''));

/** Metres along a route at which its stops lie. */
function stopsOf({ legs }: Route): number[] {
  let along = 0;
  return legs.slice(0, -1).map(({ distance }) => (along += distance));
}

function layFrom(
  state: PhysicsState,
  world: Surroundings,
  line: readonly Position[],
  key: string,
  stops: readonly number[],
): PhysicsState {
  const { motion } = state;
  const start = world.ruler.pointOnLine(
    line.map(([x, y]): [number, number] => [x, y]),
    [...motion.at],
  );
  // A route that begins elsewhere is followed from its nearest point.
  const rest: Position[] = [start.point, ...line.slice(start.index + 1)];
  const bare = layTrack(key, rest, surface(world));
  const skipped = lengthOfLine(line, world) - lengthOf(bare);
  const halts = stops.map((along) => along - skipped).filter((along) => along > HERE);
  const track = { ...bare, halts };
  return { ...state, track, lookedAt: state.time, motion: { ...motion, at: start.point, along: 0 } };
}

/** The same track in the traffic of now. */
function looked(state: PhysicsState, world: Surroundings): PhysicsState {
  const { track } = state;
  if (!track) return state;
  return {
    ...state,
    lookedAt: state.time,
    track: layTrack(track.key, track.line, surface(world), track.halts),
  };
}

const surface = (world: Surroundings) => ({
  ruler: world.ruler,
  limit: (middle: Position) => world.road(middle).flow / 3.6,
  light: (at: Position, bearing: number) => world.light(at, bearing),
});

const lengthOfLine = (line: readonly Position[], { ruler }: Surroundings) =>
  line.reduce((sum, b, i) => {
    const a = line[i - 1];
    return a ? sum + ruler.distance(a, b) : sum;
  }, 0);

/** Soon enough that the car never brakes for the end of a road that goes on. */
const nearEnd = (motion: MotionState, track: Track) =>
  lengthOf(track) - motion.along < 30 + (motion.speed * motion.speed) / 3;
