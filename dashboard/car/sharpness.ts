/** A frame that takes longer, in milliseconds, is drawn with fewer pixels while things move. */
const SLOW_FRAME = 40;
/** One that is done sooner leaves room for more of them, the next time something moves. */
const QUICK_FRAME = 24;
/** Least and most that one slow frame takes away. */
const STEP = { least: 0.9, most: 0.5 };
/** Coarser than this, nobody knows what moves. */
const COARSEST = 0.35;
/** Where the processor draws, the first frame of a motion is coarse already: nobody waits to learn that it is slow. */
const SOFTWARE_START = COARSEST;
/** Real pixels to a pixel of the page, in the picture at rest, where nothing else smooths edges; as far as so many suffice. */
const FINE = 2;
const FINE_PIXELS = 1_100_000;

/**
 * With how many pixels the car is drawn, as a share of those of the page: as few as a slow machine needs to follow
 * what moves, and all of them for the picture that stays.
 */
export class Sharpness {
  readonly #isSoftware: boolean;
  readonly #isFluent: boolean;
  #inMotion: number;
  /** Whether every frame of the last motion was, if there was more than one. */
  #isQuick = false;
  #frames = 0;

  /**
   * @param isSoftware whether the processor draws, without smoothing edges
   * @param isFluent whether what moves is to be followed at the price of pixels; else every frame has all of them
   */
  constructor(isSoftware: boolean, isFluent: boolean) {
    this.#isSoftware = isSoftware;
    this.#isFluent = isFluent;
    this.#inMotion = isSoftware ? SOFTWARE_START : 1;
  }

  /**
   * While something moves.
   * @param took milliseconds that the frame was waited for; undefined where a motion begins
   */
  moving(took: number | undefined): number {
    if (took === undefined) {
      if (this.#isQuick) this.#inMotion = Math.min(1, this.#inMotion / STEP.least);
      this.#isQuick = false;
      this.#frames = 0;
      return this.#inMotion;
    }
    this.#frames += 1;
    this.#isQuick = took < QUICK_FRAME && (this.#isQuick || this.#frames === 1);
    // Time goes with the number of pixels, the square of their density.
    const share = Math.min(STEP.least, Math.max(STEP.most, Math.sqrt(SLOW_FRAME / took)));
    if (took > SLOW_FRAME) this.#inMotion = Math.max(COARSEST, this.#inMotion * share);
    return this.#inMotion;
  }

  /**
   * @param stays whether this is the picture that stays
   * @param took milliseconds that the frame was waited for; undefined where a motion begins
   * @param final what `atRest` says
   */
  of(stays: boolean, took: number | undefined, final: number): number {
    return stays || !this.#isFluent ? final : this.moving(took);
  }

  /** For the picture that stays. @param pixels of it @param ratio how many of them a pixel of the page has, to a side */
  atRest(pixels: number, ratio: number): number {
    if (!this.#isSoftware) return 1;
    return Math.max(1, Math.min(FINE / ratio, Math.sqrt(FINE_PIXELS / pixels)));
  }
}
