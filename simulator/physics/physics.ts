/** The simulated car's body: moves, warms up and uses energy in fixed steps of virtual time. */
import type CheapRuler from 'cheap-ruler';
import type { Position, Route, WeatherReport } from '../../vehicle/world.ts';
import { sunAt } from '../world/weather.ts';
import { stepBattery, type BatteryState } from './battery.ts';
import { ZONES, stepCabin, type CabinState, type Zone } from './cabin.ts';
import { isAtEnd, layTrack, stepMotion, type MotionState, type Track } from './motion.ts';
import {
  cabinInputs,
  isAwake,
  isTrue,
  number,
  zonePath,
  type Readings,
  type SensorWrite,
} from './readings.ts';
import { sensed } from './sensors.ts';

/** Milliseconds of one step. */
export const STEP = 100;

/** What the physics ask of the world; `createWorld` gives it. */
export interface Surroundings {
  readonly ruler: CheapRuler;
  road(at: Position): { readonly speed: number; readonly flow: number };
  ahead(at: Position, heading: number): readonly Position[];
  weather(at: Position, when: number): WeatherReport;
  places(query: { readonly category: string; readonly near: Position; readonly limit: number }): readonly {
    readonly distance: number;
    readonly attributes: Readonly<Record<string, string | number | boolean>>;
  }[];
}

export interface PhysicsOptions {
  readonly world: Surroundings;
  /** The route that is being guided, if any. */
  readonly route: () => Route | null;
  /** Where the car stands at first. */
  readonly at: Position;
  /** Epoch milliseconds of virtual time at the start. */
  readonly now: number;
}

/** `parked`: stands. `driving`: follows the route, or the road, as traffic allows. `held`: keeps one speed. */
export type Pedals =
  | { readonly mode: 'parked' }
  | { readonly mode: 'driving' }
  | { readonly mode: 'held'; readonly kmh: number };

/** Plain data; `restorePhysics` goes on from it exactly. */
export interface PhysicsState {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Milliseconds asked for that did not fill a step yet. */
  readonly owed: number;
  readonly pedals: Pedals;
  readonly track: Track | null;
  readonly motion: MotionState;
  /** Milliseconds in motion, and driven metres at the start of this trip. */
  readonly trip: { readonly time: number; readonly from: number };
  readonly cabin: CabinState;
  readonly battery: BatteryState | null;
  /** What was measured last; whatever else a reading says, somebody else has set it. */
  readonly said: Readonly<Record<string, SensorWrite['value']>>;
}

export interface Physics {
  /**
   * Lets time pass.
   * @param read the car's signals at the start of the step
   * @param ms at least 0; ten steps of 100 ms and one of 1000 ms come to the same
   * @returns the sensor values that are other than `read` says
   */
  step(read: Readings, ms: number): readonly SensorWrite[];
  /** Drives along the route of the car, or just along the road when there is none; parks at the end of a route. */
  drive(): void;
  /** Keeps one speed, in km/h, whatever the road allows. */
  hold(kmh: number): void;
  /** Brakes and parks. */
  park(): void;
  readonly state: PhysicsState;
}

export function createPhysics({ at, now, ...surroundings }: PhysicsOptions): Physics {
  const zones = Object.fromEntries(ZONES.map((zone) => [zone, 20])) as Record<Zone, number>;
  return restorePhysics(surroundings, {
    time: now,
    owed: 0,
    pedals: { mode: 'parked' },
    track: null,
    motion: { at, heading: 0, speed: 0, acceleration: 0, lateral: 0, along: 0, driven: 0 },
    trip: { time: 0, from: 0 },
    cabin: { zones, power: 0 },
    battery: null,
    said: {},
  });
}

/** @param from what `Physics.state` was */
export function restorePhysics(
  options: Pick<PhysicsOptions, 'world' | 'route'>,
  from: PhysicsState,
): Physics {
  const { world } = options;
  let state = from;
  const set = (pedals: Pedals) => {
    const starts = state.pedals.mode === 'parked' && pedals.mode !== 'parked';
    state = { ...state, pedals, trip: starts ? { time: 0, from: state.motion.driven } : state.trip };
  };
  return {
    get state() {
      return state;
    },
    drive: () => {
      set({ mode: 'driving' });
    },
    hold: (kmh) => {
      set({ mode: 'held', kmh });
    },
    park: () => {
      set({ mode: 'parked' });
    },
    step(read, ms) {
      state = { ...adopt(state, read), owed: state.owed + ms };
      while (state.owed >= STEP) state = advance(state, read, world, options.route());
      const measured = sensed(state, read, world.weather(state.motion.at, state.time));
      state = { ...state, said: Object.fromEntries(measured.map(({ path, value }) => [path, value])) };
      return measured.filter(({ path, value }) => read(path)?.value !== value);
    },
  };
}

const LATITUDE = 'Vehicle.CurrentLocation.Latitude';
const LONGITUDE = 'Vehicle.CurrentLocation.Longitude';
const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const CHARGE = `${BATTERY}.StateOfCharge.Current`;
const CONSUMPTION = 'Vehicle.Powertrain.AverageConsumption';

/** A sensor that says other than was measured last was set by somebody: the car is there now, as warm, as full. */
function adopt(state: PhysicsState, read: Readings): PhysicsState {
  const isNew = (path: string) => read(path) !== undefined && read(path)?.value !== state.said[path];
  const { motion, cabin } = state;
  const zones = Object.fromEntries(
    ZONES.map((zone) => [zone, isNew(zonePath(zone)) ? number(read, zonePath(zone), 20) : cabin.zones[zone]]),
  ) as Record<Zone, number>;
  const capacity = number(read, `${BATTERY}.NetCapacity`, 77);
  const battery =
    state.battery === null || isNew(CHARGE)
      ? {
          power: 0,
          consumption: number(read, CONSUMPTION, 16.7) / 100,
          ...state.battery,
          energy: (number(read, CHARGE, 72) / 100) * capacity,
        }
      : state.battery;
  const isMoved = LATITUDE in state.said && (isNew(LATITUDE) || isNew(LONGITUDE));
  const at: Position = isMoved
    ? [number(read, LONGITUDE, motion.at[0]), number(read, LATITUDE, motion.at[1])]
    : motion.at;
  return {
    ...state,
    motion: { ...motion, at },
    track: isMoved ? null : state.track,
    cabin: { ...cabin, zones },
    battery,
  };
}

function advance(
  before: PhysicsState,
  read: Readings,
  world: Surroundings,
  route: Route | null,
): PhysicsState {
  const state = onTrack(before, world, route);
  const { motion, pedals, track } = state;
  const cabin = stepCabin(
    state.cabin,
    cabinInputs(read, {
      outside: world.weather(motion.at, state.time).temperature,
      sun: sunAt(state.time),
      speed: motion.speed,
    }),
    STEP,
  );
  const moved = track
    ? stepMotion(motion, { track, ...controls(read, state) }, world.ruler, STEP)
    : { ...motion, speed: 0, acceleration: 0 };
  const battery =
    state.battery &&
    stepBattery(
      state.battery,
      {
        capacity: number(read, `${BATTERY}.NetCapacity`, 77),
        speed: moved.speed,
        acceleration: moved.acceleration,
        load: cabin.power,
        regeneration: number(read, 'Vehicle.Powertrain.RegenerationLevel', 67) / 100,
        charger: chargerAt(read, world, motion.at),
      },
      STEP,
    );
  const arrived =
    track !== null &&
    track.key !== '' &&
    pedals.mode === 'driving' &&
    moved.speed === 0 &&
    isAtEnd(moved, track);
  return {
    ...state,
    time: state.time + STEP,
    owed: state.owed - STEP,
    motion: moved,
    cabin,
    battery,
    pedals: arrived ? { mode: 'parked' } : pedals,
    trip: { ...state.trip, time: state.trip.time + (moved.speed > 0 ? STEP : 0) },
  };
}

/** Lays a new track when the route has changed, or when the road laid out so far ends. */
function onTrack(state: PhysicsState, world: Surroundings, route: Route | null): PhysicsState {
  const { motion, track, pedals } = state;
  const key = route ? `${route.to.id} ${route.distance} ${route.duration}` : '';
  const isParked = pedals.mode === 'parked' && motion.speed === 0;
  const isCurrent = track?.key === key || track?.key === beyond(key);
  if (isParked) return isCurrent ? state : { ...state, track: null };
  const endsSoon = track !== null && nearEnd(motion, track);
  // Guidance is over a little before the car stands; it must not drive off again.
  if (endsSoon && pedals.mode === 'driving' && !isRoad(track)) return state;
  if (isCurrent && !endsSoon) return state;
  if (isCurrent || !route)
    return layFrom(state, world, world.ahead(motion.at, motion.heading), route ? beyond(key) : '');
  return layFrom(state, world, route.line, key);
}

/** Key of the road that a car takes which passes its destination. */
const beyond = (key: string) => `beyond ${key}`;
const isRoad = ({ key }: Track) => key === '' || key.startsWith(beyond(''));

function layFrom(
  state: PhysicsState,
  world: Surroundings,
  line: readonly Position[],
  key: string,
): PhysicsState {
  const { motion } = state;
  const start = world.ruler.pointOnLine(
    line.map(([x, y]): [number, number] => [x, y]),
    [...motion.at],
  );
  // A route that begins elsewhere is followed from its nearest point.
  const rest: Position[] = [start.point, ...line.slice(start.index + 1)];
  const track = layTrack(key, rest, world.ruler, (middle) => world.road(middle).flow / 3.6);
  return { ...state, track, motion: { ...motion, at: start.point, along: 0 } };
}

/** Soon enough that the car never brakes for the end of a road that goes on. */
const nearEnd = (motion: MotionState, { marks }: Track) =>
  (marks.at(-1) ?? 0) - motion.along < 30 + (motion.speed * motion.speed) / 3;

const VIGOUR: Readonly<Record<string, number>> = {
  ECONOMY: 1.5,
  NORMAL: 2.1,
  SPORT: 3.2,
  SNOW: 1.2,
  RAIN: 1.5,
};

function controls(
  read: Readings,
  { pedals, motion }: PhysicsState,
): { hold: number | undefined; limit: number; vigour: number } {
  const limiter = isTrue(read, 'Vehicle.ADAS.SpeedLimiter.IsEnabled')
    ? number(read, 'Vehicle.ADAS.SpeedLimiter.SpeedSet', 200) / 3.6
    : Infinity;
  const cruise = isTrue(read, 'Vehicle.ADAS.CruiseControl.IsActive')
    ? number(read, 'Vehicle.ADAS.CruiseControl.SpeedSet', 200) / 3.6
    : undefined;
  const canStart =
    motion.speed > 0 || (isAwake(read) && !isTrue(read, 'Vehicle.Powertrain.Transmission.IsDriveInhibited'));
  const hold =
    pedals.mode === 'parked' || !canStart
      ? 0
      : pedals.mode === 'held'
        ? (cruise ?? pedals.kmh / 3.6)
        : undefined;
  const mode = read('Vehicle.Powertrain.Transmission.PerformanceMode')?.value;
  return {
    hold,
    limit: Math.min(limiter, pedals.mode === 'driving' ? (cruise ?? Infinity) : Infinity),
    vigour: VIGOUR[String(mode)] ?? 2.1,
  };
}

/** Watts at the plug: of the charging station that the car stands at, else of a wall box. */
function chargerAt(read: Readings, world: Surroundings, at: Position): number {
  if (!isTrue(read, `${BATTERY}.Charging.IsCharging`)) return 0;
  const [station] = world.places({ category: 'charging_station', near: at, limit: 1 });
  const power = station && station.distance < 80 ? Number(station.attributes.power ?? 11) : 11;
  return 1000 * Math.min(power, number(read, `${BATTERY}.Charging.MaxPower`, 150));
}
