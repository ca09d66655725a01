import type { Vector3 } from 'three';
import { clamp, lerp } from './shapes.ts';
import { wallLight, type Light } from './wall.ts';

/** How a surface answers light; shares from 0 to 1, colours linear. */
export interface Surface {
  readonly color: Light;
  readonly metalness: number;
  readonly roughness: number;
  readonly clearcoat: number;
  readonly opacity: number;
  /** Shines by itself and mirrors nothing. */
  readonly isLight: boolean;
  /** The colour of a corner by its number, where corners differ. */
  readonly colorAt?: (corner: number) => Light;
}

/** Dark lining behind paint: nobody paints a car from inside. */
export const LINING: Light = [0.022, 0.023, 0.026];

/** Steps in which the wall's light and the screen's answer to light are tabulated. */
const WALL_STEPS = 256;
const SCREEN_STEPS = 1024;
/** The wall shines for the studio's lamps too, which no still picture computes. */
const EXPOSURE = 1.8;

/** The studio's wall, what surfaces make of its light, and the pixel that is being mixed. */
export class Room {
  readonly #wall = new Float32Array(3 * (WALL_STEPS + 1));
  readonly #above: Light;
  readonly #below: Light;
  readonly #screen = new Uint8ClampedArray(SCREEN_STEPS + 1);
  #red = 0;
  #green = 0;
  #blue = 0;
  #alpha = 0;
  #own: [number, number, number] = [0, 0, 0];

  constructor(daylight: number) {
    const power = EXPOSURE * lerp(0.16, 1, Math.sqrt(daylight));
    for (let i = 0; i <= WALL_STEPS; i++)
      this.#wall.set(
        wallLight(i / WALL_STEPS).map((part) => part * power),
        3 * i,
      );
    this.#above = this.#mean(0, WALL_STEPS / 2);
    this.#below = this.#mean(WALL_STEPS / 2, WALL_STEPS);
    for (let i = 0; i <= SCREEN_STEPS; i++) this.#screen[i] = 255 * onScreen(i / SCREEN_STEPS);
  }

  /** Mean light of a part of the wall, each height by its share of the sphere. */
  #mean(from: number, to: number): Light {
    const sum: [number, number, number] = [0, 0, 0];
    let all = 0;
    for (let i = from; i <= to; i++) {
      const share = Math.sin((Math.PI * i) / WALL_STEPS);
      all += share;
      for (const part of [0, 1, 2] as const) sum[part] += share * (this.#wall[3 * i + part] ?? 0);
    }
    return [sum[0] / all, sum[1] / all, sum[2] / all];
  }

  /** Begins a pixel. @param alpha how much of the page behind is covered already, by dark */
  clear(alpha: number): void {
    this.#red = this.#green = this.#blue = 0;
    this.#alpha = alpha;
  }

  /**
   * Light that a surface sends to the eye: a metal mirrors in its colour, another thing scatters it (Schlick 1994 for
   * what both mirror at a flat angle), lacquer mirrors on top.
   */
  light(surface: Surface, own: Light | undefined, isFront: boolean, normal: Vector3, ray: Vector3): void {
    const { metalness, roughness, clearcoat, isLight } = surface;
    const isLining = clearcoat > 0 && !isFront;
    const color = own ?? (isLining ? LINING : surface.color);
    if (isLight) {
      this.#own = [color[0], color[1], color[2]];
      return;
    }
    let facing = -normal.dot(ray);
    const side = facing < 0 ? -1 : 1;
    facing *= side;
    const up = normal.y * side;
    const mirrored = ray.y + 2 * facing * up;
    const height = Math.round((WALL_STEPS * Math.acos(clamp(mirrored, -1, 1))) / Math.PI);
    const flat = (1 - facing) ** 5;
    const metal = isLining ? 0 : metalness;
    const rough = isLining ? 0.9 : roughness;
    const coat = isLining ? 0 : clearcoat * (0.04 + 0.96 * flat);
    for (const part of [0, 1, 2] as const) {
      const wall = this.#wall[3 * height + part] ?? 0;
      const around = lerp(this.#below[part], this.#above[part], 0.5 + 0.5 * up);
      const albedo = color[part];
      const base = lerp(0.04, albedo, metal);
      const mirrors = base + Math.max(0, 1 - rough - base) * flat;
      const sent = albedo * (1 - metal) * around + mirrors * lerp(wall, around, rough);
      this.#own[part] = sent * (1 - coat) + wall * coat;
    }
  }

  /** Puts what `light` has found over the pixel. */
  cover(opacity: number): void {
    const [red, green, blue] = this.#own;
    this.#red = lerp(this.#red, red, opacity);
    this.#green = lerp(this.#green, green, opacity);
    this.#blue = lerp(this.#blue, blue, opacity);
    this.#alpha = lerp(this.#alpha, 1, opacity);
  }

  write(data: Uint8ClampedArray, at: number): void {
    data[at] = this.#shown(this.#red);
    data[at + 1] = this.#shown(this.#green);
    data[at + 2] = this.#shown(this.#blue);
    data[at + 3] = 255 * this.#alpha;
  }

  #shown(part: number): number {
    return this.#screen[Math.min(SCREEN_STEPS, Math.round(part * SCREEN_STEPS))] ?? 255;
  }
}

/** From light to the share of white on a screen: a film's shoulder (Narkowicz 2015, "ACES Filmic Tone Mapping Curve"), then sRGB. */
function onScreen(light: number): number {
  const film = clamp((light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14));
  return film <= 0.0031308 ? 12.92 * film : 1.055 * film ** (1 / 2.4) - 0.055;
}
