import { Scene, type Object3D } from 'three';
import type { StreetDrive } from '../street/street-drive.ts';
import { Approach } from './approach.ts';
import { WHEEL_RADIUS } from './body-shape.ts';
import { CarLight } from './car-light.ts';
import { CameraRig } from './camera-rig.ts';
import type { Car } from './car.ts';
import type { CarStats } from './car-stats.ts';
import { FrameFence } from './frame-fence.ts';
import { FIRST_VIEW, type Orbit } from './orbit.ts';
import { numbersOf, placeParts, showAmbient } from './moving-parts.ts';
import type { Pose } from './pose.ts';
import { QuickCar } from './quick-car.ts';
import { Sharpness } from './sharpness.ts';
import { contactShadow, type Painter, type Studio } from './studio.ts';
import { disposeTree } from './dispose.ts';
import { WiperRhythm } from './wipers.ts';

/** Milliseconds in which a part covers 63 % of its way. */
const PART_TIME = 130;
/** The same for the street that appears about the car. */
const STREET_TIME = 650;
/** A lamp of the car blinks at 1.5 Hz, the middle of what UN R6 allows. */
const BLINK = 333;
/** Milliseconds of rest after which a picture that was coarse while things moved is drawn with every pixel. */
const SETTLE = 300;
/** After so many it is asked again whether what was ordered is drawn. */
const LOOK_AGAIN = 50;
/** After a pause, and on a very slow machine, a part does not jump further than this many milliseconds. */
const LONGEST_STEP = 400;
/** Where the processor draws, from one frame to the next while somebody speaks: the rest of its time is for hearing. */
const WHILE_TALKING = 200;
/** Pixels to a side of the corner in which it is rehearsed what may be drawn later. */
const CORNER = 8;
/** From this share of the way out of the car on, the eye is metres away from it. */
const OUT_OF_CAR = 0.35;

/** What a picture minds of those who look at it. */
export interface Manners {
  /** Whether the person wants no motion. */
  readonly still: () => boolean;
  /** Whether somebody speaks, or waits for what comes of it. */
  readonly isTalking: () => boolean;
  /** Whether a slow machine may draw fewer pixels while things move. */
  readonly isFluent: boolean;
}

/** Draws the car, and only when something has changed: at rest no frame is rendered. */
export class CarPicture {
  orbit: Orbit = FIRST_VIEW;
  readonly #still: () => boolean;
  readonly #isTalking: () => boolean;
  readonly #painter: Painter;
  readonly #sharpness: Sharpness;
  readonly #scene = new Scene();
  readonly #rig = new CameraRig();
  readonly #car: Car;
  readonly #light: CarLight;
  readonly #parts = new Approach();
  readonly #surroundings = new Approach();
  readonly #wipers = new WiperRhythm();
  readonly #studio: Studio;
  /** Where the processor draws, for what moves in the studio, and before its lamps are lit. */
  readonly #quick: QuickCar | undefined;
  #isRehearsed = false;
  readonly #fence: FrameFence | undefined;
  #street: StreetDrive | undefined;
  #isOnStreet = false;
  #pose: Pose | undefined;
  #roll = 0;
  #frames = 0;
  #drawnAt = -Infinity;
  #requested = 0;
  #requestedAt = 0;
  #before = 0;
  #blinkTimer: ReturnType<typeof setTimeout> | undefined;
  #blinkOn = true;
  #wiperTimer: ReturnType<typeof setTimeout> | undefined;
  /** One of each for all frames: a frame makes nothing. */
  readonly #beat = { left: 0, right: 0, wipers: 0, roll: 0 };
  #lost = false;
  #size = { width: 1, height: 1, ratio: 1 };
  #quality = 1;
  #isFinal = false;
  #hasSettled = false;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param car which it owns from now on */
  constructor(painter: Painter, studio: Studio, car: Car, { still, isTalking, isFluent }: Manners) {
    this.#studio = studio;
    this.#car = car;
    this.#still = still;
    this.#isTalking = isTalking;
    this.#painter = painter;
    this.#sharpness = new Sharpness(painter.isSoftware, isFluent);
    this.#scene.add(contactShadow(), this.#car.group);
    this.#light = new CarLight(painter, studio, this.#scene);
    this.#rig.aim(this.orbit, true);
    this.#surroundings.aim('street', 0, true);
    // Shaders are compiled beside everything else that a page does before its first picture.
    this.#quick = painter.isSoftware ? new QuickCar(car.group) : undefined;
    this.#quick?.use(true);
    const gl = painter.renderer.getContext();
    this.#fence = painter.isSoftware && gl instanceof WebGL2RenderingContext ? new FrameFence(gl) : undefined;
    painter.renderer.compile(this.#scene, this.#rig.camera);
  }

  /** Takes what the car looks like now; parts move there. */
  show(pose: Pose): void {
    const immediately = this.#pose === undefined || this.#still();
    this.#pose = pose;
    for (const [name, value] of Object.entries(numbersOf(pose))) this.#parts.aim(name, value, immediately);
    this.#car.interior.showScreens(pose.screens);
    showAmbient(this.#car, pose);
    this.#street?.measure(pose, this.#still(), performance.now());
    this.#blink();
    this.#wipe();
    this.#request();
  }

  /** The city through which the car drives; until it is there, the car stays in the studio. */
  setStreet(street: StreetDrive): void {
    this.#street = street;
    this.#scene.add(street.scene.group);
    if (this.#pose) street.measure(this.#pose, this.#still(), performance.now());
    this.goTo(this.#isOnStreet);
  }

  /** Whether the car is on the street, or on its way there. */
  get isOnStreet(): boolean {
    return this.#isOnStreet;
  }

  /** @param street out there, or into the studio */
  goTo(street: boolean): void {
    this.#isOnStreet = street;
    this.#surroundings.aim('street', street && this.#street ? 1 : 0, this.#still());
    this.#request();
  }

  /** @param immediately while dragging: the car is where the hand is */
  turn(orbit: Orbit, immediately: boolean): void {
    this.orbit = orbit;
    this.#rig.aim(orbit, immediately || this.#still());
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
    this.#light.restore();
    this.#isRehearsed = false;
    this.#request();
  }

  stats(): CarStats {
    const { render, memory } = this.#painter.renderer.info;
    return {
      frames: this.#frames,
      drawCalls: render.calls,
      triangles: render.triangles,
      geometries: memory.geometries,
      textures: memory.textures,
      isFinal: this.#isFinal,
      contextLost: this.#lost,
    };
  }

  /** Gives everything back but renderer and studio; the picture shows nothing any more. */
  dispose(): void {
    this.lose();
    clearTimeout(this.#blinkTimer);
    clearTimeout(this.#wiperTimer);
    clearTimeout(this.#settleTimer);
    this.#quick?.dispose();
    disposeTree(this.#scene);
    this.#light.dispose();
    this.#street?.scene.dispose();
  }

  #applySize(): void {
    const { width, height, ratio } = this.#size;
    this.#painter.renderer.setPixelRatio(ratio * this.#quality);
    this.#painter.renderer.setSize(width, height, false);
  }

  #request(): void {
    this.#isFinal = false;
    clearTimeout(this.#settleTimer);
    if (this.#lost || this.#requested !== 0) return;
    this.#requestedAt = performance.now();
    this.#requested = requestAnimationFrame(this.#frame);
  }

  readonly #frame = (now: number): void => {
    this.#requested = 0;
    if (this.#lost) return;
    const givesWay = this.#givesWay(now);
    if (givesWay) this.#requestedAt = now;
    if (givesWay || this.#fence?.isUp) {
      this.#requested = requestAnimationFrame(this.#frame);
      return;
    }
    const passed = this.#before === 0 ? 16 : Math.min(LONGEST_STEP, now - this.#before);
    const still = this.#still();
    const speed = still ? 0 : (this.#pose?.speed ?? 0);
    this.#wipers.step(passed);
    let moving = this.#parts.step(passed, PART_TIME);
    moving = this.#rig.step(passed) || moving;
    moving = this.#surroundings.step(passed, STREET_TIME) || moving;
    moving = this.#wipers.isMoving || speed !== 0 || moving;
    if (!this.#wipers.isMoving) this.#wipe();
    this.#roll += (speed / 3.6 / WHEEL_RADIUS) * (passed / 1_000);
    const isBuilding = this.#moveStreet(still ? 0 : passed);
    moving = isBuilding || this.#rainOn(still, passed) || moving;
    this.#sharpen(moving, still, now);
    this.#place();
    this.#draw();
    this.#before = moving ? now : 0;
    if (moving) this.#request();
    else if (!this.#isFinal) this.#settle();
  };

  #draw(): void {
    this.#painter.renderer.render(this.#scene, this.#rig.camera);
    this.#fence?.raise();
    this.#frames += 1;
    this.#drawnAt = performance.now();
  }

  /** Whoever speaks has the processor first. */
  #givesWay(now: number): boolean {
    return this.#painter.isSoftware && now - this.#drawnAt < WHILE_TALKING && this.#isTalking();
  }

  /** It rains on the street alone, the studio has a roof. @returns whether drops are falling or drying */
  #rainOn(still: boolean, ms: number): boolean {
    const { windscreen } = this.#car;
    const falls = this.#surroundings.value('street') > 0.5 ? this.#parts.value('rain') : 0;
    const wet = !still && windscreen.water.step(ms, falls, this.#wipers.place);
    if (still) windscreen.water.settle(falls);
    windscreen.show(wet ? Math.max(falls, 0.25) : falls, Math.sqrt(this.#parts.value('daylight')));
    return wet;
  }

  /** @returns whether the street is not yet what it will be */
  #moveStreet(ms: number): boolean {
    const shown = this.#surroundings.value('street');
    if (!this.#street || (shown === 0 && !this.#isOnStreet)) return false;
    const moves = this.#street.step(ms);
    return this.#street.build(ms) || moves;
  }

  /** As many pixels as a motion allows; every one for the picture that stays, as soon as it has stayed for a while. */
  #sharpen(moving: boolean, still: boolean, now: number): void {
    const { width, height, ratio } = this.#size;
    const final = this.#sharpness.atRest(width * height * ratio ** 2, ratio);
    const stays = !moving && (still || this.#hasSettled);
    // After a rest a frame waits for the fine one before it: that says nothing of the motion that begins.
    const begins = this.#before === 0 && this.#quality === final;
    const took = begins ? undefined : now - this.#requestedAt;
    const quality = this.#sharpness.of(stays, took, final);
    const street = this.#surroundings.value('street');
    const isDark = !this.#studio.isLit && !CarLight.isOutside(street);
    this.#quick?.use(isDark || (quality !== final && street === 0 && this.#rig.outside > OUT_OF_CAR));
    this.#hasSettled = false;
    this.#isFinal = !moving && quality === final && this.#studio.isLit;
    if (quality === this.#quality) return;
    this.#quality = quality;
    this.#applySize();
  }

  /**
   * After a while of rest, all that takes time: lamps that are still out, and every pixel. A lamp that blinks would make
   * the picture coarse and fine by turns: it stays as it is until that has ended.
   */
  #settle(): void {
    const isBusy = this.#blinkTimer !== undefined || this.#wiperTimer !== undefined;
    if (isBusy && this.#studio.isLit) return;
    this.#settleTimer = setTimeout(this.#prepare, SETTLE);
  }

  /**
   * One thing after another, each when what was ordered before is drawn: the page stays awake in between. Whoever speaks
   * has the processor first.
   */
  readonly #prepare = (): void => {
    const isFree = this.#fence?.isUp !== true && !(this.#painter.isSoftware && this.#isTalking());
    if (isFree) {
      if (!this.#studio.isLit) {
        this.#studio.light();
        this.#fence?.raise();
      } else if (!this.#isRehearsed) this.#rehearse();
      else this.#hasSettled = true;
    }
    if (this.#hasSettled) this.#request();
    else this.#settleTimer = setTimeout(this.#prepare, LOOK_AGAIN);
  };

  /**
   * Draws all that may shine once, in a corner and under the picture: where the processor draws, what is drawn for the
   * first time takes a fifth of a second, for which nobody waits now.
   */
  #rehearse(): void {
    this.#isRehearsed = true;
    if (!this.#quick) return;
    const hidden = [...this.#light.beams, this.#car.group].flatMap(invisibleOf);
    for (const part of hidden) part.visible = true;
    const { renderer } = this.#painter;
    renderer.setScissorTest(true);
    renderer.setScissor(0, 0, CORNER, CORNER);
    for (const quick of [false, true]) {
      this.#quick.use(quick);
      renderer.render(this.#scene, this.#rig.camera);
    }
    renderer.setScissorTest(false);
    for (const part of hidden) part.visible = false;
    this.#draw();
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
    const beat = this.#beat;
    beat.left = this.#pose?.blink.left && this.#blinkOn ? 1 : 0;
    beat.right = this.#pose?.blink.right && this.#blinkOn ? 1 : 0;
    beat.wipers = this.#wipers.place;
    beat.roll = this.#roll;
    placeParts(this.#car, this.#parts, beat);
    const street = this.#street?.scene;
    this.#light.mix(this.#parts, street, this.#surroundings.value('street'), this.#rig.outside);
    this.#quick?.light(this.#light.power, this.#light.lamp);
    const { width, height } = this.#size;
    this.#rig.place(width / height);
    this.#car.setInside(1 - this.#rig.outside);
    street?.setCamera(this.#rig.camera, height * this.#size.ratio * this.#quality);
  }
}

function invisibleOf(tree: Object3D): readonly Object3D[] {
  const found: Object3D[] = [];
  tree.traverse((part) => {
    if (!part.visible) found.push(part);
  });
  return found;
}
