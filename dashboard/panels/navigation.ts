import type { WorldMap } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { distance, timeOfDay, UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import { MapDrawing } from '../map/map-drawing.ts';
import { compassWords, frame, travelWords } from '../map/projection.ts';
import { numberAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';

const LOCATION = 'Vehicle.CurrentLocation';
const NAVIGATION = 'Vehicle.Cabin.Infotainment.Navigation';
const PATHS = [
  ...['Latitude', 'Longitude', 'Heading'].map((name) => `${LOCATION}.${name}`),
  ...[
    'RemainingDistance',
    'RemainingTime',
    'NextManeuver.Text',
    'NextManeuver.Distance',
    'Map.Zoom',
    'Map.View',
    'Map.Orientation',
  ].map((name) => `${NAVIGATION}.${name}`),
  UNIT_SIGNALS.distance,
  UNIT_SIGNALS.clock,
];

/** Metres that the map spans at zoom level 14; each level halves it. */
const SPAN_AT_14 = 1_500;

/** Map, route, next manoeuvre, arrival. @param map resolves with the city; when it fails, the panel says so */
export function createNavigationPanel(root: HTMLElement, store: Store, map: Promise<WorldMap>): void {
  const maneuver = html('p', { class: 'maneuver', 'data-testid': 'maneuver' });
  const arrival = html('p', { class: 'arrival', 'data-testid': 'arrival' });
  const place = html('div', { class: 'map', role: 'img', 'aria-label': t('map.map'), 'data-testid': 'map' });
  root.append(place, html('div', { class: 'map-words' }, maneuver, arrival));
  let drawing: MapDrawing | undefined;

  const show = (signals: Signals) => {
    const { route } = store.state;
    const units = unitsOf(signals);
    const number = (name: string) => numberAt(signals, `${NAVIGATION}.${name}`);
    const next = textAt(signals, `${NAVIGATION}.NextManeuver.Text`);
    setText(
      maneuver,
      route && next !== ''
        ? `${t('map.in', { distance: distance(number('NextManeuver.Distance'), units) })}${next}`
        : '',
    );
    // Before the car has measured what remains, the whole route remains.
    const seconds = number('RemainingTime') || (route?.duration ?? 0) / 1_000;
    const metres = number('RemainingDistance') || route?.distance;
    const clock = timeOfDay(Date.now() + seconds * 1_000, units);
    const words = route
      ? `${route.to.name} · ${travelWords(seconds)} · ${distance(metres, units)} · ${t('map.arrives', { clock })}`
      : t('map.noDestination');
    setText(arrival, words);
    showMap(signals, words);
  };

  const showMap = (signals: Signals, words: string) => {
    if (!drawing) return;
    const [longitude, latitude] = ['Longitude', 'Latitude'].map((name) =>
      numberAt(signals, `${LOCATION}.${name}`),
    );
    const heading = numberAt(signals, `${LOCATION}.Heading`) ?? 0;
    const known = longitude !== undefined && latitude !== undefined && latitude > -90;
    const car = known ? { at: drawing.project([longitude, latitude]), heading } : null;
    const { route } = store.state;
    const overview = textAt(signals, `${NAVIGATION}.Map.View`) === 'OVERVIEW' && route;
    const side = SPAN_AT_14 * 2 ** (14 - (numberAt(signals, `${NAVIGATION}.Map.Zoom`) ?? 14));
    const turned = textAt(signals, `${NAVIGATION}.Map.Orientation`) === 'HEADING_UP' && !overview;
    if (overview) drawing.show({ ...frame(route.line.map(drawing.project)), up: 0 }, car);
    else if (car) drawing.show({ middle: car.at, side, up: turned ? heading : 0 }, car);
    place.setAttribute(
      'aria-label',
      `${t('map.map')}. ${car ? `${t('map.heads', { direction: compassWords(heading) })} ` : ''}${words}`,
    );
  };

  store.onSignals(PATHS, show);
  store.onRoute((route) => {
    drawing?.showRoute(route);
    show(store.state.signals);
  });
  map.then(
    (city) => {
      drawing = new MapDrawing(city);
      place.append(drawing.element);
      if (city.attribution !== undefined)
        place.append(html('p', { class: 'map-attribution' }, city.attribution));
      drawing.showRoute(store.state.route);
      show(store.state.signals);
    },
    () => {
      place.append(html('p', { class: 'map-missing' }, t('map.missing')));
    },
  );
}
