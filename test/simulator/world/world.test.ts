import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadCity } from '../../../simulator/world/city.ts';
import { createWorld } from '../../../simulator/world/world.ts';

const city = loadCity();
const monday = Date.UTC(2026, 10, 23);
const HOUR = 3_600_000;
let now = monday;
const world = createWorld(city, { now: () => now });
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });

describe('traffic', () => {
  it('[WORLD-6] is free at night, and jams somewhere in the morning', () => {
    now = monday + 3 * HOUR;
    assert.deepEqual(world.traffic(city.centre), []);
    now = monday + 8.2 * HOUR;
    const reports = world.traffic(city.centre);
    assert.ok(reports.some(({ level }) => level === 'jam'));
    assert.ok(reports.every(({ delay, level }) => delay > 0 && level !== 'free'));
    assert.deepEqual(world.traffic(city.centre), reports);
  });

  it('[WORLD-6] tells of the road that is asked for, free or not, and of no other', () => {
    now = monday + 3 * HOUR;
    assert.deepEqual(world.traffic(city.centre, 'northgate avenue'), [
      { road: 'Northgate Avenue', delay: 0, level: 'free' },
    ]);
    assert.equal(world.traffic(city.centre, 'the motorway')[0]?.road, 'Ring Motorway');
    assert.ok(world.traffic(city.centre, 'the highway').some(({ road }) => road === 'Bay Bridge'));
    assert.deepEqual(world.traffic(city.centre, 'route sixty six'), []);
  });
});

describe('weather', () => {
  it('[WORLD-7] is the same for the same moment, changes smoothly, and snows only when it is cold', () => {
    fc.assert(
      fc.property(moment, (when) => {
        const report = world.weather(city.centre, when);
        assert.deepEqual(world.weather(city.centre, when), report);
        assert.ok(report.temperature > -20 && report.temperature < 38);
        assert.ok(report.chanceOfRain >= 0 && report.chanceOfRain <= 100);
        if (report.condition === 'snow') assert.ok(report.temperature < 1);
        assert.ok(
          Math.abs(world.weather(city.centre, when + 600_000).temperature - report.temperature) < 1.5,
        );
      }),
    );
  });

  it('[WORLD-7] is warmer in July than in January, and every kind comes', () => {
    const mean = (month: number) =>
      Array.from(
        { length: 240 },
        (_, i) => world.weather(city.centre, Date.UTC(2026, month, 1) + i * 3 * HOUR).temperature,
      ).reduce((a, b) => a + b) / 240;
    assert.ok(mean(6) > mean(0) + 10);
    const year = Array.from(
      { length: 365 * 8 },
      (_, i) => world.weather(city.centre, Date.UTC(2026, 0, 1) + i * 3 * HOUR).condition,
    );
    assert.deepEqual(new Set(year), new Set(['clear', 'cloudy', 'rain', 'snow', 'fog']));
  });
});

describe('the road', () => {
  it('[WORLD-8] has a name and a limit everywhere, and goes on for a car without destination', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...city.places),
        fc.double({ min: 0, max: 360, noNaN: true }),
        ({ at }, heading) => {
          const road = world.road(at);
          assert.ok(road.name !== '' && road.speed >= 10 && road.flow <= road.speed);
          const line = world.ahead(at, heading);
          const length = line
            .slice(1)
            .reduce((sum, point, i) => sum + world.ruler.distance([...line[i]!], [...point]), 0);
          assert.ok(length >= 600);
        },
      ),
      { numRuns: 50 },
    );
  });
});
