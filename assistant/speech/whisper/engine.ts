import type { Word } from '../transcriber.ts';

/** Whisper in a process of its own. */
export interface WhisperEngine {
  /**
   * Waits for its turn, then hears.
   * @param samples mono at `SAMPLE_RATE`, of which silence is a part: Whisper leaves out what is shorter than a second
   * @returns the words, with times from the start of the samples
   * @throws SpeechError `engine-failed` when the process ends, says nothing in time, or makes no sense
   */
  hear(samples: Float32Array): Promise<readonly Word[]>;
  close(): Promise<void>;
}

/** Tasks one after the other, in the order in which they come. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  do<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all that was asked for is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
