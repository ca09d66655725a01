import { framesOf } from '../frames.ts';
import { SAMPLE_RATE, SpeechError, type AudioFrame, type Transcriber } from '../transcriber.ts';
import type { Sound } from '../wav.ts';
import type { Hearing } from './score.ts';
import type { Reference } from './references.ts';

export interface HearingParts {
  readonly transcriber: Transcriber;
  /** Reads the sound of a reference. @throws SpeechError */
  readonly soundOf: (reference: Reference) => Promise<Sound>;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

export interface HearingOptions {
  /**
   * Of so many, evenly spread, the latency is measured as well: they are played again at the pace of a microphone,
   * which takes as long as they last.
   */
  readonly paced: number;
  /** Told after each sound. */
  readonly onProgress: (done: number, total: number) => void;
  /** Ends it early, with what has been heard. */
  readonly signal?: AbortSignal;
}

/**
 * Plays sounds to a transcriber, one after another, each at once. Where it fails at one, that is noted, and the next is
 * heard all the same.
 * @throws SpeechError when a file cannot be read, or the transcriber cannot go on
 */
export async function hearAll(
  references: readonly Reference[],
  parts: HearingParts,
  { paced, onProgress, signal }: HearingOptions,
): Promise<readonly Hearing[]> {
  const every = paced > 0 ? Math.max(1, Math.floor(references.length / paced)) : Infinity;
  const hearings: Hearing[] = [];
  for (const [index, reference] of references.entries()) {
    if (signal?.aborted === true) break;
    const sound = await parts.soundOf(reference);
    const isPaced = index % every === 0 && index / every < paced;
    const duration = (1000 * sound.samples.length) / sound.rate;
    hearings.push({ reference, duration, ...(await heardOrNot(await framesOf(sound), parts, isPaced)) });
    onProgress(index + 1, references.length);
  }
  return hearings;
}

async function heardOrNot(
  frames: readonly AudioFrame[],
  parts: HearingParts,
  isPaced: boolean,
): Promise<Pick<Hearing, 'text' | 'took' | 'latency' | 'failure'>> {
  const began = parts.clock();
  try {
    const { text } = await hear(frames, parts, atOnce);
    const took = parts.clock() - began;
    if (!isPaced) return { text, took };
    return { text, took, latency: (await hear(frames, parts, atPace(parts))).afterEnd };
  } catch (error) {
    if (!(error instanceof SpeechError && error.recoverable)) throw error;
    return { text: '', took: parts.clock() - began, failure: error.message };
  }
}

type Play = (frames: readonly AudioFrame[], push: (frame: AudioFrame) => void) => Promise<void>;

const atOnce: Play = (frames, push) => {
  for (const frame of frames) push(frame);
  return Promise.resolve();
};

/** Each frame when its last sample has been spoken. */
const atPace =
  ({ clock, sleep }: Pick<HearingParts, 'clock' | 'sleep'>): Play =>
  async (frames, push) => {
    const began = clock();
    let spoken = 0;
    for (const frame of frames) {
      spoken += (1000 * frame.length) / SAMPLE_RATE;
      await sleep(Math.max(0, began + spoken - clock()));
      push(frame);
    }
  };

async function hear(
  frames: readonly AudioFrame[],
  { transcriber, clock }: Pick<HearingParts, 'transcriber' | 'clock'>,
  play: Play,
): Promise<{ readonly text: string; readonly afterEnd: number }> {
  const stream = transcriber.open({ seat: 'driver' });
  let ended = clock();
  const played = play(frames, (frame) => {
    stream.push(frame);
  }).then(() => {
    ended = clock();
    stream.end();
  });
  for await (const event of stream.events) {
    if (event.type === 'error') throw event.error;
    if (event.type !== 'final') continue;
    await played;
    return { text: event.transcript.text, afterEnd: clock() - ended };
  }
  throw new SpeechError('engine-failed', `The transcriber "${transcriber.name}" gave no result. Try again.`);
}
