import { EventQueue } from './event-queue.ts';
import { joined } from './resample.ts';
import type { Recognizer } from './recognizer.ts';
import { RoomTone } from './room-tone.ts';
import { SpeechGate } from './speech-gate.ts';
import { SAMPLE_RATE, type TranscriberEvent, type Transcript, type Word } from './transcriber.ts';
import { VOICE_FRAME, type VoiceStream } from './voice-activity.ts';

/** A second, the silence before the speech included: enough to know the voice's mean spectrum by. */
const BEGINNING = SAMPLE_RATE;

/** Something of which there is one, lent to one user at a time in the order of asking; its maker gives it first. */
export class Lender<T> {
  readonly #waiting: ((item: T) => void)[] = [];
  #free: T | undefined;

  /** Somebody waits. */
  get wanted(): boolean {
    return this.#waiting.length > 0;
  }

  borrow(): Promise<T> {
    const free = this.#free;
    this.#free = undefined;
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  giveBack(item: T): void {
    const next = this.#waiting.shift();
    if (next) next(item);
    else this.#free = item;
  }
}

/** One utterance on its way through voice activity and recognition. */
export class Utterance {
  readonly #input = new EventQueue<Float32Array>();
  readonly #gate = new SpeechGate();
  readonly #tone = new RoomTone();
  /** What was let through. */
  readonly #passed: Float32Array[] = [];
  #passedLength = 0;
  readonly #lender: Lender<Recognizer>;
  readonly #emit: (event: TranscriberEvent) => void;
  #recognizer: Recognizer | undefined;
  /** Gave its recogniser to another utterance in a pause; what follows is heard at the end. */
  #parked = false;
  #partial = '';
  #heard = 0;
  #cancelled = false;

  /** @param emit gets `final` last, unless the utterance is cancelled */
  constructor(lender: Lender<Recognizer>, emit: (event: TranscriberEvent) => void) {
    this.#lender = lender;
    this.#emit = emit;
  }

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

  /** Recognises what is pushed until `end`. */
  async run(voice: VoiceStream): Promise<void> {
    let rest = new Float32Array();
    try {
      for await (const chunk of this.#input) {
        const sound = joined([rest, chunk]);
        let at = 0;
        for (; at + VOICE_FRAME <= sound.length && !this.#cancelled; at += VOICE_FRAME) {
          const frame = sound.slice(at, at + VOICE_FRAME);
          await this.#hear(frame, await voice.probability(frame));
        }
        rest = sound.slice(at);
        this.#tellPartial();
      }
      await this.#conclude(this.#milliseconds(this.#heard + rest.length));
    } finally {
      this.#release();
    }
  }

  async #hear(frame: Float32Array, probability: number): Promise<void> {
    const { pass, event } = this.#gate.offer(frame, probability);
    this.#heard += frame.length;
    if (event !== undefined) this.#emit({ type: event, at: this.#milliseconds(this.#heard) });
    if (pass.length > 0) {
      const spoken = this.#tone.under(joined(pass));
      this.#passed.push(spoken);
      this.#passedLength += spoken.length;
      if (this.#recognizer) this.#recognizer.hear(spoken);
      else if (!this.#parked && this.#passedLength >= BEGINNING) this.#recognizer = await this.#begin();
    }
    if (event === 'speech-end' && this.#lender.wanted) {
      this.#parked = true;
      this.#release();
    }
  }

  /** A recogniser that has heard what was let through so far. */
  async #begin(): Promise<Recognizer> {
    const recognizer = await this.#lender.borrow();
    const sound = joined(this.#passed);
    try {
      await recognizer.start(sound.subarray(0, BEGINNING));
      recognizer.hear(sound);
      return recognizer;
    } catch (error) {
      this.#lender.giveBack(recognizer);
      throw error;
    }
  }

  #tellPartial(): void {
    const text = this.#recognizer?.text ?? '';
    if (text === '' || text === this.#partial) return;
    this.#partial = text;
    this.#emit({ type: 'partial', text, words: placed(this.#recognizer?.words() ?? [], this.#gate.begin) });
  }

  async #conclude(duration: number): Promise<void> {
    if (this.#isCancelled()) return;
    const transcript = await this.#transcribe(duration);
    if (!this.#isCancelled()) this.#emit({ type: 'final', transcript });
  }

  /** A method, because the flag changes while others wait. */
  #isCancelled(): boolean {
    return this.#cancelled;
  }

  async #transcribe(duration: number): Promise<Transcript> {
    if (this.#passed.length === 0) return transcriptOf([], duration);
    const recognizer = this.#recognizer ?? (await this.#begin());
    this.#recognizer = undefined;
    try {
      recognizer.stop();
      return transcriptOf(placed(recognizer.words(), this.#gate.begin), duration);
    } finally {
      this.#lender.giveBack(recognizer);
    }
  }

  #release(): void {
    const recognizer = this.#recognizer;
    if (!recognizer) return;
    this.#recognizer = undefined;
    recognizer.stop();
    this.#lender.giveBack(recognizer);
  }

  #milliseconds(samples: number): number {
    return Math.round((samples / SAMPLE_RATE) * 1000);
  }
}

/** The words in the time of the stream, in which their sound began at `offset`, in milliseconds. */
function placed(words: readonly Word[], offset = 0): readonly Word[] {
  const from = (at: number): number => Math.max(0, at + offset);
  return words.map((word) => ({ ...word, start: from(word.start), end: from(word.end) }));
}

function transcriptOf(words: readonly Word[], duration: number): Transcript {
  const text = words.map((word) => word.text).join(' ');
  return { text, words, confidence: confidenceOf(words), alternatives: [], duration };
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
