import { VOICE_FRAME } from './voice-activity.ts';
import { SAMPLE_RATE } from './transcriber.ts';

/** Speech begins at this probability and ends below the lower one, so that it does not flicker between. */
const BEGIN = 0.5;
const CONTINUE = 0.35;

const frames = (milliseconds: number): number =>
  Math.round((milliseconds * SAMPLE_RATE) / 1000 / VOICE_FRAME);
/** Soft first sounds ("s", "h") come before the voice is noticed. */
const LEAD = frames(320);
/** Soft last ones ("t", "s") come after it. */
const TAIL = frames(190);
/** A pause between words is shorter than this. */
const HANGOVER = frames(512);

export interface GateStep {
  /** Frames to recognise now, in order. */
  readonly pass: readonly Float32Array[];
  readonly event?: 'speech-start' | 'speech-end';
}

/**
 * Lets through what is spoken: from a little before the first speech to a little after the last. A pause is held back
 * until speech goes on, so that what passes is one unbroken piece of sound.
 */
export class SpeechGate {
  #held: Float32Array[] = [];
  #heard = 0;
  #quiet = 0;
  #speaking = false;
  #begun: number | undefined;
  #spoken = 0;

  /** Where in the stream the piece that passes begins, in milliseconds; undefined before any speech. */
  get begin(): number | undefined {
    return this.#begun;
  }

  /** Milliseconds since the last speech. */
  get quiet(): number {
    return (this.#quiet * VOICE_FRAME * 1000) / SAMPLE_RATE;
  }

  /** Frames of speech so far. */
  get spoken(): number {
    return this.#spoken;
  }

  /**
   * @param frame the next `VOICE_FRAME` samples
   * @param probability that they are speech
   */
  offer(frame: Float32Array, probability: number): GateStep {
    this.#heard++;
    this.#held.push(frame);
    if (probability >= (this.#speaking ? CONTINUE : BEGIN)) {
      this.#quiet = 0;
      this.#spoken++;
      const started = !this.#speaking;
      this.#speaking = true;
      const pass = this.#held;
      this.#held = [];
      this.#begun ??= ((this.#heard - pass.length) * VOICE_FRAME * 1000) / SAMPLE_RATE;
      return started ? { pass, event: 'speech-start' } : { pass };
    }
    this.#quiet++;
    if (this.#begun === undefined) {
      if (this.#held.length > LEAD) this.#held.shift();
      return { pass: [] };
    }
    const pass = this.#quiet <= TAIL ? this.#held.splice(0) : [];
    if (this.#speaking && this.#quiet >= HANGOVER) {
      this.#speaking = false;
      return { pass, event: 'speech-end' };
    }
    return { pass };
  }
}
