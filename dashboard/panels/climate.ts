import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { temperature as degrees, UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import { isOn, numberAt, targetAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';

const HVAC = 'Vehicle.Cabin.HVAC';
const WINDSHIELD = 'Vehicle.Body.Windshield.Front.IsHeatingOn';
const UNIT = UNIT_SIGNALS.temperature;

/** VSS says `Driver` for air and `DriverSide` for seats. */
const ZONES = [
  { id: 'driver', name: 'seat.driver', station: 'Row1.Driver', seat: 'Row1.DriverSide' },
  { id: 'passenger', name: 'seat.passenger', station: 'Row1.Passenger', seat: 'Row1.PassengerSide' },
  { id: 'rear-left', name: 'seat.rear_left', station: 'Row2.Driver', seat: 'Row2.DriverSide' },
  { id: 'rear-right', name: 'seat.rear_right', station: 'Row2.Passenger', seat: 'Row2.PassengerSide' },
] as const;

const SWITCHES = [
  { name: 'climate.ac', path: `${HVAC}.IsAirConditioningActive` },
  { name: 'climate.auto', path: `${HVAC}.IsAutoActive` },
  { name: 'climate.recirculation', path: `${HVAC}.IsRecirculationActive` },
  { name: 'climate.frontDefrost', path: `${HVAC}.IsFrontDefrosterActive` },
  { name: 'climate.rearDefrost', path: `${HVAC}.IsRearDefrosterActive` },
  { name: 'climate.sync', path: `${HVAC}.IsSyncActive` },
] as const;

/** −100 … 100 of VSS in words: negative cools. */
export function seatWords(percent: number | undefined): string {
  if (percent === undefined || percent === 0) return t('climate.seatOff');
  return percent > 0 ? t('climate.seatHeat', { percent }) : t('climate.seatCool', { percent: -percent });
}

/** Set points, measured temperatures, air and seats, for each of the four zones. */
export function createClimatePanel(root: HTMLElement, store: Store): void {
  const zones = ZONES.map((zone) => {
    const target = html('span', { class: 'zone-target', 'data-testid': `climate-${zone.id}-target` });
    const actual = html('span', { class: 'zone-line', 'data-testid': `climate-${zone.id}-actual` });
    const fan = html('span', {});
    const seat = html('span', { class: 'zone-seat' });
    const meter = html('span', { class: 'bar-meter', 'aria-hidden': 'true' }, html('span'));
    const element = html(
      'div',
      { class: 'zone', role: 'group', 'aria-label': t(zone.name) },
      html('span', { class: 'zone-name' }, t(zone.name)),
      target,
      actual,
      html('span', { class: 'zone-line' }, fan, meter),
      seat,
    );
    const show = (signals: Signals) => {
      const units = unitsOf(signals);
      const temperature = `${HVAC}.Station.${zone.station}.Temperature`;
      const speed = targetAt(signals, `${HVAC}.Station.${zone.station}.FanSpeed`) ?? 0;
      const heat = numberAt(signals, `Vehicle.Cabin.Seat.${zone.seat}.HeatingCooling`);
      const powered = signals[`${HVAC}.IsPowered`]?.value !== false;
      setText(target, degrees(targetAt(signals, temperature), units));
      setText(actual, t('climate.now', { temperature: degrees(numberAt(signals, temperature), units) }));
      setText(fan, powered && speed > 0 ? t('climate.fan', { percent: speed }) : t('climate.fanOff'));
      setText(seat, seatWords(heat));
      element.dataset['seat'] = heat === undefined || heat === 0 ? 'off' : heat > 0 ? 'warm' : 'cool';
      if (meter.firstElementChild instanceof HTMLElement)
        meter.firstElementChild.style.width = `${powered ? speed : 0}%`;
    };
    return { element, show, zone };
  });
  const switches = SWITCHES.map(({ name, path }) => ({
    path,
    element: html('li', { class: 'lamp' }, t(name)),
  }));
  const outside = html('p', { class: 'panel-note' });
  root.append(
    html('div', { class: 'zones' }, ...zones.map(({ element }) => element)),
    html('ul', { class: 'lamps', 'aria-label': t('climate.air') }, ...switches.map(({ element }) => element)),
    outside,
  );

  const paths = [
    UNIT,
    WINDSHIELD,
    `${HVAC}.IsPowered`,
    `${HVAC}.AmbientAirTemperature`,
    ...SWITCHES.map(({ path }) => path),
    ...ZONES.flatMap(({ station, seat }) => [
      `${HVAC}.Station.${station}.Temperature`,
      `${HVAC}.Station.${station}.FanSpeed`,
      `Vehicle.Cabin.Seat.${seat}.HeatingCooling`,
    ]),
  ];
  store.onSignals(paths, (signals) => {
    for (const { show } of zones) show(signals);
    for (const { path, element } of switches) showLamp(element, isOn(signals, path));
    const cabin = degrees(numberAt(signals, `${HVAC}.AmbientAirTemperature`), unitsOf(signals));
    const windshield = isOn(signals, WINDSHIELD) ? ` · ${t('climate.windshield')}` : '';
    setText(
      outside,
      signals[`${HVAC}.IsPowered`]?.value === false
        ? t('climate.off')
        : `${t('climate.cabin', { temperature: cabin })}${windshield}`,
    );
  });
}

/** Lit by colour for the eye, by words for the ear. */
export function showLamp(element: HTMLElement, on: boolean): void {
  element.dataset['on'] = String(on);
  element.setAttribute('aria-label', t(on ? 'lamp.on' : 'lamp.off', { name: element.textContent }));
}
