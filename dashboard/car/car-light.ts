import { AmbientLight, PointLight, type Object3D, type Scene, type WebGLRenderTarget } from 'three';
import type { StreetScene } from '../street/street-scene.ts';
import type { Approach } from './approach.ts';
import { lerp } from './shapes.ts';
import { beamCones, beamPool, headlightGlow, reflections, type Painter, type Studio } from './studio.ts';

/** From this share of the street on, its light is the car's. */
const OUTSIDE = 0.25;
/** Light is mixed anew for the paint's reflections in so many steps from night to day. */
const SKY_STEPS = 8;

/** The light in the picture: of the studio and the street, mixed, of the car's own lamps, and what the paint mirrors of it. */
export class CarLight {
  readonly #painter: Painter;
  readonly #studio: Studio;
  readonly #scene: Scene;
  readonly #pool = beamPool();
  readonly #glow = headlightGlow();
  readonly #cones = beamCones();
  readonly #cabin = new PointLight(0xfff0d8, 0, 3, 1.6);
  /** What an eye that has got used to the dark sees of the cabin. */
  readonly #inside = new AmbientLight(0xffffff, 0);
  #sky: WebGLRenderTarget | undefined;
  #skyKey = -1;
  /** One for all frames: a frame makes nothing. */
  readonly #look = { daylight: 1, rain: 0, low: 0, high: 0, brake: 0 };

  /** @param scene where it shines */
  constructor(painter: Painter, studio: Studio, scene: Scene) {
    this.#painter = painter;
    this.#studio = studio;
    this.#scene = scene;
    this.#cabin.position.set(0, 1.25, -0.2);
    scene.add(...this.beams, this.#cabin, this.#inside);
    scene.environment = studio.texture;
  }

  /** What is seen of the headlights beside the lamps themselves. */
  get beams(): readonly Object3D[] {
    return [this.#pool, this.#glow, this.#cones];
  }

  /** Of the room about the car. */
  get power(): number {
    return this.#scene.environmentIntensity;
  }

  /** Of the cabin's lamp. */
  get lamp(): number {
    return this.#cabin.intensity;
  }

  /** Whether the car stands in the street's light, when so much of the street is shown. */
  static isOutside(shown: number): boolean {
    return shown > OUTSIDE;
  }

  /**
   * @param parts of the car, and the weather, as they are now
   * @param shown how much of the street, 0 to 1
   * @param outside where the eye is: 1 outside of the car, 0 in it
   */
  mix(parts: Approach, street: StreetScene | undefined, shown: number, outside: number): void {
    // The eye sees a tenth of the light as a third of it.
    const daylight = Math.sqrt(parts.value('daylight'));
    const low = parts.value('light.low');
    const high = parts.value('light.high');
    const isOutside = CarLight.isOutside(shown);
    if (street) this.#lightStreet(parts, street, shown);
    this.#reflect(isOutside ? street : undefined, daylight, parts.value('rain') > 0);
    this.#scene.environmentIntensity = isOutside ? 1.15 : lerp(0.16, 1, daylight);
    this.#painter.renderer.toneMappingExposure = lerp(1.15, 1.25, daylight);
    this.#cabin.intensity = parts.value('dome') * lerp(1.6, 3, daylight);
    this.#inside.intensity = (1 - outside) * lerp(0.25, 0.8, daylight);
    const beam = Math.max(low * 0.8, high);
    // On the street the ground itself is lit.
    this.#pool.material.opacity = beam * lerp(0.95, 0.25, daylight) * (1 - shown);
    this.#pool.visible = this.#pool.material.opacity > 0.01;
    this.#glow.material.opacity = beam * lerp(0.9, 0.3, daylight);
    this.#glow.visible = beam > 0.01;
    const air = 0.45 + 0.5 * high + 0.9 * parts.value('rain') + 0.2 * parts.value('light.fogFront');
    const { power } = this.#cones.material.uniforms;
    if (power) power.value = beam * air * lerp(1, 0.06, daylight) * outside;
    this.#cones.visible = beam > 0.01 && outside > 0.5;
  }

  /** After the graphics card has forgotten everything. */
  restore(): void {
    this.#studio.light();
    this.#skyKey = -1;
  }

  /** What stands in the scene is the scene's. */
  dispose(): void {
    this.#sky?.dispose();
  }

  #lightStreet(parts: Approach, street: StreetScene, shown: number): void {
    const look = this.#look;
    look.daylight = parts.value('daylight');
    look.rain = parts.value('rain');
    look.low = parts.value('light.low');
    look.high = parts.value('light.high');
    look.brake = Math.max(parts.value('light.brake'), 0.3 * parts.value('light.tail'));
    street.reveal(shown);
    street.light(look);
  }

  /** The paint mirrors what is about the car: the studio, or the sky of the street in its present light. */
  #reflect(street: StreetScene | undefined, daylight: number, isWet: boolean): void {
    document.documentElement.style.setProperty('--daylight', daylight.toFixed(2));
    if (!street) {
      this.#scene.environment = this.#studio.texture;
      return;
    }
    const key = Math.round(daylight * SKY_STEPS) * 2 + Number(isWet);
    if (key !== this.#skyKey) {
      this.#skyKey = key;
      const { scene, dispose } = street.mirrored();
      this.#sky?.dispose();
      this.#sky = reflections(this.#painter.renderer, scene);
      dispose();
    }
    this.#scene.environment = this.#sky?.texture ?? this.#studio.texture;
  }
}
