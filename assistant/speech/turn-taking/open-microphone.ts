import type { Seat } from '../../../vehicle/command.ts';
import type { AudioFrame, Transcriber, TranscriptionStream, Transcript, Word } from '../transcriber.ts';
import { FrameCutter } from '../frames.ts';
import { VOICE_FRAME, type VoiceStream } from '../voice-activity.ts';
import type { Ear } from './cabin.ts';
import type { Reading } from './completeness.ts';
import type { TurnOptions } from './turn-options.ts';
import { TurnTaker, type MicrophoneState, type TurnEffect, type TurnInput } from './turn-taker.ts';

/** Words for the car on their way: what an open microphone has found out. */
export interface HeardUtterance {
  sound(frame: AudioFrame): void;
  /** The words so far. */
  hearing(text: string, words: readonly Word[]): void;
  /**
   * All of it.
   * @param latency milliseconds: `endpoint` from the last voice to the decision, `transcribe` from there to the words
   * @returns settles when it has been carried out, or could not be
   */
  heard(transcript: Transcript, latency: Readonly<Record<string, number>>): Promise<unknown>;
  /** It was nothing. */
  unheard(): void;
}

export interface OpenMicrophoneParts extends TurnOptions {
  readonly seat: Seat;
  /** Among the other microphones of the cabin. */
  readonly ear: Ear;
  readonly voice: VoiceStream;
  readonly transcriber: Transcriber;
  /** What words mean so far. */
  readonly read: (text: string) => Promise<Reading>;
  /** Whether the car waits for an answer. */
  readonly isAsking: () => boolean;
  /** Somebody speaks to the car. */
  readonly begin: () => HeardUtterance;
  readonly onState: (state: MicrophoneState, why?: 'no-input') => void;
  /** Somebody begins to speak, to whomever, or nobody does any more and all that was said is heard. */
  readonly onSpeech?: (isHeard: boolean) => void;
  /** The car's voice is to stop. */
  readonly onHush: () => void;
  /** Something could not be heard or carried out; it goes on. */
  readonly onError: (error: unknown) => void;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** A segment's stream, its sound until it is known whom it is for, and the utterance that it became. */
interface Spoken {
  readonly stream: TranscriptionStream;
  readonly sound: AudioFrame[];
  ended: number | undefined;
  utterance: HeardUtterance | undefined;
}

/** Does what a `TurnTaker` decides: one microphone that stays open. */
export class OpenMicrophone {
  readonly #parts: OpenMicrophoneParts;
  readonly #taker: TurnTaker;
  readonly #spoken = new Map<number, Spoken>();
  readonly #frames = new FrameCutter(VOICE_FRAME);
  /** Voice activity is judged frame after frame. */
  #work: Promise<void> = Promise.resolve();
  /** What takes its time: transcribing, reading, carrying out. */
  readonly #tasks = new Set<Promise<void>>();
  #isClosed = false;

  constructor(parts: OpenMicrophoneParts) {
    this.#parts = parts;
    const { hearsOpening } = parts.transcriber.capabilities;
    this.#taker = new TurnTaker({ ...parts, hearsOpening });
  }

  /** @param frame samples that follow those of the call before; any number */
  push(frame: AudioFrame): void {
    for (const samples of this.#frames.cut(frame)) {
      this.#work = this.#work.then(async () => {
        if (this.#isClosed) return;
        const voice = await this.#parts.voice.probability(samples);
        this.#parts.ear.hear(samples);
        this.#step({ is: 'frame', samples, voice });
      });
    }
  }

  /** What the car's voice says from now on; null: it is silent. */
  saying(says: string | null): void {
    this.#step({ is: 'voice', says, asks: this.#parts.isAsking() });
  }

  /** Settles when all that has been heard so far is carried out or forgotten, if silence follows it. */
  async settled(): Promise<void> {
    await this.#work;
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  /** What was not finished is forgotten. */
  close(): void {
    this.#isClosed = true;
    this.#parts.ear.close();
    for (const { stream, utterance } of this.#spoken.values()) {
      stream.cancel();
      utterance?.unheard();
    }
    this.#spoken.clear();
  }

  #step(input: TurnInput): void {
    if (this.#isClosed) return;
    for (const effect of this.#taker.step(input)) this.#do(effect);
  }

  #do(effect: TurnEffect): void {
    if (effect.do === 'state') return this.#parts.onState(effect.state, effect.why);
    if (effect.do === 'hush') return this.#parts.onHush();
    if (effect.do === 'open') return this.#open(effect.segment, effect.sound);
    const spoken = this.#spoken.get(effect.segment);
    if (spoken) this.#doWith(spoken, effect);
  }

  #doWith(spoken: Spoken, effect: Exclude<TurnEffect, { do: 'state' | 'hush' | 'open' }>): void {
    switch (effect.do) {
      case 'push':
        spoken.stream.push(effect.samples);
        if (spoken.utterance) spoken.utterance.sound(effect.samples);
        else spoken.sound.push(effect.samples);
        return;
      case 'end':
        spoken.ended = this.#parts.clock();
        this.#parts.ear.end(effect.segment);
        return spoken.stream.end();
      case 'cancel':
        this.#parts.ear.leave(effect.segment);
        return spoken.stream.cancel();
      case 'read':
        this.#parts.ear.read(effect.segment, effect.text);
        return this.#track(this.#read(effect.segment, effect.text));
      case 'begin':
        spoken.utterance = this.#parts.begin();
        for (const frame of spoken.sound.splice(0)) spoken.utterance.sound(frame);
        return;
      case 'show':
        return spoken.utterance?.hearing(effect.words.map(({ text }) => text).join(' '), effect.words);
      case 'deliver':
        this.#forget(effect.segment);
        return this.#track(this.#deliver(spoken, effect));
      case 'drop':
        this.#forget(effect.segment);
        this.#parts.ear.leave(effect.segment);
        return spoken.utterance?.unheard();
    }
  }

  #open(segment: number, sound: readonly AudioFrame[]): void {
    const { transcriber, seat, wakeWord, ear } = this.#parts;
    ear.begin(segment, sound.length);
    const stream = transcriber.open({ seat, opening: wakeWord.phrase });
    if (this.#spoken.size === 0) this.#parts.onSpeech?.(true);
    this.#spoken.set(segment, { stream, sound: [...sound], ended: undefined, utterance: undefined });
    for (const frame of sound) stream.push(frame);
    this.#track(this.#follow(segment, stream));
  }

  #forget(segment: number): void {
    this.#spoken.delete(segment);
    if (this.#spoken.size === 0) this.#parts.onSpeech?.(false);
  }

  #track(task: Promise<void>): void {
    this.#tasks.add(task);
    void task.finally(() => this.#tasks.delete(task));
  }

  async #follow(segment: number, stream: TranscriptionStream): Promise<void> {
    let isOver = false;
    for await (const event of stream.events) {
      if (event.type === 'partial') this.#step({ is: 'words', segment, words: event.words });
      if (event.type === 'final') this.#step({ is: 'final', segment, transcript: event.transcript });
      if (event.type === 'error') this.#parts.onError(event.error);
      isOver ||= event.type === 'final';
    }
    if (!isOver) this.#step({ is: 'failed', segment });
  }

  async #read(segment: number, text: string): Promise<void> {
    // Whoever said the wake word is told of the failure when the words are carried out.
    const unknown: Reading = { isCommand: false, isCertain: false, expects: 'unclear' };
    const reading = await this.#parts.read(text).catch(() => unknown);
    this.#step({ is: 'reading', segment, text, reading });
  }

  async #deliver(
    { utterance, ended = 0 }: Spoken,
    { segment, transcript, pause }: Extract<TurnEffect, { do: 'deliver' }>,
  ): Promise<void> {
    const latency = { endpoint: pause, transcribe: Math.max(0, this.#parts.clock() - ended) };
    try {
      if (await this.#parts.ear.take(segment, transcript.text)) await utterance?.heard(transcript, latency);
      else utterance?.unheard();
    } catch (error) {
      this.#parts.onError(error);
    }
    this.#step({ is: 'answered', asks: this.#parts.isAsking() });
  }
}
