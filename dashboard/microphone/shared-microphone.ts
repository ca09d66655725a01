import { openMicrophone, type Microphone } from './microphone.ts';

/** The page's one microphone, opened when it is first needed and shared by the button and by hands-free listening. */
export class SharedMicrophone {
  #opening: Promise<Microphone> | undefined;
  #isOpening = false;
  #cancelsEcho = false;
  readonly #levels = new Set<(level: number) => void>();
  readonly #ends = new Set<() => void>();
  #sound: (samples: Float32Array) => void = () => undefined;

  /** Whether it is about to hear: what blocks the page now would cost the first word. */
  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** The microphone. @throws as `openMicrophone` */
  open(): Promise<Microphone> {
    this.#opening ??= this.#openNew().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /**
   * The microphone for listening all the time: without what the page itself plays.
   * @param sound takes what comes while no utterance of its own is recorded
   */
  async openAlways(sound: (samples: Float32Array) => void): Promise<Microphone> {
    this.#sound = sound;
    await this.#cancelEcho(true);
    return this.open();
  }

  /** Ends listening all the time; the microphone stays open for the next press of the button. */
  async closeAlways(): Promise<void> {
    this.#sound = () => undefined;
    await this.#cancelEcho(false);
  }

  onLevel(tell: (level: number) => void): void {
    this.#levels.add(tell);
  }

  /** The microphone went away. */
  onEnd(tell: () => void): void {
    this.#ends.add(tell);
  }

  /** Browsers choose their echo cancellation when a microphone is opened. */
  async #cancelEcho(cancels: boolean): Promise<void> {
    if (this.#cancelsEcho === cancels) return;
    this.#cancelsEcho = cancels;
    const open = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    open?.close();
  }

  async #openNew(): Promise<Microphone> {
    this.#isOpening = true;
    const microphone = await openMicrophone(this.#cancelsEcho).finally(() => {
      this.#isOpening = false;
    });
    microphone.onSound = (samples) => {
      this.#sound(samples);
    };
    microphone.onLevel = (level) => {
      for (const tell of this.#levels) tell(level);
    };
    microphone.onEnd = () => {
      this.#opening = undefined;
      for (const tell of this.#ends) tell();
    };
    return microphone;
  }
}
