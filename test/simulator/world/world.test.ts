import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadCity } from '../../../simulator/world/city.ts';
import { untilGreen } from '../../../simulator/world/lights.ts';
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

describe('the clocks of the city', () => {
  const berlin = createWorld(city, { now: () => now, utcOffset: 60 });
  const sydney = createWorld(city, { now: () => now, utcOffset: 660 });

  it('[WORLD-22] rush hour, weather and opening hours follow them', () => {
    now = monday + 7.2 * HOUR;
    assert.ok(berlin.traffic(city.centre).some(({ level }) => level === 'jam'));
    assert.deepEqual(sydney.traffic(city.centre, 'northgate avenue')[0]?.level, 'free');
    const isOpen = (where: typeof berlin) => where.places({ category: 'bank', near: city.centre })[0]?.open;
    now = monday + 14.5 * HOUR;
    assert.equal(isOpen(world), true);
    assert.equal(isOpen(berlin), true);
    assert.equal(isOpen(sydney), false);
    fc.assert(
      fc.property(moment, (when) => {
        assert.deepEqual(berlin.weather(city.centre, when), world.weather(city.centre, when + HOUR));
        assert.deepEqual(berlin.sky(when), world.sky(when + HOUR));
      }),
    );
  });

  it('[WORLD-23] the sun is down at midnight and up at noon; rain falls only from rain and snow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3650 }), (day) => {
        const midnight = Date.UTC(2026, 0, 1) + day * 24 * HOUR;
        assert.equal(world.sky(midnight).sun, 0);
        const { sun } = world.sky(midnight + 12 * HOUR);
        assert.ok(sun > 0 && sun <= 1);
      }),
    );
    fc.assert(
      fc.property(moment, (when) => {
        const { rain } = world.sky(when);
        const { condition } = world.weather(city.centre, when);
        assert.equal(rain > 0, condition === 'rain' || condition === 'snow');
        assert.ok(Number.isInteger(rain) && rain >= 0 && rain <= 100);
      }),
      { numRuns: 500 },
    );
  });
});

describe('traffic lights', () => {
  it('[WORLD-24] crossing roads have green in turn, and everybody gets it within a period', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...city.lights),
        fc.double({ min: 0, max: 360, noNaN: true }),
        moment,
        (node, bearing, when) => {
          const at = city.nodes[node]!;
          const [mine, theirs] = [world.light(at, bearing)!, world.light(at, bearing + 90)!];
          assert.ok(untilGreen(mine, when) > 0 || untilGreen(theirs, when) > 0, 'both green');
          const wait = untilGreen(mine, when);
          assert.ok(wait >= 0 && wait <= mine.period);
          assert.equal(untilGreen(mine, when + wait), 0);
          assert.deepEqual(world.light(at, bearing + 180), mine);
        },
      ),
    );
    const lit = new Set(city.lights);
    const dark = city.nodes.findIndex((_, node) => !lit.has(node));
    assert.equal(world.light(city.nodes[dark]!, 0), undefined);
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
