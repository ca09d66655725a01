import assert from 'node:assert/strict';
import { loadCity } from '../../../simulator/world/city.ts';
import { createWorld } from '../../../simulator/world/world.ts';
import { loadCatalogue } from '../../../vehicle/load.ts';
import type { Outcome } from '../../../vehicle/outcome.ts';
import { Vehicle } from '../../../vehicle/vehicle.ts';
import type { Position } from '../../../vehicle/world.ts';

const city = loadCity();
const monday = Date.UTC(2026, 10, 23, 12, 30);
const catalogue = loadCatalogue();
const named = (name: string) => city.places.find((place) => place.name === name)!;
const RANGE = 'Vehicle.Powertrain.Range';
const NAVIGATION = 'Vehicle.Cabin.Infotainment.Navigation';

/** The car in its city, without a motor: it is where it is put. */
function carAt(at: Position): Vehicle {
  const world = createWorld(city, { now: () => car.now });
  const car: Vehicle = new Vehicle({ catalogue, world, now: monday, position: at });
  return car;
}
function tell(
  car: Vehicle,
  intent: Parameters<Vehicle['execute']>[0]['intent'],
  slots: Record<string, string>,
): Outcome {
  const filled = Object.fromEntries(
    Object.entries(slots).map(([name, value]) => [name, { text: value, value }]),
  );
  return car.execute({ intent, slots: filled }, { seat: 'driver' });
}
function put(car: Vehicle, [longitude, latitude]: Position): void {
  car.senseAll([
    { path: 'Vehicle.CurrentLocation.Longitude', value: longitude },
    { path: 'Vehicle.CurrentLocation.Latitude', value: latitude },
  ]);
}

describe('guidance in the city', () => {
  it('[ROUTE-10] a short range brings charging stops into the route, and the driver is told', () => {
    const car = carAt(named('Seaview Beach').at);
    car.sense(RANGE, 4000);
    const outcome = tell(car, 'navigation.route.start', { destination: 'Lindhaven University' });
    assert.equal(outcome.code, 'navigation.route.charging');
    const [station, ...others] = car.route!.stops;
    assert.equal(station?.category, 'charging_station');
    assert.deepEqual(others, []);
    assert.ok(car.route!.legs[0]!.distance <= 4000);
    assert.deepEqual(outcome.facts.stations, [station.name]);
    car.sense(RANGE, 300_000);
    assert.equal(
      tell(car, 'navigation.route.set', { route_option: 'shortest' }).code,
      'navigation.route.set',
    );
    assert.deepEqual(car.route!.stops, [], 'a full battery needs none');
  });

  it('[ROUTE-10] where no charger is within reach the driver is told how much is missing', () => {
    const car = carAt(named('Seaview Beach').at);
    car.sense(RANGE, 50);
    const outcome = tell(car, 'navigation.route.start', { destination: 'Lindhaven University' });
    assert.equal(outcome.code, 'navigation.route.too_far');
    assert.ok(Number(outcome.facts.missing) > 0);
  });

  it('[ROUTE-18] "will I make it?" on a route is answered for the route', () => {
    const car = carAt(named('Seaview Beach').at);
    assert.equal(tell(car, 'energy.range.query', {}).code, 'energy.range.query');
    tell(car, 'navigation.route.start', { destination: 'Lindhaven University' });
    const enough = tell(car, 'energy.range.query', {});
    assert.equal(enough.code, 'energy.range.route');
    assert.equal(enough.facts.destination, 'Lindhaven University');
    car.sense(RANGE, 1000);
    assert.equal(tell(car, 'energy.range.query', {}).code, 'energy.range.route_short');
  });

  it('[ROUTE-11] asked for another way, the car takes one that differs and is not much longer', () => {
    const car = carAt(named('Seaview Beach').at);
    tell(car, 'navigation.route.start', { destination: 'Lindhaven University' });
    const first = car.route!;
    const outcome = tell(car, 'navigation.route.set', {});
    assert.equal(outcome.code, 'navigation.route.alternative');
    const second = car.route!;
    assert.notDeepEqual(second.line, first.line);
    assert.ok(second.duration <= 1.5 * first.duration);
    assert.deepEqual(second.to, first.to);
    assert.equal(outcome.facts.via, second.via);
  });

  it('[ROUTE-13] a way there and back is followed leg by leg; its stop is reached, then its end', () => {
    const home = named('Home').at;
    const car = carAt(home);
    tell(car, 'navigation.route.start', { destination: 'Home', waypoint: 'Lindhaven Zoo' });
    const route = car.route!;
    const [out = { distance: 0 }] = route.legs;
    assert.equal(car.read(`${NAVIGATION}.RemainingDistance`).value, Math.round(route.distance));
    // Where both legs use the same road, the car is on the way out at first.
    put(car, route.line[3]!);
    assert.ok(Number(car.read(`${NAVIGATION}.RemainingDistance`).value) > route.distance - out.distance);
    put(
      car,
      route.line.find((_, i) => route.times[i]! >= route.legs[0]!.duration - 1)!,
    );
    assert.ok(
      Number(car.read(`${NAVIGATION}.RemainingDistance`).value) <= route.distance - out.distance + 31,
    );
    assert.ok(car.route);
    put(car, route.line.at(-1)!);
    assert.equal(car.route, null);
  });

  it('[ROUTE-14] a destination beside the road is driven to as near as the road leads; one far out is refused', () => {
    const car = carAt(city.centre);
    // The middle of the bay is not far from its shore; the open sea is.
    const bay = tell(car, 'navigation.route.start', { destination: 'Linden Bay' });
    assert.equal(bay.status, 'done');
    const world = createWorld(city, { now: () => monday });
    const at: Position = [3.24, 55.187];
    const water = { ...named('Home'), id: 'point', name: 'The water', at };
    const route = world.route({ from: city.centre, to: water, stops: [], options: [] });
    assert.ok(route && route.walk > 150 && route.walk <= 1500, String(route?.walk));
    const sea = { ...water, at: [3.4, 55.1] as const };
    assert.equal(world.route({ from: city.centre, to: sea, stops: [], options: [] }), undefined);
  });

  it('[ROUTE-15] an ambiguous street is asked about, and its id chooses', () => {
    const car = carAt(city.centre);
    const outcome = tell(car, 'navigation.route.start', { destination: 'church lane' });
    assert.ok(outcome.status === 'needs' && outcome.choices.length === 2);
    const [, far] = outcome.choices;
    const slots = { destination: { text: 'church lane', value: far!.id } };
    assert.equal(car.execute({ intent: 'navigation.route.start', slots }, { seat: 'driver' }).status, 'done');
    assert.equal(car.route?.to.id, far!.id);
  });

  it('[ROUTE-16] a car that moves is not told to turn round at once', () => {
    const world = createWorld(city, { now: () => monday });
    const from = named('Westbridge Station').at;
    let turned = 0;
    for (const to of city.places.slice(0, 40)) {
      const east = world.route({ from, to, stops: [], options: [], heading: 90 });
      const [a, b] = [east!.line[0]!, east!.line.find((point) => String(point) !== String(east!.line[0]))!];
      const away = Math.abs(((world.ruler.bearing(a, b) - 90 + 540) % 360) - 180);
      if (away > 100) turned++;
    }
    assert.ok(turned <= 2, `${turned} of 40 began with a turn`);
  });

  it('[ROUTE-17] times and legs add up to the route', () => {
    const world = createWorld(city, { now: () => Date.UTC(2026, 10, 23, 8, 10) });
    const stops = [named('Lindhaven Zoo'), named('Opera House')];
    const route = world.route({ from: named('Home').at, to: named('Work'), stops, options: [] })!;
    const sum = (key: 'distance' | 'duration') => route.legs.reduce((total, leg) => total + leg[key], 0);
    assert.ok(Math.abs(sum('distance') - route.distance) < 0.01);
    assert.ok(Math.abs(sum('duration') - route.duration) < 0.01);
    assert.equal(route.times.length, route.line.length);
    assert.ok(Math.abs(route.times.at(-1)! - route.duration) < 0.01);
    assert.ok(route.times.every((time, i) => time >= (route.times[i - 1] ?? 0)));
    assert.ok(route.delay > 0 && route.delay < route.duration);
    assert.ok(city.streets.some(({ name }) => name === route.via));
  });
});
