import { MeshPhysicalMaterial, type Color, type MeshStandardMaterial, type Vector3 } from 'three';
import { clamp, lerp } from './shapes.ts';
import { meanWallLight, wallLight, type Light } from './wall.ts';

/** How a surface answers light; shares from 0 to 1. */
export interface Surface {
  readonly color: Light;
  readonly metalness: number;
  readonly roughness: number;
  readonly clearcoat: number;
}

export const lightOf = ({ r, g, b }: Color): Light => [r, g, b];

export function surfaceOf(material: MeshStandardMaterial): Surface {
  const { color, metalness, roughness } = material;
  const clearcoat = material instanceof MeshPhysicalMaterial ? material.clearcoat : 0;
  return { color: lightOf(color), metalness, roughness, clearcoat };
}

/** Dark lining behind paint: nobody paints a car from inside. */
export const LINING: Light = [0.022, 0.023, 0.026];

/** Steps in which the wall's light is tabulated. */
const STEPS = 256;

/** The studio without its lamps, and what surfaces make of its wall's light: what a shader does, for where there is none. */
export class Room {
  readonly #wall = new Float32Array(3 * (STEPS + 1));
  readonly #above = meanWallLight(0, 0.5);
  readonly #below = meanWallLight(0.5, 1);
  /** One for all: a picture has half a million. */
  readonly #sent: [number, number, number] = [0, 0, 0];

  constructor() {
    for (let i = 0; i <= STEPS; i++) this.#wall.set(wallLight(i / STEPS), 3 * i);
  }

  /**
   * Light that a surface sends to the eye: a metal mirrors in its colour, another thing scatters it (Schlick 1994 for
   * what both mirror at a flat angle), lacquer mirrors on top.
   * @param isFront whether its outside is seen
   * @param ray from the eye, of length 1 as `normal`
   * @returns valid until the next call
   */
  light(surface: Surface, isFront: boolean, normal: Vector3, ray: Vector3): Light {
    const { metalness, roughness, clearcoat } = surface;
    const isLining = clearcoat > 0 && !isFront;
    const color = isLining ? LINING : surface.color;
    let facing = -normal.dot(ray);
    const side = facing < 0 ? -1 : 1;
    facing *= side;
    const up = normal.y * side;
    const mirrored = ray.y + 2 * facing * up;
    const height = Math.round((STEPS * Math.acos(clamp(mirrored, -1, 1))) / Math.PI);
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
      this.#sent[part] = sent * (1 - coat) + wall * coat;
    }
    return this.#sent;
  }
}
