import { createResampler } from '../../assistant/speech/resample.ts';
import { SAMPLE_RATE } from '../../assistant/speech/transcriber.ts';
import type { Listening } from '../drive.ts';
import { MAX_SECONDS } from './messages.ts';

/** One utterance that arrives over the socket: 16-bit PCM at the browser's rate → frames at the assistant's. */
export class AudioSession {
  readonly #listening: Listening;
  readonly #resample: Awaited<ReturnType<typeof createResampler>>;
  readonly #limit: number;
  #samples = 0;

  constructor(listening: Listening, resample: Awaited<ReturnType<typeof createResampler>>, sampleRate: number) {
    this.#listening = listening;
    this.#resample = resample;
    this.#limit = MAX_SECONDS * sampleRate;
  }

  static async open(listening: Listening, sampleRate: number): Promise<AudioSession> {
    return new AudioSession(listening, await createResampler(sampleRate, SAMPLE_RATE), sampleRate);
  }

  /** @returns false when the utterance has become too long; it was cancelled */
  push(pcm: Uint8Array): boolean {
    // Received buffers often start at an odd offset, where an Int16Array cannot stand: copy.
    const samples = new Int16Array(pcm.slice().buffer);
    this.#samples += samples.length;
    if (this.#samples > this.#limit) {
      this.cancel();
      return false;
    }
    this.#listening.push(this.#resample.push(Float32Array.from(samples, (sample) => sample / 32_768)));
    return true;
  }

  end(): void {
    this.#listening.push(this.#resample.flush());
    this.#listening.end();
  }

  cancel(): void {
    this.#listening.cancel();
  }
}
