import type { WorldMap } from '../../simulator/server/protocol.ts';
import { svg } from '../dom.ts';
import { LOOK_SIGNS, lookOf } from './places.ts';
import { createProjection, frame, pathData, type Point } from './projection.ts';
import type { Position, Route, Sight } from './sight.ts';
import type { Traffic } from './traffic.ts';

/** Drawn in this order: narrow streets lie under wide ones. */
const KINDS = ['residential', 'secondary', 'primary', 'motorway'] as const;

interface View {
  /** Metres on the map. */
  readonly middle: Point;
  /** Metres that the shorter side of the picture spans. */
  readonly side: number;
  /** Degrees clockwise that point up; 0 is north. */
  readonly up: number;
}

/** The city as SVG, in metres; the view moves by one transform, so the streets are laid out only once. */
export class MapDrawing {
  readonly element: SVGSVGElement;
  readonly #project: (at: Position) => Point;
  readonly #world: SVGGElement;
  readonly #routeLayer = svg('g', {});
  readonly #pinLayer = svg('g', {});
  readonly #car = svg('path', { class: 'map-car', d: 'M0 -13L9 11L0 6L-9 11Z' });
  readonly #dots: SVGPathElement[];
  readonly #trafficLayer = svg('g', {});
  readonly #streets: WorldMap['streets'];
  #route: Route = null;
  #destination: Point | undefined;

  constructor(map: WorldMap) {
    const project = createProjection(map.bounds);
    this.#project = project;
    this.#streets = map.streets;
    const areas = map.areas
      .filter(({ kind }) => kind !== 'district')
      .map(({ kind, name, ring }) =>
        svg('path', { class: `map-${kind}`, d: pathData(ring.map(project), true) }, svg('title', {}, name)),
      );
    const streets = KINDS.flatMap((kind) => {
      const d = map.streets
        .filter((street) => street.kind === kind)
        .map(({ line }) => pathData(line.map(project)))
        .join('');
      return [
        svg('path', { class: `map-street map-casing map-${kind}`, d }),
        svg('path', { class: `map-street map-${kind}`, d }),
      ];
    });
    // All casings first: where streets cross, no border runs across the road.
    streets.sort(
      (a, b) => Number(b.classList.contains('map-casing')) - Number(a.classList.contains('map-casing')),
    );
    this.#dots = Object.keys(LOOK_SIGNS).map((look) => {
      // A line of no length with round caps is a dot whose size does not grow with the zoom.
      const d = map.places
        .filter(({ category }) => lookOf(category) === look)
        .map(({ at }) => pathData([project(at), project(at)]))
        .join('');
      return svg('path', { class: `map-dot map-dot-${look}`, d });
    });
    this.#world = svg('g', {}, ...areas, ...streets, this.#trafficLayer, this.#routeLayer, ...this.#dots);
    this.element = svg(
      'svg',
      {
        class: 'map-drawing',
        viewBox: '-100 -100 200 200',
        preserveAspectRatio: 'xMidYMid slice',
        'aria-hidden': 'true',
      },
      this.#world,
      this.#pinLayer,
      this.#car,
    );
  }

  showRoute(route: Route): void {
    this.#route = route;
    this.#destination = route ? this.#project(route.to.at) : undefined;
    if (!route) {
      this.#routeLayer.replaceChildren();
      this.#pinLayer.replaceChildren();
      return;
    }
    const d = pathData(route.line.map(this.#project));
    this.#routeLayer.replaceChildren(
      svg('path', { class: 'map-route-casing', d }),
      svg('path', { class: 'map-route', d, 'data-testid': 'map-route' }),
      ...route.stops.map(({ at }) =>
        svg('path', { class: 'map-stop', d: pathData([this.#project(at), this.#project(at)]) }),
      ),
    );
    this.#pinLayer.replaceChildren(
      svg('path', {
        class: 'map-pin',
        d: 'M0 0C-7 -11 -10 -14 -10 -20A10 10 0 0 1 10 -20C10 -14 7 -11 0 0Z',
      }),
    );
  }

  showTraffic(traffic: Traffic): void {
    this.#trafficLayer.replaceChildren(
      ...(['dense', 'jam'] as const).map((level) => {
        const d = this.#streets
          .filter(({ name }) => traffic.get(name) === level)
          .map(({ line }) => pathData(line.map(this.#project)))
          .join('');
        return svg('path', { class: `map-traffic map-traffic-${level}`, d });
      }),
    );
  }

  /** Without a car and without a route to look over, the map stays where it is. */
  show({ car, span, overview, turned }: Sight): void {
    const at = car && { at: this.#project(car.at), heading: car.heading };
    if (overview && this.#route) this.#look({ ...frame(this.#route.line.map(this.#project)), up: 0 }, at);
    else if (at) this.#look({ middle: at.at, side: span, up: turned ? at.heading : 0 }, at);
  }

  #look(
    { middle: [x, y], side, up }: View,
    car: { readonly at: Point; readonly heading: number } | null,
  ): void {
    const scale = 200 / side;
    this.#world.setAttribute('transform', `rotate(${-up}) scale(${scale}) translate(${-x} ${-y})`);
    for (const dots of this.#dots) dots.toggleAttribute('data-far', side > 4_000);
    const turn = (-up * Math.PI) / 180;
    const place = (at: Point): string => {
      const [dx, dy] = [(at[0] - x) * scale, (at[1] - y) * scale];
      return `translate(${dx * Math.cos(turn) - dy * Math.sin(turn)} ${dx * Math.sin(turn) + dy * Math.cos(turn)})`;
    };
    this.#car.toggleAttribute('hidden', car === null);
    if (car) this.#car.setAttribute('transform', `${place(car.at)} rotate(${car.heading - up})`);
    if (this.#destination) this.#pinLayer.setAttribute('transform', place(this.#destination));
  }
}
