import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createPhysics,
  restorePhysics,
  type Physics,
  type PhysicsState,
} from '../../../simulator/physics/physics.ts';
import type { Reading } from '../../../simulator/physics/readings.ts';
import { loadCity } from '../../../simulator/world/city.ts';
import { createWorld } from '../../../simulator/world/world.ts';
import { loadCatalogue } from '../../../vehicle/load.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import type { Route } from '../../../vehicle/world.ts';

const city = loadCity();
const start = Date.UTC(2026, 10, 23, 3, 0);
const world = createWorld(city, { now: () => start });
const catalogue = loadCatalogue();
const named = (name: string) => city.places.find((place) => place.name === name)!;
const BATTERY = 'Vehicle.Powertrain.TractionBattery';

/** A car's signals as a plain table, written to by the physics as `Vehicle.sense` would. */
class Bench {
  readonly signals = new Map<string, Reading>(
    Object.entries<SignalValue>({
      [`${BATTERY}.NetCapacity`]: 77,
      [`${BATTERY}.StateOfCharge.Current`]: 72,
      'Vehicle.LowVoltageSystemState': 'ON',
    }).map(([path, value]) => [path, { value }]),
  );
  route: Route | null = null;
  physics: Physics;

  constructor(from = named('Home').at) {
    this.physics = createPhysics({ world, route: () => this.route, at: from, now: start });
  }

  step(ms: number): void {
    for (const { path, value } of this.physics.step((path) => this.signals.get(path), ms)) {
      this.signals.set(path, { ...this.signals.get(path), value });
    }
  }

  set(path: string, value: SignalValue): void {
    this.signals.set(path, { value });
  }

  number(path: string): number {
    return Number(this.signals.get(path)?.value);
  }

  get speed(): number {
    return this.number('Vehicle.Speed');
  }

  goTo(name: string): Route {
    const route = world.route({
      from: this.physics.state.motion.at,
      to: named(name),
      stops: [],
      options: [],
    });
    assert.ok(route);
    this.route = route;
    this.physics.drive();
    return route;
  }
}

describe('physics', () => {
  it('[PHYS-1] every sensor is one of the catalogue and has a value that it takes', () => {
    const bench = new Bench();
    bench.goTo('Lindhaven Zoo');
    bench.set(`${BATTERY}.Charging.IsCharging`, true);
    const paths = new Set<string>();
    for (let i = 0; i < 300; i++) {
      for (const { path, value } of bench.physics.step((path) => bench.signals.get(path), 100)) {
        catalogue.checkValue(path, value);
        paths.add(path);
      }
    }
    assert.ok(paths.size > 25);
  });

  it('[PHYS-2] a car at rest in steady weather is silent', () => {
    const bench = new Bench();
    bench.step(100);
    assert.deepEqual(
      bench.physics.step((path) => bench.signals.get(path), 0),
      [],
    );
    bench.step(1000);
    const moved = bench.physics
      .step((path) => bench.signals.get(path), 100)
      .filter(({ path }) => /Speed|Location|Gear|Distance/.test(path));
    assert.deepEqual(moved, []);
  });

  it('[PHYS-3] follows the route to its end, never above what the road allows, and parks there', () => {
    const bench = new Bench();
    const route = bench.goTo('Lindhaven Airport');
    let last = 0;
    let steps = 0;
    while (bench.physics.state.pedals.mode !== 'parked' && steps++ < 20_000) {
      bench.step(100);
      const { at, speed } = bench.physics.state.motion;
      assert.ok(speed * 3.6 <= 100.1);
      assert.ok(Math.abs(speed - last) <= 0.36, `${last} to ${speed} m/s in a step`);
      last = speed;
      if (steps % 50 === 0) {
        const near = world.ruler.pointOnLine(
          route.line.map(([x, y]): [number, number] => [x, y]),
          [...at],
        ).point;
        assert.ok(world.ruler.distance(near, [...at]) < 1, 'left the route');
      }
    }
    assert.ok(world.ruler.distance([...bench.physics.state.motion.at], [...route.line.at(-1)!]) < 1);
    assert.ok(Math.abs(bench.number('Vehicle.TraveledDistanceSinceStart') - route.distance) < 5);
    assert.equal(bench.speed, 0);
    assert.equal(bench.number('Vehicle.Powertrain.Transmission.CurrentGear'), 126);
    assert.equal(bench.signals.get('Vehicle.Chassis.ParkingBrake.IsEngaged')?.value, true);
    // The time told beforehand is near the time it takes.
    assert.ok(
      Math.abs(steps * 100 - route.duration) < 0.35 * route.duration,
      `${steps / 10} s, told ${route.duration / 1000} s`,
    );
  });

  it('[PHYS-4] holds a speed on the road, without route and past the end of one', () => {
    const bench = new Bench();
    bench.physics.hold(70);
    for (let i = 0; i < 100; i++) bench.step(1000);
    assert.equal(bench.speed, 70);
    assert.ok(bench.physics.state.motion.driven > 1500);
    assert.ok(world.ruler.distance([...bench.physics.state.motion.at], [...named('Home').at]) > 50);
    bench.goTo('Lindhaven Zoo');
    bench.physics.hold(50);
    for (let i = 0; i < 900; i++) bench.step(1000);
    assert.equal(bench.speed, 50);
    const before = bench.physics.state.motion;
    bench.step(10_000);
    assert.ok(Math.abs(bench.physics.state.motion.driven - before.driven - (50 / 3.6) * 10) < 1);
    bench.physics.park();
    for (let i = 0; i < 30; i++) bench.step(1000);
    assert.equal(bench.speed, 0);
  });

  it('[PHYS-5] does not start without power or with a door open; keeps to the limiter and the cruise control', () => {
    const bench = new Bench();
    bench.physics.hold(60);
    bench.set('Vehicle.LowVoltageSystemState', 'OFF');
    bench.step(2000);
    assert.equal(bench.speed, 0);
    bench.set('Vehicle.LowVoltageSystemState', 'ON');
    bench.set('Vehicle.Powertrain.Transmission.IsDriveInhibited', true);
    bench.step(2000);
    assert.equal(bench.speed, 0);
    bench.set('Vehicle.Powertrain.Transmission.IsDriveInhibited', false);
    bench.step(20_000);
    assert.equal(bench.speed, 60);
    bench.set('Vehicle.ADAS.CruiseControl.IsActive', true);
    bench.set('Vehicle.ADAS.CruiseControl.SpeedSet', 90);
    bench.step(20_000);
    assert.equal(bench.speed, 90);
    bench.set('Vehicle.ADAS.SpeedLimiter.IsEnabled', true);
    bench.set('Vehicle.ADAS.SpeedLimiter.SpeedSet', 40);
    bench.step(20_000);
    assert.equal(bench.speed, 40);
  });

  it('[PHYS-6] steps of any size come to the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 60 }), (sizes) => {
        const [one, many] = [new Bench(), new Bench()];
        for (const bench of [one, many]) bench.goTo('Lindhaven Zoo');
        one.step(0);
        one.step(sizes.reduce((a, b) => a + b, 0));
        for (const ms of [0, ...sizes]) many.step(ms);
        assert.deepEqual(one.physics.state, many.physics.state);
      }),
      { numRuns: 25 },
    );
  });

  it('[PHYS-7] goes on exactly from a snapshot that went through JSON', () => {
    const bench = new Bench();
    bench.goTo('Lindhaven Airport');
    bench.step(45_050);
    const copy = new Bench();
    copy.route = bench.route;
    for (const [path, reading] of bench.signals) copy.signals.set(path, reading);
    copy.physics = restorePhysics(
      { world, route: () => copy.route },
      JSON.parse(JSON.stringify(bench.physics.state)) as PhysicsState,
    );
    for (let i = 0; i < 200; i++) {
      bench.step(170);
      copy.step(170);
    }
    assert.deepEqual(copy.physics.state, bench.physics.state);
  });

  it('[PHYS-8] takes over what somebody else has set: place, charge, temperature', () => {
    const bench = new Bench();
    bench.step(1000);
    const airport = named('Lindhaven Airport').at;
    bench.set('Vehicle.CurrentLocation.Longitude', airport[0]);
    bench.set('Vehicle.CurrentLocation.Latitude', airport[1]);
    bench.set(`${BATTERY}.StateOfCharge.Current`, 8);
    bench.set('Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature', 35);
    bench.step(100);
    assert.ok(world.ruler.distance([...bench.physics.state.motion.at], [...airport]) < 1);
    assert.equal(bench.number(`${BATTERY}.StateOfCharge.Displayed`), 8);
    assert.ok(bench.number(`${BATTERY}.Range`) < 45_000);
    assert.ok(bench.number('Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature') > 34);
  });

  it('[PHYS-12] charges what the station gives, and slower when nearly full', () => {
    const station = city.places.find(({ attributes }) => attributes.power === 150)!;
    const bench = new Bench(station.at);
    bench.set(`${BATTERY}.StateOfCharge.Current`, 40);
    bench.set(`${BATTERY}.Charging.IsCharging`, true);
    bench.step(60_000);
    const fast = bench.number(`${BATTERY}.CurrentPower`);
    assert.ok(fast > 145_000 && fast <= 150_000, String(fast));
    assert.ok(bench.number(`${BATTERY}.Charging.TimeToComplete`) > 600);
    bench.set(`${BATTERY}.StateOfCharge.Current`, 95);
    bench.step(1000);
    assert.ok(bench.number(`${BATTERY}.CurrentPower`) < 0.3 * fast);
    const home = new Bench();
    home.set(`${BATTERY}.Charging.IsCharging`, true);
    home.step(1000);
    assert.ok(home.number(`${BATTERY}.CurrentPower`) <= 11_000);
  });
});
