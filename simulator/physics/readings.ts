/** The car's signals as numbers for the physics, and what the physics measure as signals. */
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { ZONES, type CabinInputs, type Zone } from './cabin.ts';

/** A signal: what is measured, and what its actuator is told. */
export interface Reading {
  readonly value: SignalValue;
  readonly target?: SignalValue;
}
export type Readings = (path: string) => Reading | undefined;

export interface SensorWrite {
  readonly path: string;
  readonly value: SignalValue;
}

export const number = (read: Readings, path: string, otherwise: number): number => {
  const value = read(path)?.value;
  return typeof value === 'number' ? value : otherwise;
};

/** What an actuator is told to reach; what it is where it is told nothing. */
const told = (read: Readings, path: string, otherwise: number): number => {
  const target = read(path)?.target;
  return typeof target === 'number' ? target : number(read, path, otherwise);
};

export const isTrue = (read: Readings, path: string): boolean => read(path)?.value === true;

const HVAC = 'Vehicle.Cabin.HVAC';
export const zonePath = (zone: Zone): string => `${HVAC}.Station.${zone}.Temperature`;

export const isAwake = (read: Readings): boolean => {
  const state = read('Vehicle.LowVoltageSystemState')?.value;
  return state === undefined || state === 'ON' || state === 'START';
};

const HEATED = [
  'Row1.DriverSide',
  'Row1.PassengerSide',
  'Row2.DriverSide',
  'Row2.Middle',
  'Row2.PassengerSide',
];
/** Watts of a seat's heater or blower at 100 percent. */
const SEAT_HEATER = 90;

export function cabinInputs(
  read: Readings,
  weather: { outside: number; sun: number; speed: number },
): CabinInputs {
  const zone = (name: Zone) => ({
    setPoint: told(read, zonePath(name), 20),
    fan: number(read, `${HVAC}.Station.${name}.FanSpeed`, 0),
    window: number(read, `Vehicle.Cabin.Door.${name}Side.Window.Position`, 0),
  });
  const seats = HEATED.map((seat) => Math.abs(number(read, `Vehicle.Cabin.Seat.${seat}.HeatingCooling`, 0)));
  const wheel = number(read, 'Vehicle.Chassis.SteeringWheel.HeatingCooling', 0);
  const isConditioning = isTrue(read, `${HVAC}.IsPreconditioningActive`);
  return {
    ...weather,
    isOn: isConditioning || (isAwake(read) && isTrue(read, `${HVAC}.IsPowered`)),
    isCooling: isConditioning || isTrue(read, `${HVAC}.IsAirConditioningActive`),
    isRecirculating: isTrue(read, `${HVAC}.IsRecirculationActive`),
    sunroof: Math.max(0, number(read, 'Vehicle.Cabin.Sunroof.Position', 0)),
    zones: Object.fromEntries(ZONES.map((name) => [name, zone(name)])) as Record<
      Zone,
      ReturnType<typeof zone>
    >,
    heaters: isAwake(read) ? ((seats.reduce((a, b) => a + b, 0) + wheel) / 100) * SEAT_HEATER : 0,
  };
}

export const round = (value: number, digits = 0): number => {
  const scale = 10 ** digits;
  // Adding 0 turns -0 into 0.
  return Math.round(value * scale) / scale + 0;
};
