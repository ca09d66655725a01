import {
  AdditiveBlending,
  Color,
  DoubleSide,
  MeshBasicMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  ShaderMaterial,
} from 'three';
import { LAMPS, type Lamp } from './car-parts.ts';
import { lerp } from './shapes.ts';

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
    paint: linedPaint(),
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
    seat: new MeshStandardMaterial({ color: 0x7a736a, roughness: 0.72 }),
    trim: new MeshStandardMaterial({ color: 0x2a2d33, roughness: 0.7, side: DoubleSide }),
  };
}
export type Materials = ReturnType<typeof createMaterials>;

/** Metallic paint under clear lacquer; behind it, dark lining: nobody paints a car from inside. */
function linedPaint(): MeshPhysicalMaterial {
  const paint = new MeshPhysicalMaterial({
    color: 0x1c64b4,
    metalness: 0.66,
    roughness: 0.34,
    clearcoat: 1,
    clearcoatRoughness: 0.04,
    side: DoubleSide,
  });
  paint.onBeforeCompile = (shader) => {
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <color_fragment>', 'if (!gl_FrontFacing) diffuseColor.rgb = vec3(.022, .023, .026);')
      .replace(
        '#include <metalnessmap_fragment>',
        'float metalnessFactor = gl_FrontFacing ? metalness : 0.; roughnessFactor = gl_FrontFacing ? roughnessFactor : .9;',
      )
      .replace(
        '#include <lights_physical_fragment>',
        '#include <lights_physical_fragment>\nif (!gl_FrontFacing) material.clearcoat = 0.;',
      );
  };
  return paint;
}

/** How bright a lens is, as a share of its colour: its lamp off, and lit, when the eye sees white in its middle. */
const LENS = { unlit: 0.055, lit: 1.25 };

/** All lamps of the car: each corner knows its lamp (attribute `lamp`), each lamp has a power from 0 to 1. */
export class LampMaterial extends ShaderMaterial {
  readonly power = new Float32Array(LAMPS.length);
  readonly #colors = LAMPS.map((lamp) => new Color(LAMP_COLORS[lamp]));

  constructor() {
    super({
      side: DoubleSide,
      vertexShader: /* glsl */ `
        attribute float lamp;
        uniform float power[${LAMPS.length}];
        uniform vec3 colors[${LAMPS.length}];
        varying vec3 vColor;
        void main() {
          int index = int(lamp + .5);
          vColor = colors[index] * mix(${LENS.unlit}, ${LENS.lit}, power[index]);
          gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.);
        }`,
      fragmentShader: /* glsl */ `
        varying vec3 vColor;
        void main() {
          gl_FragColor = vec4(min(vColor, vec3(1.)), 1.);
          #include <colorspace_fragment>
        }`,
    });
    this.uniforms = { power: { value: this.power }, colors: { value: this.#colors } };
  }

  /** What its lenses look like now, in the order of `LAMPS`. */
  shown(): readonly Color[] {
    return this.#colors.map((color, lamp) =>
      color.clone().multiplyScalar(lerp(LENS.unlit, LENS.lit, this.power[lamp] ?? 0)),
    );
  }
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
