import assert from 'node:assert/strict';
import { lookOf } from '../../../dashboard/map/places.ts';
import { sightOf } from '../../../dashboard/map/sight.ts';
import { trafficOf } from '../../../dashboard/map/traffic.ts';
import type { Route } from '../../../vehicle/world.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

const at = (values: Record<string, SignalValue>) =>
  Object.fromEntries(Object.entries(values).map(([path, value]) => [`Vehicle.${path}`, { value }]));
const MAP = 'Cabin.Infotainment.Navigation.Map';
const here = {
  'CurrentLocation.Longitude': 3.2,
  'CurrentLocation.Latitude': 55.2,
  'CurrentLocation.Heading': 90,
};
const route = { line: [[3.2, 55.2]] } as unknown as Route;

describe('dashboard/map/sight', () => {
  it('[PAGE-104] the map follows the car’s own map signals, whoever has set them', () => {
    const sight = sightOf(at({ ...here, [`${MAP}.Zoom`]: 16, [`${MAP}.Orientation`]: 'HEADING_UP' }), null);
    assert.deepEqual(sight.car, { at: [3.2, 55.2], heading: 90 });
    assert.equal(sight.span, 375, 'each level halves what is seen');
    assert.equal(sight.turned, true);
    assert.equal(sightOf(at({ ...here, [`${MAP}.View`]: '3D' }), null).tilted, true);
    assert.equal(sightOf(at({ 'Cabin.Infotainment.HMI.DayNightMode': 'NIGHT' }), null).night, true);
  });

  it('[PAGE-104] an overview needs a route, and has north up; an unknown place shows no car', () => {
    const overview = at({ ...here, [`${MAP}.View`]: 'OVERVIEW', [`${MAP}.Orientation`]: 'HEADING_UP' });
    assert.equal(sightOf(overview, null).overview, false);
    const { overview: whole, turned } = sightOf(overview, route);
    assert.deepEqual([whole, turned], [true, false]);
    assert.equal(sightOf(at({ ...here, 'CurrentLocation.Latitude': -90 }), null).car, null);
  });

  it('[PAGE-105] traffic colours what is not free, and only places that a driver looks for have a sign', () => {
    const traffic = trafficOf([
      { road: 'Ring Motorway', delay: 90_000, level: 'jam' },
      { road: 'Mill Lane', delay: 0, level: 'free' },
    ]);
    assert.deepEqual([...traffic], [['Ring Motorway', 'jam']]);
    assert.deepEqual(['charging_station', 'bank'].map(lookOf), ['charge', undefined]);
  });
});
