import type { TrafficReports, WorldMap } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { distance, timeOfDay, UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import { BigMap } from '../map/big-map.ts';
import { MapDrawing } from '../map/map-drawing.ts';
import { compassWords, travelWords } from '../map/projection.ts';
import { SIGHT_SIGNALS, sightOf } from '../map/sight.ts';
import { trafficOf, type Traffic } from '../map/traffic.ts';
import { numberAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';
import { iconButton } from './controls.ts';
import type { Hand } from './hand.ts';

const NAVIGATION = 'Vehicle.Cabin.Infotainment.Navigation';
const PATHS = [
  ...SIGHT_SIGNALS,
  ...['RemainingDistance', 'RemainingTime', 'NextManeuver.Text', 'NextManeuver.Distance'].map(
    (name) => `${NAVIGATION}.${name}`,
  ),
  UNIT_SIGNALS.distance,
  UNIT_SIGNALS.clock,
];

/** Milliseconds that traffic must cost to be told. */
const LEAST_DELAY = 60_000;
/** Milliseconds after which the traffic is asked for again; it changes from minute to minute. */
const TRAFFIC_EVERY = 60_000;

export interface NavigationParts {
  readonly store: Store;
  readonly hand: Hand;
  /** When it fails, the panel says so. */
  readonly map: Promise<WorldMap>;
  readonly traffic: () => Promise<TrafficReports>;
  /** Where the big map goes. */
  readonly bigMap: HTMLElement;
}

/** Map, route, traffic, next manoeuvre, arrival; and the way to the big map. */
export function createNavigationPanel(root: HTMLElement, parts: NavigationParts): void {
  const { store, hand, map } = parts;
  const maneuver = html('p', { class: 'maneuver', lang: 'en', 'data-testid': 'maneuver' });
  const arrival = html('p', { class: 'arrival', 'data-testid': 'arrival' });
  const place = html('div', { class: 'map', role: 'img', 'aria-label': t('map.map'), 'data-testid': 'map' });
  const expand = iconButton('expand', t('map.expand'), () => void big?.open(), 'map-expand');
  expand.classList.add('map-expand');
  expand.hidden = true;
  root.append(place, expand, html('div', { class: 'map-words' }, maneuver, arrival));
  let drawing: MapDrawing | undefined;
  let big: BigMap | undefined;
  let traffic: Traffic = new Map();

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
    const { now, utcOffset } = store.state.clock;
    const clock = timeOfDay(now + seconds * 1_000, utcOffset, units);
    const words = route
      ? [
          route.to.name,
          travelWords(seconds),
          ...(route.delay < LEAST_DELAY ? [] : [t('map.delay', { time: travelWords(route.delay / 1_000) })]),
          distance(metres, units),
          t('map.arrives', { clock }),
        ].join(' · ')
      : t('map.noDestination');
    setText(arrival, words);
    showMap(signals, words);
  };

  const showMap = (signals: Signals, words: string) => {
    const sight = sightOf(signals, store.state.route);
    drawing?.show(sight);
    const heading = sight.car && t('map.heads', { direction: compassWords(sight.car.heading) });
    const told = [`${t('map.map')}.`, heading, words].filter(Boolean).join(' ');
    if (place.getAttribute('aria-label') !== told) place.setAttribute('aria-label', told);
    big?.show();
  };

  store.onSignals(PATHS, show);
  store.onClock(() => {
    // Who waits with a route arrives later; without one, nothing tells the time.
    if (store.state.route) show(store.state.signals);
  });
  store.onRoute((route) => {
    drawing?.showRoute(route);
    big?.showRoute();
    show(store.state.signals);
  });
  map.then(
    (city) => {
      drawing = new MapDrawing(city);
      place.append(drawing.element);
      if (city.attribution !== undefined)
        place.append(html('p', { class: 'map-attribution' }, city.attribution));
      drawing.showRoute(store.state.route);
      big = new BigMap({
        root: parts.bigMap,
        city,
        hand,
        now: () => ({
          sight: sightOf(store.state.signals, store.state.route),
          route: store.state.route,
          traffic,
          maneuver: maneuver.textContent,
          arrival: arrival.textContent,
        }),
      });
      expand.hidden = false;
      show(store.state.signals);
      const ask = () => {
        // Without an answer the roads stay as they were: that the server is gone is told elsewhere.
        parts.traffic().then(
          (reports) => {
            traffic = trafficOf(reports);
            drawing?.showTraffic(traffic);
            big?.showTraffic();
          },
          () => undefined,
        );
      };
      ask();
      setInterval(ask, TRAFFIC_EVERY);
    },
    () => {
      place.append(html('p', { class: 'map-missing' }, t('map.missing')));
    },
  );
}
