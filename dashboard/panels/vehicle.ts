import { html, setText, svg } from '../dom.ts';
import { t } from '../language/language.ts';
import { decimal, distance, pressure, UNIT_SIGNALS, unitsOf, written } from '../language/measures.ts';
import { isOn, numberAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';
import { DOORS } from './tell-tales.ts';

const WASHER = 'Vehicle.Body.Windshield.Front.WasherFluid.Level';
const ODOMETER = 'Vehicle.TraveledDistance';
const TRIP = 'Vehicle.TraveledDistanceSinceStart';
const SERVICE = 'Vehicle.Service.DistanceToService';
const LOW_WASHER = 20;
/** Kilopascal below which a tyre wants air: a fifth under what the car stands on. */
const LOW_TYRE = 200;

const TYRES = [
  { seat: 'driver', name: 'vehicle.tyre.frontLeft', path: tyre('Row1.Wheel.Left') },
  { seat: 'passenger', name: 'vehicle.tyre.frontRight', path: tyre('Row1.Wheel.Right') },
  { seat: 'rear_left', name: 'vehicle.tyre.rearLeft', path: tyre('Row2.Wheel.Left') },
  { seat: 'rear_right', name: 'vehicle.tyre.rearRight', path: tyre('Row2.Wheel.Right') },
] as const;
function tyre(wheel: string): string {
  return `Vehicle.Chassis.Axle.${wheel}.Tire.Pressure`;
}

/** What is open, seen from above. */
const OPENINGS = [
  { part: 'hood', path: 'Vehicle.Body.Hood.IsOpen' },
  { part: 'hood', path: 'Vehicle.Body.Trunk.Front.IsOpen' },
  { part: 'trunk', path: 'Vehicle.Body.Trunk.Rear.IsOpen' },
  ...DOORS.map(({ door, seat }) => ({ part: seat, path: `Vehicle.Cabin.Door.${door}.IsOpen` })),
];

/** The car from above: tyres, doors, washer, and what it has driven. */
export function createVehiclePanel(root: HTMLElement, store: Store): void {
  const plan = createPlan();
  const tyres = TYRES.map(({ seat, name, path }) => ({
    path,
    name,
    element: html('p', { class: `tyre tyre-${seat}`, 'data-testid': `tyre-${seat}` }),
  }));
  const doors = html('p', { class: 'vehicle-doors', 'data-testid': 'doors' });
  const washer = html('dd', { 'data-testid': 'washer' });
  const odometer = html('dd', {});
  const trip = html('dd', {});
  const service = html('dd', {});
  root.append(
    html('div', { class: 'vehicle-top' }, plan.element, ...tyres.map(({ element }) => element)),
    html(
      'div',
      { class: 'vehicle-facts' },
      doors,
      html(
        'dl',
        { class: 'facts' },
        html('dt', {}, t('vehicle.washer')),
        washer,
        html('dt', {}, t('vehicle.odometer')),
        odometer,
        html('dt', {}, t('vehicle.trip')),
        trip,
        html('dt', {}, t('vehicle.service')),
        service,
      ),
    ),
  );
  const paths = [
    ...tyres.map(({ path }) => path),
    ...OPENINGS.map(({ path }) => path),
    WASHER,
    ODOMETER,
    TRIP,
    SERVICE,
    UNIT_SIGNALS.distance,
  ];
  store.onSignals(paths, (signals) => {
    const units = unitsOf(signals);
    for (const { path, name, element } of tyres) {
      const kilopascal = numberAt(signals, path);
      const words = written(pressure(kilopascal, units));
      const low = (kilopascal ?? LOW_TYRE) < LOW_TYRE;
      setText(element, low ? t('vehicle.lowTyre', { pressure: words }) : words);
      element.dataset['low'] = String(low);
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', t(name, { pressure: element.textContent }));
    }
    const open = OPENINGS.filter(({ path }) => isOn(signals, path));
    plan.show(new Set(open.map(({ part }) => part)));
    setText(doors, open.length === 0 ? t('vehicle.closed') : t('vehicle.open', { count: open.length }));
    const level = numberAt(signals, WASHER);
    setText(washer, level === undefined ? '–' : `${decimal(level)} %`);
    washer.dataset['low'] = String((level ?? LOW_WASHER) < LOW_WASHER);
    setText(odometer, distance(numberAt(signals, ODOMETER), units));
    setText(trip, distance(numberAt(signals, TRIP), units));
    setText(service, distance(kilometresAt(signals, SERVICE), units));
  });
}

/** VSS counts the way to the service in kilometres, unlike other ways. @returns metres */
function kilometresAt(signals: Signals, path: string): number | undefined {
  const kilometres = numberAt(signals, path);
  return kilometres === undefined ? undefined : kilometres * 1_000;
}

/** The outline of the car and its lids; a lid that is open stands out. */
function createPlan() {
  const part = (name: string, d: string) => svg('path', { class: 'plan-part', 'data-part': name, d });
  const parts = [
    part('hood', 'M15 24Q30 16 45 24L43 8Q30 2 17 8Z'),
    part('trunk', 'M16 100Q30 106 44 100L43 112Q30 117 17 112Z'),
    part('driver', 'M12 38L4 34L4 58L12 60Z'),
    part('passenger', 'M48 38L56 34L56 58L48 60Z'),
    part('rear_left', 'M12 63L4 61L5 82L12 84Z'),
    part('rear_right', 'M48 63L56 61L55 82L48 84Z'),
  ];
  const body = svg('path', {
    class: 'plan-body',
    d: 'M13 26Q13 4 30 3Q47 4 47 26L48 96Q47 117 30 117Q13 117 12 96Z',
  });
  const glass = svg('path', {
    class: 'plan-glass',
    d: 'M16 40Q30 30 44 40L41 50Q30 46 19 50ZM18 86Q30 90 42 86L43 96Q30 101 17 96Z',
  });
  // Drawn with its nose up, shown with its nose to the left: the card is wide.
  const turned = svg('g', { transform: 'matrix(0 -1 1 0 0 60)' }, body, glass, ...parts);
  const element = svg('svg', { class: 'plan', viewBox: '0 0 120 60', 'aria-hidden': 'true' }, turned);
  return {
    element,
    show(open: ReadonlySet<string>) {
      for (const each of parts) each.toggleAttribute('data-open', open.has(each.dataset['part'] ?? ''));
    },
  };
}
