import { EventQueue } from './event-queue.ts';
import { FrameCutter } from './frames.ts';
import { NOTHING, type Care, type Reader, type Reading } from './moonshine/reader.ts';
import { joined } from './resample.ts';
import { SpeechGate } from './speech-gate.ts';
import { SAMPLE_RATE, type TranscriberEvent, type Transcript, type Word } from './transcriber.ts';
import { VOICE_FRAME, type VoiceStream } from './voice-activity.ts';

const milliseconds = (samples: number): number => Math.round((samples / SAMPLE_RATE) * 1000);
/** A pause as long as this may be the end: what was said is read, so that the text is there when it is. */
const MAYBE_OVER = 64;
/** New sound between one reading of an unfinished sentence and the next, and how much of the time they may take. */
const PARTIAL_EVERY = 480;
const PARTIAL_SHARE = 0.15;
/** A piece that is longer ends at the next pause, and in any case at the second length. */
const LONG = 10_000;
const TOO_LONG = 25_000;

/** A stretch of speech that is read as a whole. */
interface Piece {
  /** Where it begins in the stream. */
  readonly begin: number;
  readonly sounds: Float32Array[];
  length: number;
}

/** One utterance on its way through voice activity and recognition. */
export class Utterance {
  readonly #input = new EventQueue<Float32Array>();
  readonly #gate = new SpeechGate();
  readonly #emit: (event: TranscriberEvent) => void;
  readonly #clock: () => number;
  readonly #opening: string | undefined;
  /** Readings of pieces that are over. */
  readonly #read: Promise<Reading>[] = [];
  #piece: Piece | undefined;
  /** The reading of the piece up to a pause, and the speech that it knows of. */
  #ahead: { readonly spoken: number; readonly reading: Promise<Reading> } | undefined;
  #partial = '';
  /** Length of the piece at which it is worth another look. */
  #nextPartial = 0;
  #heard = 0;
  #cancelled = false;
  #ended = false;

  /**
   * @param emit gets `final` last, unless the utterance is cancelled
   * @param clock milliseconds
   * @param opening words with which it may begin
   */
  constructor(emit: (event: TranscriberEvent) => void, clock: () => number, opening?: string) {
    this.#emit = emit;
    this.#clock = clock;
    this.#opening = opening;
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
  async run(voice: VoiceStream, reader: Reader): Promise<void> {
    const frames = new FrameCutter(VOICE_FRAME);
    for await (const chunk of this.#input) {
      for (const frame of frames.cut(chunk)) {
        if (this.#isCancelled()) break;
        this.#hear(frame, await voice.probability(frame), reader);
      }
      // A recording that comes all at once is read when it is whole.
      if (this.#input.isEmpty && !this.#isCancelled()) this.#readAhead(reader);
    }
    await this.#conclude(milliseconds(this.#heard + frames.rest), reader);
  }

  #hear(frame: Float32Array, probability: number, reader: Reader): void {
    const { pass, event } = this.#gate.offer(frame, probability);
    this.#heard += frame.length;
    if (event !== undefined) this.#emit({ type: event, at: milliseconds(this.#heard) });
    for (const sound of pass) {
      this.#piece ??= { begin: milliseconds(this.#heard - pass.length * VOICE_FRAME), sounds: [], length: 0 };
      this.#piece.sounds.push(sound);
      this.#piece.length += sound.length;
    }
    const length = milliseconds(this.#piece?.length ?? 0);
    if (length > TOO_LONG || (event === 'speech-end' && length > LONG)) this.#endPiece(reader);
  }

  #endPiece(reader: Reader): void {
    const piece = this.#piece;
    if (!piece) return;
    this.#read.push(this.#readingOf(piece, reader));
    this.#piece = undefined;
    this.#ahead = undefined;
    this.#nextPartial = 0;
  }

  /** The final reading of a piece: the one made in its last pause, if nothing was said after it. */
  #readingOf(piece: Piece, reader: Reader): Promise<Reading> {
    if (this.#ahead?.spoken === this.#gate.spoken) return this.#ahead.reading;
    return this.#readPiece(piece, reader, 'thorough', () => !this.#cancelled);
  }

  #readPiece(piece: Piece, reader: Reader, care: Care, wanted: () => boolean): Promise<Reading> {
    return placed(reader.read(joined(piece.sounds), { care, opening: this.#opening, wanted }), piece.begin);
  }

  #readAhead(reader: Reader): void {
    const piece = this.#piece;
    if (!piece) return;
    const { spoken, quiet } = this.#gate;
    if (quiet >= MAYBE_OVER) {
      if (this.#ahead?.spoken === spoken) return;
      const reading = this.#readPiece(
        piece,
        reader,
        'thorough',
        () => !this.#cancelled && this.#gate.spoken === spoken,
      );
      this.#ahead = { spoken, reading };
      this.#tellPartial(reading);
    } else if (quiet === 0 && reader.idle && milliseconds(piece.length) >= this.#nextPartial) {
      this.#nextPartial = Infinity;
      const began = this.#clock();
      const reading = this.#readPiece(piece, reader, 'quick', () => !this.#cancelled);
      this.#tellPartial(reading);
      const again = (): void => {
        const cost = this.#clock() - began;
        if (this.#piece === piece)
          this.#nextPartial =
            milliseconds(piece.length) + Math.max(PARTIAL_EVERY, cost / PARTIAL_SHARE - cost);
      };
      reading.then(again, again);
    }
  }

  #tellPartial(reading: Promise<Reading>): void {
    const before = Promise.all(this.#read);
    Promise.all([before, reading]).then(
      ([pieces, last]) => {
        this.#emitPartial(together([...pieces, last]));
      },
      // The final reading tells.
      () => undefined,
    );
  }

  #emitPartial({ text, words }: Reading): void {
    if (this.#isCancelled() || this.#ended || text === '' || text === this.#partial) return;
    this.#partial = text;
    this.#emit({ type: 'partial', text, words });
  }

  async #conclude(duration: number, reader: Reader): Promise<void> {
    if (this.#isCancelled()) return;
    this.#endPiece(reader);
    const reading = together(await Promise.all(this.#read));
    const words = reading.words.map((word) => within(word, duration));
    this.#emitPartial({ ...reading, words });
    this.#ended = true;
    if (!this.#isCancelled())
      this.#emit({ type: 'final', transcript: { ...reading, words, duration } satisfies Transcript });
  }

  /** A method, because the flag changes while others wait. */
  #isCancelled(): boolean {
    return this.#cancelled;
  }
}

/** The reading with its times in those of the stream. */
async function placed(reading: Promise<Reading>, begin: number): Promise<Reading> {
  const { words, ...rest } = await reading;
  return {
    ...rest,
    words: words.map((word) => ({ ...word, start: word.start + begin, end: word.end + begin })),
  };
}

function within({ start, end, ...word }: Word, duration: number): Word {
  const inside = (at: number): number => Math.min(Math.max(0, at), duration);
  return { ...word, start: inside(start), end: inside(end) };
}

/** Readings of pieces that follow each other, as one. */
function together(readings: readonly Reading[]): Reading {
  const said = readings.filter(({ text }) => text !== '');
  const [first, ...more] = said;
  if (!first) return NOTHING;
  if (more.length === 0) return first;
  return {
    text: said.map(({ text }) => text).join(' '),
    words: said.flatMap(({ words }) => words),
    confidence: Math.min(...said.map(({ confidence }) => confidence)),
    alternatives: [],
  };
}
