/** Rain on the windscreen: drops gather, the blades take them away, and behind the blades they gather again. */
import {
  BufferAttribute,
  DataTexture,
  DoubleSide,
  Mesh,
  RedFormat,
  ShaderMaterial,
  UnsignedByteType,
} from 'three';
import { cornersOf, offset, toGeometry, type Skin } from './skin.ts';
import { BLADES, glassPlace, SWEEP } from './wipers.ts';

/** Steps of the sweep for which the water is counted. */
const STEPS = 64;
/** Milliseconds in which a downpour wets swept glass again. */
const SOAK = 1_600;
/** Milliseconds in which the wind dries what it rains no more on. */
const DRY = 9_000;

/** How wet the glass is where the blades go, 0 … 1 by steps of the sweep. */
export class SweptWater {
  readonly levels = new Uint8Array(STEPS);
  readonly #exact = new Float32Array(STEPS);
  #last = 0;

  /**
   * @param rain 0 … 1
   * @param place of the blades, 0 at rest … 1 at the other end
   * @returns whether the glass is not yet as dry as it will be
   */
  step(ms: number, rain: number, place: number): boolean {
    const gain = rain > 0 ? (ms / SOAK) * Math.sqrt(rain) : -ms / DRY;
    const [low, high] = [
      Math.min(this.#last, place) * (STEPS - 1),
      Math.max(this.#last, place) * (STEPS - 1),
    ];
    this.#last = place;
    let wet = false;
    for (let i = 0; i < STEPS; i++) {
      const isWiped = low !== high && i >= low - 1 && i <= high + 1;
      const level = isWiped ? 0 : Math.min(1, Math.max(0, (this.#exact[i] ?? 0) + gain));
      this.#exact[i] = level;
      this.levels[i] = Math.round(level * 255);
      wet ||= level > 0;
    }
    return wet;
  }

  /** As it is for who wants no motion: wet all over, or dry. */
  settle(rain: number): void {
    this.#exact.fill(rain > 0 ? 1 : 0);
    this.levels.fill(rain > 0 ? 255 : 0);
  }
}

export interface WindscreenWater {
  readonly mesh: Mesh;
  readonly water: SweptWater;
  /** @param rain 0 … 1 @param light how bright the sky is that the drops mirror, 0 … 1 */
  show(rain: number, light: number): void;
}

/** @param windscreen as it was cut, so that the drops lie on it exactly */
export function createWindscreenWater(windscreen: Skin): WindscreenWater {
  const water = new SweptWater();
  const skin = offset(windscreen, 0.004);
  const geometry = toGeometry(skin);
  const corners = cornersOf(skin);
  const places = new Float32Array(corners.length * 2);
  corners.forEach(({ at: [x], v }, i) => {
    places.set(glassPlace(x, v), i * 2);
  });
  geometry.setAttribute('place', new BufferAttribute(places, 2));
  const levels = new DataTexture(water.levels, STEPS, 1, RedFormat, UnsignedByteType);
  const material = new ShaderMaterial({
    uniforms: { levels: { value: levels }, rain: { value: 0 }, light: { value: 1 } },
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    vertexShader: /* glsl */ `
      attribute vec2 place;
      varying vec2 vPlace;
      void main() {
        vPlace = place;
        gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.);
      }`,
    fragmentShader: /* glsl */ `
      uniform sampler2D levels;
      uniform float rain, light;
      varying vec2 vPlace;

      vec2 hash2(vec2 p) {
        vec3 q = fract(vec3(p.xyx) * vec3(.1031, .103, .0973));
        q += dot(q, q.yzx + 33.33);
        return fract((q.xx + q.yz) * q.zy);
      }

      /** Water that a blade has left: 1 where none comes by. */
      float left(vec2 pivot, float reach) {
        vec2 way = vPlace - pivot;
        float angle = atan(way.y, -way.x);
        float share = (angle - ${SWEEP.rest.toFixed(3)}) / ${(SWEEP.end - SWEEP.rest).toFixed(3)};
        if (share < 0. || share > 1. || length(way) > reach) return 1.;
        return texture2D(levels, vec2(share, .5)).r;
      }

      /** Drops of one size: how deep one looks into them (x), and where in a drop (yz). */
      vec3 drops(float cell, float wet) {
        vec2 grid = vPlace / cell;
        vec2 number = floor(grid);
        vec2 luck = hash2(number);
        vec2 from = fract(grid) - .5 - (luck - .5) * .5;
        float size = (.07 + .17 * luck.x) * step(luck.y, wet * .6);
        return size < .01 ? vec3(0.) : vec3(1. - smoothstep(size * .55, size, length(from)), from / size);
      }

      void main() {
        float wet = min(1., rain * 4.);
        ${BLADES.map(({ pivot, length }) => `wet = min(wet, left(vec2(${pivot.toFixed(3)}, 0.), ${length.toFixed(3)}));`).join('\n        ')}
        vec3 large = drops(.021, wet), small = drops(.0085, wet);
        vec3 drop = large.x > small.x ? large : small;
        if (drop.x < .02) discard;
        // A drop shows the world upside down: the sky below, the street above; and one bright spot.
        float sky = smoothstep(-.9, .7, -drop.z);
        float spot = 1. - smoothstep(.1, .5, length(drop.yz - vec2(-.3, .35)));
        vec3 color = mix(vec3(.012, .014, .018), vec3(.72, .8, .9) * (.1 + .9 * light), sky * .65) + spot * (.12 + .7 * light);
        gl_FragColor = vec4(color, drop.x * .5);
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = 3;
  mesh.visible = false;
  return {
    mesh,
    water,
    show(rain, light) {
      const { uniforms } = material;
      if (uniforms['rain']) uniforms['rain'].value = rain;
      if (uniforms['light']) uniforms['light'].value = light;
      levels.needsUpdate = true;
      mesh.visible = rain > 0;
    },
  };
}
