import assert from 'node:assert/strict';
import { createPhysics, type Physics } from '../../../simulator/physics/physics.ts';
import { stepBattery, type BatteryState } from '../../../simulator/physics/battery.ts';
import type { Reading } from '../../../simulator/physics/readings.ts';
import { loadCity } from '../../../simulator/world/city.ts';
import { createWorld, type CityWorld } from '../../../simulator/world/world.ts';
import { untilGreen } from '../../../simulator/world/lights.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import type { Position, Route } from '../../../vehicle/world.ts';

const city = loadCity();
const night = Date.UTC(2026, 10, 23, 3, 0);
const named = (name: string) => city.places.find((place) => place.name === name)!;
const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const GEAR = 'Vehicle.Powertrain.Transmission.SelectedGear';
const REVERSE = -1;
const PARK = 126;

/** A car's signals as a plain table, and the physics on them. */
class Car {
  readonly signals = new Map<string, Reading>();
  readonly world: CityWorld;
  readonly physics: Physics;
  route: Route | null = null;

  constructor(at: Position, charge = 72, now = night, world = createWorld(city, { now: () => this.now })) {
    this.set(`${BATTERY}.NetCapacity`, 77);
    this.set(`${BATTERY}.StateOfCharge.Current`, charge);
    this.set('Vehicle.LowVoltageSystemState', 'ON');
    this.set('Vehicle.TraveledDistance', 18_240_000);
    this.set(`${BATTERY}.Temperature.Average`, 20);
    this.set(GEAR, PARK);
    this.world = world;
    this.physics = createPhysics({ world, route: () => this.route, at, now });
    this.step(0);
  }

  get now(): number {
    return this.physics.state.time;
  }

  step(ms: number): void {
    for (const { path, value } of this.physics.step((path) => this.signals.get(path), ms))
      this.set(path, value);
  }

  set(path: string, value: SignalValue): void {
    this.signals.set(path, { value });
  }

  number(path: string): number {
    return Number(this.signals.get(path)?.value);
  }

  get speed(): number {
    return this.physics.state.motion.speed;
  }

  get isParked(): boolean {
    return this.physics.state.pedals.mode === 'parked' && this.speed === 0;
  }

  goTo(name: string, ...stops: readonly string[]): Route {
    const request = {
      from: this.physics.state.motion.at,
      to: named(name),
      stops: stops.map(named),
      options: [],
    };
    const route = this.world.route(request);
    assert.ok(route);
    this.route = route;
    this.physics.drive();
    return route;
  }

  /** @returns steps of 100 ms until it is so */
  until(isSo: () => boolean, most = 20_000): number {
    let steps = 0;
    for (; !isSo(); steps++) {
      assert.ok(steps < most, 'it never was so');
      this.step(100);
    }
    return steps;
  }
}

const metres = (car: Car, a: Position, b: Position) => car.world.ruler.distance(a, b);

describe('driving', () => {
  it('[PHYS-13] stops at red before the line, and drives on at green', () => {
    const car = new Car(named('Lindhaven University').at);
    car.goTo('Northgate Station');
    let [waits, passed] = [0, 0];
    let before = 0;
    car.until(() => {
      const { track, motion, time } = car.physics.state;
      for (const { along, light } of track?.lights ?? []) {
        const isOver = before < along - 6 && motion.along >= along - 6;
        if (isOver) passed++;
        // Nobody who could have stopped for three seconds drives over the line at red.
        if (isOver)
          assert.ok(untilGreen(light, time) === 0 || untilGreen(light, time - 3000) === 0, 'drove at red');
        const room = along - 6 - motion.along;
        if (motion.speed === 0 && room >= 0 && room < 8) {
          waits++;
          assert.ok(untilGreen(light, time) > 0 || untilGreen(light, time - 1000) > 0, 'waited at green');
        }
      }
      before = motion.along;
      return car.isParked;
    });
    assert.ok(waits > 10 && passed > 3, `${waits} steps waited, ${passed} lights passed`);
  });

  it('[PHYS-14] parks at each stop of its route, and drives on', () => {
    const car = new Car(named('Home').at);
    const route = car.goTo('Opera House', 'Lindhaven Zoo', 'City Library');
    let along = 0;
    for (const leg of route.legs) {
      car.until(() => car.speed > 1);
      car.until(() => car.isParked);
      along += leg.distance;
      assert.ok(
        Math.abs(car.physics.state.motion.along - along) < 1.5,
        `${car.physics.state.motion.along} of ${along}`,
      );
      assert.equal(car.number('Vehicle.Powertrain.Transmission.CurrentGear'), PARK);
      car.step(60_000);
      assert.ok(car.isParked, 'stays until it is told');
      car.physics.drive();
    }
    const opera = route.line.at(-1)!;
    assert.ok(metres(car, car.physics.state.motion.at, opera) < 2);
  });

  it('[PHYS-15] rolls out with an empty battery, and drives again when it was charged', () => {
    const car = new Car(named('Home').at);
    car.physics.hold(90);
    car.until(() => car.speed > 24);
    car.set(`${BATTERY}.StateOfCharge.Current`, 0);
    const { driven } = car.physics.state.motion;
    car.step(100);
    assert.ok(car.speed > 23, 'it rolls');
    const steps = car.until(() => car.isParked);
    const rolled = car.physics.state.motion.driven - driven;
    // From 90 km/h such a car rolls for a kilometre or two.
    assert.ok(rolled > 800 && rolled < 3000 && steps > 600, `${rolled} m in ${steps / 10} s`);
    car.physics.drive();
    car.step(5000);
    assert.ok(car.isParked);
    car.set(`${BATTERY}.StateOfCharge.Current`, 5);
    car.physics.drive();
    car.step(5000);
    assert.ok(car.speed > 1);
  });

  it('[PHYS-16] the lever: N rolls, R drives backwards, P parks', () => {
    const car = new Car(named('Home').at);
    car.physics.hold(50);
    car.until(() => car.speed > 13);
    car.set(GEAR, 0);
    car.step(3000);
    assert.equal(car.number('Vehicle.Powertrain.Transmission.CurrentGear'), 0);
    assert.ok(car.speed < 13.5 && car.speed > 11, 'rolls');
    car.set(GEAR, PARK);
    car.until(() => car.isParked);

    const { at, heading } = car.physics.state.motion;
    car.physics.hold(-8);
    car.until(() => metres(car, car.physics.state.motion.at, at) > 20);
    assert.equal(car.number(GEAR), REVERSE);
    assert.ok(car.speed * 3.6 <= 8.01);
    const way = (car.world.ruler.bearing(at, car.physics.state.motion.at) + 360) % 360;
    const apart = Math.abs(((way - heading + 540) % 360) - 180);
    assert.ok(apart > 120, `heads ${heading}, went ${way}`);
    car.physics.park();
    car.until(() => car.isParked);

    car.set(GEAR, 127);
    car.step(1000);
    assert.equal(
      car.number('Vehicle.Powertrain.Transmission.CurrentGear'),
      127,
      'in D with the foot on the brake',
    );
    assert.equal(car.speed, 0);
  });

  it('[PHYS-17] the odometer counts what was driven; somebody may set it', () => {
    const car = new Car(named('Home').at);
    car.goTo('Lindhaven Zoo');
    car.until(() => car.isParked);
    car.step(1000);
    const { driven } = car.physics.state.motion;
    assert.equal(car.number('Vehicle.TraveledDistance'), Math.round(18_240_000 + driven));
    assert.equal(car.number('Vehicle.TraveledDistanceSinceStart'), Math.round(driven));
    car.set('Vehicle.TraveledDistance', 5000);
    car.step(1000);
    assert.equal(car.number('Vehicle.TraveledDistance'), 5000);
  });

  it('[PHYS-17] the cells warm up under load, are cooled, and follow the weather at rest', () => {
    const inputs = {
      capacity: 77,
      acceleration: 0,
      load: 0,
      regeneration: 1,
      charger: 0,
      outside: 10,
      speed: 0,
    };
    const cold: BatteryState = { energy: 60, power: 0, consumption: 0.17, temperature: 10 };
    const run = (state: BatteryState, more: Partial<typeof inputs>, minutes: number) => {
      let now = state;
      for (let i = 0; i < minutes * 60; i++) now = stepBattery(now, { ...inputs, ...more }, 1000);
      return now.temperature;
    };
    assert.ok(run(cold, { speed: 36 }, 20) > 10.4);
    assert.ok(run({ ...cold, energy: 10 }, { charger: 150_000 }, 15) > 20);
    assert.ok(run({ ...cold, temperature: 50 }, {}, 30) < 40);
    const rested = run({ ...cold, temperature: 30 }, {}, 12 * 60);
    assert.ok(rested > 10 && rested < 25, String(rested));
  });

  it('[PHYS-18] slows down when the rush begins on the way', () => {
    /** @param later milliseconds by which the clock of the world jumps after two minutes */
    const measured = (later: number) => {
      const world = createWorld(city, { now: () => (car.now > night + 120_000 ? car.now + later : car.now) });
      const car: Car = new Car(named('Seaview Beach').at, 72, night, world);
      car.goTo('Lindhaven University');
      return car.until(() => car.isParked);
    };
    const [free, full] = [measured(0), measured(5.2 * 3_600_000)];
    assert.ok(full > 1.1 * free, `${full} steps against ${free}`);
  });
});
