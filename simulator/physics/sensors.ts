/** The state of the physics as the car's sensors report it: rounded as sensors are, so that rest is silent. */
import type { WeatherReport } from '../../vehicle/world.ts';
import { drivePower, rangeOf, timeToCharge } from './battery.ts';
import { ZONES } from './cabin.ts';
import { PARK } from './controls.ts';
import type { PhysicsState } from './physics.ts';
import { isTrue, number, round, zonePath, type Readings, type SensorWrite } from './readings.ts';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';

export type Measured = Record<string, SensorWrite['value']>;

/** What changes from second to second. */
export const slowSensors = (
  state: PhysicsState,
  read: Readings,
  weather: WeatherReport,
  sky: { readonly sun: number; readonly rain: number },
): Measured => ({ ...distances(state), ...cabin(state, weather, sky), ...energy(state, read) });

/** What changes while the car moves. */
export function motionSensors({ motion, pedals, gear }: PhysicsState): Measured {
  const { at, speed, acceleration, lateral, heading } = motion;
  const isParked = pedals.mode === 'parked' && speed === 0;
  return {
    'Vehicle.Speed': round(speed * 3.6, 1),
    'Vehicle.Powertrain.Transmission.CurrentGear': isParked ? PARK : gear,
    'Vehicle.Powertrain.Transmission.SelectedGear': isParked ? PARK : gear,
    'Vehicle.Powertrain.Transmission.IsParkLockEngaged': isParked,
    'Vehicle.Chassis.ParkingBrake.IsEngaged': isParked,
    'Vehicle.Chassis.Brake.PedalPosition': round(Math.min(100, Math.max(0, -acceleration - 0.3) * 20)),
    'Vehicle.Chassis.Accelerator.PedalPosition': round(
      Math.min(100, Math.max(0, (drivePower(speed, acceleration, 0) / 150_000) * 100)),
    ),
    'Vehicle.Chassis.SteeringWheel.Angle':
      speed < 0.5 ? 0 : round((lateral / Math.max(9, speed * speed)) * 2400),
    'Vehicle.Acceleration.Longitudinal': round(acceleration, 1),
    'Vehicle.Acceleration.Lateral': round(lateral, 1),
    'Vehicle.CurrentLocation.Longitude': round(at[0], 6),
    'Vehicle.CurrentLocation.Latitude': round(at[1], 6),
    'Vehicle.CurrentLocation.Heading': round(heading, 1) % 360,
  };
}

function distances({ motion: { driven }, trip, odometer }: PhysicsState): Measured {
  return {
    'Vehicle.TraveledDistance': Math.round(odometer + driven),
    'Vehicle.TraveledDistanceSinceStart': round(driven - trip.from),
    'Vehicle.TripDuration': round(trip.time / 1000),
    'Vehicle.AverageSpeed': trip.time === 0 ? 0 : round(((driven - trip.from) / trip.time) * 3600, 1),
  };
}

function cabin(
  { cabin }: PhysicsState,
  { temperature }: WeatherReport,
  { sun, rain }: { readonly sun: number; readonly rain: number },
): Measured {
  const mean = ZONES.reduce((sum, zone) => sum + cabin.zones[zone], 0) / ZONES.length;
  return {
    ...Object.fromEntries(ZONES.map((zone) => [zonePath(zone), round(cabin.zones[zone], 1)])),
    'Vehicle.Cabin.HVAC.AmbientAirTemperature': round(mean, 1),
    'Vehicle.Exterior.AirTemperature': round(temperature, 1),
    'Vehicle.Exterior.LightIntensity': round(Math.min(1, 2 * sun) * 100),
    'Vehicle.Cabin.Light.PerceivedAmbientLight': round(Math.min(1, 1.4 * sun) * 100),
    'Vehicle.Body.Raindetection.Intensity': rain,
  };
}

function energy({ battery, motion }: PhysicsState, read: Readings): Measured {
  if (!battery) return {};
  const capacity = number(read, `${BATTERY}.NetCapacity`, 77);
  const charge = round((battery.energy / capacity) * 100, 1);
  const range = round(rangeOf(battery), -2);
  const isCharging =
    isTrue(read, `${BATTERY}.Charging.IsCharging`) && motion.speed === 0 && battery.power > 0;
  const goal = number(read, `${BATTERY}.Charging.ChargeLimit`, 80) / 100;
  const charger = isCharging ? battery.power : 0;
  return {
    [`${BATTERY}.StateOfCharge.Current`]: charge,
    [`${BATTERY}.StateOfCharge.Displayed`]: round(charge),
    [`${BATTERY}.StateOfCharge.CurrentEnergy`]: round(battery.energy, 1),
    [`${BATTERY}.Temperature.Average`]: round(battery.temperature, 1),
    [`${BATTERY}.CurrentPower`]: round(battery.power, -2),
    [`${BATTERY}.Range`]: range,
    'Vehicle.Powertrain.Range': range,
    'Vehicle.Powertrain.AverageConsumption': round(battery.consumption * 100, 1),
    [`${BATTERY}.Charging.ChargeRate`]: round(charger / 1000 / battery.consumption, -1),
    [`${BATTERY}.Charging.TimeToComplete`]: round(timeToCharge(battery, capacity, charger, goal) / 1000),
  };
}
