import { html } from '../dom.ts';
import { CameraRig } from './camera-rig.ts';
import type { Car } from './car.ts';
import { numbersOf, placeParts, showAmbient } from './moving-parts.ts';
import { FIRST_VIEW } from './orbit.ts';
import type { Pose } from './pose.ts';
import { paintStill } from './still.ts';

/** More pixels take longer than anybody waits. */
const MOST_PIXELS = 2_000_000;

/** What a still picture shows of a pose; two that give the same text look the same. Where it is and how fast are not seen. */
export const seenStill = (pose: Pose): string => JSON.stringify([numbersOf(pose), pose.blink, pose.ambient]);

/** A still picture of the car: the first one, and the only one where there is no WebGL. */
export class CarStill {
  readonly canvas = html('canvas', { class: 'car-still', 'aria-hidden': true });
  readonly #car: Car;
  readonly #rig = new CameraRig();

  constructor(car: Car) {
    this.#car = car;
    this.#rig.aim(FIRST_VIEW, true);
  }

  /** Draws it at once. @param width CSS pixels, as `height` @param ratio real pixels to one of them, at most */
  show(pose: Pose, width: number, height: number, ratio: number): void {
    const fine = Math.min(ratio, Math.sqrt(MOST_PIXELS / (width * height)));
    this.canvas.width = Math.max(1, Math.round(width * fine));
    this.canvas.height = Math.max(1, Math.round(height * fine));
    const g = this.canvas.getContext('2d');
    if (!g) return;
    showAmbient(this.#car, pose);
    const numbers = numbersOf(pose);
    const lamp = { left: pose.blink.left ? 1 : 0, right: pose.blink.right ? 1 : 0 };
    placeParts(this.#car, { value: (name) => numbers[name] ?? 0 }, { ...lamp, wipers: 0, roll: 0 });
    // As light as the room about the car, which the page draws.
    document.documentElement.style.setProperty('--daylight', Math.sqrt(pose.daylight).toFixed(2));
    this.#rig.place(width / height);
    paintStill(g, this.#car.group, this.#rig.camera, pose.daylight);
  }
}
