import { html } from '../dom.ts';
import { CameraRig } from './camera-rig.ts';
import type { Car } from './car.ts';
import { numbersOf, placeParts } from './moving-parts.ts';
import { FIRST_VIEW } from './orbit.ts';
import type { Pose } from './pose.ts';
import { paintStill } from './still.ts';

/** A still picture of the car: the first one, and the only one where there is no WebGL. */
export class CarStill {
  readonly canvas = html('canvas', { class: 'car-still', 'aria-hidden': true });
  readonly #car: Car;
  readonly #rig = new CameraRig();

  constructor(car: Car) {
    this.#car = car;
    this.#rig.aim(FIRST_VIEW, true);
  }

  /** Draws it at once. @param width CSS pixels, as `height` @param ratio real pixels to one of them */
  show(pose: Pose, width: number, height: number, ratio: number): void {
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    const g = this.canvas.getContext('2d');
    if (!g) return;
    const numbers = numbersOf(pose);
    const lamp = { left: pose.blink.left ? 1 : 0, right: pose.blink.right ? 1 : 0 };
    placeParts(this.#car, { value: (name) => numbers[name] ?? 0 }, { ...lamp, wipers: 0, roll: 0 });
    // As light as the room about the car, which the page draws.
    document.documentElement.style.setProperty('--daylight', Math.sqrt(pose.daylight).toFixed(2));
    this.#rig.place(width / height);
    paintStill(g, this.#car.group, this.#rig.camera, pose.daylight);
  }
}
