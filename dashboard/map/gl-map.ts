import 'maplibre-gl/dist/maplibre-gl.css';
import {
  Map as MapLibre,
  Popup,
  setWorkerUrl,
  type GeoJSONSource,
} from 'maplibre-gl/dist/maplibre-gl-csp.js';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import type { WorldMap } from '../../simulator/server/protocol.ts';
import { t } from '../language/language.ts';
import { cityStyle, collection, drawSigns, line, point, SIGN_RATIO } from './gl-style.ts';
import type { Position, Route, Sight } from './sight.ts';
import type { Traffic } from './traffic.ts';

setWorkerUrl(workerUrl);

/** Metres per pixel at the equator at zoom 0, with MapLibre's tiles of 512 pixels. */
const METRES_PER_PIXEL = 78_271.517;
const TILT = 55;
/** Share of the picture that is kept for what lies ahead. */
const AHEAD = 0.4;
/** Pixels around a route that is looked over. */
const MARGIN = 70;

/** A place that somebody points at. */
export interface PlaceOnMap {
  readonly name: string;
  readonly category: string;
  readonly address: string;
}

export interface GlMapParts {
  readonly city: WorldMap;
  /** What to show of a place that is pointed at. */
  readonly tellPlace: (place: PlaceOnMap) => HTMLElement;
  /** A hand has moved the map: it no longer goes with the car. */
  readonly onMoved: () => void;
}

/**
 * The city on the graphics card, from the page's own data; draws only what has changed.
 * @throws Error in a browser without WebGL
 */
export class GlMap {
  readonly #map: MapLibre;
  readonly #city: WorldMap;
  readonly #container: HTMLElement;
  /** Resolves when sources may be changed. */
  readonly #ready: Promise<unknown>;
  #route: Route = null;
  #night: boolean | undefined;
  #following = true;
  /** The car and the look of it that are drawn: what has not changed is not drawn again. */
  #placed = '';
  #looked = '';

  constructor(container: HTMLElement, { city, tellPlace, onMoved }: GlMapParts) {
    this.#container = container;
    this.#city = city;
    const [west, south, east, north] = city.bounds;
    this.#map = new MapLibre({
      container,
      style: this.#style(),
      bounds: [west, south, east, north],
      maxBounds: [west - 0.05, south - 0.03, east + 0.05, north + 0.03],
      minZoom: 10,
      maxZoom: 19,
      attributionControl: false,
      // Fading in costs frames, and is motion that nobody has asked for.
      fadeDuration: 0,
      locale: { 'Map.Title': t('map.keys') },
    });
    for (const [name, image] of drawSigns()) this.#map.addImage(name, image, { pixelRatio: SIGN_RATIO });
    this.#ready = new Promise((resolve) => {
      this.#map.on('load', resolve);
    });
    for (const move of ['dragstart', 'rotatestart', 'zoomstart', 'pitchstart'] as const)
      this.#map.on(move, (event) => {
        // Only a hand has an event of its own; the car has none.
        if (!('originalEvent' in event) || !event.originalEvent) return;
        this.#following = false;
        onMoved();
      });
    this.#map.on('click', 'places', ({ features, lngLat }) => {
      const [feature] = features ?? [];
      if (!feature) return;
      const { name, category, address } = feature.properties;
      const told = tellPlace({ name: String(name), category: String(category), address: String(address) });
      new Popup({ maxWidth: '280px', closeButton: false })
        .setLngLat(lngLat)
        .setDOMContent(told)
        .addTo(this.#map);
    });
    this.#map.on('mouseenter', 'places', () => (this.#map.getCanvas().style.cursor = 'pointer'));
    this.#map.on('mouseleave', 'places', () => (this.#map.getCanvas().style.cursor = ''));
  }

  /** Frames that were drawn; nothing changes, none is drawn. @param each called after each */
  onFrame(each: () => void): void {
    this.#map.on('render', each);
  }

  /** Goes with the car again. */
  follow(): void {
    this.#following = true;
    this.#looked = '';
  }

  showRoute(route: Route): void {
    this.#route = route;
    this.#looked = '';
    this.#set('route', route ? [line(route.line)] : []);
    const stop = (at: Position, name: string, icon: string) => point(at, { name, icon });
    this.#set(
      'stops',
      route
        ? [
            ...route.stops.map(({ at, name }) => stop(at, name, 'stop')),
            stop(route.to.at, route.to.name, 'destination'),
          ]
        : [],
    );
  }

  showTraffic(traffic: Traffic): void {
    this.#set(
      'traffic',
      this.#city.streets.flatMap(({ name, line: way, kind }) => {
        const level = traffic.get(name);
        return level ? [line(way, { level, kind })] : [];
      }),
    );
  }

  show(sight: Sight): void {
    const { car, night } = sight;
    if (this.#night !== undefined && this.#night !== night) this.#repaint();
    this.#night = night;
    const place = JSON.stringify(car);
    if (place !== this.#placed) this.#set('car', car ? [point(car.at, { heading: car.heading })] : []);
    this.#placed = place;
    if (this.#following) this.#look(sight);
  }

  resize(): void {
    this.#map.resize();
    this.#looked = '';
  }

  remove(): void {
    this.#map.remove();
  }

  #look({ car, span, zoom, overview, turned, tilted }: Sight): void {
    const key = JSON.stringify([car, zoom, overview, turned, tilted]);
    if (key === this.#looked) return;
    this.#looked = key;
    const pitch = tilted ? TILT : 0;
    if (overview && this.#route) {
      const [west, east] = extent(this.#route.line.map(([longitude]) => longitude));
      const [south, north] = extent(this.#route.line.map(([, latitude]) => latitude));
      this.#map.fitBounds([west, south, east, north], {
        padding: MARGIN,
        bearing: 0,
        pitch: 0,
        animate: false,
      });
    } else if (car) {
      const { clientWidth, clientHeight } = this.#container;
      const perPixel = span / Math.max(1, Math.min(clientWidth, clientHeight));
      const level = Math.log2((METRES_PER_PIXEL * Math.cos((car.at[1] * Math.PI) / 180)) / perPixel);
      const [longitude, latitude] = car.at;
      // Who drives wants to see what comes, not what has been.
      const top = turned ? clientHeight * AHEAD : 0;
      this.#map.jumpTo({
        padding: { top, bottom: 0, left: 0, right: 0 },
        center: [longitude, latitude],
        zoom: level,
        bearing: turned ? car.heading : 0,
        pitch,
      });
    }
  }

  #set(name: string, shapes: Parameters<typeof collection>[0]): void {
    void this.#ready.then(() => {
      this.#map.getSource<GeoJSONSource>(name)?.setData(collection(shapes));
    });
  }

  /** Day and night are other colours for the same things. */
  #repaint(): void {
    void this.#ready.then(() => {
      for (const { id, paint } of this.#style().layers)
        for (const [name, value] of Object.entries(paint ?? {}))
          this.#map.setPaintProperty(id, name, value as never);
    });
  }

  #style() {
    const computed = getComputedStyle(this.#container);
    return cityStyle(this.#city, (name) => computed.getPropertyValue(name).trim());
  }
}

const extent = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
