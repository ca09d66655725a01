/** What the driver's levers, buttons and assistants tell the motor. */
import { isAwake, isTrue, number, type Readings } from './readings.ts';

/** VSS's numbers for the lever. */
export const PARK = 126;
export const DRIVE = 127;
export const NEUTRAL = 0;
export const REVERSE = -1;
export type Gear = typeof PARK | typeof DRIVE | typeof NEUTRAL | typeof REVERSE;

export interface Controls {
  /** Metres per second that the limiter allows. */
  readonly limiter: number;
  /** Metres per second that cruise control keeps; undefined while it is off. */
  readonly cruise: number | undefined;
  /** The car has power, and nothing inhibits driving off. */
  readonly canStart: boolean;
  /** Metres per second². */
  readonly vigour: number;
  /** 0 to 1. */
  readonly regeneration: number;
  /** Kilowatt-hours. */
  readonly capacity: number;
}

const VIGOUR: Readonly<Record<string, number>> = {
  ECONOMY: 1.5,
  NORMAL: 2.1,
  SPORT: 3.2,
  SNOW: 1.2,
  RAIN: 1.5,
};

export function controlsOf(read: Readings): Controls {
  const speed = (path: string) => number(read, path, 200) / 3.6;
  const mode = String(read('Vehicle.Powertrain.Transmission.PerformanceMode')?.value);
  return {
    limiter: isTrue(read, 'Vehicle.ADAS.SpeedLimiter.IsEnabled')
      ? speed('Vehicle.ADAS.SpeedLimiter.SpeedSet')
      : Infinity,
    cruise: isTrue(read, 'Vehicle.ADAS.CruiseControl.IsActive')
      ? speed('Vehicle.ADAS.CruiseControl.SpeedSet')
      : undefined,
    canStart: isAwake(read) && !isTrue(read, 'Vehicle.Powertrain.Transmission.IsDriveInhibited'),
    vigour: VIGOUR[mode] ?? 2.1,
    regeneration: number(read, 'Vehicle.Powertrain.RegenerationLevel', 67) / 100,
    capacity: number(read, 'Vehicle.Powertrain.TractionBattery.NetCapacity', 77),
  };
}
