import { sense, tell } from '../small-car.ts';
import { crossing } from '../small-world.ts';
import { NAVIGATION, first, guided, type Case } from './case.ts';

/** Navigation. */
export const NAVIGATION_COMMANDS: readonly Case[] = [
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Ship Museum' },
    then: {
      [`${NAVIGATION}.IsGuidanceActive`]: true,
      [`${NAVIGATION}.DestinationSet.Name`]: 'Ship Museum',
      [`${NAVIGATION}.RemainingDistance`]: 400,
    },
  },
  {
    intent: 'navigation.route.start',
    slots: { poi_category: 'charging_station', poi_attribute: 'nearest' },
    facts: { destination: 'Harbour Charging' },
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Garden Street' },
    status: 'needs',
    code: 'navigation.which_place',
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: { value: 'garden-east', text: 'Garden Street' } },
    facts: { destination: 'Garden Street' },
    then: { [`${NAVIGATION}.RemainingDistance`]: 400 },
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Atlantis' },
    status: 'refused',
    code: 'navigation.no_place',
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Seal Island' },
    status: 'refused',
    code: 'navigation.no_road',
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Work', waypoint: 'Copper Cup' },
    then: { [`${NAVIGATION}.RemainingDistance`]: 1200 },
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'Work', waypoint: 'Home', datetime: '09:01' },
    code: 'navigation.route.start_late',
  },
  {
    intent: 'navigation.route.stop',
    given: guided,
    then: { [`${NAVIGATION}.IsGuidanceActive`]: false, [`${NAVIGATION}.DestinationSet.Name`]: '' },
  },
  {
    intent: 'navigation.route.set',
    slots: { route_option: 'avoid_tolls' },
    given: first('navigation.route.start', { destination: { value: 'garden-east', text: 'Garden Street' } }),
    then: { [`${NAVIGATION}.RemainingDistance`]: 800 },
  },
  {
    intent: 'navigation.route.query',
    given: guided,
    status: 'answered',
    code: 'navigation.route.query_next',
    facts: { destination: 'Ship Museum', distance: 400, unit: 'm' },
  },
  {
    intent: 'navigation.stop.add',
    slots: { poi_category: 'coffee' },
    given: guided,
    facts: { destination: 'Copper Cup' },
    then: { [`${NAVIGATION}.RemainingDistance`]: 800 },
  },
  {
    intent: 'navigation.stop.remove',
    given: (car) => {
      guided(car);
      tell(car, 'navigation.stop.add', { poi_category: 'coffee' });
    },
    then: { [`${NAVIGATION}.RemainingDistance`]: 400 },
  },
  {
    intent: 'navigation.poi.query',
    slots: { poi_category: 'coffee' },
    status: 'answered',
    facts: { name: 'Copper Cup', count: 2, distance: 200 },
  },
  {
    intent: 'navigation.eta.query',
    slots: { destination: 'Work' },
    status: 'answered',
    facts: { destination: 'Work', minutes: 1, arrival: '09:00' },
  },
  {
    intent: 'navigation.distance.query',
    slots: { destination: 'Work', origin: 'Home' },
    status: 'answered',
    facts: { distance: 1.6, unit: 'km' },
  },
  {
    intent: 'navigation.traffic.query',
    slots: { road: 'Market Street' },
    status: 'answered',
    facts: { road: 'Market Street', level: 'jam', minutes: 4 },
  },
  { intent: 'navigation.location.query', status: 'answered', facts: { address: '23 Market Street' } },
  {
    intent: 'navigation.location.add',
    slots: { destination: 'the cabin' },
    facts: { name: 'the cabin', address: '23 Market Street' },
  },
  {
    intent: 'navigation.route.start',
    slots: { destination: 'The Cabin' },
    given: (car) => {
      tell(car, 'navigation.location.add', { destination: 'the cabin' });
      sense(car, { 'CurrentLocation.Longitude': crossing(0, 0)[0] });
    },
    facts: { destination: 'the cabin' },
  },
  { intent: 'navigation.map.increase', slots: { amount: 'large' }, then: { [`${NAVIGATION}.Map.Zoom`]: 17 } },
  { intent: 'navigation.map.decrease', then: { [`${NAVIGATION}.Map.Zoom`]: 13 } },
  { intent: 'navigation.map.set', slots: { mode: '3d' }, then: { [`${NAVIGATION}.Map.View`]: '3D' } },
  { intent: 'navigation.guidance.off', then: { [`${NAVIGATION}.Mute`]: 'MUTED' } },
  {
    intent: 'navigation.guidance.on',
    given: first('navigation.guidance.off'),
    then: { [`${NAVIGATION}.Mute`]: 'UNMUTED' },
  },
];
