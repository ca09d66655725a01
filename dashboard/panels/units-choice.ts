import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import { UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import type { Signals, Store } from '../store.ts';
import type { Hand } from './hand.ts';

/** What the car's screens are set to, for each system of units. */
const SYSTEMS = {
  metric: { temperature: 'C', distance: 'KILOMETERS', speed: 'KILOMETERS_PER_HOUR' },
  imperial: { temperature: 'F', distance: 'MILES', speed: 'MILES_PER_HOUR' },
} as const;

/** A choice of the units on the car's own screens, which this page follows. */
export function unitsChoice(store: Store, hand: Hand): HTMLElement {
  const select = html(
    'select',
    { class: 'bar-select', 'aria-label': t('page.units'), 'data-testid': 'units' },
    html('option', { value: 'metric' }, t('page.metric')),
    html('option', { value: 'imperial' }, t('page.imperial')),
    // A car may be told to show miles and celsius.
    html('option', { value: 'mixed', disabled: true, hidden: true }, t('page.mixed')),
  );
  const show = (signals: Signals) => {
    const units = unitsOf(signals);
    const miles = [units.temperature === 'F', units.distance === 'mi', units.speed === 'mph'];
    select.value = miles.every(Boolean) ? 'imperial' : miles.some(Boolean) ? 'mixed' : 'metric';
  };
  select.addEventListener('change', () => {
    const system = SYSTEMS[select.value === 'imperial' ? 'imperial' : 'metric'];
    for (const name of ['temperature', 'distance', 'speed'] as const)
      hand.set(UNIT_SIGNALS[name], system[name], () => {
        show(store.state.signals);
      });
  });
  const { temperature, distance, speed } = UNIT_SIGNALS;
  store.onSignals([temperature, distance, speed], show);
  return select;
}
