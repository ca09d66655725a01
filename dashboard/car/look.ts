import { Color, type MeshPhysicalMaterial } from 'three';
import type { CarLook } from '../../simulator/server/protocol.ts';

type Paint = NonNullable<CarLook['paint']>;

/** How each finish throws light back. */
const FINISHES: Record<
  Paint['finish'],
  Pick<MeshPhysicalMaterial, 'metalness' | 'roughness' | 'clearcoat' | 'clearcoatRoughness'>
> = {
  solid: { metalness: 0, roughness: 0.42, clearcoat: 1, clearcoatRoughness: 0.03 },
  metallic: { metalness: 0.66, roughness: 0.34, clearcoat: 1, clearcoatRoughness: 0.04 },
  pearl: { metalness: 0.42, roughness: 0.24, clearcoat: 1, clearcoatRoughness: 0.02 },
  matte: { metalness: 0.35, roughness: 0.62, clearcoat: 0, clearcoatRoughness: 0 },
};

/** Paints the car as a brand wants it. */
export function paintWith(material: MeshPhysicalMaterial, { colour, finish }: Paint): void {
  material.color = new Color(colour);
  Object.assign(material, FINISHES[finish]);
}
