import { tell, sense } from '../small-car.ts';
import { first, type Case } from './case.ts';

/** The car about itself. */
export const STATUS_COMMANDS: readonly Case[] = [
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
  ...(
    [
      ['the handbrake', 'parking brake', true],
      ['hand break', 'parking brake', true],
      ['child lock', 'child lock', false],
      ['the AC', 'air conditioning', false],
      ['cruise control', 'cruise control', false],
    ] as const
  ).map(([item, thing, on]): Case => ({
    intent: 'vehicle.status.query',
    slots: { item },
    status: 'answered',
    code: 'vehicle.status.switched',
    facts: { thing, on },
  })),
  {
    intent: 'vehicle.status.query',
    slots: { item: 'the flux capacitor' },
    status: 'unavailable',
    code: 'vehicle.status.unknown',
  },
  { intent: 'vehicle.service.query', status: 'answered', facts: { days: 180 } },
  { intent: 'vehicle.service.add', slots: { datetime: '2026-12-01' }, facts: { day: 'December 1' } },
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
];
