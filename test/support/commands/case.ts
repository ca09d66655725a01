import type { Seat } from '../../../vehicle/command.ts';
import type { Intent } from '../../../vehicle/ontology.generated.ts';
import type { OutcomeStatus } from '../../../vehicle/outcome.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../../vehicle/vehicle.ts';
import { sense, tell, type ShortSlots } from '../small-car.ts';

/** One thing said to a fresh car, and what must be true afterwards. */
export interface Case {
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

export const HVAC = 'Cabin.HVAC';
export const DRIVER = `${HVAC}.Station.Row1.Driver`;
export const PASSENGER = `${HVAC}.Station.Row1.Passenger`;
export const REAR_LEFT = `${HVAC}.Station.Row2.Driver`;
export const REAR_RIGHT = `${HVAC}.Station.Row2.Passenger`;
export const SEAT = 'Cabin.Seat.Row1.DriverSide';
export const DOOR = 'Cabin.Door';
export const MEDIA = 'Cabin.Infotainment.Media';
export const NAVIGATION = 'Cabin.Infotainment.Navigation';
export const PHONE = 'Cabin.Infotainment.Phone';
export const CHARGING = 'Powertrain.TractionBattery.Charging';
export const CRUISE = 'ADAS.CruiseControl';

export const first =
  (intent: Intent, slots: ShortSlots = {}) =>
  (car: Vehicle) =>
    void tell(car, intent, slots);
export const going = (speed: number) => (car: Vehicle) => {
  sense(car, { 'Powertrain.Transmission.CurrentGear': 127, Speed: speed });
};
export const guided = first('navigation.route.start', { destination: 'Ship Museum' });
export const called = (car: Vehicle) => {
  sense(car, { [`${PHONE}.IncomingCall`]: '+12025550103' });
};
export const plugged = (car: Vehicle) => {
  tell(car, 'charge_port.open');
  sense(car, { [`${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`]: true });
};
