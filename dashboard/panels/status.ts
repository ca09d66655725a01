import { html, setText } from '../dom.ts';
import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const LIGHTS = 'Vehicle.Body.Lights';
const SPEED_UNIT = 'Vehicle.Cabin.Infotainment.HMI.SpeedUnit';
const DISTANCE_UNIT = 'Vehicle.Cabin.Infotainment.HMI.DistanceUnit';
const PLUG = `${BATTERY}.Charging.ChargingPort.RearLeft`;
const SELECTED_GEAR = 'Vehicle.Powertrain.Transmission.SelectedGear';
/** VSS's number for the gear. */
const PARK = 126;
const KILOMETRES_PER_MILE = 1.609344;

const DOORS = {
  'Row1.DriverSide': 'Driver',
  'Row1.PassengerSide': 'Passenger',
  'Row2.DriverSide': 'Rear left',
  'Row2.PassengerSide': 'Rear right',
} as const;

interface TellTale {
  readonly paths: readonly string[];
  /** What to show, undefined while there is nothing to tell. */
  readonly words: (signals: Signals) => string | undefined;
  readonly tone: 'green' | 'blue' | 'amber' | 'red' | 'plain';
}

const lamp = (path: string, words: string, tone: TellTale['tone']): TellTale => ({
  paths: [path],
  words: (signals) => (isOn(signals, path) ? words : undefined),
  tone,
});

const opening = (path: string, name: string, closed = 0): TellTale => ({
  paths: [path],
  words: (signals) => {
    const position = numberAt(signals, path) ?? closed;
    return position > closed ? `${name} ${position} % open` : undefined;
  },
  tone: 'plain',
});

/** What shines in a car's instrument cluster, most urgent first. */
export const TELL_TALES: readonly TellTale[] = [
  lamp(`${LIGHTS}.Hazard.IsSignaling`, 'Hazard lights', 'red'),
  ...Object.entries(DOORS).map(([door, name]) =>
    lamp(`Vehicle.Cabin.Door.${door}.IsOpen`, `${name} door open`, 'red'),
  ),
  lamp('Vehicle.Body.Trunk.Rear.IsOpen', 'Trunk open', 'red'),
  lamp('Vehicle.Body.Trunk.Front.IsOpen', 'Frunk open', 'red'),
  lamp('Vehicle.Body.Hood.IsOpen', 'Hood open', 'red'),
  lamp(`${PLUG}.IsFlapOpen`, 'Charge flap open', 'amber'),
  lamp(`${PLUG}.IsChargingCableConnected`, 'Cable plugged in', 'plain'),
  lamp('Vehicle.Chassis.ParkingBrake.IsEngaged', 'Parking brake', 'amber'),
  lamp(`${LIGHTS}.DirectionIndicator.Left.IsSignaling`, '← Indicator', 'green'),
  lamp(`${LIGHTS}.DirectionIndicator.Right.IsSignaling`, 'Indicator →', 'green'),
  lamp(`${LIGHTS}.Beam.Low.IsOn`, 'Low beam', 'green'),
  lamp(`${LIGHTS}.Beam.High.IsOn`, 'High beam', 'blue'),
  lamp(`${LIGHTS}.Parking.IsOn`, 'Parking lights', 'green'),
  lamp(`${LIGHTS}.Fog.Front.IsOn`, 'Front fog', 'green'),
  lamp(`${LIGHTS}.Fog.Rear.IsOn`, 'Rear fog', 'amber'),
  lamp('Vehicle.ADAS.CruiseControl.IsActive', 'Cruise', 'green'),
  ...Object.entries(DOORS).map(([door, name]) =>
    opening(`Vehicle.Cabin.Door.${door}.Window.Position`, `${name} window`),
  ),
  opening('Vehicle.Cabin.Sunroof.Position', 'Sunroof'),
  {
    paths: ['Vehicle.Body.Windshield.Front.Wiping.Mode'],
    words: (signals) => {
      const mode = textAt(signals, 'Vehicle.Body.Windshield.Front.Wiping.Mode');
      return mode === '' || mode === 'OFF' ? undefined : `Wipers ${mode.toLowerCase().replace('_', ' ')}`;
    },
    tone: 'plain',
  },
  {
    paths: Object.keys(DOORS).map((door) => `Vehicle.Cabin.Door.${door}.IsLocked`),
    words: (signals) => {
      const locked = Object.keys(DOORS).filter((door) =>
        isOn(signals, `Vehicle.Cabin.Door.${door}.IsLocked`),
      ).length;
      return locked === Object.keys(DOORS).length
        ? 'Locked'
        : locked === 0
          ? undefined
          : `${locked} of 4 doors locked`;
    },
    tone: 'plain',
  },
];

/** VSS numbers gears: 126 is Park, 127 Drive; the simulated car has one forward gear. */
export function gearWords(gear: number | undefined): string {
  if (gear === undefined) return '–';
  if (gear === PARK) return 'P';
  if (gear === 127 || gear > 0) return 'D';
  return gear === 0 ? 'N' : 'R';
}

/** @param metres range or distance @param unit of the car's screens: `MILES` or `KILOMETERS` */
export function distanceWords(metres: number | undefined, unit: string): string {
  if (metres === undefined) return '–';
  const long = metres / 1_000 / (unit === 'MILES' ? KILOMETRES_PER_MILE : 1);
  const name = unit === 'MILES' ? 'mi' : 'km';
  if (metres < 1_000 && unit !== 'MILES') return `${Math.round(metres / 10) * 10} m`;
  return `${long < 10 ? long.toFixed(1) : Math.round(long)} ${name}`;
}

/** @param speed km/h, as VSS has it */
export function speedWords(
  speed: number | undefined,
  unit: string,
): { readonly value: string; readonly unit: string } {
  const kmh = Math.abs(speed ?? 0);
  if (unit === 'MILES_PER_HOUR') return { value: String(Math.round(kmh / KILOMETRES_PER_MILE)), unit: 'mph' };
  if (unit === 'METERS_PER_SECOND') return { value: String(Math.round(kmh / 3.6)), unit: 'm/s' };
  return { value: String(Math.round(kmh)), unit: 'km/h' };
}

/**
 * Speed, gear, battery and everything that is open or lit, and the pedals: a car that can be driven shows what the
 * assistant refuses on the road.
 * @param press drives off along the route (or the road), or brakes and parks
 */
export function createStatusPanel(
  root: HTMLElement,
  store: Store,
  press: (mode: 'drive' | 'park') => void,
): void {
  const pedals = html('button', { class: 'pedals', type: 'button', 'data-testid': 'pedals' });
  pedals.addEventListener('click', () => {
    press(pedals.dataset['mode'] === 'park' ? 'park' : 'drive');
  });
  const speed = html('span', { class: 'speed-value', 'data-testid': 'speed' });
  const speedUnit = html('span', { class: 'speed-unit' });
  const gear = html('span', { class: 'gear', 'data-testid': 'gear', 'aria-label': 'Gear' });
  const mode = html('span', { class: 'panel-note' });
  const battery = html('meter', {
    class: 'battery',
    min: 0,
    max: 100,
    low: 20,
    high: 40,
    optimum: 100,
    'aria-label': 'Battery',
  });
  const charge = html('span', { class: 'battery-charge' });
  const range = html('span', { class: 'battery-range', 'data-testid': 'range' });
  const list = html('ul', {
    class: 'lamps tell-tales',
    'aria-label': 'Tell-tales',
    'data-testid': 'tell-tales',
  });
  root.append(
    html('div', { class: 'speed' }, speed, speedUnit, gear),
    html('div', { class: 'mode-row' }, mode, pedals),
    html('div', { class: 'battery-row' }, battery, charge, range),
    list,
  );
  const paths = [
    'Vehicle.Speed',
    SPEED_UNIT,
    DISTANCE_UNIT,
    'Vehicle.Powertrain.Transmission.CurrentGear',
    SELECTED_GEAR,
    'Vehicle.Powertrain.Transmission.PerformanceMode',
    `${BATTERY}.StateOfCharge.Current`,
    `${BATTERY}.Range`,
    `${BATTERY}.Charging.IsCharging`,
    ...TELL_TALES.flatMap((tale) => tale.paths),
  ];
  store.onSignals(paths, (signals) => {
    const shown = speedWords(numberAt(signals, 'Vehicle.Speed'), textAt(signals, SPEED_UNIT));
    const soc = numberAt(signals, `${BATTERY}.StateOfCharge.Current`);
    const charging = isOn(signals, `${BATTERY}.Charging.IsCharging`);
    const performance = textAt(signals, 'Vehicle.Powertrain.Transmission.PerformanceMode');
    const onTheRoad = targetAt(signals, SELECTED_GEAR) !== PARK;
    pedals.dataset['mode'] = onTheRoad ? 'park' : 'drive';
    setText(pedals, onTheRoad ? 'Park' : 'Drive off');
    setText(speed, shown.value);
    setText(speedUnit, shown.unit);
    setText(gear, gearWords(targetAt(signals, 'Vehicle.Powertrain.Transmission.CurrentGear')));
    setText(
      mode,
      performance === '' ? '' : `${performance.charAt(0)}${performance.slice(1).toLowerCase()} mode`,
    );
    battery.value = soc ?? 0;
    setText(charge, soc === undefined ? '–' : `${Math.round(soc)} %${charging ? ' · charging' : ''}`);
    setText(range, distanceWords(numberAt(signals, `${BATTERY}.Range`), textAt(signals, DISTANCE_UNIT)));
    showTellTales(list, signals);
  });
}

function showTellTales(list: HTMLElement, signals: Signals): void {
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
