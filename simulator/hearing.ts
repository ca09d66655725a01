import type { Transcriber, Transcript, Word, AudioFrame } from '../assistant/speech/transcriber.ts';
import type { Ear } from '../assistant/speech/turn-taking/cabin.ts';
import type { OpenMicrophoneParts } from '../assistant/speech/turn-taking/open-microphone.ts';
import type { TurnOptions } from '../assistant/speech/turn-taking/turn-options.ts';
import type { Seat } from '../vehicle/command.ts';
import type { ConversationTurn } from './server/protocol.ts';

/** Somebody speaking to the car: what is heard of it, until its words are carried out. */
export interface Utterance {
  sound(frame: AudioFrame): void;
  /** The words so far. */
  hearing(text: string, words: readonly Word[]): void;
  /** All of it. @param latency milliseconds by stage @throws UnderstandingError */
  heard(
    transcript: Pick<Transcript, 'text' | 'words'>,
    latency: ConversationTurn['latency'],
  ): Promise<ConversationTurn>;
  /** It was cancelled, was nothing, or could not be heard. */
  unheard(why?: string): void;
}

/** Somebody speaking: frames in; the turn they become is reported by `Drive.onTurn` and, when finished, by `turn`. */
export interface Listening {
  push(frame: AudioFrame): void;
  end(): void;
  cancel(): void;
  /** Resolves when the words were carried out, with undefined when it was cancelled. @throws SpeechError | UnderstandingError */
  readonly turn: Promise<ConversationTurn | undefined>;
}

/** How a microphone stays open: when it listens, and who is told what it finds out. */
export interface HandsFree
  extends TurnOptions, Pick<OpenMicrophoneParts, 'onState' | 'onSpeech' | 'onHush' | 'onError'> {
  /** Of the next utterance. */
  readonly newId: () => string;
}

/** The one segment of an utterance whose beginning and end are given. */
const ALL = 0;

/**
 * Transcribes one utterance whose beginning and end are given.
 * @param clock monotonic milliseconds
 */
export function listenTo(
  utterance: Utterance,
  {
    seat,
    openTranscriber,
    clock,
    ear,
  }: {
    readonly seat: Seat;
    readonly openTranscriber: () => Promise<Transcriber>;
    readonly clock: () => number;
    /** Among the microphones of the cabin: what is said into this one is heard by it. */
    readonly ear: Ear;
  },
): Listening {
  const waiting: AudioFrame[] = [];
  let stream: ReturnType<Transcriber['open']> | undefined;
  let ended: number | undefined;
  let cancelled = false;
  let isHeard = false;

  const transcribe = async (): Promise<Transcript | undefined> => {
    stream = (await openTranscriber()).open({ seat });
    for (const frame of waiting.splice(0)) stream.push(frame);
    if (cancelled) stream.cancel();
    else if (ended !== undefined) stream.end();
    for await (const event of stream.events) {
      if (event.type === 'error') throw event.error;
      if (event.type === 'partial') utterance.hearing(event.text, event.words);
      if (event.type === 'final') return event.transcript;
    }
    return undefined;
  };
  const finish = async (): Promise<ConversationTurn | undefined> => {
    let transcript: Transcript | undefined;
    try {
      transcript = await transcribe();
    } catch (error) {
      utterance.unheard(messageOf(error));
      throw error;
    }
    if (transcript) return utterance.heard(transcript, { transcribe: clock() - (ended ?? clock()) });
    utterance.unheard();
    return undefined;
  };
  return {
    push: (frame) => {
      utterance.sound(frame);
      ear.hear(frame);
      if (!isHeard) {
        ear.begin(ALL, 0);
        ear.insist(ALL);
        isHeard = true;
      }
      if (stream) stream.push(frame);
      else waiting.push(frame);
    },
    end: () => {
      ended = clock();
      ear.close();
      stream?.end();
    },
    cancel: () => {
      cancelled = true;
      ear.leave(ALL);
      ear.close();
      stream?.cancel();
    },
    turn: finish(),
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
