import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { temperature as degrees, UNIT_SIGNALS, unitsOf, type Units } from '../language/measures.ts';
import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';
import { AIR_DIRECTIONS, createAirflow, type AirDirection } from './airflow.ts';
import { createSlider, createSwitch, iconButton } from './controls.ts';
import type { Hand } from './hand.ts';

const HVAC = 'Vehicle.Cabin.HVAC';
const POWER = `${HVAC}.IsPowered`;
const CABIN = `${HVAC}.AmbientAirTemperature`;
/** Limits of the set point in VSS's overlay. */
const [COLDEST, WARMEST] = [16, 28];

/** VSS says `Driver` for air and `DriverSide` for seats. */
const ZONES = [
  { id: 'driver', seat: 'driver', air: 'Row1.Driver', chair: 'Row1.DriverSide' },
  { id: 'passenger', seat: 'passenger', air: 'Row1.Passenger', chair: 'Row1.PassengerSide' },
  { id: 'rear-left', seat: 'rear_left', air: 'Row2.Driver', chair: 'Row2.DriverSide' },
  { id: 'rear-right', seat: 'rear_right', air: 'Row2.Passenger', chair: 'Row2.PassengerSide' },
] as const;

const SWITCHES = [
  { name: 'climate.power', path: POWER },
  { name: 'climate.ac', path: `${HVAC}.IsAirConditioningActive` },
  { name: 'climate.auto', path: `${HVAC}.IsAutoActive` },
  { name: 'climate.sync', path: `${HVAC}.IsSyncActive` },
  { name: 'climate.recirculation', path: `${HVAC}.IsRecirculationActive` },
  { name: 'climate.frontDefrost', path: `${HVAC}.IsFrontDefrosterActive` },
  { name: 'climate.rearDefrost', path: `${HVAC}.IsRearDefrosterActive` },
  { name: 'climate.windshield', path: 'Vehicle.Body.Windshield.Front.IsHeatingOn' },
] as const;

/** −100 … 100 of VSS in words: negative cools. */
export function seatWords(percent: number | undefined): string {
  if (percent === undefined || percent === 0) return t('climate.seatOff');
  return percent > 0 ? t('climate.seatHeat', { percent }) : t('climate.seatCool', { percent: -percent });
}

/** The next step of the seat heating under a finger: off, a third, two thirds, all, off. */
export const nextHeat = (percent: number): number =>
  percent < 0 || percent >= 100 ? 0 : percent < 33 ? 33 : percent < 67 ? 67 : 100;

/** One step warmer or cooler: half a degree, or a whole one in Fahrenheit. @returns celsius, within the car's limits */
export function stepped(celsius: number, by: 1 | -1, { temperature }: Pick<Units, 'temperature'>): number {
  const next =
    temperature === 'F'
      ? (Math.round(celsius * 1.8 + 32) + by - 32) / 1.8
      : (Math.round(celsius * 2) + by) / 2;
  return Math.round(Math.min(WARMEST, Math.max(COLDEST, next)) * 10) / 10;
}

/** Set points, measured temperatures, where the air goes, and seats, for each of the four zones. */
export function createClimatePanel(root: HTMLElement, store: Store, hand: Hand): void {
  const zones = ZONES.map((zone) => createZone(zone, store, hand));
  const switches = SWITCHES.map(({ name, path }) => {
    const { element, show } = createSwitch(t(name), (on) => {
      hand.set(path, on);
    });
    return { path, element: html('li', {}, element), show };
  });
  const cabin = html('p', { class: 'panel-note climate-cabin', 'data-testid': 'cabin' });
  root.append(
    html('div', { class: 'zones' }, ...zones.map(({ element }) => element)),
    html('ul', { class: 'lamps', 'aria-label': t('climate.air') }, ...switches.map(({ element }) => element)),
    cabin,
  );
  const paths = [
    UNIT_SIGNALS.temperature,
    CABIN,
    ...SWITCHES.map(({ path }) => path),
    ...zones.flatMap(({ paths: own }) => own),
  ];
  store.onSignals(paths, (signals) => {
    for (const { show } of zones) show(signals);
    // A car without such a switch in its signals has it on: it is always powered.
    for (const { path, show } of switches)
      show(isOn(signals, path) || (path === POWER && isPowered(signals)));
    setText(cabin, t('climate.cabin', { temperature: degrees(numberAt(signals, CABIN), unitsOf(signals)) }));
  });
}

const isPowered = (signals: Signals): boolean => signals[POWER]?.value !== false;

function createZone({ id, seat, air, chair }: (typeof ZONES)[number], store: Store, hand: Hand) {
  const SET = `${HVAC}.Station.${air}.Temperature`;
  const FAN = `${HVAC}.Station.${air}.FanSpeed`;
  const WAY = `${HVAC}.Station.${air}.AirDistribution`;
  const SEAT = `Vehicle.Cabin.Seat.${chair}.HeatingCooling`;
  const name = t(`seat.${seat}`);
  const step = (by: 1 | -1) => () => {
    const { signals } = store.state;
    hand.set(SET, stepped(targetAt(signals, SET) ?? 21, by, unitsOf(signals)));
  };
  const target = html('span', { class: 'zone-target', 'data-testid': `climate-${id}-target` });
  const actual = html('span', { class: 'zone-now', 'data-testid': `climate-${id}-actual` });
  const airflow = createAirflow();
  const way = html(
    'button',
    { type: 'button', class: 'zone-air', 'data-testid': `climate-${id}-air` },
    airflow.element,
  );
  way.addEventListener('click', () => {
    const now = wayOf(store.state.signals, WAY);
    hand.set(WAY, AIR_DIRECTIONS[(AIR_DIRECTIONS.indexOf(now) + 1) % AIR_DIRECTIONS.length] ?? 'MIDDLE');
  });
  const fan = createSlider(t('climate.fanOf', { seat: name }), 10, (percent, showAgain) => {
    hand.set(FAN, percent, showAgain);
  });
  const warm = html('button', { type: 'button', class: 'zone-seat', 'data-testid': `climate-${id}-seat` });
  warm.addEventListener('click', () => {
    hand.set(SEAT, nextHeat(targetAt(store.state.signals, SEAT) ?? 0));
  });
  const element = html(
    'div',
    { class: 'zone', role: 'group', 'aria-label': name },
    html('div', { class: 'zone-head' }, html('span', { class: 'zone-name' }, name), actual),
    html(
      'div',
      { class: 'zone-set' },
      iconButton('minus', t('climate.cooler', { seat: name }), step(-1), `climate-${id}-cooler`),
      target,
      iconButton('plus', t('climate.warmer', { seat: name }), step(1), `climate-${id}-warmer`),
    ),
    way,
    fan.element,
    warm,
  );
  const show = (signals: Signals) => {
    const units = unitsOf(signals);
    const [wanted, measured] = [targetAt(signals, SET), numberAt(signals, SET)];
    const percent = isPowered(signals) ? (targetAt(signals, FAN) ?? 0) : 0;
    const heat = targetAt(signals, SEAT) ?? 0;
    const direction = wayOf(signals, WAY);
    // Half a degree is what a person does not feel.
    const gap = (wanted ?? 0) - (measured ?? 0);
    setText(target, degrees(wanted, units));
    setText(actual, t('climate.now', { temperature: degrees(measured, units) }));
    airflow.show(direction, percent, gap > 0.5 ? 'warm' : gap < -0.5 ? 'cool' : 'even');
    const flow = percent > 0 ? t(`climate.flow.${direction}`, { percent }) : t('climate.fanOff');
    way.setAttribute('aria-label', flow);
    way.title = flow;
    fan.show(percent, flow);
    setText(warm, seatWords(heat));
    warm.setAttribute('aria-label', `${name}: ${seatWords(heat)}`);
    warm.dataset['seat'] = heat === 0 ? 'off' : heat > 0 ? 'warm' : 'cool';
  };
  return { element, show, paths: [SET, FAN, WAY, SEAT] };
}

const wayOf = (signals: Signals, path: string): AirDirection =>
  AIR_DIRECTIONS.find((each) => each === textAt(signals, path)) ?? 'MIDDLE';
