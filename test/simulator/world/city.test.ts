import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CityError, cityFile, loadCity } from '../../../simulator/world/city.ts';
import { LINDHAVEN } from '../../../simulator/world/generate-city.ts';
import { parseHours } from '../../../simulator/world/opening-hours.ts';
import { drawCity } from '../../../simulator/world/generator/draw-city.ts';
import { worldMap } from '../../../simulator/world/world.ts';

const city = loadCity();

describe('the city', () => {
  it('[WORLD-5] a city file says what the city is, house by house', () => {
    const folder = mkdtempSync(join(tmpdir(), 'city-'));
    const file = join(folder, 'city.json');
    const houses = [{ number: '12a', at: [3.2, 55.2] as const }];
    const [street, ...rest] = city.streets;
    const listed = { ...city, attribution: 'Somebody', streets: [{ ...street!, houses, lanes: 3 }, ...rest] };
    try {
      writeFileSync(file, cityFile(listed));
      assert.deepEqual(loadCity(file), listed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('[WORLD-1] the generator draws the committed city again, byte for byte', function () {
    this.timeout(120_000);
    const file = new URL('../../../simulator/world/data/city.json', import.meta.url);
    const drawn = cityFile(drawCity(LINDHAVEN));
    assert.ok(
      drawn === readFileSync(file, 'utf8'),
      'Run `npx tsx simulator/world/generate-city.ts` and commit the city.',
    );
    assert.ok(drawn.length < 1_500_000);
  });

  it('[WORLD-2] has 3,000 road nodes, named streets of every kind, one-ways, traffic lights, a toll bridge, and 550 places or more', () => {
    assert.ok(city.nodes.length >= 3000);
    assert.ok(city.lights.length > 50 && new Set(city.lights).size === city.lights.length);
    assert.deepEqual(
      new Set(city.streets.map(({ kind }) => kind)),
      new Set(['motorway', 'primary', 'secondary', 'residential', 'ferry']),
    );
    assert.ok(city.streets.filter(({ oneway }) => oneway).length > 40);
    assert.ok(city.streets.some(({ toll }) => toll));
    assert.ok(city.places.length >= 550);
    for (const category of [
      'home',
      'work',
      'charging_station',
      'airport',
      'rest_area',
      'toilets',
      'shopping_mall',
    ]) {
      assert.ok(
        city.places.some((place) => place.category === category),
        category,
      );
    }
    const twins = city.streets.length - new Set(city.streets.map(({ name }) => name)).size;
    assert.ok(twins > 0 && twins < 10, 'a few streets share their name with one in another district');
    assert.equal(
      new Set(city.places.map(({ name }) => name)).size,
      city.places.length,
      'place names are unique',
    );
    for (const { attributes, name } of city.places.filter(
      ({ category }) => category === 'charging_station',
    )) {
      assert.ok(Number(attributes.power) > 0 && Number(attributes.price) > 0, name);
      assert.ok(Number(attributes.free) <= Number(attributes.stalls), name);
    }
    for (const { attributes, name, category } of city.places) {
      if (category === 'home' || category === 'work') continue;
      assert.ok(typeof attributes.hours === 'string' && parseHours(attributes.hours), name);
      assert.equal(typeof attributes.district, 'string');
    }
  });

  it('[WORLD-3] every node can be reached from every other', () => {
    for (const backward of [false, true]) {
      const next = new Map<number, number[]>();
      for (const { nodes, oneway } of city.streets) {
        nodes.slice(1).forEach((b, i) => {
          const a = nodes[i]!;
          if (!oneway || !backward) next.set(a, [...(next.get(a) ?? []), b]);
          if (!oneway || backward) next.set(b, [...(next.get(b) ?? []), a]);
        });
      }
      const seen = new Set([0]);
      for (const node of seen) for (const to of next.get(node) ?? []) seen.add(to);
      assert.equal(seen.size, city.nodes.length);
    }
  });

  it('[WORLD-4] the map for the page has all streets but ferries, areas and places', () => {
    const map = worldMap(city);
    assert.equal(map.streets.length, city.streets.filter(({ kind }) => kind !== 'ferry').length);
    assert.deepEqual(map.places, city.places);
    assert.deepEqual(new Set(map.areas.map(({ kind }) => kind)), new Set(['water', 'park', 'district']));
    const [west, south, east, north] = map.bounds;
    for (const [x, y] of map.streets.flatMap(({ line }) => line))
      assert.ok(x >= west && x <= east && y >= south && y <= north);
  });

  it('[WORLD-5] a city file that cannot be used is refused with what is wrong with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'city-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      const refused = (path: string, reason: string, message: RegExp) => {
        assert.throws(
          () => loadCity(path),
          (error) => error instanceof CityError && error.reason === reason && message.test(error.message),
        );
      };
      refused(join(folder, 'none.json'), 'unreadable', /none\.json/);
      refused(file('text.json', 'Lindhaven'), 'unreadable', /map import/);
      refused(file('empty.json', '{}'), 'invalid', /format/);
      refused(file('bare.json', '{"format": 2}'), 'invalid', /nodes/);
      const streets = [{ name: 'Nowhere Lane', kind: 'primary' as const, speed: 50, nodes: [0, 99_999] }];
      refused(file('lost.json', cityFile({ ...city, streets })), 'invalid', /Nowhere Lane/);
      refused(file('odd.json', cityFile(city).replace('"nodes":[', '"nodes":[1,')), 'invalid', /latitude/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
