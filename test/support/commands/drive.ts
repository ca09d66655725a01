import { tell, sense } from '../small-car.ts';
import { CRUISE, first, going, type Case } from './case.ts';

/** Driving. */
export const DRIVE_COMMANDS: readonly Case[] = [
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
];
