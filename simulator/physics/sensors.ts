/** The state of the physics as the car's sensors report it: rounded as sensors are, so that rest is silent. */
import type { WeatherReport } from '../../vehicle/world.ts';
import { sunAt } from '../world/weather.ts';
import { drivePower, rangeOf, timeToCharge } from './battery.ts';
import { ZONES } from './cabin.ts';
import type { PhysicsState } from './physics.ts';
import { isTrue, number, round, zonePath, type Readings, type SensorWrite } from './readings.ts';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
/** VSS's numbers for the lever. */
const PARK = 126;
const DRIVE = 127;

export function sensed(state: PhysicsState, read: Readings, weather: WeatherReport): SensorWrite[] {
  return Object.entries({ ...motion(state), ...cabin(state, weather), ...energy(state, read) }).map(
    ([path, value]) => ({ path, value }),
  );
}

function motion({ motion, pedals, trip }: PhysicsState): Record<string, SensorWrite['value']> {
  const { at, speed, acceleration, lateral, heading, driven } = motion;
  const isParked = pedals.mode === 'parked' && speed === 0;
  return {
    'Vehicle.Speed': round(speed * 3.6, 1),
    'Vehicle.Powertrain.Transmission.CurrentGear': isParked ? PARK : DRIVE,
    'Vehicle.Powertrain.Transmission.SelectedGear': isParked ? PARK : DRIVE,
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
    'Vehicle.TraveledDistanceSinceStart': round(driven - trip.from),
    'Vehicle.TripDuration': round(trip.time / 1000),
    'Vehicle.AverageSpeed': trip.time === 0 ? 0 : round(((driven - trip.from) / trip.time) * 3600, 1),
  };
}

function cabin(
  { cabin, time }: PhysicsState,
  { condition, temperature }: WeatherReport,
): Record<string, SensorWrite['value']> {
  const mean = ZONES.reduce((sum, zone) => sum + cabin.zones[zone], 0) / ZONES.length;
  return {
    ...Object.fromEntries(ZONES.map((zone) => [zonePath(zone), round(cabin.zones[zone], 1)])),
    'Vehicle.Cabin.HVAC.AmbientAirTemperature': round(mean, 1),
    'Vehicle.Exterior.AirTemperature': round(temperature, 1),
    'Vehicle.Exterior.LightIntensity': round(Math.min(1, 2 * sunAt(time)) * 100),
    'Vehicle.Body.Raindetection.Intensity': condition === 'rain' ? 60 : condition === 'snow' ? 30 : 0,
  };
}

function energy({ battery, motion }: PhysicsState, read: Readings): Record<string, SensorWrite['value']> {
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
    [`${BATTERY}.CurrentPower`]: round(battery.power, -2),
    [`${BATTERY}.Range`]: range,
    'Vehicle.Powertrain.Range': range,
    'Vehicle.Powertrain.AverageConsumption': round(battery.consumption * 100, 1),
    [`${BATTERY}.Charging.ChargeRate`]: round(charger / 1000 / battery.consumption, -1),
    [`${BATTERY}.Charging.TimeToComplete`]: round(timeToCharge(battery, capacity, charger, goal) / 1000),
  };
}
