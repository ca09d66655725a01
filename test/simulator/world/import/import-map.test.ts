import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cityFile, loadCity, type City } from '../../../../simulator/world/city.ts';
import { importMap, OPENSTREETMAP } from '../../../../simulator/world/import/import-map.ts';
import { MapImportError } from '../../../../simulator/world/import/map-source.ts';
import { createWorld } from '../../../../simulator/world/world.ts';
import { corner, TOWN } from '../../../support/written-town.ts';
import { writeGeoJson, writePbf } from '../../../support/write-pbf.ts';

const monday = Date.UTC(2026, 10, 23, 12, 30);

describe('map import', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'map-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const town = () => importMap(file('town.osm.pbf', writePbf(TOWN)), { name: 'Town' });
  const street = (city: City, name: string) => city.streets.find((each) => each.name === name)!;

  it('[MAP-1] makes a city of a PBF file: streets with their kinds, limits, directions and lanes', () => {
    const city = town();
    assert.equal(city.nodes.length, 36 + 2);
    assert.deepEqual([...new Set(city.streets.map(({ kind }) => kind))].sort(), [
      'motorway',
      'primary',
      'residential',
      'secondary',
    ]);
    assert.equal(street(city, 'Marktstraße').lanes, 2);
    assert.equal(street(city, 'Hafenstraße').oneway, true);
    assert.equal(street(city, 'Hafenstraße').speed, 30);
    const against = street(city, 'Bergstraße');
    assert.equal(against.speed, 32);
    assert.ok(city.nodes[against.nodes[0]!]![0] > city.nodes[against.nodes.at(-1)!]![0], 'driven westwards');
    assert.equal(street(city, 'Kirchweg').speed, 50);
    assert.equal(street(city, 'A 7').speed, 120);
    assert.equal(city.lights.length, 1);
    assert.deepEqual(
      city.nodes[city.lights[0]!],
      corner(2, 2).map((degrees) => Number(degrees.toFixed(6))),
    );
  });

  it('[MAP-2] leaves out what is not for cars and what cannot be reached and left', () => {
    const names = new Set(town().streets.map(({ name }) => name));
    assert.ok(!names.has('Inselweg') && !names.has(''));
  });

  it('[MAP-3] keeps places with what is known of them, houses, waters, parks of several parts, and districts', () => {
    const city = town();
    const place = (name: string) => city.places.find((each) => each.name === name)!;
    assert.deepEqual(place('Da Enzo').attributes, {
      hours: 'Tu-Su 12:00-22:00',
      cuisine: 'pizza',
      district: 'Altstadt',
    });
    assert.equal(place('Da Enzo').address, '7a Schillerstraße');
    assert.deepEqual(place('Stadtwerke').attributes, {
      power: 150,
      plug: 'CCS',
      stalls: 2,
      district: 'Neustadt',
    });
    assert.deepEqual(place('Car park').attributes, {
      price: 0,
      covered: false,
      spaces: 40,
      district: 'Altstadt',
    });
    assert.equal(
      city.places.filter(({ category }) => category === 'parking').length,
      1,
      'no private car park',
    );
    assert.deepEqual(
      new Set(city.areas.map(({ kind, name }) => `${kind} ${name}`)),
      new Set(['water Stadtsee', 'park Bürgerpark', 'district Altstadt', 'district Neustadt']),
    );
    assert.deepEqual(
      street(city, 'Schillerstraße').houses?.map(({ number }) => number),
      ['7a', '5'],
    );
    assert.deepEqual(
      street(city, 'Goethestraße').houses?.map(({ number }) => number),
      ['12'],
    );
  });

  it('[MAP-4] is a city like any other: written, loaded, searched, driven through', () => {
    const path = file('town.city.json', cityFile(town()));
    const city = loadCity(path);
    assert.deepEqual(city, town());
    const world = createWorld(city, { now: () => monday });
    const find = (text: string) => world.places({ text, near: city.centre })[0];
    assert.equal(find('marktstrasse')?.name, 'Marktstraße');
    assert.equal(find('12 goethestrasse')?.address, '12 Goethestraße');
    assert.equal(find('13 goethestrasse'), undefined);
    assert.equal(find('pizza')?.open, false, 'closed on Mondays');
    const route = world.route({ from: corner(0, 3), to: find('markt süd')!, stops: [], options: [] })!;
    assert.ok(route.distance > 200 && route.maneuvers.length > 1);
    assert.equal(world.address(corner(0.41, 0.11)), '5 Schillerstraße');
  });

  it('[MAP-5] tells whom the map comes from', () => {
    assert.equal(town().attribution, OPENSTREETMAP);
    const path = file('own.osm.pbf', writePbf(TOWN));
    assert.equal(importMap(path, { name: 'Town', attribution: 'Somebody' }).attribution, 'Somebody');
  });

  it('[MAP-6] makes the same roads of GeoJSON, flat or with other_tags', () => {
    const city = importMap(file('town.geojson', writeGeoJson(TOWN)), { name: 'Town' });
    const roads = ({ streets, nodes }: City) =>
      streets.map((street) => ({ ...street, nodes: street.nodes.map((node) => nodes[node]) }));
    assert.deepEqual(roads(city), roads(town()));
    // The park of several parts is a relation, which GeoJSON does not have.
    assert.equal(city.places.length, town().places.length - 1);
    const packed = writeGeoJson(TOWN).replaceAll(
      '"amenity":"fuel","brand":"Tanke"',
      '"other_tags":"\\"amenity\\"=>\\"fuel\\",\\"brand\\"=>\\"Tanke\\""',
    );
    const again = importMap(file('packed.geojson', packed), { name: 'Town' });
    assert.ok(again.places.some(({ name }) => name === 'Tanke'));
  });

  it('[MAP-7] cuts out a part', () => {
    const [west, south] = corner(-0.5, -0.5);
    const [east, north] = corner(2.5, 2.5);
    const path = file('part.osm.pbf', writePbf(TOWN));
    const city = importMap(path, { name: 'Part', bounds: [west, south, east, north] });
    assert.equal(city.nodes.length, 9);
    assert.ok(city.places.every(({ at }) => at[0] <= east && at[1] <= north));
    assert.throws(
      () => importMap(path, { name: 'Sea', bounds: [3, 55, 3.1, 55.1] }),
      (error) => error instanceof MapImportError && error.reason === 'no-roads',
    );
  });

  it('[MAP-8] refuses what is no map, damaged, or packed in another way, and says what to do', () => {
    const whole = writePbf(TOWN);
    const refused = (path: string, reason: MapImportError['reason'], message: RegExp) => {
      assert.throws(
        () => importMap(path, { name: 'Bad' }),
        (error) => error instanceof MapImportError && error.reason === reason && message.test(error.message),
        path,
      );
    };
    refused(join(folder, 'none.osm.pbf'), 'unreadable', /Give the path/);
    refused(file('empty.osm.pbf', ''), 'not-a-map', /\.osm\.pbf/);
    refused(file('text.osm.pbf', 'this is no map at all, and it never was one'), 'not-a-map', /geofabrik/);
    refused(file('cut.osm.pbf', whole.subarray(0, whole.length - 40)), 'damaged', /Download it again/);
    const flipped = Buffer.from(whole);
    for (let i = 200; i < 260; i++) flipped[i] = 0xff;
    refused(file('flipped.osm.pbf', flipped), 'damaged', /Download it again/);
    refused(
      file('history.osm.pbf', writePbf(TOWN, ['HistoricalInformation'])),
      'unsupported',
      /HistoricalInformation/,
    );
    refused(file('broken.geojson', '{"type": "FeatureCollection", '), 'unreadable', /no JSON/);
    refused(file('other.json', '{"type": "Topology"}'), 'not-a-map', /feature collection/);
    refused(file('nothing.geojson', '{"type": "FeatureCollection", "features": []}'), 'no-roads', /no roads/);
  });
});
