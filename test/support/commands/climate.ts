import { sense } from '../small-car.ts';
import { HVAC, DRIVER, PASSENGER, REAR_LEFT, REAR_RIGHT, first, type Case } from './case.ts';

/** Climate. */
export const CLIMATE_COMMANDS: readonly Case[] = [
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
];
