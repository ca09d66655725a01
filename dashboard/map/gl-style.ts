import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { WorldMap } from '../../simulator/server/protocol.ts';
import { LOOK_SIGNS, lookOf } from './places.ts';

interface Shape {
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** GeoJSON for MapLibre. @param shapes geometry and what the style asks of it */
export const collection = (shapes: readonly Shape[]) => ({
  type: 'FeatureCollection',
  features: shapes.map((shape) => ({ type: 'Feature', ...shape })),
});

export const line = (coordinates: unknown, properties: Readonly<Record<string, unknown>> = {}) => ({
  geometry: { type: 'LineString', coordinates },
  properties,
});
export const point = (coordinates: unknown, properties: Readonly<Record<string, unknown>> = {}) => ({
  geometry: { type: 'Point', coordinates },
  properties,
});

/** The city as GeoJSON sources; route, traffic and car come later. */
function citySources({ streets, areas, places }: WorldMap): StyleSpecification['sources'] {
  // MapLibre checks it when it loads; its types of GeoJSON know no read-only arrays.
  const source = (data: ReturnType<typeof collection>) => ({ type: 'geojson' as const, data: data as never });
  return {
    streets: source(collection(streets.map(({ line: way, kind, name }) => line(way, { kind, name })))),
    areas: source(
      collection(
        areas.map(({ ring, kind, name }) => ({
          geometry: { type: 'Polygon', coordinates: [closed(ring)] },
          properties: { kind, name },
        })),
      ),
    ),
    // A name of its own for each area: a polygon that lies in several tiles would be named in each.
    names: source(collection(areas.map(({ ring, kind, name }) => point(middle(ring), { kind, name })))),
    places: source(
      collection(
        places.flatMap(({ at, name, category, address }) => {
          const look = lookOf(category);
          return look ? [point(at, { look, name, category, address })] : [];
        }),
      ),
    ),
    traffic: source(collection([])),
    route: source(collection([])),
    stops: source(collection([])),
    car: source(collection([])),
  };
}

/** Middle of the box around a ring. */
function middle(ring: WorldMap['areas'][number]['ring']): readonly [number, number] {
  const [longitudes, latitudes] = [
    ring.map(([longitude]) => longitude),
    ring.map(([, latitude]) => latitude),
  ];
  const between = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [between(longitudes), between(latitudes)];
}

function closed<P>(ring: readonly P[]): readonly P[] {
  const [first] = ring;
  return first === undefined || first === ring.at(-1) ? ring : [...ring, first];
}

/** Colours by the names of the page's custom properties, so that a brand reaches the map too. */
export type Colour = (name: string) => string;

const LABEL: { readonly 'text-font': string[]; readonly 'text-size': number } = {
  'text-font': ['sans-serif'],
  'text-size': 12,
};
/** Wide streets over narrow ones. */
const RANK = ['match', ['get', 'kind'], 'motorway', 3, 'primary', 2, 'secondary', 1, 0];
/** Pixels at zoom 11 and at zoom 18. @param more around it, for a casing */
const width = (more: number) =>
  [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    11,
    ['+', more / 2, ['match', ['get', 'kind'], 'motorway', 2.6, 'primary', 1.8, 'secondary', 1.1, 0.6]],
    18,
    ['+', more * 2, ['match', ['get', 'kind'], 'motorway', 34, 'primary', 28, 'secondary', 22, 15]],
  ] as unknown as number;

/** All that the map shows, from the ground up. */
export function cityStyle(map: WorldMap, colour: Colour): StyleSpecification {
  const kindColour = [
    'match',
    ['get', 'kind'],
    'motorway',
    colour('--map-motorway'),
    'primary',
    colour('--map-primary'),
    'secondary',
    colour('--map-secondary'),
    colour('--map-street'),
  ] as unknown as string;
  const halo = {
    'text-color': colour('--map-text'),
    'text-halo-color': colour('--map-ground'),
    'text-halo-width': 1.4,
  };
  const round = {
    'line-cap': 'round',
    'line-join': 'round',
    'line-sort-key': RANK as unknown as number,
  } as const;
  const kind = (name: string) => ['==', ['get', 'kind'], name] as unknown as boolean;
  const layers: LayerSpecification[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': colour('--map-ground') } },
    {
      id: 'water',
      type: 'fill',
      source: 'areas',
      filter: kind('water'),
      paint: { 'fill-color': colour('--map-water') },
    },
    {
      id: 'park',
      type: 'fill',
      source: 'areas',
      filter: kind('park'),
      paint: { 'fill-color': colour('--map-park') },
    },
    {
      id: 'casing',
      type: 'line',
      source: 'streets',
      layout: round,
      paint: { 'line-color': colour('--map-casing'), 'line-width': width(2) },
    },
    {
      id: 'street',
      type: 'line',
      source: 'streets',
      layout: round,
      paint: { 'line-color': kindColour, 'line-width': width(0) },
    },
    {
      id: 'traffic',
      type: 'line',
      source: 'traffic',
      layout: round,
      paint: {
        'line-color': ['match', ['get', 'level'], 'jam', colour('--bad'), colour('--warn')],
        'line-width': 3.5,
        'line-offset': 2,
      },
    },
    {
      id: 'route-casing',
      type: 'line',
      source: 'route',
      layout: round,
      paint: { 'line-color': colour('--map-route-casing'), 'line-width': 11 },
    },
    {
      id: 'route',
      type: 'line',
      source: 'route',
      layout: round,
      paint: { 'line-color': colour('--map-route'), 'line-width': 6 },
    },
    {
      id: 'street-names',
      type: 'symbol',
      source: 'streets',
      minzoom: 13,
      layout: { ...LABEL, 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': 11 },
      paint: halo,
    },
    {
      id: 'area-names',
      type: 'symbol',
      source: 'names',
      layout: {
        ...LABEL,
        'text-field': ['get', 'name'],
        'text-size': ['match', ['get', 'kind'], 'district', 15, 12],
        'text-letter-spacing': 0.06,
        'text-max-width': 20,
      },
      paint: { ...halo, 'text-opacity': 0.85 },
    },
    {
      id: 'places',
      type: 'symbol',
      source: 'places',
      minzoom: 12.5,
      layout: {
        ...LABEL,
        'icon-image': ['get', 'look'],
        'icon-allow-overlap': ['step', ['zoom'], false, 14.5, true],
        'icon-padding': 1,
        'text-field': ['step', ['zoom'], '', 15.5, ['get', 'name']],
        'text-size': 11,
        'text-anchor': 'top',
        'text-offset': [0, 1],
        'text-optional': true,
      },
      paint: halo,
    },
    {
      id: 'stops',
      type: 'symbol',
      source: 'stops',
      layout: {
        ...LABEL,
        'icon-image': ['get', 'icon'],
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
        'text-field': ['get', 'name'],
        'text-anchor': 'top',
        'text-offset': [0, 0.3],
        'text-allow-overlap': true,
      },
      paint: halo,
    },
    {
      id: 'car',
      type: 'symbol',
      source: 'car',
      layout: {
        'icon-image': 'car',
        'icon-rotate': ['get', 'heading'],
        'icon-rotation-alignment': 'map',
        'icon-pitch-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ];
  return { version: 8, sources: citySources(map), layers };
}

/** Pixels of a sign; drawn twice as large for sharp screens. */
const SIGN = 22;
const SHARP = 2;

/** The signs of places, the pins of a route, and the car, drawn here: nothing is fetched. */
export function drawSigns(): ReadonlyMap<string, ImageData> {
  const signs = new Map<string, ImageData>();
  for (const [look, { colour, sign }] of Object.entries(LOOK_SIGNS)) {
    signs.set(
      look,
      drawn(SIGN, SIGN, (canvas) => {
        canvas.beginPath();
        canvas.arc(SIGN / 2, SIGN / 2, SIGN / 2 - 1, 0, 2 * Math.PI);
        canvas.fillStyle = '#10161d';
        canvas.fill();
        canvas.strokeStyle = colour;
        canvas.lineWidth = 1.5;
        canvas.stroke();
        canvas.translate(SIGN / 2, SIGN / 2);
        canvas.scale(0.62, 0.62);
        canvas.translate(-12, -12);
        canvas.lineWidth = 2.4;
        canvas.lineCap = canvas.lineJoin = 'round';
        canvas.stroke(new Path2D(sign));
      }),
    );
  }
  const pin = (fill: string) =>
    drawn(26, 34, (canvas) => {
      canvas.translate(13, 33);
      canvas.fillStyle = fill;
      canvas.strokeStyle = '#ffffff';
      canvas.lineWidth = 2;
      const shape = new Path2D('M0 0C-8 -13 -11 -16 -11 -22A11 11 0 0 1 11 -22C11 -16 8 -13 0 0Z');
      canvas.fill(shape);
      canvas.stroke(shape);
    });
  signs.set('destination', pin('#ff6257'));
  signs.set('stop', pin('#5b6877'));
  signs.set(
    'car',
    drawn(36, 36, (canvas) => {
      canvas.translate(18, 18);
      canvas.fillStyle = '#ffffff';
      canvas.strokeStyle = '#0d5b92';
      canvas.lineWidth = 3;
      canvas.lineJoin = 'round';
      const shape = new Path2D('M0 -14L10 12L0 7L-10 12Z');
      canvas.stroke(shape);
      canvas.fill(shape);
    }),
  );
  return signs;
}

function drawn(width: number, height: number, draw: (canvas: CanvasRenderingContext2D) => void): ImageData {
  const element = document.createElement('canvas');
  element.width = width * SHARP;
  element.height = height * SHARP;
  const canvas = element.getContext('2d');
  if (!canvas) return new ImageData(element.width, element.height);
  canvas.scale(SHARP, SHARP);
  draw(canvas);
  return canvas.getImageData(0, 0, element.width, element.height);
}
export const SIGN_RATIO = SHARP;
