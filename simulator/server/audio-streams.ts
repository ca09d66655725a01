import { SpeechError } from '../../assistant/speech/transcriber.ts';
import type { TurnOptions } from '../../assistant/speech/turn-taking/turn-taker.ts';
import type { Drive } from '../drive.ts';
import { utteranceSession, type AudioSession } from './audio-session.ts';
import { handsFreeSession, type HandsFreeSession } from './hands-free-session.ts';
import { MAX_SECONDS } from './messages.ts';
import type { AudioStart, Listens, Problem } from './protocol.ts';

/** Utterances that one client may speak at the same time, its open microphone among them. */
const MAX_STREAMS = 3;

export interface AudioStreamParts {
  readonly drive: Drive;
  readonly handsFree: TurnOptions;
  readonly clock: () => number;
  /** Of the turn that an utterance becomes. */
  readonly turnId: (id: string) => string;
  readonly problem: (reason: Problem['reason'], message: string, utterance: string) => void;
  readonly tell: (listens: Listens) => void;
}

/** The sound that one client sends. */
export class AudioStreams {
  readonly #parts: AudioStreamParts;
  readonly #sessions = new Map<string, AudioSession>();
  /** At most one microphone stays open. */
  #open:
    | { readonly id: string; readonly seat: AudioStart['seat']; readonly session: HandsFreeSession }
    | undefined;

  constructor(parts: AudioStreamParts) {
    this.#parts = parts;
  }

  start(start: AudioStart): void {
    const { id } = start;
    if (this.#sessions.has(id))
      return this.#parts.problem('bad-message', `The recording "${id}" has begun already.`, id);
    if (this.#sessions.size >= MAX_STREAMS)
      return this.#parts.problem('too-much', `At most ${MAX_STREAMS} recordings at once.`, id);
    if (start.handsFree !== true) this.#sessions.set(id, this.#hear(start));
    else if (this.#open)
      this.#parts.problem('too-much', 'Only one microphone can stay open: close the other.', id);
    else {
      const session = this.#keepOpen(start);
      this.#open = { id, seat: start.seat, session };
      this.#sessions.set(id, session);
    }
  }

  push(id: string, pcm: Uint8Array): void {
    // Received buffers often start at an odd offset, where an Int16Array cannot stand: copy. (A Buffer's slice is a view.)
    const samples = new Int16Array(Uint8Array.from(pcm).buffer);
    const refused = this.#with(id)?.push(samples);
    if (refused === undefined) return;
    this.#forget(id);
    const message =
      refused === 'too-long'
        ? `A recording may last at most ${MAX_SECONDS} seconds.`
        : 'More sound came than was spoken: open the microphone again.';
    this.#parts.problem('too-much', message, id);
  }

  end(id: string): void {
    this.#with(id)?.end();
    this.#forget(id);
  }

  cancel(id: string): void {
    this.#with(id)?.cancel();
    this.#forget(id);
  }

  /** What the page's voice says; null: it is silent. */
  saying(text: string | null): void {
    this.#open?.session.saying(text);
  }

  /** The seat of the microphone that stays open. */
  get openSeat(): AudioStart['seat'] | undefined {
    return this.#open?.seat;
  }

  /** Closes the microphone that stays open. */
  closeOpen(): void {
    if (this.#open) this.cancel(this.#open.id);
  }

  close(): void {
    for (const session of this.#sessions.values()) session.cancel();
    this.#sessions.clear();
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
    const { drive, handsFree, turnId, tell, clock } = this.#parts;
    const wakeWord = handsFree.wakeWord.phrase;
    let count = 0;
    const opening = drive.openMicrophone(seat, {
      ...handsFree,
      newId: () => turnId(`${id}-${++count}`),
      onState: (state, why) => {
        tell({ id, state, wakeWord, ...(why && { why }) });
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
        this.#failed(error, id);
      },
    );
    return handsFreeSession(opening, sampleRate, clock);
  }

  #failed(error: unknown, id: string): void {
    const reason = error instanceof SpeechError && error.reason === 'not-audio' ? 'not-audio' : 'failed';
    this.#parts.problem(reason, error instanceof Error ? error.message : String(error), id);
  }

  #with(id: string): AudioSession | undefined {
    const session = this.#sessions.get(id);
    if (!session) {
      const message = 'This recording has ended or never began: start again with "audio-start".';
      this.#parts.problem('no-stream', message, id);
    }
    return session;
  }

  #forget(id: string): void {
    this.#sessions.delete(id);
    if (this.#open?.id === id) this.#open = undefined;
  }
}
