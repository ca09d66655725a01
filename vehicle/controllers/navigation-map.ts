import type { Command } from '../command.ts';
import { amountOfWord, count, plain, word } from '../slots.ts';
import { done, needs, refused, write, type Plan, type View } from './plan.ts';

const MAP = 'Vehicle.Cabin.Infotainment.Navigation.Map';
const ZOOM_STEP = { small: 1, normal: 1, large: 3 };
const VIEWS: readonly (readonly [RegExp, string, string])[] = [
  [/3d|three|perspective/, 'View', '3D'],
  [/2d|two|flat/, 'View', '2D'],
  [/satellite|aerial/, 'View', 'SATELLITE'],
  [/traffic/, 'View', 'TRAFFIC'],
  [/overview|whole|route/, 'View', 'OVERVIEW'],
  [/north/, 'Orientation', 'NORTH_UP'],
  [/heading|direction|track|course/, 'Orientation', 'HEADING_UP'],
];

/** Zoom and view of the map. */
export function planMap({ intent, slots }: Command, view: View): Plan<never> {
  const zoom = `${MAP}.Zoom`;
  if (intent !== 'navigation.map.set') {
    const step = count(slots.amount) ?? amountOfWord(slots.amount, ZOOM_STEP);
    const { min = 1, max = 20 } = view.catalogue.get(zoom);
    const closer = intent === 'navigation.map.increase';
    const next = Math.round(Math.min(max, Math.max(min, view.goal(zoom) + (closer ? step : -step))));
    return done(
      closer ? 'navigation.map.closer' : 'navigation.map.wider',
      {},
      { writes: [write(zoom, next)], already: 'navigation.map.limit' },
    );
  }
  const mode = word(slots, 'mode');
  if (mode === undefined) return needs('mode', 'navigation.map.which');
  const found = VIEWS.find(([pattern]) => pattern.test(plain(mode)));
  if (!found) return refused('navigation.map.no_such', { mode });
  const [, leaf, value] = found;
  return done(
    'navigation.map.set',
    { mode: value.toLowerCase().replace('_', ' ') },
    { writes: [write(`${MAP}.${leaf}`, value)] },
  );
}
