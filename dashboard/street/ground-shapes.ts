/** What lies flat: streets, pavements, parks and water as triangles, to be painted one layer over the other. */
import { ShapeUtils, Vector2 } from 'three';
import { PROFILES, type Piece, type PlanArea, type PlanStreet, type StreetKind } from './street-plan.ts';

/** In the order in which they are painted: narrow streets lie under wide ones, as on a map. */
export const LAYERS = [
  'yard',
  'park',
  'water',
  'walk',
  'residential',
  'secondary',
  'primary',
  'motorway',
] as const;
export type Layer = (typeof LAYERS)[number];

/**
 * Numbers of one corner: x, y on the plan; metres across (right of the middle) and along the street; the layer; half the
 * width of its carriageway; metres since the last junction and to the next one, less what stays unpainted about it.
 */
export const CORNER = 8;
/** No junction as far as one can see. */
const FAR = 1_000;
const FAN = 10;

/** Grows layer by layer. */
export class GroundShapes {
  readonly layers: readonly number[][] = LAYERS.map(() => []);

  #layer(name: Layer): number[] {
    return this.layers[LAYERS.indexOf(name)] ?? [];
  }

  /** A piece of street with its pavements, and the round end of a street that begins or ends there. */
  addPiece({ street, from }: Piece): void {
    const { kind } = street;
    const { half, walk } = PROFILES[kind];
    this.#addRibbon(street, from, 'walk', half + walk);
    this.#addRibbon(street, from, kind, half);
    for (const end of [0, street.stations.length - 1]) {
      if (end !== from && end !== from + 1) continue;
      this.#addDisc(street, end, 'walk', half + walk);
      this.#addDisc(street, end, kind, half);
    }
  }

  #addRibbon(street: PlanStreet, from: number, layer: Layer, reach: number): void {
    const [a, b] = [street.stations[from], street.stations[from + 1]];
    if (!a || !b) return;
    const out = this.#layer(layer);
    const number = LAYERS.indexOf(layer);
    const { half } = PROFILES[street.kind];
    const middle = (a.along + b.along) / 2;
    const last = street.junctions.findLast(({ along }) => along < middle);
    const next = street.junctions.find(({ along }) => along > middle);
    const corner = (station: typeof a, side: 1 | -1) => {
      out.push(
        station.x + station.rightX * side * reach,
        station.y + station.rightY * side * reach,
        side * reach,
        station.along,
        number,
        half,
        last ? station.along - last.along - last.clear : FAR,
        next ? next.along - station.along - next.clear : FAR,
      );
    };
    corner(a, 1);
    corner(a, -1);
    corner(b, 1);
    corner(b, 1);
    corner(a, -1);
    corner(b, -1);
  }

  #addDisc(street: PlanStreet, end: number, layer: Layer, radius: number): void {
    const station = street.stations[end];
    if (!station) return;
    const out = this.#layer(layer);
    const { half } = PROFILES[street.kind];
    // Across counts outwards, so that a pavement has its kerb all round; nothing is painted there.
    const rest = (across: number) => [across, station.along, LAYERS.indexOf(layer), half, -FAR, -FAR];
    for (let i = 0; i < FAN; i++) {
      const [from, to] = [(i / FAN) * 2 * Math.PI, ((i + 1) / FAN) * 2 * Math.PI];
      out.push(station.x, station.y, ...rest(0));
      for (const angle of [to, from])
        out.push(station.x + Math.cos(angle) * radius, station.y + Math.sin(angle) * radius, ...rest(radius));
    }
  }
}

/** A park or a lake, as flat triangles. */
export function areaCorners({ kind, ring }: PlanArea): number[] {
  const contour = ring.map(([x, y]) => new Vector2(x, y));
  const first = contour[0];
  const last = contour.at(-1);
  if (first && last && contour.length > 1 && first.equals(last)) contour.pop();
  return ShapeUtils.triangulateShape(contour, []).flatMap((face) =>
    face.flatMap((i) => {
      const at = contour[i] ?? new Vector2();
      return [at.x, at.y, 0, 0, LAYERS.indexOf(kind), 0, -1, -1];
    }),
  );
}

/** The land under it all: a square about a place. */
export function yardCorners(x: number, y: number, reach: number): number[] {
  const corner = (dx: number, dy: number) => [x + dx * reach, y + dy * reach, 0, 0, 0, 0, -1, -1];
  return [
    ...corner(-1, -1),
    ...corner(-1, 1),
    ...corner(1, -1),
    ...corner(1, -1),
    ...corner(-1, 1),
    ...corner(1, 1),
  ];
}

export const isStreet = (layer: Layer): layer is StreetKind => layer in PROFILES;
