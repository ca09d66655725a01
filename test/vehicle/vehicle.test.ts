import assert from 'node:assert/strict';
import type { Seat } from '../../vehicle/command.ts';
import { INTENTS, type Intent } from '../../vehicle/ontology.generated.ts';
import type { OutcomeStatus } from '../../vehicle/outcome.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { goal, newCar, sense, tell, type ShortSlots } from '../support/small-car.ts';

interface Case {
  readonly intent: Intent;
  readonly slots?: ShortSlots;
  readonly seat?: Seat;
  readonly given?: (car: Vehicle) => void;
  readonly status?: OutcomeStatus;
  readonly code?: string;
  readonly facts?: Record<string, unknown>;
  /** Targets (or sensor values) afterwards; paths without `Vehicle.`. */
  readonly then?: Record<string, SignalValue>;
}

const HVAC = 'Cabin.HVAC';
const DRIVER = `${HVAC}.Station.Row1.Driver`;
const PASSENGER = `${HVAC}.Station.Row1.Passenger`;
const REAR_LEFT = `${HVAC}.Station.Row2.Driver`;
const REAR_RIGHT = `${HVAC}.Station.Row2.Passenger`;
const SEAT = 'Cabin.Seat.Row1.DriverSide';
const DOOR = 'Cabin.Door';
const MEDIA = 'Cabin.Infotainment.Media';
const NAVIGATION = 'Cabin.Infotainment.Navigation';
const PHONE = 'Cabin.Infotainment.Phone';
const CHARGING = 'Powertrain.TractionBattery.Charging';
const CRUISE = 'ADAS.CruiseControl';

const first =
  (intent: Intent, slots: ShortSlots = {}) =>
  (car: Vehicle) =>
    void tell(car, intent, slots);
const going = (speed: number) => (car: Vehicle) => {
  sense(car, { 'Powertrain.Transmission.CurrentGear': 127, Speed: speed });
};
const guided = first('navigation.route.start', { destination: 'Ship Museum' });
const called = (car: Vehicle) => {
  sense(car, { [`${PHONE}.IncomingCall`]: '+12025550103' });
};
const plugged = (car: Vehicle) => {
  tell(car, 'charge_port.open');
  sense(car, { [`${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`]: true });
};

/** Every intent of the car at least once, with what must be true afterwards. */
const CASES: readonly Case[] = [
  // navigation
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
    given: first('navigation.location.add', { destination: 'the cabin' }),
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
  // climate
  { intent: 'climate.power.off', then: { [`${HVAC}.IsPowered`]: false } },
  { intent: 'climate.power.on', given: first('climate.power.off'), then: { [`${HVAC}.IsPowered`]: true } },
  {
    intent: 'climate.power.off',
    slots: { zone: 'rear' },
    then: {
      [`${HVAC}.IsPowered`]: true,
      [`${REAR_LEFT}.FanSpeed`]: 0,
      [`${REAR_RIGHT}.FanSpeed`]: 0,
      [`${DRIVER}.FanSpeed`]: 30,
    },
  },
  {
    intent: 'climate.temperature.set',
    slots: { temperature: { value: 22, unit: 'celsius' } },
    then: { [`${DRIVER}.Temperature`]: 22, [`${PASSENGER}.Temperature`]: 20 },
  },
  {
    intent: 'climate.temperature.set',
    slots: { temperature: 23 },
    seat: 'rear_right',
    then: { [`${REAR_RIGHT}.Temperature`]: 23, [`${DRIVER}.Temperature`]: 20 },
  },
  {
    intent: 'climate.temperature.set',
    slots: { temperature: { value: 70, unit: 'fahrenheit' }, zone: 'passenger' },
    then: { [`${PASSENGER}.Temperature`]: 21, [`${DRIVER}.Temperature`]: 20 },
  },
  {
    intent: 'climate.temperature.set',
    slots: { temperature: 50 },
    status: 'refused',
    code: 'climate.temperature.range',
    facts: { low: 16, high: 28 },
    then: { [`${DRIVER}.Temperature`]: 20 },
  },
  {
    intent: 'climate.temperature.set',
    slots: { temperature: 72 },
    given: (car) => {
      sense(car, { 'Cabin.Infotainment.HMI.TemperatureUnit': 'F' });
    },
    facts: { degrees: 72, unit: 'F' },
    then: { [`${DRIVER}.Temperature`]: 22 },
  },
  {
    intent: 'climate.temperature.set',
    slots: { level: 'max', zone: 'all' },
    then: { [`${DRIVER}.Temperature`]: 28, [`${REAR_LEFT}.Temperature`]: 28 },
  },
  {
    intent: 'climate.temperature.increase',
    slots: { amount: { value: 2, unit: 'degree' } },
    then: { [`${DRIVER}.Temperature`]: 22 },
  },
  {
    intent: 'climate.temperature.increase',
    slots: { amount: 'large' },
    given: first('climate.temperature.set', { temperature: 27 }),
    code: 'climate.temperature.limit',
    then: { [`${DRIVER}.Temperature`]: 28 },
  },
  {
    intent: 'climate.temperature.decrease',
    slots: { amount: 'small' },
    then: { [`${DRIVER}.Temperature`]: 19.5 },
  },
  {
    intent: 'climate.temperature.query',
    slots: { zone: 'rear_left' },
    given: (car) => {
      sense(car, { [`${REAR_LEFT}.Temperature`]: 31.5 });
    },
    status: 'answered',
    facts: { degrees: 20, actual: 31.5, zone: 'rear_left' },
  },
  {
    intent: 'climate.fan.off',
    slots: { zone: 'rear' },
    then: { [`${REAR_LEFT}.FanSpeed`]: 0, [`${DRIVER}.FanSpeed`]: 30 },
  },
  { intent: 'climate.fan.on', given: first('climate.fan.off'), then: { [`${DRIVER}.FanSpeed`]: 40 } },
  {
    intent: 'climate.fan.set',
    slots: { level: { value: 7, unit: 'level' } },
    then: { [`${DRIVER}.FanSpeed`]: 100, [`${REAR_LEFT}.FanSpeed`]: 100 },
  },
  {
    intent: 'climate.fan.increase',
    slots: { amount: { value: 20, unit: 'percent' } },
    then: { [`${DRIVER}.FanSpeed`]: 50 },
  },
  { intent: 'climate.fan.decrease', then: { [`${DRIVER}.FanSpeed`]: 16 } },
  { intent: 'climate.fan.query', status: 'answered', facts: { percent: 30 } },
  { intent: 'climate.ac.on', then: { [`${HVAC}.IsAirConditioningActive`]: true } },
  {
    intent: 'climate.ac.off',
    given: first('climate.ac.on'),
    then: { [`${HVAC}.IsAirConditioningActive`]: false },
  },
  {
    intent: 'climate.auto.on',
    then: { [`${HVAC}.IsAutoActive`]: true, [`${HVAC}.IsAirConditioningActive`]: true },
  },
  { intent: 'climate.auto.off', given: first('climate.auto.on'), then: { [`${HVAC}.IsAutoActive`]: false } },
  {
    intent: 'climate.sync.on',
    given: first('climate.temperature.set', { temperature: 24 }),
    then: { [`${HVAC}.IsSyncActive`]: true, [`${REAR_RIGHT}.Temperature`]: 24 },
  },
  { intent: 'climate.sync.off', given: first('climate.sync.on'), then: { [`${HVAC}.IsSyncActive`]: false } },
  { intent: 'climate.recirculation.on', then: { [`${HVAC}.IsRecirculationActive`]: true } },
  {
    intent: 'climate.recirculation.off',
    given: first('climate.recirculation.on'),
    then: { [`${HVAC}.IsRecirculationActive`]: false },
  },
  {
    intent: 'climate.airflow.set',
    slots: { direction: 'feet', zone: 'passenger' },
    then: { [`${PASSENGER}.AirDistribution`]: 'DOWN', [`${DRIVER}.AirDistribution`]: 'MIDDLE' },
  },
  {
    intent: 'climate.defrost.on',
    slots: { direction: 'rear' },
    then: {
      [`${HVAC}.IsRearDefrosterActive`]: true,
      'Body.Mirrors.DriverSide.IsHeatingOn': true,
      [`${HVAC}.IsFrontDefrosterActive`]: false,
    },
  },
  {
    intent: 'climate.defrost.off',
    slots: { direction: 'rear' },
    given: first('climate.defrost.on', { direction: 'rear' }),
    then: { [`${HVAC}.IsRearDefrosterActive`]: false },
  },
  {
    intent: 'climate.precondition.start',
    slots: { datetime: '10:00', temperature: 24 },
    code: 'climate.precondition.planned',
    facts: { at: '10:00' },
    then: { [`${REAR_LEFT}.Temperature`]: 24, [`${HVAC}.IsPreconditioningActive`]: false },
  },
  {
    intent: 'climate.precondition.stop',
    given: first('climate.precondition.start'),
    then: { [`${HVAC}.IsPreconditioningActive`]: false },
  },
  {
    intent: 'climate.comfort.increase',
    seat: 'passenger',
    then: { [`${PASSENGER}.Temperature`]: 22, 'Cabin.Seat.Row1.PassengerSide.HeatingCooling': 33 },
  },
  {
    intent: 'climate.comfort.decrease',
    slots: { zone: 'rear', amount: 'large' },
    then: {
      [`${REAR_LEFT}.Temperature`]: 17,
      [`${REAR_RIGHT}.Temperature`]: 17,
      [`${HVAC}.IsAirConditioningActive`]: true,
    },
  },
  {
    intent: 'climate.air_quality.increase',
    given: first('climate.recirculation.on'),
    then: { [`${HVAC}.IsRecirculationActive`]: false, [`${DRIVER}.FanSpeed`]: 60 },
  },
  { intent: 'climate.air_quality.query', status: 'answered', facts: { ppm: 620, quality: 'good' } },
  // seats
  { intent: 'seat.heating.on', then: { [`${SEAT}.HeatingCooling`]: 67 } },
  { intent: 'seat.heating.off', given: first('seat.heating.on'), then: { [`${SEAT}.HeatingCooling`]: 0 } },
  {
    intent: 'seat.heating.set',
    slots: { level: { value: 3, unit: 'level' }, zone: ['driver', 'rear_left'] },
    then: { [`${SEAT}.HeatingCooling`]: 100, 'Cabin.Seat.Row2.DriverSide.HeatingCooling': 100 },
  },
  { intent: 'seat.heating.set', slots: { level: 5 }, then: { [`${SEAT}.HeatingCooling`]: 5 } },
  {
    intent: 'seat.heating.set',
    slots: { level: { value: 9, unit: 'level' } },
    status: 'refused',
    code: 'level.range',
    then: { [`${SEAT}.HeatingCooling`]: 0 },
  },
  {
    intent: 'seat.heating.increase',
    given: first('seat.heating.set', { level: 1 }),
    then: { [`${SEAT}.HeatingCooling`]: 67 },
  },
  {
    intent: 'seat.heating.decrease',
    given: first('seat.heating.set', { level: 1 }),
    then: { [`${SEAT}.HeatingCooling`]: 0 },
  },
  {
    intent: 'seat.ventilation.on',
    given: first('seat.heating.on'),
    then: { [`${SEAT}.HeatingCooling`]: -67 },
  },
  {
    intent: 'seat.ventilation.off',
    given: first('seat.heating.on'),
    status: 'unchanged',
    then: { [`${SEAT}.HeatingCooling`]: 67 },
  },
  {
    intent: 'seat.ventilation.set',
    slots: { level: 'high', zone: 'front' },
    then: { [`${SEAT}.HeatingCooling`]: -100, 'Cabin.Seat.Row1.PassengerSide.HeatingCooling': -100 },
  },
  {
    intent: 'seat.ventilation.set',
    slots: { level: 'high', zone: 'rear' },
    status: 'unavailable',
    code: 'seat.front_only',
  },
  { intent: 'seat.ventilation.increase', then: { [`${SEAT}.HeatingCooling`]: -33 } },
  {
    intent: 'seat.ventilation.decrease',
    given: first('seat.ventilation.on'),
    then: { [`${SEAT}.HeatingCooling`]: -33 },
  },
  {
    intent: 'seat.massage.on',
    slots: { mode: 'wave' },
    then: {
      [`${SEAT}.Massage.Level`]: 67,
      [`${SEAT}.Massage.TypeActive`]: 'WAVE',
      [`${SEAT}.Massage.Status`]: 'ON',
    },
  },
  {
    intent: 'seat.massage.off',
    given: first('seat.massage.on'),
    then: { [`${SEAT}.Massage.Level`]: 0, [`${SEAT}.Massage.Status`]: 'OFF' },
  },
  { intent: 'seat.massage.set', slots: { level: 1 }, then: { [`${SEAT}.Massage.Level`]: 33 } },
  {
    intent: 'seat.massage.increase',
    given: first('seat.massage.on'),
    then: { [`${SEAT}.Massage.Level`]: 100 },
  },
  {
    intent: 'seat.massage.decrease',
    given: first('seat.massage.on'),
    then: { [`${SEAT}.Massage.Level`]: 33 },
  },
  {
    intent: 'seat.position.increase',
    slots: { amount: { value: 30, unit: 'millimetre' } },
    then: { [`${SEAT}.Position`]: 90 },
  },
  { intent: 'seat.position.decrease', then: { [`${SEAT}.Position`]: 140 } },
  {
    intent: 'seat.position.set',
    slots: { direction: 'up', amount: 'large' },
    then: { [`${SEAT}.Height`]: 55, [`${SEAT}.Position`]: 120 },
  },
  { intent: 'seat.backrest.increase', then: { [`${SEAT}.Backrest.Recline`]: 26 } },
  {
    intent: 'seat.backrest.decrease',
    slots: { amount: 'small' },
    then: { [`${SEAT}.Backrest.Recline`]: 20 },
  },
  {
    intent: 'seat.backrest.set',
    slots: { position: { value: 35, unit: 'degree' }, zone: 'passenger' },
    then: { 'Cabin.Seat.Row1.PassengerSide.Backrest.Recline': 35, [`${SEAT}.Backrest.Recline`]: 22 },
  },
  { intent: 'seat.memory.add', slots: { ordinal: 2 }, facts: { place: 2 } },
  {
    intent: 'seat.memory.set',
    slots: { ordinal: 2 },
    given: (car) => {
      tell(car, 'seat.memory.add', { ordinal: 2 });
      tell(car, 'seat.position.decrease');
    },
    then: { [`${SEAT}.Position`]: 120 },
  },
  { intent: 'seat.memory.set', slots: { ordinal: 3 }, status: 'refused', code: 'seat.memory.empty' },
  { intent: 'wheel.heating.on', then: { 'Chassis.SteeringWheel.HeatingCooling': 100 } },
  {
    intent: 'wheel.heating.off',
    given: first('wheel.heating.on'),
    then: { 'Chassis.SteeringWheel.HeatingCooling': 0 },
  },
  {
    intent: 'wheel.heating.set',
    slots: { level: 'low' },
    then: { 'Chassis.SteeringWheel.HeatingCooling': 33 },
  },
  // windows, roof, doors, lids, mirrors
  {
    intent: 'window.open',
    seat: 'rear_left',
    then: {
      [`${DOOR}.Row2.DriverSide.Window.Position`]: 100,
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 0,
    },
  },
  {
    intent: 'window.open',
    slots: { zone: 'all', position: 'slightly' },
    then: {
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 15,
      [`${DOOR}.Row2.PassengerSide.Window.Position`]: 15,
    },
  },
  {
    intent: 'window.open',
    slots: { amount: 'small' },
    given: first('window.set', { position: 40 }),
    then: { [`${DOOR}.Row1.DriverSide.Window.Position`]: 50 },
  },
  {
    intent: 'window.close',
    slots: { zone: 'passenger' },
    given: first('window.open', { zone: 'front' }),
    then: {
      [`${DOOR}.Row1.PassengerSide.Window.Position`]: 0,
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 100,
    },
  },
  {
    intent: 'window.set',
    slots: { position: { value: 40, unit: 'percent' } },
    then: { [`${DOOR}.Row1.DriverSide.Window.Position`]: 40 },
  },
  {
    intent: 'window.set',
    slots: { position: { value: 140, unit: 'percent' } },
    status: 'refused',
    code: 'position.range',
  },
  { intent: 'window.open', slots: { zone: 'third_row' }, status: 'unavailable', code: 'zone.missing' },
  {
    intent: 'window.query',
    given: (car) => {
      tell(car, 'window.open', { zone: 'rear' });
      car.advance(5000);
    },
    status: 'answered',
    facts: { open: 2, where: 'rear' },
  },
  {
    intent: 'sunroof.open',
    given: first('sunshade.close'),
    then: { 'Cabin.Sunroof.Position': 100, 'Cabin.Sunroof.Shade.Position': 0 },
  },
  { intent: 'sunroof.close', given: first('sunroof.open'), then: { 'Cabin.Sunroof.Position': 0 } },
  { intent: 'sunroof.set', slots: { mode: 'tilt' }, then: { 'Cabin.Sunroof.Position': -100 } },
  { intent: 'sunroof.set', slots: { position: 'half' }, then: { 'Cabin.Sunroof.Position': 50 } },
  {
    intent: 'sunshade.close',
    slots: { zone: 'rear' },
    then: { [`${DOOR}.Row2.DriverSide.Shade.Position`]: 100, 'Cabin.Sunroof.Shade.Position': 0 },
  },
  {
    intent: 'sunshade.close',
    given: first('sunroof.open'),
    code: 'sunshade.close_with_roof',
    then: { 'Cabin.Sunroof.Position': 0, 'Cabin.Sunroof.Shade.Position': 100 },
  },
  { intent: 'sunshade.open', given: first('sunshade.close'), then: { 'Cabin.Sunroof.Shade.Position': 0 } },
  { intent: 'sunshade.set', slots: { position: 'half' }, then: { 'Cabin.Sunroof.Shade.Position': 50 } },
  {
    intent: 'door.open',
    seat: 'passenger',
    then: {
      [`${DOOR}.Row1.PassengerSide.IsOpen`]: true,
      [`${DOOR}.Row1.PassengerSide.IsLocked`]: false,
      [`${DOOR}.Row1.DriverSide.IsLocked`]: true,
    },
  },
  { intent: 'door.close', given: first('door.open'), then: { [`${DOOR}.Row1.DriverSide.IsOpen`]: false } },
  {
    intent: 'door.unlock',
    slots: { side: 'left', zone: 'rear' },
    then: { [`${DOOR}.Row2.DriverSide.IsLocked`]: false, [`${DOOR}.Row2.PassengerSide.IsLocked`]: true },
  },
  {
    intent: 'door.lock',
    given: first('door.unlock'),
    then: { [`${DOOR}.Row2.DriverSide.IsLocked`]: true, [`${DOOR}.Row1.DriverSide.IsLocked`]: true },
  },
  { intent: 'door.lock', given: first('door.open'), status: 'refused', code: 'door.lock.open' },
  {
    intent: 'door.query',
    given: first('door.open', { zone: 'rear_right' }),
    status: 'answered',
    facts: { open: 1, where: 'rear_right', locked: false },
  },
  { intent: 'trunk.open', then: { 'Body.Trunk.Rear.Position': 100, 'Body.Trunk.Rear.IsLocked': false } },
  { intent: 'trunk.close', given: first('trunk.open'), then: { 'Body.Trunk.Rear.Position': 0 } },
  { intent: 'trunk.unlock', then: { 'Body.Trunk.Rear.IsLocked': false } },
  { intent: 'trunk.lock', given: first('trunk.unlock'), then: { 'Body.Trunk.Rear.IsLocked': true } },
  { intent: 'trunk.query', status: 'answered', facts: { open: false, locked: true } },
  { intent: 'frunk.open', then: { 'Body.Trunk.Front.Position': 100 } },
  { intent: 'frunk.close', given: first('frunk.open'), then: { 'Body.Trunk.Front.Position': 0 } },
  {
    intent: 'mirror.close',
    then: { 'Body.Mirrors.DriverSide.FoldPosition': 100, 'Body.Mirrors.PassengerSide.FoldPosition': 100 },
  },
  {
    intent: 'mirror.open',
    slots: { side: 'right' },
    given: first('mirror.close'),
    then: { 'Body.Mirrors.DriverSide.FoldPosition': 100, 'Body.Mirrors.PassengerSide.FoldPosition': 0 },
  },
  {
    intent: 'mirror.set',
    slots: { side: 'left', direction: 'up' },
    then: { 'Body.Mirrors.DriverSide.Tilt': 15, 'Body.Mirrors.PassengerSide.Tilt': 0 },
  },
  {
    intent: 'child_lock.on',
    slots: { side: 'left' },
    then: {
      [`${DOOR}.Row2.DriverSide.IsChildLockActive`]: true,
      [`${DOOR}.Row2.PassengerSide.IsChildLockActive`]: false,
      'Cabin.IsWindowChildLockEngaged': true,
    },
  },
  {
    intent: 'child_lock.off',
    given: first('child_lock.on'),
    then: { [`${DOOR}.Row2.DriverSide.IsChildLockActive`]: false, 'Cabin.IsWindowChildLockEngaged': false },
  },
  { intent: 'charge_port.open', then: { [`${CHARGING}.ChargingPort.RearLeft.IsFlapOpen`]: true } },
  {
    intent: 'charge_port.close',
    given: first('charge_port.open'),
    then: { [`${CHARGING}.ChargingPort.RearLeft.IsFlapOpen`]: false },
  },
  { intent: 'charge_port.close', given: plugged, status: 'refused', code: 'charge_port.cable' },
  { intent: 'horn.start', then: { 'Body.Horn.IsActive': true } },
  // lights, wipers, display
  {
    intent: 'light.headlight.on',
    then: { 'Body.Lights.LightSwitch': 'BEAM', 'Body.Lights.Beam.Low.IsOn': true },
  },
  {
    intent: 'light.headlight.off',
    then: { 'Body.Lights.LightSwitch': 'OFF', 'Body.Lights.Beam.Low.IsOn': false },
  },
  {
    intent: 'light.headlight.set',
    slots: { mode: 'parking lights' },
    then: { 'Body.Lights.LightSwitch': 'POSITION', 'Body.Lights.Parking.IsOn': true },
  },
  {
    intent: 'light.high_beam.on',
    then: { 'Body.Lights.Beam.High.IsOn': true, 'Body.Lights.Beam.Low.IsOn': true },
  },
  {
    intent: 'light.high_beam.off',
    given: first('light.high_beam.on'),
    then: { 'Body.Lights.Beam.High.IsOn': false },
  },
  {
    intent: 'light.high_beam.set',
    slots: { mode: 'auto' },
    then: { 'Body.Lights.Beam.High.IsAutomatic': true },
  },
  {
    intent: 'light.fog.on',
    slots: { direction: 'rear' },
    then: { 'Body.Lights.Fog.Rear.IsOn': true, 'Body.Lights.Fog.Front.IsOn': false },
  },
  {
    intent: 'light.fog.off',
    given: first('light.fog.on'),
    then: { 'Body.Lights.Fog.Rear.IsOn': false, 'Body.Lights.Fog.Front.IsOn': false },
  },
  { intent: 'light.hazard.on', then: { 'Body.Lights.Hazard.IsSignaling': true } },
  {
    intent: 'light.hazard.off',
    given: first('light.hazard.on'),
    then: { 'Body.Lights.Hazard.IsSignaling': false },
  },
  { intent: 'light.interior.on', then: { 'Cabin.Light.IsDomeOn': true } },
  {
    intent: 'light.interior.on',
    slots: { mode: 'reading' },
    seat: 'rear_right',
    then: { 'Cabin.Light.Spotlight.Row2.PassengerSide.IsLightOn': true, 'Cabin.Light.IsDomeOn': false },
  },
  {
    intent: 'light.interior.off',
    given: first('light.interior.on'),
    then: { 'Cabin.Light.IsDomeOn': false },
  },
  {
    intent: 'light.interior.set',
    slots: { level: { value: 30, unit: 'percent' } },
    then: { 'Cabin.Light.DomeIntensity': 30, 'Cabin.Light.IsDomeOn': true },
  },
  { intent: 'light.interior.increase', then: { 'Cabin.Light.DomeIntensity': 80 } },
  { intent: 'light.interior.decrease', then: { 'Cabin.Light.DomeIntensity': 40 } },
  { intent: 'light.ambient.on', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn': true } },
  {
    intent: 'light.ambient.off',
    given: first('light.ambient.on'),
    then: { 'Cabin.Light.AmbientLight.Row1.PassengerSide.IsLightOn': false },
  },
  {
    intent: 'light.ambient.set',
    slots: { color: '#ff8800', level: 'max' },
    then: {
      'Cabin.Light.AmbientLight.Row1.DriverSide.Color': '#FF8800',
      'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 100,
    },
  },
  { intent: 'light.ambient.increase', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 60 } },
  { intent: 'light.ambient.decrease', then: { 'Cabin.Light.AmbientLight.Row1.DriverSide.Intensity': 20 } },
  {
    intent: 'display.brightness.set',
    slots: { level: 'low' },
    then: { 'Cabin.Infotainment.HMI.Brightness': 25 },
  },
  { intent: 'display.brightness.increase', then: { 'Cabin.Infotainment.HMI.Brightness': 90 } },
  {
    intent: 'display.brightness.decrease',
    slots: { amount: { value: 100, unit: 'percent' } },
    then: { 'Cabin.Infotainment.HMI.Brightness': 5 },
  },
  { intent: 'wiper.on', then: { 'Body.Windshield.Front.Wiping.Mode': 'MEDIUM' } },
  { intent: 'wiper.off', given: first('wiper.on'), then: { 'Body.Windshield.Front.Wiping.Mode': 'OFF' } },
  {
    intent: 'wiper.set',
    slots: { mode: 'interval', direction: 'rear' },
    then: { 'Body.Windshield.Rear.Wiping.Mode': 'INTERVAL', 'Body.Windshield.Front.Wiping.Mode': 'OFF' },
  },
  {
    intent: 'wiper.increase',
    given: first('wiper.on'),
    then: { 'Body.Windshield.Front.Wiping.Mode': 'FAST' },
  },
  {
    intent: 'wiper.decrease',
    given: first('wiper.set', { mode: 'rain' }),
    then: { 'Body.Windshield.Front.Wiping.Mode': 'INTERVAL' },
  },
  {
    intent: 'wiper.washer.start',
    slots: { direction: 'rear' },
    then: {
      'Body.Windshield.Rear.WasherFluid.IsSpraying': true,
      'Body.Windshield.Front.WasherFluid.IsSpraying': false,
    },
  },
  // media
  {
    intent: 'media.playback.start',
    slots: { genre: 'jazz' },
    then: {
      [`${MEDIA}.PlaybackState`]: 'PLAYING',
      [`${MEDIA}.Played.Artist`]: 'The Copper Trio',
      [`${MEDIA}.Played.Source`]: 'INTERNET',
    },
  },
  {
    intent: 'media.playback.start',
    slots: { song: 'open road', artist: 'silver arrows' },
    then: { [`${MEDIA}.Played.Track`]: 'Open Road', [`${MEDIA}.Played.Album`]: 'Full Throttle' },
  },
  {
    intent: 'media.playback.start',
    slots: { podcast: 'tech talk' },
    then: { [`${MEDIA}.Played.Playlist`]: 'Tech Talk' },
  },
  {
    intent: 'media.playback.start',
    slots: { song: 'No Such Song' },
    status: 'refused',
    code: 'media.not_found',
  },
  {
    intent: 'media.playback.pause',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.PlaybackState`]: 'PAUSED', [`${MEDIA}.Played.Artist`]: 'The Copper Trio' },
  },
  {
    intent: 'media.playback.resume',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      tell(car, 'media.playback.pause');
    },
    then: { [`${MEDIA}.PlaybackState`]: 'PLAYING' },
  },
  {
    intent: 'media.playback.stop',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.PlaybackState`]: 'STOPPED' },
  },
  {
    intent: 'media.playback.next',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.Track`]: 'Slow Elevator' },
  },
  {
    intent: 'media.playback.previous',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      car.advance(9000);
    },
    code: 'media.restart',
    then: { [`${MEDIA}.Played.Track`]: 'Midnight at Nine', [`${MEDIA}.Played.Position`]: 0 },
  },
  {
    intent: 'media.playback.query',
    given: first('media.playback.start', { genre: 'jazz' }),
    status: 'answered',
    facts: { title: 'Midnight at Nine', artist: 'The Copper Trio' },
  },
  {
    intent: 'media.seek.increase',
    slots: { duration: 'PT1M' },
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.Position`]: 60 },
  },
  {
    intent: 'media.seek.decrease',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      car.advance(50_000);
    },
    then: { [`${MEDIA}.Played.Position`]: 20 },
  },
  {
    intent: 'media.shuffle.on',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.IsShuffleActive`]: true, [`${MEDIA}.Played.Track`]: 'Midnight at Nine' },
  },
  {
    intent: 'media.shuffle.off',
    given: first('media.shuffle.on'),
    then: { [`${MEDIA}.IsShuffleActive`]: false },
  },
  { intent: 'media.repeat.on', slots: { mode: 'this song' }, then: { [`${MEDIA}.RepeatMode`]: 'ONE' } },
  { intent: 'media.repeat.off', given: first('media.repeat.on'), then: { [`${MEDIA}.RepeatMode`]: 'OFF' } },
  {
    intent: 'media.favorite.add',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.IsFavorite`]: true },
  },
  {
    intent: 'media.favorite.remove',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      tell(car, 'media.favorite.add');
    },
    then: { [`${MEDIA}.Played.IsFavorite`]: false },
  },
  {
    intent: 'media.radio.start',
    slots: { frequency: { value: 98.5, unit: 'fm' } },
    then: {
      [`${MEDIA}.Played.Station`]: 'Rock Antenna',
      [`${MEDIA}.Played.Source`]: 'FM',
      [`${MEDIA}.Played.Frequency`]: 98.5,
    },
  },
  {
    intent: 'media.radio.next',
    given: first('media.radio.start', { station: 'City FM' }),
    then: { [`${MEDIA}.Played.Station`]: 'Jazz Radio' },
  },
  {
    intent: 'media.radio.previous',
    given: first('media.radio.start', { station: 'City FM' }),
    then: { [`${MEDIA}.Played.Station`]: 'Radio One' },
  },
  {
    intent: 'media.source.set',
    slots: { source: 'bluetooth' },
    then: { [`${MEDIA}.Played.Source`]: 'BLUETOOTH' },
  },
  { intent: 'media.volume.off', then: { [`${MEDIA}.IsMuted`]: true, [`${MEDIA}.Volume`]: 35 } },
  {
    intent: 'media.volume.off',
    slots: { channel: 'alerts' },
    status: 'refused',
    code: 'media.volume.never_silent',
    then: { 'Cabin.Infotainment.Alerts.Volume': 60 },
  },
  { intent: 'media.volume.on', given: first('media.volume.off'), then: { [`${MEDIA}.IsMuted`]: false } },
  {
    intent: 'media.volume.set',
    slots: { level: { value: 60, unit: 'percent' } },
    given: first('media.volume.off'),
    then: { [`${MEDIA}.Volume`]: 60, [`${MEDIA}.IsMuted`]: false },
  },
  {
    intent: 'media.volume.increase',
    slots: { amount: 'large', channel: 'navigation' },
    then: { [`${NAVIGATION}.Volume`]: 75, [`${MEDIA}.Volume`]: 35 },
  },
  { intent: 'media.volume.decrease', then: { [`${MEDIA}.Volume`]: 25 } },
  { intent: 'media.volume.query', status: 'answered', facts: { percent: 35 } },
  {
    intent: 'media.equalizer.set',
    slots: { mode: 'bass', amount: 6 },
    then: { [`${MEDIA}.Equalizer.Bass`]: 6 },
  },
  {
    intent: 'media.equalizer.increase',
    slots: { mode: 'treble' },
    then: { [`${MEDIA}.Equalizer.Treble`]: 2 },
  },
  {
    intent: 'media.equalizer.decrease',
    slots: { mode: 'bass', amount: 'large' },
    then: { [`${MEDIA}.Equalizer.Bass`]: -5 },
  },
  // phone and messages
  {
    intent: 'phone.call.start',
    slots: { contact: 'mum' },
    then: { [`${PHONE}.CallState`]: 'DIALLING', [`${PHONE}.CallPeer`]: 'Mom' },
  },
  {
    intent: 'phone.call.start',
    slots: { contact: 'Anna' },
    status: 'needs',
    code: 'phone.which_contact',
    facts: { names: ['Anna Berger', 'Anna Klein'] },
  },
  {
    intent: 'phone.call.start',
    slots: { contact: 'Anna Klein', phone_type: 'work' },
    status: 'refused',
    code: 'phone.no_number',
  },
  {
    intent: 'phone.call.start',
    slots: { phone_number: '+12025550199' },
    then: { [`${PHONE}.CallPeer`]: '+12025550199' },
  },
  {
    intent: 'phone.call.stop',
    given: first('phone.call.start', { contact: 'dad' }),
    then: { [`${PHONE}.CallState`]: 'IDLE' },
  },
  {
    intent: 'phone.call.open',
    given: called,
    facts: { name: 'Mom' },
    then: { [`${PHONE}.CallState`]: 'ACTIVE' },
  },
  {
    intent: 'phone.call.close',
    given: called,
    then: { [`${PHONE}.CallState`]: 'IDLE', [`${PHONE}.MissedCalls`]: 0 },
  },
  {
    intent: 'phone.call.query',
    given: (car) => {
      called(car);
      car.advance(30_000);
    },
    status: 'answered',
    facts: { count: 1, names: ['Mom'] },
  },
  {
    intent: 'phone.redial.start',
    given: (car) => {
      tell(car, 'phone.call.start', { contact: 'dad' });
      tell(car, 'phone.call.stop');
    },
    then: { [`${PHONE}.CallPeer`]: 'Dad' },
  },
  { intent: 'phone.microphone.off', then: { [`${PHONE}.IsMicrophoneMuted`]: true } },
  {
    intent: 'phone.microphone.on',
    given: first('phone.microphone.off'),
    then: { [`${PHONE}.IsMicrophoneMuted`]: false },
  },
  {
    intent: 'phone.contact.query',
    slots: { contact: 'Emma' },
    status: 'answered',
    facts: { name: 'Emma Wilson', number: '+12025550110' },
  },
  { intent: 'phone.speaker.off', then: { [`${PHONE}.IsHandsFree`]: false } },
  { intent: 'phone.speaker.on', given: first('phone.speaker.off'), then: { [`${PHONE}.IsHandsFree`]: true } },
  { intent: 'phone.bluetooth.off', then: { [`${PHONE}.IsBluetoothOn`]: false } },
  {
    intent: 'phone.bluetooth.on',
    given: first('phone.bluetooth.off'),
    then: { [`${PHONE}.IsBluetoothOn`]: true },
  },
  { intent: 'phone.bluetooth.query', status: 'answered', facts: { on: true, device: 'Pocket phone' } },
  {
    intent: 'phone.call.start',
    slots: { contact: 'mom' },
    given: first('phone.bluetooth.off'),
    status: 'unavailable',
    code: 'phone.disconnected',
  },
  {
    intent: 'message.start',
    slots: { contact: 'Tom', message_text: 'on my way' },
    facts: { name: 'Tom Fischer', text: 'on my way' },
  },
  { intent: 'message.start', slots: { contact: 'Tom' }, status: 'needs', code: 'message.what_text' },
  {
    intent: 'message.query',
    given: (car) => {
      sense(car, { [`${PHONE}.IncomingMessage`]: '+12025550107: see you at 6: ok?' });
    },
    facts: { name: 'Peter Novak', text: 'see you at 6: ok?' },
    then: { [`${PHONE}.UnreadMessages`]: 0 },
  },
  // driving
  { intent: 'drive.cruise.on', then: { [`${CRUISE}.IsEnabled`]: true, [`${CRUISE}.IsActive`]: false } },
  {
    intent: 'drive.cruise.on',
    given: going(83.4),
    then: { [`${CRUISE}.IsActive`]: true, [`${CRUISE}.SpeedSet`]: 83 },
  },
  {
    intent: 'drive.cruise.off',
    given: (car) => {
      going(80)(car);
      tell(car, 'drive.cruise.on');
    },
    then: { [`${CRUISE}.IsEnabled`]: false, [`${CRUISE}.IsActive`]: false },
  },
  {
    intent: 'drive.cruise.set',
    slots: { speed: { value: 60, unit: 'mph' } },
    given: going(90),
    then: { [`${CRUISE}.IsActive`]: true, [`${CRUISE}.SpeedSet`]: 96.6 },
  },
  {
    intent: 'drive.cruise.set',
    slots: { speed: 300 },
    given: going(90),
    status: 'refused',
    code: 'drive.cruise.range',
  },
  {
    intent: 'drive.cruise.increase',
    slots: { amount: { value: 10, unit: 'step' } },
    given: (car) => {
      going(80)(car);
      tell(car, 'drive.cruise.on');
    },
    status: 'confirm',
    code: 'remedy.confirm_speed',
  },
  {
    intent: 'drive.cruise.increase',
    given: (car) => {
      going(80)(car);
      tell(car, 'drive.cruise.on');
    },
    then: { [`${CRUISE}.SpeedSet`]: 85 },
  },
  {
    intent: 'drive.cruise.decrease',
    slots: { level: 2 },
    given: (car) => {
      going(80)(car);
      tell(car, 'drive.cruise.on');
    },
    code: 'drive.cruise.gap',
    then: { [`${CRUISE}.AdaptiveIntervalSet`]: 2 },
  },
  {
    intent: 'drive.cruise.resume',
    given: (car) => {
      going(80)(car);
      tell(car, 'drive.cruise.on');
      sense(car, { 'Chassis.Brake.PedalPosition': 30 });
    },
    then: { [`${CRUISE}.IsActive`]: true, [`${CRUISE}.SpeedSet`]: 80 },
  },
  {
    intent: 'drive.mode.set',
    slots: { mode: 'eco' },
    then: { 'Powertrain.Transmission.PerformanceMode': 'ECONOMY' },
  },
  { intent: 'drive.mode.query', status: 'answered', facts: { mode: 'normal' } },
  { intent: 'drive.limiter.on', then: { 'ADAS.SpeedLimiter.IsEnabled': true } },
  {
    intent: 'drive.limiter.off',
    given: first('drive.limiter.on'),
    then: { 'ADAS.SpeedLimiter.IsEnabled': false },
  },
  {
    intent: 'drive.limiter.set',
    slots: { speed: 100 },
    then: { 'ADAS.SpeedLimiter.IsEnabled': true, 'ADAS.SpeedLimiter.SpeedSet': 100 },
  },
  {
    intent: 'drive.lane_assist.off',
    status: 'confirm',
    code: 'remedy.confirm_assist_off',
    then: { 'ADAS.LaneDepartureDetection.IsEnabled': true },
  },
  {
    intent: 'drive.lane_assist.on',
    slots: { mode: 'warning only' },
    then: { 'ADAS.LaneDepartureDetection.IsEnabled': true, 'ADAS.LaneDepartureDetection.Mode': 'WARNING' },
  },
  { intent: 'drive.lane_assist.query', status: 'answered', facts: { on: true } },
  { intent: 'drive.parking.start', then: { 'ADAS.ParkingAssist.IsActive': true } },
  {
    intent: 'drive.parking.stop',
    given: first('drive.parking.start'),
    then: { 'ADAS.ParkingAssist.IsActive': false },
  },
  {
    intent: 'drive.regeneration.set',
    slots: { level: 'max' },
    then: { 'Powertrain.RegenerationLevel': 100 },
  },
  { intent: 'drive.regeneration.increase', then: { 'Powertrain.RegenerationLevel': 100 } },
  { intent: 'drive.regeneration.decrease', then: { 'Powertrain.RegenerationLevel': 33 } },
  { intent: 'drive.power.off', then: { LowVoltageSystemState: 'OFF' } },
  { intent: 'drive.power.on', given: first('drive.power.off'), then: { LowVoltageSystemState: 'ON' } },
  // energy
  { intent: 'energy.charging.start', status: 'refused', code: 'energy.charging.no_cable' },
  {
    intent: 'energy.charging.start',
    slots: { level: { value: 90, unit: 'percent' } },
    given: plugged,
    then: {
      [`${CHARGING}.IsCharging`]: true,
      [`${CHARGING}.ChargeLimit`]: 90,
      [`${CHARGING}.StartStopCharging`]: 'START',
    },
  },
  {
    intent: 'energy.charging.stop',
    given: (car) => {
      plugged(car);
      tell(car, 'energy.charging.start');
    },
    then: { [`${CHARGING}.IsCharging`]: false },
  },
  {
    intent: 'energy.charging.set',
    slots: { level: { value: 30, unit: 'percent' } },
    status: 'refused',
    code: 'energy.charging.range',
    then: { [`${CHARGING}.ChargeLimit`]: 80 },
  },
  {
    intent: 'energy.charging.set',
    slots: { datetime: '22:30' },
    facts: { at: '22:30' },
    then: { [`${CHARGING}.Timer.Mode`]: 'START_TIME' },
  },
  { intent: 'energy.charging.query', status: 'answered', facts: { percent: 72, limit: 80 } },
  { intent: 'energy.range.query', status: 'answered', facts: { distance: 331, unit: 'km', percent: 72 } },
  {
    intent: 'energy.range.query',
    slots: { destination: 'Work' },
    status: 'answered',
    code: 'energy.range.enough',
    facts: { destination: 'Work' },
  },
  { intent: 'energy.consumption.query', status: 'answered', facts: { consumption: 16.7 } },
  // the car about itself
  {
    intent: 'vehicle.tyres.query',
    given: (car) => {
      sense(car, { 'Chassis.Axle.Row2.Wheel.Right.Tire.Pressure': 190 });
    },
    status: 'answered',
    code: 'vehicle.tyres.low',
    facts: { bar: 1.9, count: 1, where: 'rear_right' },
  },
  {
    intent: 'vehicle.status.query',
    slots: { item: 'is anything open' },
    given: first('door.open'),
    status: 'answered',
    facts: { count: 1, names: ['driver door'] },
  },
  {
    intent: 'vehicle.status.query',
    slots: { item: 'the odometer' },
    status: 'answered',
    facts: { distance: 18240, unit: 'km' },
  },
  {
    intent: 'vehicle.status.query',
    slots: { item: 'the flux capacitor' },
    status: 'unavailable',
    code: 'vehicle.status.unknown',
  },
  { intent: 'vehicle.service.query', status: 'answered', facts: { days: 180 } },
  { intent: 'vehicle.service.add', slots: { datetime: '2026-12-01' }, facts: { date: '2026-12-01' } },
  {
    intent: 'vehicle.trip.query',
    given: (car) => {
      tell(car, 'vehicle.trip.stop');
      car.advance(3_600_000);
      sense(car, { TraveledDistance: 18_340_000 });
    },
    status: 'answered',
    facts: { distance: 100, minutes: 60, average: 100 },
  },
  { intent: 'vehicle.trip.stop', code: 'vehicle.trip.stop' },
  // clock, weather, calendar, reminders
  {
    intent: 'weather.query',
    slots: { datetime: '2026-11-21T18:00' },
    status: 'answered',
    facts: { condition: 'rain', degrees: 9 },
  },
  { intent: 'clock.query', status: 'answered', facts: { time: '09:00', date: '2026-11-21' } },
  {
    intent: 'calendar.add',
    slots: { item: 'dentist', datetime: '2026-11-21T14:30' },
    facts: { text: 'dentist', time: '14:30' },
  },
  {
    intent: 'calendar.query',
    given: first('calendar.add', { item: 'dentist', datetime: '2026-11-21T14:30' }),
    status: 'answered',
    facts: { count: 1, names: ['dentist at 14:30'] },
  },
  {
    intent: 'calendar.remove',
    slots: { item: 'the dentist' },
    given: first('calendar.add', { item: 'dentist', datetime: '2026-11-21T14:30' }),
    facts: { text: 'dentist' },
  },
  {
    intent: 'reminder.add',
    slots: { item: 'buy milk', datetime: '17:00' },
    facts: { text: 'buy milk', at: '17:00' },
  },
  {
    intent: 'reminder.query',
    given: first('reminder.add', { duration: 'PT10M' }),
    status: 'answered',
    facts: { count: 1, names: ['timer at 09:10'] },
  },
  {
    intent: 'reminder.remove',
    slots: { item: 'the timer' },
    given: first('reminder.add', { duration: 'PT10M' }),
    facts: { count: 1 },
  },
];

/** Commands that are the dialogue's or a larger model's business. */
const NOT_THE_CARS = INTENTS.filter((intent) => /^(news|question|dialogue|none)\./.test(intent));

describe('vehicle', () => {
  for (const { intent, slots = {}, seat = 'driver', given, status = 'done', code, facts, then } of CASES) {
    const words = Object.keys(slots).length > 0 ? ` ${JSON.stringify(slots)}` : '';
    it(`[CAR-1] ${intent}${words} from ${seat}${given ? ' after something' : ''}: ${code ?? status}`, () => {
      const car = newCar();
      given?.(car);
      const outcome = tell(car, intent, slots, seat);
      assert.equal(outcome.status, status, `${outcome.code} ${JSON.stringify(outcome.facts)}`);
      if (code !== undefined) assert.equal(outcome.code, code);
      for (const [name, expected] of Object.entries(facts ?? {}))
        assert.deepEqual(outcome.facts[name], expected, name);
      for (const [path, expected] of Object.entries(then ?? {}))
        assert.deepEqual(goal(car, path), expected, path);
    });
  }

  it('[CAR-1] the table above has every intent of the ontology that is the car’s', () => {
    const tested = new Set(CASES.map(({ intent }) => intent));
    assert.deepEqual(
      INTENTS.filter((intent) => !tested.has(intent)),
      NOT_THE_CARS,
    );
  });

  it('[CAR-2] what is not the car’s business is unavailable and changes nothing', () => {
    const car = newCar();
    const before = car.snapshot();
    for (const intent of NOT_THE_CARS) assert.equal(tell(car, intent).status, 'unavailable', intent);
    assert.deepEqual(car.snapshot(), before);
  });
});
