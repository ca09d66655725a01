import { createResampler, type Resampler } from '../../assistant/speech/resample.ts';
import type { AudioFrame } from '../../assistant/speech/transcriber.ts';
import type { Listening } from '../hearing.ts';

/** Sound that arrives over the socket, on its way to whoever listens. */
export interface AudioSession {
  /** @param pcm 16-bit samples @returns why no more is taken; the session has ended then */
  push(pcm: Int16Array): 'too-long' | 'too-fast' | undefined;
  end(): void;
  cancel(): void;
}

/** Samples at the browser's rate → frames at the assistant's, in their order. */
export class AudioInput {
  readonly #resampler: Promise<Resampler>;
  readonly #give: (frame: AudioFrame) => void;
  /** Sound may arrive before the resampler is there; the chain keeps its order. */
  #work: Promise<void> = Promise.resolve();

  /** @param sampleRate Hz @param ready sound waits for it */
  constructor(
    sampleRate: number,
    give: (frame: AudioFrame) => void,
    ready: Promise<unknown> = Promise.resolve(),
  ) {
    this.#resampler = createResampler(sampleRate);
    this.#give = give;
    this.#work = ready.then(() => undefined);
  }

  push(pcm: Int16Array): void {
    this.#then((resampler) => resampler.push(Float32Array.from(pcm, (sample) => sample / 32_768)));
  }

  /** What the resampler still holds. @returns settles when all sound has been given */
  finish(): Promise<void> {
    this.#then((resampler) => resampler.flush());
    return this.#work;
  }

  #then(use: (resampler: Resampler) => Float32Array): void {
    this.#work = this.#work.then(async () => {
      this.#give(use(await this.#resampler));
    });
  }
}

/**
 * One utterance with a beginning and an end.
 * @param sampleRate Hz
 * @param longest samples
 */
export function utteranceSession(listening: Listening, sampleRate: number, longest: number): AudioSession {
  const input = new AudioInput(sampleRate, (frame) => {
    listening.push(frame);
  });
  let samples = 0;
  const cancel = () => {
    listening.cancel();
    void input.finish();
  };
  return {
    push(pcm) {
      samples += pcm.length;
      if (samples > longest) {
        cancel();
        return 'too-long';
      }
      input.push(pcm);
      return undefined;
    },
    end() {
      void input.finish().finally(() => {
        listening.end();
      });
    },
    cancel,
  };
}
