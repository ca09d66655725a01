import { tell } from '../small-car.ts';
import { CHARGING, plugged, type Case } from './case.ts';

/** Energy. */
export const ENERGY_COMMANDS: readonly Case[] = [
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
];
