import { html, setText } from '../dom.ts';
import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';

const HVAC = 'Vehicle.Cabin.HVAC';
const WINDSHIELD = 'Vehicle.Body.Windshield.Front.IsHeatingOn';
const UNIT = 'Vehicle.Cabin.Infotainment.HMI.TemperatureUnit';

/** VSS says `Driver` for air and `DriverSide` for seats. */
const ZONES = [
  { id: 'driver', name: 'Driver', station: 'Row1.Driver', seat: 'Row1.DriverSide' },
  { id: 'passenger', name: 'Passenger', station: 'Row1.Passenger', seat: 'Row1.PassengerSide' },
  { id: 'rear-left', name: 'Rear left', station: 'Row2.Driver', seat: 'Row2.DriverSide' },
  { id: 'rear-right', name: 'Rear right', station: 'Row2.Passenger', seat: 'Row2.PassengerSide' },
] as const;

const SWITCHES = [
  { name: 'AC', path: `${HVAC}.IsAirConditioningActive` },
  { name: 'Auto', path: `${HVAC}.IsAutoActive` },
  { name: 'Recirculation', path: `${HVAC}.IsRecirculationActive` },
  { name: 'Front defrost', path: `${HVAC}.IsFrontDefrosterActive` },
  { name: 'Rear defrost', path: `${HVAC}.IsRearDefrosterActive` },
  { name: 'Sync', path: `${HVAC}.IsSyncActive` },
] as const;

/** `21.0°`; in Fahrenheit where the car shows that. */
export function temperatureWords(celsius: number | undefined, unit: string): string {
  if (celsius === undefined) return '–';
  return unit === 'F' ? `${Math.round(celsius * 1.8 + 32)}°F` : `${celsius.toFixed(1)}°`;
}

/** −100 … 100 of VSS in words: negative cools. */
export function seatWords(percent: number | undefined): string {
  if (percent === undefined || percent === 0) return 'Seat off';
  return percent > 0 ? `Heat ${percent} %` : `Cool ${-percent} %`;
}

/** Set points, measured temperatures, air and seats, for each of the four zones. */
export function createClimatePanel(root: HTMLElement, store: Store): void {
  const zones = ZONES.map((zone) => {
    const target = html('span', { class: 'zone-target', 'data-testid': `climate-${zone.id}-target` });
    const actual = html('span', { 'data-testid': `climate-${zone.id}-actual` });
    const fan = html('span', {});
    const seat = html('span', { class: 'zone-seat' });
    const meter = html('span', { class: 'bar-meter', 'aria-hidden': 'true' }, html('span'));
    const element = html(
      'div',
      { class: 'zone', role: 'group', 'aria-label': zone.name },
      html('span', { class: 'zone-name' }, zone.name),
      target,
      html('span', { class: 'zone-line' }, html('span', {}, 'now '), actual),
      html('span', { class: 'zone-line' }, fan, meter),
      seat,
    );
    const show = (signals: Signals) => {
      const unit = textAt(signals, UNIT);
      const temperature = `${HVAC}.Station.${zone.station}.Temperature`;
      const speed = targetAt(signals, `${HVAC}.Station.${zone.station}.FanSpeed`) ?? 0;
      const heat = numberAt(signals, `Vehicle.Cabin.Seat.${zone.seat}.HeatingCooling`);
      const powered = signals[`${HVAC}.IsPowered`]?.value !== false;
      setText(target, temperatureWords(targetAt(signals, temperature), unit));
      setText(actual, temperatureWords(numberAt(signals, temperature), unit));
      setText(fan, powered && speed > 0 ? `Fan ${speed} %` : 'Fan off');
      setText(seat, seatWords(heat));
      element.dataset['seat'] = heat === undefined || heat === 0 ? 'off' : heat > 0 ? 'warm' : 'cool';
      if (meter.firstElementChild instanceof HTMLElement)
        meter.firstElementChild.style.width = `${powered ? speed : 0}%`;
    };
    return { element, show, zone };
  });
  const switches = SWITCHES.map(({ name, path }) => ({ path, element: html('li', { class: 'lamp' }, name) }));
  const outside = html('p', { class: 'panel-note' });
  root.append(
    html('div', { class: 'zones' }, ...zones.map(({ element }) => element)),
    html('ul', { class: 'lamps', 'aria-label': 'Air' }, ...switches.map(({ element }) => element)),
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
    const cabin = temperatureWords(numberAt(signals, `${HVAC}.AmbientAirTemperature`), textAt(signals, UNIT));
    const windshield = isOn(signals, WINDSHIELD) ? ' · windshield heated' : '';
    setText(
      outside,
      signals[`${HVAC}.IsPowered`]?.value === false ? 'Climate is off' : `Cabin ${cabin}${windshield}`,
    );
  });
}

/** Lit by colour for the eye, by words for the ear. */
export function showLamp(element: HTMLElement, on: boolean): void {
  element.dataset['on'] = String(on);
  element.setAttribute('aria-label', `${element.textContent}: ${on ? 'on' : 'off'}`);
}
