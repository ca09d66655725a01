import { BufferAttribute, BufferGeometry, Mesh, type Material } from 'three';
import { greenhousePoint, WALL } from './body-shape.ts';
import { lerp } from './shapes.ts';
import type { Vector } from './skin.ts';

/** Milliseconds of one way up and back. */
export const STROKE = 1_050;
/** Pauses shorter than this are none: the blades go on. */
const SHORTEST_PAUSE = 60;

/** The rhythm of the blades: strokes, and pauses between them in which nothing needs to be drawn. */
export class WiperRhythm {
  #passed = STROKE;
  #perMinute = 0;

  /** @param perMinute strokes; 0 lets the blades finish and rest */
  set(perMinute: number): void {
    this.#perMinute = perMinute;
  }

  /** 0 at rest, 1 at the other end. */
  get place(): number {
    return this.#passed >= STROKE ? 0 : Math.sin((this.#passed / STROKE) * Math.PI) ** 2;
  }

  get isMoving(): boolean {
    return this.#passed < STROKE;
  }

  /** Milliseconds from the end of a stroke to the beginning of the next; undefined when there is none. */
  get pause(): number | undefined {
    return this.#perMinute > 0 ? Math.max(0, 60_000 / this.#perMinute - STROKE) : undefined;
  }

  begin(): void {
    if (!this.isMoving && this.#perMinute > 0) this.#passed = 0;
  }

  step(ms: number): void {
    if (!this.isMoving) return;
    this.#passed += ms;
    const { pause } = this;
    if (this.#passed >= STROKE && pause !== undefined && pause < SHORTEST_PAUSE) this.#passed -= STROKE;
  }
}

/** Both blades turn the same way, as on most cars: where they are fixed (metres to the left), and their length. */
export const BLADES = [
  { pivot: 0.5, length: 0.5 },
  { pivot: -0.04, length: 0.46 },
];
/** From lying along the cowl, towards the right, to nearly upright. Radians. */
export const SWEEP = { rest: 0.05, end: 1.5 };
const BOTTOM = 0.035;
/** Metres along the screen for one step of v. */
const V_METRES = 0.75;
const SEGMENTS = 8;
const HALF_WIDTH = 0.011;
const RAISED = 0.014;
/** Places of the sweep that are worked out beforehand; between them blades go straight. */
const PLACES = 24;

/** The two blades as one thing to draw. */
export function createWipers(material: Material): {
  readonly mesh: Mesh;
  readonly set: (place: number) => void;
} {
  const places = Array.from({ length: PLACES + 1 }, (_, index) => ribbons(index / PLACES));
  const positions = Float32Array.from(places[0] ?? []);
  const geometry = new BufferGeometry();
  const attribute = new BufferAttribute(positions, 3);
  geometry.setAttribute('position', attribute);
  geometry.setIndex(faces());
  geometry.computeVertexNormals();
  const mesh = new Mesh(geometry, material);
  // The box about the blades changes with each stroke: they are small, and always drawn.
  mesh.frustumCulled = false;
  return {
    mesh,
    set(place) {
      const at = place * PLACES;
      const index = Math.min(PLACES - 1, Math.floor(at));
      const [from, to] = [places[index], places[index + 1]];
      if (!from || !to) return;
      for (let i = 0; i < positions.length; i++) positions[i] = lerp(from[i] ?? 0, to[i] ?? 0, at - index);
      attribute.needsUpdate = true;
    },
  };
}

/** Corners of both blades: along each, two for each step. */
export function ribbons(place: number): Float32Array {
  const angle = lerp(SWEEP.rest, SWEEP.end, place);
  const [right, up] = [Math.cos(angle), Math.sin(angle)];
  const corners = BLADES.flatMap(({ pivot, length }) =>
    Array.from({ length: SEGMENTS + 1 }, (_, step) => {
      const along = (step / SEGMENTS) * length;
      // Broad at the arm, narrow at the tip.
      const half = HALF_WIDTH * (1 - 0.45 * (step / SEGMENTS));
      return [-half, half].flatMap((across) =>
        onScreen(pivot - along * right - across * up, along * up - across * right + half),
      );
    }).flat(),
  );
  return Float32Array.from(corners);
}

/** A place on the windscreen, a hair above the glass. @param x metres to the left @param up metres along the screen */
function onScreen(x: number, up: number): Vector {
  const v = Math.min(WALL - 0.08, BOTTOM + up / V_METRES);
  const u = alongScreen(Math.abs(x), v);
  const [px, py, pz] = greenhousePoint(u, v);
  // The screen leans back by about thirty degrees: out is ahead and up.
  return [x < 0 ? -px : px, py + RAISED * 0.86, pz + RAISED * 0.5];
}

/** Where a point of the screen lies for the blades: metres to the left, and up along the screen from where they are fixed. */
export const glassPlace = (x: number, v: number): readonly [number, number] => [x, (v - BOTTOM) * V_METRES];

/** The u at which the screen is `x` wide: it falls from the pillar to the middle. */
function alongScreen(x: number, v: number): number {
  let [side, middle] = [0.3, 1];
  for (let round = 0; round < 24; round += 1) {
    const u = (side + middle) / 2;
    if (greenhousePoint(u, v)[0] > x) side = u;
    else middle = u;
  }
  return middle;
}

function faces(): number[] {
  const each = 2 * (SEGMENTS + 1);
  return BLADES.flatMap((_, blade) =>
    Array.from({ length: SEGMENTS }, (__, step) => {
      const a = blade * each + 2 * step;
      return [a, a + 1, a + 2, a + 1, a + 3, a + 2];
    }).flat(),
  );
}
