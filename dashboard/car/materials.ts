import {
  AdditiveBlending,
  DoubleSide,
  MeshBasicMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
} from 'three';
import type { Lamp } from './car-parts.ts';

const LAMP_COLORS: Record<Lamp, number> = {
  daytime: 0xf2f7ff,
  low: 0xf7faff,
  high: 0xffffff,
  fogFront: 0xfff1d0,
  indicatorLeft: 0xff9d1e,
  indicatorRight: 0xff9d1e,
  tail: 0xff1e14,
  brake: 0xff2a1c,
  reverse: 0xf6f8ff,
  fogRear: 0xff1e14,
};

/** One of each: parts that share a material share a shader. */
export function createMaterials() {
  return {
    paint: new MeshPhysicalMaterial({
      color: 0x1c64b4,
      metalness: 0.66,
      roughness: 0.34,
      clearcoat: 1,
      clearcoatRoughness: 0.04,
      side: DoubleSide,
    }),
    black: new MeshStandardMaterial({ color: 0x0a0b0d, metalness: 0.3, roughness: 0.18, side: DoubleSide }),
    inner: new MeshStandardMaterial({ color: 0x17191d, metalness: 0.1, roughness: 0.8, side: DoubleSide }),
    glass: new MeshStandardMaterial({
      color: 0x0b1016,
      metalness: 0.1,
      roughness: 0.05,
      transparent: true,
      opacity: 0.6,
      side: DoubleSide,
      depthWrite: false,
    }),
    roof: new MeshStandardMaterial({ color: 0x08090b, metalness: 0.2, roughness: 0.06, side: DoubleSide }),
    chrome: new MeshStandardMaterial({ color: 0xb9c0c9, metalness: 1, roughness: 0.24 }),
    tyre: new MeshStandardMaterial({ color: 0x111214, roughness: 0.86 }),
    barrel: new MeshStandardMaterial({ color: 0x1b1e22, metalness: 0.8, roughness: 0.5, side: DoubleSide }),
    seat: new MeshStandardMaterial({ color: 0x8d867c, roughness: 0.72 }),
    trim: new MeshStandardMaterial({ color: 0x2a2d33, roughness: 0.7, side: DoubleSide }),
  };
}
export type Materials = ReturnType<typeof createMaterials>;

/** A lamp shines by itself: its colour, times how bright it is, is what is drawn. */
export function lampMaterial(lamp: Lamp): MeshBasicMaterial {
  return new MeshBasicMaterial({ color: LAMP_COLORS[lamp], side: DoubleSide, toneMapped: false });
}

/** Light that lies over what is there. */
export function glowMaterial(color: number): MeshBasicMaterial {
  return new MeshBasicMaterial({
    color,
    transparent: true,
    blending: AdditiveBlending,
    depthWrite: false,
    toneMapped: false,
  });
}
