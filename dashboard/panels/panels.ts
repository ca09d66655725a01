import type { WorldMap } from '../../simulator/server/protocol.ts';
import { isOn } from '../signals.ts';
import type { Store } from '../store.ts';
import { createClimatePanel } from './climate.ts';
import { createDeck } from './deck.ts';
import { createEnergyPanel } from './energy.ts';
import type { Hand } from './hand.ts';
import { createMediaPanel } from './media.ts';
import { createNavigationPanel } from './navigation.ts';
import { createPhonePanel } from './phone.ts';
import { createStatusPanel } from './status.ts';
import { createVehiclePanel } from './vehicle.ts';

const CHARGING = 'Vehicle.Powertrain.TractionBattery.Charging.IsCharging';

export interface PanelParts {
  readonly store: Store;
  readonly hand: Hand;
  readonly map: Promise<WorldMap>;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** All panels in their cards. A call and charging bring theirs to the front. */
export function createPanels(root: HTMLElement, { store, hand, map, clock }: PanelParts): void {
  const { panels, open } = createDeck(root);
  createStatusPanel(panels.status, store, hand);
  createEnergyPanel(panels.energy, store, hand, clock);
  createVehiclePanel(panels.vehicle, store);
  createClimatePanel(panels.climate, store, hand);
  createMediaPanel(panels.media, store, hand);
  createPhonePanel(panels.phone, store, hand, () => {
    open('phone');
  });
  createNavigationPanel(panels.map, store, map);
  let charging = false;
  store.onSignals([CHARGING], (signals) => {
    const now = isOn(signals, CHARGING);
    if (now && !charging) open('energy');
    charging = now;
  });
}
