import type { DashboardState, WorldMap } from '../../simulator/server/protocol.ts';
import { numberAt, textAt } from '../signals.ts';
import type { Signals } from '../store.ts';

export type Position = WorldMap['streets'][number]['line'][number];
export type Route = DashboardState['route'];

const LOCATION = 'Vehicle.CurrentLocation';
export const MAP = 'Vehicle.Cabin.Infotainment.Navigation.Map';
const DAY_NIGHT = 'Vehicle.Cabin.Infotainment.HMI.DayNightMode';

/** Signals that decide what a map shows. */
export const SIGHT_SIGNALS = [
  ...['Latitude', 'Longitude', 'Heading'].map((name) => `${LOCATION}.${name}`),
  ...['Zoom', 'View', 'Orientation'].map((name) => `${MAP}.${name}`),
  DAY_NIGHT,
];

/** What a map is told to show; both kinds of map follow it, whoever has set it, by voice or by hand. */
export interface Sight {
  /** Null while nobody knows where the car is. */
  readonly car: { readonly at: Position; readonly heading: number } | null;
  /** Level as the car's signal has it, 1 to 20. */
  readonly zoom: number;
  /** Metres that the shorter side of the picture spans. */
  readonly span: number;
  /** The whole route, north up. */
  readonly overview: boolean;
  /** Where the car heads is up, not north. */
  readonly turned: boolean;
  readonly tilted: boolean;
  readonly night: boolean;
}

/** Metres that the map spans at zoom level 14; each level halves it. */
const SPAN_AT_14 = 1_500;
const USUAL_ZOOM = 14;

export function sightOf(signals: Signals, route: Route): Sight {
  const [longitude, latitude] = ['Longitude', 'Latitude'].map((name) =>
    numberAt(signals, `${LOCATION}.${name}`),
  );
  const view = textAt(signals, `${MAP}.View`);
  const overview = view === 'OVERVIEW' && route !== null;
  const zoom = numberAt(signals, `${MAP}.Zoom`) ?? USUAL_ZOOM;
  return {
    // VSS says −90 for "unknown".
    car:
      longitude !== undefined && latitude !== undefined && latitude > -90
        ? { at: [longitude, latitude], heading: numberAt(signals, `${LOCATION}.Heading`) ?? 0 }
        : null,
    zoom,
    span: SPAN_AT_14 * 2 ** (USUAL_ZOOM - zoom),
    overview,
    turned: textAt(signals, `${MAP}.Orientation`) === 'HEADING_UP' && !overview,
    tilted: view === '3D',
    night: textAt(signals, DAY_NIGHT) === 'NIGHT',
  };
}
