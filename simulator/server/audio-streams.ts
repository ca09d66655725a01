import { SpeechError } from '../../assistant/speech/transcriber.ts';
import type { TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import type { Drive } from '../drive.ts';
import { utteranceSession, type AudioSession } from './audio-session.ts';
import { handsFreeSession, type HandsFreeSession } from './hands-free-session.ts';
import { MAX_SECONDS } from './messages.ts';
import type { AudioStart, Listens, Problem, Role, Speech } from './protocol.ts';

/** Utterances that one client may speak at the same time, its open microphone among them. */
const MAX_STREAMS = 3;
/** A page that was held up may send its sound so much later than it was spoken, in milliseconds. */
const LATEST = 10_000;
/** Recordings of which frames may still be on their way; a page has few. */
const REMEMBERED = 16;

const TOO_LONG = `A recording may last at most ${MAX_SECONDS} seconds.`;

export interface AudioStreamParts {
  readonly drive: Drive;
  readonly handsFree: TurnOptions;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** What the client is at present. */
  readonly role: () => Role | undefined;
  /** Of the turn that an utterance becomes. */
  readonly turnId: (id: string) => string;
  readonly problem: (reason: Problem['reason'], message: string, utterance: string) => void;
  readonly tell: (listens: Listens) => void;
  readonly tellSpeech: (speech: Speech) => void;
}

interface Recording {
  readonly session: AudioSession;
  /** From which it was begun; it is heard from no other. */
  readonly seat: AudioStart['seat'];
  /** Clock time at which it ends, whoever ends it: each keeps a stream of the transcriber, and the car from speaking up. */
  readonly until: number;
}

/** The sound that one client sends. */
export class AudioStreams {
  readonly #parts: AudioStreamParts;
  readonly #recordings = new Map<string, Recording>();
  /** At most one microphone stays open. */
  #open: { readonly id: string; readonly session: HandsFreeSession } | undefined;
  /** Ended or refused by the server. */
  readonly #dropped = new Set<string>();

  constructor(parts: AudioStreamParts) {
    this.#parts = parts;
  }

  start(start: AudioStart): void {
    const { id, seat } = start;
    if (this.#recordings.has(id))
      return this.#parts.problem('bad-message', `The recording "${id}" has begun already.`, id);
    if (this.#recordings.size >= MAX_STREAMS)
      return this.#refuse(`At most ${MAX_STREAMS} recordings at once.`, id);
    if (start.handsFree === true && this.#open)
      return this.#refuse('Only one microphone can stay open: close the other.', id);
    this.#dropped.delete(id);
    if (start.handsFree === true) {
      const session = this.#keepOpen(start);
      this.#open = { id, session };
      this.#recordings.set(id, { session, seat, until: Infinity });
    } else {
      const until = this.#parts.clock() + MAX_SECONDS * 1000 + LATEST;
      this.#recordings.set(id, { session: this.#hear(start), seat, until });
    }
  }

  /** It is not heard, or no longer, and the client knows why: what is still on its way of it is dropped without a word. */
  drop(id: string): void {
    this.#dropped.add(id);
    for (const oldest of this.#dropped) {
      if (this.#dropped.size <= REMEMBERED) break;
      this.#dropped.delete(oldest);
    }
  }

  push(id: string, pcm: Uint8Array): void {
    // Received buffers often start at an odd offset, where an Int16Array cannot stand: copy. (A Buffer's slice is a view.)
    const samples = new Int16Array(Uint8Array.from(pcm).buffer);
    const refused = this.#find(id)?.push(samples);
    if (refused === undefined) return;
    this.#forget(id);
    const tooFast = 'More sound came than was spoken: open the microphone again.';
    this.#refuse(refused === 'too-long' ? TOO_LONG : tooFast, id);
  }

  end(id: string): void {
    this.#find(id)?.end();
    this.#forget(id);
    this.#dropped.delete(id);
  }

  cancel(id: string): void {
    this.#find(id)?.cancel();
    this.#forget(id);
    this.#dropped.delete(id);
  }

  /** What the page's voice says; null: it is silent. */
  saying(text: string | null): void {
    this.#open?.session.saying(text);
  }

  /** Ends the recordings that may not go on: those from a seat that the client has left, and those that last too long. */
  review(): void {
    for (const [id, { session, seat, until }] of this.#recordings) {
      const hasLeft = this.#parts.role() !== seat;
      if (!hasLeft && this.#parts.clock() < until) continue;
      session.cancel();
      this.#forget(id);
      // Who has left knows.
      if (hasLeft) this.drop(id);
      else this.#refuse(TOO_LONG, id);
    }
  }

  close(): void {
    for (const { session } of this.#recordings.values()) session.cancel();
    this.#recordings.clear();
    this.#open = undefined;
  }

  #hear({ id, seat, sampleRate }: AudioStart): AudioSession {
    const listening = this.#parts.drive.listen(seat, this.#parts.turnId(id));
    listening.turn.catch((error: unknown) => {
      this.#failed(error, id);
    });
    return utteranceSession(listening, sampleRate, MAX_SECONDS * sampleRate);
  }

  #keepOpen({ id, seat, sampleRate }: AudioStart): HandsFreeSession {
    const { drive, handsFree, turnId, tell, tellSpeech, clock } = this.#parts;
    const wakeWord = handsFree.wakeWord.phrase;
    let count = 0;
    const opening = drive.openMicrophone(seat, {
      ...handsFree,
      newId: () => turnId(`${id}-${++count}`),
      onState: (state, why) => {
        tell({ id, state, wakeWord, ...(why && { why }) });
      },
      onSpeech: (isHeard) => {
        tellSpeech({ id, isHeard });
      },
      onHush: () => {
        tell({ id, state: 'hearing', wakeWord, hush: true });
      },
      onError: (error) => {
        this.#failed(error, id);
      },
    });
    opening.then(
      () => {
        tell({ id, state: 'asleep', wakeWord });
      },
      (error: unknown) => {
        this.#forget(id);
        this.drop(id);
        this.#failed(error, id);
      },
    );
    return handsFreeSession(opening, sampleRate, clock);
  }

  #failed(error: unknown, id: string): void {
    const reason = error instanceof SpeechError && error.reason === 'not-audio' ? 'not-audio' : 'failed';
    this.#parts.problem(reason, error instanceof Error ? error.message : String(error), id);
  }

  #refuse(message: string, id: string): void {
    this.drop(id);
    this.#parts.problem('too-much', message, id);
  }

  #find(id: string): AudioSession | undefined {
    this.review();
    const recording = this.#recordings.get(id);
    if (!recording && !this.#dropped.has(id)) {
      const message = 'This recording has ended or never began: start again with "audio-start".';
      this.#parts.problem('no-stream', message, id);
    }
    return recording?.session;
  }

  #forget(id: string): void {
    this.#recordings.delete(id);
    if (this.#open?.id === id) this.#open = undefined;
  }
}
