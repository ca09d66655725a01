import type { Sound } from '../wav.ts';
import { ForeseenError } from '../../../vehicle/foreseen-error.ts';

/** Words → sound. */
export interface Synthesizer {
  readonly name: string;
  readonly capabilities: {
    /** BCP 47, such as "en-US". */
    readonly languages: readonly string[];
  };
  /**
   * Says a text, whole: a reply of the car is a sentence or two. Several are said in the order of asking.
   * @param text as it is shown; of more than `LONGEST_TEXT` characters only the first sentences are said
   * @returns mono; no samples where nothing of it can be said
   * @throws SynthesisError
   */
  say(text: string): Promise<Sound>;
  close(): Promise<void>;
}

/** Half a minute of speech: nobody listens longer to a car. */
export const LONGEST_TEXT = 500;

export type SynthesisProblem = 'engine-missing' | 'engine-failed' | 'no-player' | 'closed';

export class SynthesisError extends ForeseenError {
  override readonly name = 'SynthesisError';
  readonly reason: SynthesisProblem;
  readonly recoverable: boolean;
  constructor(reason: SynthesisProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.recoverable = reason === 'engine-failed';
  }
}
