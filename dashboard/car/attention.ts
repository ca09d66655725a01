import type { ConversationTurn } from '../../simulator/server/protocol.ts';
import { CAMERAS, type Orbit } from './orbit.ts';

/** From where something of the car is best seen; the first that fits what a command changed. */
const BEST_SEEN: readonly (readonly [path: RegExp, view: Orbit])[] = [
  [/^Vehicle\.Cabin\.Door\.Row1\.Driver/, { azimuth: 1.25, elevation: 0.16, zoom: 1.45 }],
  [/^Vehicle\.Cabin\.Door\.Row1\.Passenger/, { azimuth: -1.25, elevation: 0.16, zoom: 1.45 }],
  [/^Vehicle\.Cabin\.Door\.Row2\.Driver/, { azimuth: 1.9, elevation: 0.16, zoom: 1.45 }],
  [/^Vehicle\.Cabin\.Door\.Row2\.Passenger/, { azimuth: -1.9, elevation: 0.16, zoom: 1.45 }],
  [/^Vehicle\.Cabin\.(Sunroof|RearShade)/, { azimuth: 0.9, elevation: 0.95, zoom: 1.3 }],
  [/^Vehicle\.(Cabin\.(Seat|Light)|Chassis\.SteeringWheel\.Heating)/, CAMERAS.cabin],
  [/^Vehicle\.Body\.Trunk\.Front|^Vehicle\.Body\.Hood/, { azimuth: 0.5, elevation: 0.45, zoom: 1.2 }],
  [/^Vehicle\.Body\.Trunk/, { azimuth: 2.55, elevation: 0.3, zoom: 1.15 }],
  [/ChargingPort\.RearLeft\.IsFlapOpen$/, { azimuth: 2.1, elevation: 0.2, zoom: 1.5 }],
  [/^Vehicle\.Body\.Mirrors\..*Driver/, { azimuth: 0.75, elevation: 0.2, zoom: 1.6 }],
  [/^Vehicle\.Body\.Mirrors/, { azimuth: -0.75, elevation: 0.2, zoom: 1.6 }],
  [/^Vehicle\.Body\.Windshield\.Front/, { azimuth: 0.3, elevation: 0.5, zoom: 1.5 }],
  [
    /^Vehicle\.Body\.Lights\.(Beam|Fog\.Front|Running|Parking|LightSwitch)/,
    { azimuth: 0.4, elevation: 0.12, zoom: 1.2 },
  ],
  [/^Vehicle\.Body\.Lights\.(Fog\.Rear|Backup)/, { azimuth: 2.75, elevation: 0.14, zoom: 1.2 }],
];

const ROUTE = /^Vehicle\.Cabin\.Infotainment\.Navigation/;

/** Milliseconds for which the camera stays with what a command was about. */
export const LOOK = 6_000;

/**
 * Where to look when a turn is done: at what its commands have changed.
 * @param isOnStreet where to look ahead along a new route
 * @returns undefined for what cannot be seen from outside, and for things all over the car
 */
export function lookAt(
  { outcomes }: Pick<ConversationTurn, 'outcomes'>,
  isOnStreet = false,
): Orbit | undefined {
  const targets = outcomes.flatMap(({ changes }) => changes.map(({ path }) => path));
  const views = new Set<Orbit>(
    targets.flatMap((path) => {
      if (ROUTE.test(path)) return isOnStreet ? [CAMERAS.chase] : [];
      const view = BEST_SEEN.find(([pattern]) => pattern.test(path))?.[1];
      return view ? [view] : [];
    }),
  );
  const [only] = views;
  // Windows all round are best seen from where one looks anyway.
  return views.size === 1 ? only : undefined;
}
