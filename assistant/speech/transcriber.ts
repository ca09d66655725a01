import type { Seat } from '../../vehicle/command.ts';
import { ForeseenError } from '../../vehicle/foreseen-error.ts';

/** Everything inside the assistant is mono at this rate. */
export const SAMPLE_RATE = 16_000;

/** Mono samples at `SAMPLE_RATE`, −1 to 1; any length. */
export type AudioFrame = Float32Array;

export interface Word {
  readonly text: string;
  /** Milliseconds from the start of the stream. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface Transcript {
  readonly text: string;
  readonly words: readonly Word[];
  /** 0 to 1: that these are the words, and that they belong to the engine's domain. */
  readonly confidence: number;
  readonly alternatives: readonly { readonly text: string; readonly confidence: number }[];
  /** Milliseconds of audio heard. */
  readonly duration: number;
}

export type TranscriberEvent =
  | { readonly type: 'speech-start'; readonly at: number }
  | { readonly type: 'partial'; readonly text: string; readonly words: readonly Word[] }
  | { readonly type: 'speech-end'; readonly at: number }
  /** Empty text: nobody spoke, or nothing was understood. */
  | { readonly type: 'final'; readonly transcript: Transcript }
  | { readonly type: 'error'; readonly error: SpeechError };

/** One utterance (push to talk) being heard. */
export interface TranscriptionStream {
  /** Frames in the order they were recorded. Never blocks; ignored after `end` or `cancel`. */
  push(frame: AudioFrame): void;
  /** No more audio: the `final` event follows. */
  end(): void;
  /** Forget it; the events stop. */
  cancel(): void;
  /** Ends after `final` or `error`. To be read once. */
  readonly events: AsyncIterable<TranscriberEvent>;
}

/** Sound → words. */
export interface Transcriber {
  readonly name: string;
  readonly capabilities: {
    /** Works while audio arrives, not only after its end. */
    readonly streaming: boolean;
    readonly partials: boolean;
    readonly alternatives: boolean;
    /** Hears any words, not only those that are expected. */
    readonly openVocabulary: boolean;
    /** Tells by the sound whether an utterance begins with the `opening`, and then writes it as it is. */
    readonly hearsOpening: boolean;
  };
  /** @param options.opening words with which the utterance may begin (a wake word); a hint */
  open(options: { readonly seat: Seat; readonly opening?: string | undefined }): TranscriptionStream;
  close(): Promise<void>;
}

export type SpeechProblem =
  'not-audio' | 'empty-audio' | 'audio-too-long' | 'engine-missing' | 'engine-failed' | 'busy';

export class SpeechError extends ForeseenError {
  override readonly name = 'SpeechError';
  readonly reason: SpeechProblem;
  readonly recoverable: boolean;
  constructor(reason: SpeechProblem, message: string, options?: ErrorOptions & { recoverable?: boolean }) {
    super(message, options);
    this.reason = reason;
    this.recoverable = options?.recoverable ?? true;
  }
}
