import { PerspectiveCamera } from 'three';
import { Approach } from './approach.ts';
import { STANDS, type Orbit, type Stand } from './orbit.ts';
import { clamp, lerp } from './shapes.ts';

/** Milliseconds in which the camera covers 63 % of its way. */
const CAMERA_TIME = 230;
const LENGTH = 5.1;
/** The city ends in haze before. */
const FARTHEST = 900;

/** The camera, on its way to where it should be. */
export class CameraRig {
  readonly camera = new PerspectiveCamera(24, 1, 0.3, FARTHEST);
  readonly #way = new Approach();
  #azimuth = 0;

  aim(orbit: Orbit, immediately: boolean): void {
    const { at, angle, distance }: Stand = STANDS[orbit.stand ?? 'outside'];
    // The short way round.
    const full = 2 * Math.PI;
    this.#azimuth = orbit.azimuth + Math.round((this.#azimuth - orbit.azimuth) / full) * full;
    const aim = (name: string, value: number) => {
      this.#way.aim(name, value, immediately);
    };
    aim('azimuth', this.#azimuth);
    aim('elevation', orbit.elevation);
    aim('zoom', orbit.zoom);
    aim('x', at[0]);
    aim('y', at[1]);
    aim('z', at[2]);
    aim('angle', angle / 24);
    aim('distance', (distance ?? 0) / 10);
    aim('whole', distance === undefined ? 1 : 0);
  }

  step(ms: number): boolean {
    return this.#way.step(ms, CAMERA_TIME);
  }

  /** 1 outside of the car, 0 in it. */
  get outside(): number {
    return Math.max(this.#way.value('whole'), Math.min(1, this.#way.value('distance') * 4));
  }

  /** @param aspect width of the picture by its height */
  place(aspect: number): void {
    const { camera } = this;
    const way = this.#way;
    const zoom = way.value('zoom');
    const whole = way.value('whole');
    const angle = way.value('angle') * 24;
    const half = Math.tan((24 * Math.PI) / 360);
    // Far enough for the whole length to fit into the narrower side of the picture.
    const all = Math.max(LENGTH / 2 / (half * aspect), 1.35 / half) / zoom + 1.2;
    const distance = lerp((way.value('distance') * 10) / zoom, all, whole);
    // Inside there is no way to come nearer: one looks closer.
    const wanted = lerp(angle / zoom, angle, this.outside);
    // A narrow picture shows less to the sides: then it shows more above and below.
    camera.fov = whole > 0.99 ? angle : clamp(wanted * Math.max(1, 1.2 / aspect), 15, 95);
    camera.aspect = aspect;
    camera.near = clamp(distance * 0.08, 0.05, 0.5);
    camera.updateProjectionMatrix();
    const azimuth = way.value('azimuth');
    const elevation = way.value('elevation');
    const flat = Math.cos(elevation);
    const up = Math.sin(elevation);
    const dx = Math.sin(azimuth) * flat;
    const dz = Math.cos(azimuth) * flat;
    camera.position.set(
      way.value('x') + dx * distance,
      Math.max(0.12, way.value('y') + 0.02 * whole + up * distance),
      way.value('z') + dz * distance,
    );
    camera.lookAt(camera.position.x - dx, camera.position.y - up, camera.position.z - dz);
  }
}
