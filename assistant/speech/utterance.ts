import { EventQueue } from './event-queue.ts';
import { joined } from './resample.ts';
import type { Recognizer } from './recognizer.ts';
import { RoomTone } from './room-tone.ts';
import { SpeechGate } from './speech-gate.ts';
import { SAMPLE_RATE, type TranscriberEvent, type Transcript, type Word } from './transcriber.ts';
import { VOICE_FRAME, type VoiceStream } from './voice-activity.ts';

/** Below this the narrow search may have lost the right path, and a wide one over the whole utterance is worth its time. */
const DOUBTFUL = 0.5;

/** Something of which there are few, lent to one user at a time in the order of asking. */
export interface Lender<T> {
  borrow(): Promise<T>;
  giveBack(item: T): void;
}

/** One utterance on its way through voice activity and recognition. */
export class Utterance {
  readonly #input = new EventQueue<Float32Array>();
  #cancelled = false;

  push(frame: Float32Array): void {
    this.#input.push(frame);
  }

  end(): void {
    this.#input.close();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#input.drop();
  }

  /**
   * Recognises what is pushed until `end`.
   * @param live recognisers that keep pace with the sound
   * @param wide recognisers that look further, for what the live one doubts
   * @param emit gets `final` last, unless the utterance is cancelled
   */
  async run(
    voice: VoiceStream,
    live: Lender<Recognizer>,
    wide: Lender<Recognizer>,
    emit: (event: TranscriberEvent) => void,
  ): Promise<void> {
    const gate = new SpeechGate();
    const tone = new RoomTone();
    const passed: Float32Array[] = [];
    let heard = 0;
    let rest = new Float32Array();
    let recognizer: Recognizer | undefined;
    let text = '';
    const frameAt = (count: number): number => Math.round((count / SAMPLE_RATE) * 1000);
    const isCancelled = (): boolean => this.#cancelled;

    try {
      for await (const chunk of this.#input) {
        const sound = joined([rest, chunk]);
        let at = 0;
        for (; at + VOICE_FRAME <= sound.length && !isCancelled(); at += VOICE_FRAME) {
          const frame = sound.slice(at, at + VOICE_FRAME);
          const { pass, event } = gate.offer(frame, await voice.probability(frame));
          heard += VOICE_FRAME;
          if (event !== undefined) emit({ type: event, at: frameAt(heard) });
          if (pass.length === 0) continue;
          const spoken = tone.under(joined(pass));
          passed.push(spoken);
          if (!recognizer) {
            recognizer = await live.borrow();
            recognizer.start();
          }
          recognizer.hear(spoken);
        }
        rest = sound.slice(at);
        const now = recognizer?.text ?? '';
        if (now !== text && now !== '') emit({ type: 'partial', text: now, words: [] });
        text = now;
      }
      if (isCancelled()) return;
      const duration = frameAt(heard + rest.length);
      if (!recognizer) {
        emit({
          type: 'final',
          transcript: { text: '', words: [], confidence: 0, alternatives: [], duration },
        });
        return;
      }
      recognizer.stop();
      const offset = gate.begin ?? 0;
      let best = reading(recognizer.words(), offset, duration);
      live.giveBack(recognizer);
      recognizer = undefined;
      if (best.confidence < DOUBTFUL) {
        const second = await again(wide, joined(passed), offset, duration);
        best =
          second.confidence > best.confidence
            ? { ...second, alternatives: others(second, best) }
            : { ...best, alternatives: others(best, second) };
      }
      if (!isCancelled()) emit({ type: 'final', transcript: best });
    } finally {
      if (recognizer) {
        recognizer.stop();
        live.giveBack(recognizer);
      }
    }
  }
}

async function again(
  wide: Lender<Recognizer>,
  sound: Float32Array,
  offset: number,
  duration: number,
): Promise<Transcript> {
  const recognizer = await wide.borrow();
  try {
    recognizer.start();
    recognizer.hear(sound, true);
    recognizer.stop();
    return reading(recognizer.words(), offset, duration);
  } finally {
    wide.giveBack(recognizer);
  }
}

/** The recogniser's words as a transcript; `offset` is where its sound began in the stream, in milliseconds. */
function reading(words: readonly Word[], offset: number, duration: number): Transcript {
  const placed = words.map((word) => ({ ...word, start: word.start + offset, end: word.end + offset }));
  return {
    text: words.map((word) => word.text).join(' '),
    words: placed,
    confidence: confidenceOf(words),
    alternatives: [],
    duration,
  };
}

/**
 * How sure the words are together: the mean of the logarithms of their confidences, weighted by how long they last.
 * Measured on real commands, this parts sentences of the grammar from others (area under the curve 0.99), which the
 * recogniser's own probability of the utterance does not.
 */
export function confidenceOf(words: readonly Word[]): number {
  const time = words.reduce((sum, word) => sum + word.end - word.start, 0);
  if (time === 0) return 0;
  return Math.exp(
    words.reduce(
      (sum, word) => sum + (word.end - word.start) * Math.log(Math.max(word.confidence, 1e-6)),
      0,
    ) / time,
  );
}

function others(best: Transcript, other: Transcript): Transcript['alternatives'] {
  return other.text === best.text || other.text === ''
    ? []
    : [{ text: other.text, confidence: other.confidence }];
}
