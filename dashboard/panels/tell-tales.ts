import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import { isOn, numberAt, textAt } from '../signals.ts';
import type { Signals } from '../store.ts';

const LIGHTS = 'Vehicle.Body.Lights';
const PLUG = 'Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.RearLeft';
const WIPERS = 'Vehicle.Body.Windshield.Front.Wiping.Mode';

/** VSS's doors, and whose they are. */
export const DOORS = [
  { door: 'Row1.DriverSide', seat: 'driver' },
  { door: 'Row1.PassengerSide', seat: 'passenger' },
  { door: 'Row2.DriverSide', seat: 'rear_left' },
  { door: 'Row2.PassengerSide', seat: 'rear_right' },
] as const;

interface TellTale {
  readonly paths: readonly string[];
  /** What to show, undefined while there is nothing to tell. */
  readonly words: (signals: Signals) => string | undefined;
  readonly tone: 'green' | 'blue' | 'amber' | 'red' | 'plain';
}

const lamp = (path: string, words: () => string, tone: TellTale['tone']): TellTale => ({
  paths: [path],
  words: (signals) => (isOn(signals, path) ? words() : undefined),
  tone,
});

const opening = (path: string, words: (percent: number) => string): TellTale => ({
  paths: [path],
  words: (signals) => {
    const percent = numberAt(signals, path) ?? 0;
    return percent > 0 ? words(percent) : undefined;
  },
  tone: 'plain',
});

const wiping = ['SLOW', 'MEDIUM', 'FAST', 'INTERVAL', 'RAIN_SENSOR'] as const;

/** What shines in a car's instrument cluster, most urgent first. */
export const TELL_TALES: readonly TellTale[] = [
  lamp(`${LIGHTS}.Hazard.IsSignaling`, () => t('tale.hazard'), 'red'),
  ...DOORS.map(({ door, seat }) =>
    lamp(`Vehicle.Cabin.Door.${door}.IsOpen`, () => t('tale.door', { seat: t(`seat.${seat}`) }), 'red'),
  ),
  lamp('Vehicle.Body.Trunk.Rear.IsOpen', () => t('tale.trunk'), 'red'),
  lamp('Vehicle.Body.Trunk.Front.IsOpen', () => t('tale.frunk'), 'red'),
  lamp('Vehicle.Body.Hood.IsOpen', () => t('tale.hood'), 'red'),
  lamp(`${PLUG}.IsFlapOpen`, () => t('tale.flap'), 'amber'),
  lamp(`${PLUG}.IsChargingCableConnected`, () => t('tale.cable'), 'plain'),
  lamp('Vehicle.Chassis.ParkingBrake.IsEngaged', () => t('tale.parkingBrake'), 'amber'),
  lamp(`${LIGHTS}.DirectionIndicator.Left.IsSignaling`, () => t('tale.left'), 'green'),
  lamp(`${LIGHTS}.DirectionIndicator.Right.IsSignaling`, () => t('tale.right'), 'green'),
  lamp(`${LIGHTS}.Beam.Low.IsOn`, () => t('tale.lowBeam'), 'green'),
  lamp(`${LIGHTS}.Beam.High.IsOn`, () => t('tale.highBeam'), 'blue'),
  lamp(`${LIGHTS}.Parking.IsOn`, () => t('tale.parkingLights'), 'green'),
  lamp(`${LIGHTS}.Fog.Front.IsOn`, () => t('tale.frontFog'), 'green'),
  lamp(`${LIGHTS}.Fog.Rear.IsOn`, () => t('tale.rearFog'), 'amber'),
  lamp('Vehicle.ADAS.CruiseControl.IsActive', () => t('tale.cruise'), 'green'),
  ...DOORS.map(({ door, seat }) =>
    opening(`Vehicle.Cabin.Door.${door}.Window.Position`, (percent) =>
      t('tale.window', { seat: t(`seat.${seat}`), percent }),
    ),
  ),
  opening('Vehicle.Cabin.Sunroof.Position', (percent) => t('tale.sunroof', { percent })),
  {
    paths: [WIPERS],
    words: (signals) => {
      const mode = wiping.find((each) => each === textAt(signals, WIPERS));
      return mode && t(`tale.wipers.${mode}`);
    },
    tone: 'plain',
  },
  {
    paths: DOORS.map(({ door }) => `Vehicle.Cabin.Door.${door}.IsLocked`),
    words: (signals) => {
      const locked = DOORS.filter(({ door }) => isOn(signals, `Vehicle.Cabin.Door.${door}.IsLocked`)).length;
      if (locked === DOORS.length) return t('tale.locked');
      return locked === 0 ? undefined : t('tale.doorsLocked', { locked, doors: DOORS.length });
    },
    tone: 'plain',
  },
];

/** All signals that a tell-tale follows from. */
export const TELL_TALE_SIGNALS: readonly string[] = TELL_TALES.flatMap(({ paths }) => paths);

/** Shows those that shine now, most urgent first; the list is rebuilt only when it changes. */
export function showTellTales(list: HTMLElement, signals: Signals): void {
  const active = TELL_TALES.flatMap(({ words, tone }) => {
    const told = words(signals);
    return told === undefined ? [] : [{ told, tone }];
  });
  const key = active.map(({ told }) => told).join('\n');
  if (list.dataset['shown'] === key) return;
  list.dataset['shown'] = key;
  list.replaceChildren(
    ...active.map(({ told, tone }) =>
      html('li', { class: 'lamp', 'data-on': 'true', 'data-tone': tone }, told),
    ),
  );
}
