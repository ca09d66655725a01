import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { consumption, decimal, distance, UNIT_SIGNALS, unitsOf, written } from '../language/measures.ts';
import { travelWords } from '../map/projection.ts';
import { isOn, numberAt, targetAt } from '../signals.ts';
import { createSparkline, MOST_SAMPLES, type Sample } from '../signal-browser/sparkline.ts';
import type { Store } from '../store.ts';
import { iconButton, wordButton } from './controls.ts';
import type { Hand } from './hand.ts';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const CHARGING = `${BATTERY}.Charging`;
const CHARGE = `${BATTERY}.StateOfCharge.Current`;
const POWER = `${BATTERY}.CurrentPower`;
const LIMIT = `${CHARGING}.ChargeLimit`;
const IS_CHARGING = `${CHARGING}.IsCharging`;
const CABLE = `${CHARGING}.ChargingPort.RearLeft.IsChargingCableConnected`;
const AVERAGE = 'Vehicle.Powertrain.AverageConsumption';
const PATHS = [
  CHARGE,
  POWER,
  LIMIT,
  IS_CHARGING,
  CABLE,
  AVERAGE,
  `${BATTERY}.StateOfCharge.CurrentEnergy`,
  `${BATTERY}.Range`,
  `${CHARGING}.TimeToComplete`,
  UNIT_SIGNALS.distance,
];
/** One step of the limit, percent, and the least that the car takes. */
const LIMIT_STEP = 5;
const [LEAST, MOST] = [50, 100];
/** Watts below which nothing worth telling flows. */
const NOTHING = 50;

/** What flows, in words. @param watts into the battery, as VSS counts */
export function powerWords(watts: number, charging: boolean): string {
  const kilowatts = `${decimal(Math.abs(watts) / 1_000, 1)} kW`;
  if (charging) return t('energy.charges', { power: kilowatts });
  if (Math.abs(watts) < NOTHING) return t('energy.rests');
  return watts > 0 ? t('energy.recovers', { power: kilowatts }) : t('energy.uses', { power: kilowatts });
}

/** The battery: how full and how far, what flows now and flowed before, and charging. @param clock monotonic milliseconds */
export function createEnergyPanel(root: HTMLElement, store: Store, hand: Hand, clock: () => number): void {
  const charge = html('span', { class: 'energy-charge', 'data-testid': 'energy-charge' });
  const held = html('span', { class: 'energy-held' });
  const range = html('span', { class: 'energy-range' });
  const goal = html('span', { class: 'energy-goal', 'aria-hidden': 'true' });
  const level = html('span', { class: 'energy-level', 'aria-hidden': 'true' });
  const power = html('p', { class: 'energy-power', 'data-testid': 'energy-power' });
  const average = html('span', {});
  const history = createSparkline();
  const limit = html('span', { class: 'energy-limit', 'data-testid': 'energy-limit' });
  const limitBy = (by: number) => () => {
    const now = targetAt(store.state.signals, LIMIT) ?? 80;
    hand.set(LIMIT, Math.min(MOST, Math.max(LEAST, now + by)));
  };
  const charging = html('p', { class: 'energy-charging', 'data-testid': 'energy-charging' });
  const button = wordButton(t('energy.start'), () => {
    hand.set(`${CHARGING}.StartStopCharging`, isOn(store.state.signals, IS_CHARGING) ? 'STOP' : 'START');
  });
  root.append(
    html('p', { class: 'energy-head' }, charge, held, range),
    html('div', { class: 'energy-bar' }, level, goal),
    power,
    html(
      'figure',
      { class: 'energy-history', 'aria-label': t('energy.history') },
      history.element,
      html('figcaption', { class: 'panel-note' }, average),
    ),
    html(
      'div',
      { class: 'energy-row' },
      html('span', { class: 'panel-note' }, t('energy.limit')),
      iconButton('minus', t('energy.lower'), limitBy(-LIMIT_STEP)),
      limit,
      iconButton('plus', t('energy.higher'), limitBy(LIMIT_STEP)),
    ),
    html('div', { class: 'energy-row' }, charging, button),
  );
  const samples: Sample[] = [];
  store.onSignals(PATHS, (signals) => {
    const units = unitsOf(signals);
    const percent = numberAt(signals, CHARGE);
    const wanted = targetAt(signals, LIMIT) ?? MOST;
    const watts = numberAt(signals, POWER) ?? 0;
    const isCharging = isOn(signals, IS_CHARGING);
    setText(charge, percent === undefined ? '–' : `${decimal(percent)} %`);
    setText(range, distance(numberAt(signals, `${BATTERY}.Range`), units));
    level.style.width = `${percent ?? 0}%`;
    level.dataset['low'] = String((percent ?? 100) < 20);
    goal.style.insetInlineStart = `${wanted}%`;
    setText(power, powerWords(watts, isCharging));
    // What goes out of the battery is up, as on a meter.
    if (store.version !== undefined && samples.at(-1)?.value !== -watts) {
      samples.push({ at: clock(), value: -watts });
      if (samples.length > MOST_SAMPLES) samples.shift();
    }
    history.show(samples, clock());
    setText(
      average,
      t('energy.average', { consumption: written(consumption(numberAt(signals, AVERAGE), units)) }),
    );
    const kilowattHours = numberAt(signals, `${BATTERY}.StateOfCharge.CurrentEnergy`);
    setText(held, kilowattHours === undefined ? '' : `${decimal(kilowattHours)} kWh`);
    setText(limit, `${wanted} %`);
    const cable = isOn(signals, CABLE);
    const seconds = numberAt(signals, `${CHARGING}.TimeToComplete`) ?? 0;
    setText(
      charging,
      isCharging
        ? t('energy.full', { percent: wanted, time: travelWords(seconds) })
        : t(cable ? 'energy.plugged' : 'energy.unplugged'),
    );
    setText(button, t(isCharging ? 'energy.stop' : 'energy.start'));
    root.dataset['charging'] = String(isCharging);
  });
}
