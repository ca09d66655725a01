import { ACESFilmicToneMapping, PerspectiveCamera, PointLight, Scene, WebGLRenderer } from 'three';
import { Approach } from './approach.ts';
import { WHEEL_RADIUS } from './body-shape.ts';
import { createCar, type Car } from './car.ts';
import type { CarStats } from './car-stats.ts';
import { FIRST_VIEW, type Orbit } from './orbit.ts';
import type { Pose, Side } from './pose.ts';
import { clamp, lerp } from './shapes.ts';
import { WiperRhythm } from './wipers.ts';
import { beamPool, contactShadow, headlightGlow, studioLight } from './studio.ts';

/** Milliseconds in which a part covers 63 % of its way. */
const PART_TIME = 130;
/** A lamp of the car blinks at 1.5 Hz, the middle of what UN R6 allows. */
const BLINK = 333;
const LENGTH = 5.1;
/** A frame that takes longer is drawn with fewer pixels while things move; at rest every pixel counts. */
const SLOW_FRAME = 40;
/** After a pause, and on a very slow machine, a part does not jump further than this many milliseconds. */
const LONGEST_STEP = 400;
const SIDES: readonly Side[] = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
const LIGHTS = ['daytime', 'low', 'high', 'fogFront', 'tail', 'brake', 'reverse', 'fogRear'] as const;

/** Draws the car, and only when something has changed: at rest no frame is rendered. */
export class CarPicture {
  orbit: Orbit = FIRST_VIEW;
  readonly #still: () => boolean;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(24, 1, 0.5, 60);
  readonly #car: Car;
  readonly #pool = beamPool();
  readonly #glow = headlightGlow();
  readonly #cabinLight = new PointLight(0xfff0d8, 0, 3, 1.6);
  readonly #parts = new Approach();
  readonly #wipers = new WiperRhythm();
  #pose: Pose | undefined;
  #roll = 0;
  #frames = 0;
  #requested = 0;
  #before = 0;
  #blinkTimer: ReturnType<typeof setTimeout> | undefined;
  #blinkOn = true;
  #wiperTimer: ReturnType<typeof setTimeout> | undefined;
  #lost = false;
  #size = { width: 1, height: 1, ratio: 1 };
  #quality = 1;

  /** @param still whether the person wants no motion @throws Error where there is no WebGL */
  constructor(canvas: HTMLCanvasElement, still: () => boolean) {
    this.#still = still;
    this.#renderer = new WebGLRenderer({
      canvas,
      antialias: true,
      alpha: true,
      powerPreference: 'high-performance',
    });
    this.#renderer.toneMapping = ACESFilmicToneMapping;
    this.#car = createCar();
    this.#cabinLight.position.set(0, 1.25, -0.2);
    this.#scene.add(contactShadow(), this.#pool, this.#glow, this.#car.group, this.#cabinLight);
    this.#scene.environment = studioLight(this.#renderer);
    this.#aimOrbit(true);
  }

  /** Takes what the car looks like now; parts move there. */
  show(pose: Pose): void {
    const immediately = this.#pose === undefined || this.#still();
    this.#pose = pose;
    for (const [name, value] of Object.entries(numbersOf(pose))) this.#parts.aim(name, value, immediately);
    this.#car.interior.showAmbient('left', pose.ambient.left, pose.ambient.power);
    this.#car.interior.showAmbient('right', pose.ambient.right, pose.ambient.power);
    this.#blink();
    this.#wipe();
    this.#request();
  }

  /** @param immediately while dragging: the car is where the hand is */
  turn(orbit: Orbit, immediately: boolean): void {
    this.orbit = orbit;
    this.#aimOrbit(immediately || this.#still());
    this.#request();
  }

  /** CSS pixels and how many real ones each has. */
  resize(width: number, height: number, ratio: number): void {
    this.#size = { width: Math.max(1, width), height: Math.max(1, height), ratio: Math.min(ratio, 2) };
    this.#applySize();
    this.#request();
  }

  lose(): void {
    this.#lost = true;
    cancelAnimationFrame(this.#requested);
    this.#requested = 0;
  }

  restore(): void {
    this.#lost = false;
    this.#scene.environment?.dispose();
    this.#scene.environment = studioLight(this.#renderer);
    this.#request();
  }

  stats(): CarStats {
    const { calls, triangles } = this.#renderer.info.render;
    return { frames: this.#frames, drawCalls: calls, triangles, contextLost: this.#lost };
  }

  #aimOrbit(immediately: boolean): void {
    for (const name of ['azimuth', 'elevation', 'zoom'] as const)
      this.#parts.aim(name, this.orbit[name], immediately);
  }

  #applySize(): void {
    const { width, height, ratio } = this.#size;
    this.#renderer.setPixelRatio(ratio * this.#quality);
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
  }

  #request(): void {
    if (this.#lost || this.#requested !== 0) return;
    this.#requested = requestAnimationFrame((now) => {
      this.#frame(now);
    });
  }

  #frame(now: number): void {
    this.#requested = 0;
    if (this.#lost) return;
    const passed = this.#before === 0 ? 16 : Math.min(LONGEST_STEP, now - this.#before);
    this.#wipers.step(passed);
    const moving = this.#parts.step(passed, PART_TIME) || this.#wipers.isMoving;
    if (!this.#wipers.isMoving) this.#wipe();
    const rolling = this.#pose !== undefined && this.#pose.speed !== 0 && !this.#still();
    if (rolling) this.#roll += ((this.#pose?.speed ?? 0) / 3.6 / WHEEL_RADIUS) * (passed / 1_000);
    this.#adapt(moving || rolling, now);
    this.#place();
    this.#renderer.render(this.#scene, this.#camera);
    this.#frames += 1;
    const goesOn = moving || rolling || this.#quality < 1;
    this.#before = goesOn ? now : 0;
    if (goesOn) this.#request();
  }

  /** Fewer pixels while a slow machine shows motion; all of them for the last picture. */
  #adapt(moving: boolean, now: number): void {
    const slow = this.#before !== 0 && now - this.#before > SLOW_FRAME;
    const wanted = !moving ? 1 : slow ? 0.6 : this.#quality;
    if (wanted === this.#quality) return;
    this.#quality = wanted;
    this.#applySize();
  }

  /** Indicators change twice a cycle: a timer draws those two frames and sleeps between them. */
  #blink(): void {
    const wanted =
      this.#pose !== undefined && (this.#pose.blink.left || this.#pose.blink.right) && !this.#still();
    if (!wanted) {
      clearTimeout(this.#blinkTimer);
      this.#blinkTimer = undefined;
      this.#blinkOn = true;
      return;
    }
    this.#blinkTimer ??= setTimeout(() => {
      this.#blinkTimer = undefined;
      this.#blinkOn = !this.#blinkOn;
      this.#request();
      this.#blink();
    }, BLINK);
  }

  /** Between two strokes nothing is drawn: a timer begins the next one. */
  #wipe(): void {
    this.#wipers.set(this.#still() ? 0 : (this.#pose?.wiping ?? 0));
    const { pause } = this.#wipers;
    if (pause === undefined) {
      clearTimeout(this.#wiperTimer);
      this.#wiperTimer = undefined;
      return;
    }
    if (this.#wipers.isMoving) return;
    this.#wiperTimer ??= setTimeout(() => {
      this.#wiperTimer = undefined;
      this.#wipers.begin();
      this.#request();
    }, pause);
  }

  /** Puts every part where it is now. */
  #place(): void {
    const car = this.#car;
    const at = (name: string) => this.#parts.value(name);
    for (const side of SIDES) {
      car.setDoor(side, at(`door.${side}`));
      car.setWindow(side, at(`window.${side}`));
    }
    car.setSunroof(at('sunroof'));
    car.setGate(at('gate'));
    car.setFrunk(at('frunk'));
    car.setFlap(at('flap'));
    car.setMirror('left', at('mirror.left'));
    car.setMirror('right', at('mirror.right'));
    car.setWipers(this.#wipers.place);
    car.wheels.turn(this.#roll, at('steering') * 100);
    car.interior.steer(at('steering') * 100);
    for (const name of LIGHTS) this.#shine(name, at(`light.${name}`));
    this.#shine('indicatorLeft', this.#pose?.blink.left && this.#blinkOn ? 1 : 0);
    this.#shine('indicatorRight', this.#pose?.blink.right && this.#blinkOn ? 1 : 0);
    car.interior.showSeats({
      frontLeft: at('seat.frontLeft'),
      frontRight: at('seat.frontRight'),
      rearLeft: at('seat.rearLeft'),
      rearMiddle: at('seat.rearMiddle'),
      rearRight: at('seat.rearRight'),
    });
    // The eye sees a tenth of the light as a third of it.
    const daylight = Math.sqrt(at('daylight'));
    this.#scene.environmentIntensity = lerp(0.16, 1, daylight);
    this.#renderer.toneMappingExposure = lerp(1.15, 1.25, daylight);
    this.#cabinLight.intensity = at('dome') * lerp(1.6, 3, daylight);
    const beam = Math.max(at('light.low') * 0.8, at('light.high'));
    this.#pool.material.opacity = beam * lerp(0.95, 0.25, daylight);
    this.#pool.visible = beam > 0.01;
    this.#glow.material.opacity = beam * lerp(0.9, 0.3, daylight);
    this.#glow.visible = this.#pool.visible;
    document.documentElement.style.setProperty('--daylight', daylight.toFixed(2));
    this.#placeCamera(at('azimuth'), at('elevation'), at('zoom'));
  }

  #shine(lamp: keyof Car['lamps'], power: number): void {
    const mesh = this.#car.lamps[lamp];
    mesh.visible = power > 0.01;
    if (!mesh.visible) return;
    mesh.material.transparent = power < 0.99;
    mesh.material.opacity = clamp(power);
  }

  #placeCamera(azimuth: number, elevation: number, zoom: number): void {
    const { aspect, fov } = this.#camera;
    const half = Math.tan((fov * Math.PI) / 360);
    // Far enough for the whole length to fit into the narrower side of the picture.
    const distance = Math.max(LENGTH / 2 / (half * aspect), 1.35 / half) / zoom + 1.2;
    const [flat, up] = [Math.cos(elevation) * distance, Math.sin(elevation) * distance];
    this.#camera.position.set(Math.sin(azimuth) * flat, 0.62 + up, Math.cos(azimuth) * flat);
    this.#camera.lookAt(0, 0.6, 0);
  }
}

/** Every number of the pose by name; angles shrink to the size of the others, so that all arrive alike. */
function numbersOf(pose: Pose): Record<string, number> {
  const named = (group: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([name, value]) => [`${group}.${name}`, value] as const);
  return Object.fromEntries([
    ...named('door', pose.door),
    ...named('window', pose.window),
    ...named('light', pose.light),
    ...named('mirror', pose.mirror),
    ...named('seat', pose.seat),
    ['sunroof', pose.sunroof],
    ['gate', pose.gate],
    ['frunk', pose.frunk],
    ['flap', pose.flap],
    ['steering', pose.steering / 100],
    ['dome', pose.dome],
    ['daylight', pose.daylight],
  ]);
}
