import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { distance, speed as speedOf, UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { Store } from '../store.ts';
import type { Hand } from './hand.ts';
import { showTellTales, TELL_TALE_SIGNALS } from './tell-tales.ts';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const SELECTED_GEAR = 'Vehicle.Powertrain.Transmission.SelectedGear';
const MODE = 'Vehicle.Powertrain.Transmission.PerformanceMode';
const MODES = ['NORMAL', 'SPORT', 'ECONOMY', 'SNOW', 'RAIN'] as const;
/** VSS's number for the gear. */
const PARK = 126;

/** VSS numbers gears: 126 is Park, 127 Drive; the simulated car has one forward gear. */
export function gearWords(gear: number | undefined): string {
  if (gear === undefined) return '–';
  if (gear === PARK) return 'P';
  if (gear === 127 || gear > 0) return 'D';
  return gear === 0 ? 'N' : 'R';
}

/**
 * Speed, gear, battery and everything that is open or lit, and the pedals: a car that can be driven shows what the
 * assistant refuses on the road.
 */
export function createStatusPanel(root: HTMLElement, store: Store, hand: Hand): void {
  const pedals = html('button', { class: 'pedals', type: 'button', 'data-testid': 'pedals' });
  pedals.addEventListener('click', () => {
    hand.press(pedals.dataset['mode'] === 'park' ? 'park' : 'drive');
  });
  const speed = html('span', { class: 'speed-value', 'data-testid': 'speed' });
  const speedUnit = html('span', { class: 'speed-unit' });
  const gear = html('span', { class: 'gear', 'data-testid': 'gear', role: 'img' });
  const mode = html('span', { class: 'panel-note' });
  const battery = html('meter', {
    class: 'battery',
    min: 0,
    max: 100,
    low: 20,
    high: 40,
    optimum: 100,
    'aria-label': t('status.battery'),
  });
  const charge = html('span', { class: 'battery-charge' });
  const range = html('span', { class: 'battery-range', 'data-testid': 'range' });
  const list = html('ul', {
    class: 'lamps tell-tales',
    'aria-label': t('status.tellTales'),
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
    UNIT_SIGNALS.speed,
    UNIT_SIGNALS.distance,
    'Vehicle.Powertrain.Transmission.CurrentGear',
    SELECTED_GEAR,
    MODE,
    `${BATTERY}.StateOfCharge.Current`,
    `${BATTERY}.Range`,
    `${BATTERY}.Charging.IsCharging`,
    ...TELL_TALE_SIGNALS,
  ];
  store.onSignals(paths, (signals) => {
    const units = unitsOf(signals);
    const shown = speedOf(numberAt(signals, 'Vehicle.Speed'), units);
    const soc = numberAt(signals, `${BATTERY}.StateOfCharge.Current`);
    const charging = isOn(signals, `${BATTERY}.Charging.IsCharging`);
    const performance = MODES.find((each) => each === textAt(signals, MODE));
    const onTheRoad = targetAt(signals, SELECTED_GEAR) !== PARK;
    pedals.dataset['mode'] = onTheRoad ? 'park' : 'drive';
    setText(pedals, t(onTheRoad ? 'status.park' : 'status.driveOff'));
    setText(speed, shown.value);
    setText(speedUnit, shown.unit);
    const geared = gearWords(targetAt(signals, 'Vehicle.Powertrain.Transmission.CurrentGear'));
    setText(gear, geared);
    gear.setAttribute('aria-label', t('status.gear', { gear: geared }));
    setText(mode, performance === undefined ? '' : t(`status.mode.${performance}`));
    battery.value = soc ?? 0;
    setText(
      charge,
      soc === undefined ? '–' : `${Math.round(soc)} %${charging ? ` · ${t('status.charging')}` : ''}`,
    );
    setText(range, distance(numberAt(signals, `${BATTERY}.Range`), units));
    showTellTales(list, signals);
  });
}
