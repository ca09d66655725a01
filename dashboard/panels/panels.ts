import type { TrafficReports, WorldMap } from '../../simulator/server/protocol.ts';
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
  readonly traffic: () => Promise<TrafficReports>;
  /** Where the big map goes. */
  readonly bigMap: HTMLElement;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** All panels in their cards. A call and charging bring theirs to the front. */
export function createPanels(
  root: HTMLElement,
  { store, hand, map, traffic, bigMap, clock }: PanelParts,
): void {
  const { panels, open } = createDeck(root);
  createStatusPanel(panels.status, store, hand);
  createEnergyPanel(panels.energy, store, hand, clock);
  createVehiclePanel(panels.vehicle, store);
  createClimatePanel(panels.climate, store, hand);
  createMediaPanel(panels.media, store, hand);
  createPhonePanel(panels.phone, store, hand, () => {
    open('phone');
  });
  createNavigationPanel(panels.map, { store, hand, map, traffic, bigMap });
  let charging = false;
  store.onSignals([CHARGING], (signals) => {
    const now = isOn(signals, CHARGING);
    if (now && !charging) open('energy');
    charging = now;
  });
}
