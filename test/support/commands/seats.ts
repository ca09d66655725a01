import { tell } from '../small-car.ts';
import { SEAT, first, type Case } from './case.ts';

/** Seats. */
export const SEATS_COMMANDS: readonly Case[] = [
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
];
