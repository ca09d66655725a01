import { createResampler, type Resampler } from '../../assistant/speech/resample.ts';
import type { Listening } from '../hearing.ts';
import { MAX_SECONDS } from './messages.ts';

/** One utterance that arrives over the socket: 16-bit PCM at the browser's rate → frames at the assistant's. */
export class AudioSession {
  readonly #listening: Listening;
  readonly #resampler: Promise<Resampler>;
  readonly #limit: number;
  #samples = 0;
  /** Frames may arrive before the resampler is there; the chain keeps their order. */
  #work: Promise<void> = Promise.resolve();

  /** @param sampleRate Hz */
  constructor(listening: Listening, sampleRate: number) {
    this.#listening = listening;
    this.#resampler = createResampler(sampleRate);
    this.#limit = MAX_SECONDS * sampleRate;
  }

  /** @returns false when the utterance has become too long; it was cancelled */
  push(pcm: Uint8Array): boolean {
    // Received buffers often start at an odd offset, where an Int16Array cannot stand: copy. (A Buffer's slice is a view.)
    const samples = new Int16Array(Uint8Array.from(pcm).buffer);
    this.#samples += samples.length;
    if (this.#samples > this.#limit) {
      this.cancel();
      return false;
    }
    this.#then((resampler) => resampler.push(Float32Array.from(samples, (sample) => sample / 32_768)));
    return true;
  }

  end(): void {
    this.#then((resampler) => resampler.flush());
    this.#work = this.#work.finally(() => {
      this.#listening.end();
    });
  }

  cancel(): void {
    this.#listening.cancel();
    this.#work = this.#work.then(async () => void (await this.#resampler).flush());
  }

  #then(use: (resampler: Resampler) => Float32Array): void {
    this.#work = this.#work.then(async () => {
      this.#listening.push(use(await this.#resampler));
    });
  }
}
