import type { WorldMap } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { iconButton, wordButton } from '../panels/controls.ts';
import type { Hand } from '../panels/hand.ts';
import type { GlMap, PlaceOnMap } from './gl-map.ts';
import { MapDrawing } from './map-drawing.ts';
import { isShown } from './places.ts';
import { MAP, type Route, type Sight } from './sight.ts';
import type { Traffic } from './traffic.ts';

/** Zoom levels that the car's signal takes. */
const [FARTHEST, NEAREST] = [1, 20];

/** Either kind of map. */
interface Picture {
  show(sight: Sight): void;
  showRoute(route: Route): void;
  showTraffic(traffic: Traffic): void;
}

export interface BigMapParts {
  /** Where the map goes; hidden while it is closed. */
  readonly root: HTMLElement;
  readonly city: WorldMap;
  readonly hand: Hand;
  /** What there is to be shown now. */
  readonly now: () => {
    readonly sight: Sight;
    readonly route: Route;
    readonly traffic: Traffic;
    /** In words. */
    readonly maneuver: string;
    readonly arrival: string;
  };
}

/**
 * The map over the whole stage: on the graphics card where there is one, else as the drawing of the panel. Zoom, view
 * and orientation are the car's own signals, so that voice and hand mean the same map.
 */
export class BigMap {
  readonly #parts: BigMapParts;
  readonly #place = html('div', { class: 'big-map-place' });
  readonly #follow: HTMLButtonElement;
  readonly #maneuver = html('p', { class: 'maneuver', lang: 'en' });
  readonly #arrival = html('p', { class: 'arrival' });
  #picture: Picture | undefined;
  #gl: GlMap | undefined;
  #back: Element | null = null;

  constructor(parts: BigMapParts) {
    this.#parts = parts;
    const { root, city, hand, now } = parts;
    const zoom = (by: 1 | -1) => () => {
      this.#goOn();
      hand.set(`${MAP}.Zoom`, Math.min(NEAREST, Math.max(FARTHEST, now().sight.zoom + by)));
    };
    this.#follow = iconButton('follow', t('map.follow'), () => {
      this.#goOn();
      this.show();
    });
    this.#follow.hidden = true;
    root.append(
      this.#place,
      html('div', { class: 'big-map-words', 'data-testid': 'big-map-words' }, this.#maneuver, this.#arrival),
      html(
        'div',
        { class: 'big-map-keys', role: 'group', 'aria-label': t('map.keys') },
        iconButton(
          'close',
          t('map.close'),
          () => {
            this.close();
          },
          'map-close',
        ),
        iconButton('plus', t('map.nearer'), zoom(1), 'map-nearer'),
        iconButton('minus', t('map.farther'), zoom(-1), 'map-farther'),
        iconButton(
          'overview',
          t('map.overview'),
          () => {
            this.#goOn();
            hand.set(`${MAP}.View`, now().sight.overview ? '2D' : 'OVERVIEW');
          },
          'map-overview',
        ),
        iconButton('compass', t('map.turn'), () => {
          this.#goOn();
          hand.set(`${MAP}.Orientation`, now().sight.turned ? 'NORTH_UP' : 'HEADING_UP');
        }),
        iconButton(
          'tilt',
          t('map.tilt'),
          () => {
            this.#goOn();
            hand.set(`${MAP}.View`, now().sight.tilted ? '2D' : '3D');
          },
          'map-tilt',
        ),
        this.#follow,
      ),
      ...(city.attribution === undefined ? [] : [html('p', { class: 'map-attribution' }, city.attribution)]),
    );
    root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
    new ResizeObserver(() => this.#gl?.resize()).observe(this.#place);
  }

  get isOpen(): boolean {
    return !this.#parts.root.hidden;
  }

  async open(): Promise<void> {
    if (this.isOpen) return;
    this.#back = document.activeElement;
    this.#parts.root.hidden = false;
    this.#parts.root.querySelector<HTMLElement>('button')?.focus();
    if (!this.#picture) await this.#load();
    this.#goOn();
    const { route, traffic } = this.#parts.now();
    this.#picture?.showRoute(route);
    this.#picture?.showTraffic(traffic);
    this.show();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#parts.root.hidden = true;
    if (this.#back instanceof HTMLElement) this.#back.focus();
  }

  /** Shows what the car's signals say now. */
  show(): void {
    if (!this.isOpen) return;
    const { sight, maneuver, arrival } = this.#parts.now();
    setText(this.#maneuver, maneuver);
    setText(this.#arrival, arrival);
    this.#parts.root.dataset['light'] = sight.night ? 'night' : 'day';
    this.#picture?.show(sight);
  }

  showRoute(): void {
    if (this.isOpen) this.#picture?.showRoute(this.#parts.now().route);
  }

  showTraffic(): void {
    if (this.isOpen) this.#picture?.showTraffic(this.#parts.now().traffic);
  }

  async #load(): Promise<void> {
    const { root, city, now } = this.#parts;
    root.dataset['light'] = now().sight.night ? 'night' : 'day';
    try {
      const { GlMap } = await import('./gl-map.ts');
      this.#picture = this.#gl = new GlMap(this.#place, {
        city,
        tellPlace: (place) => this.#tell(place),
        onMoved: () => {
          this.#follow.hidden = false;
        },
      });
      root.dataset['drawn'] = 'webgl';
      let frames = 0;
      this.#gl.onFrame(() => {
        root.dataset['frames'] = String(++frames);
      });
    } catch {
      // No WebGL, or the file did not come: the drawing needs neither.
      const drawing = new MapDrawing(city);
      this.#place.replaceChildren(drawing.element);
      root.dataset['drawn'] = 'svg';
      this.#picture = drawing;
    }
  }

  /** What is asked of the map by its keys is about the car again. */
  #goOn(): void {
    this.#gl?.follow();
    this.#follow.hidden = true;
  }

  #tell({ name, category, address }: PlaceOnMap): HTMLElement {
    return html(
      'div',
      { class: 'map-place' },
      html('p', { class: 'map-place-name', translate: 'no' }, name),
      html(
        'p',
        { class: 'panel-note', translate: 'no' },
        `${isShown(category) ? t(`map.place.${category}`) : category} · ${address}`,
      ),
      wordButton(t('map.goThere'), () => {
        this.#parts.hand.say(`navigate to ${name}`);
      }),
    );
  }
}
