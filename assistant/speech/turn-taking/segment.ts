import { SAMPLE_RATE, type Transcript, type Word } from '../transcriber.ts';
import { VOICE_FRAME } from '../voice-activity.ts';
import type { Reading } from './completeness.ts';

export const frames = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000 / VOICE_FRAME);
export const milliseconds = (count: number): number => (count * VOICE_FRAME * 1000) / SAMPLE_RATE;

/** Whom somebody speaks to. */
export type Addressed =
  /** To somebody else, unless the wake word comes. */
  | 'nobody'
  /** Perhaps to the car, with which they have just spoken. */
  | 'conversation'
  /** To the car: they said so. */
  | 'wake-word';

/** Speech between two pauses. */
export class Segment {
  readonly id: number;
  /** What the car's voice said meanwhile; null when it was silent. */
  over: string | null;
  addressed: Addressed;
  /** Frames of sound, of voice in it, and of silence since the last of those. */
  length: number;
  voiced = 0;
  quiet = 0;
  final: Transcript | undefined;
  /** The car was told of it, and shows this text. */
  isTold = false;
  shown = '';
  #words: readonly Word[] = [];
  #skipped = 0;
  /** What the text means; undefined until it has been read. */
  reading: Reading | undefined;
  #isUnread = false;

  constructor(id: number, length: number, addressed: Addressed, over: string | null) {
    this.id = id;
    this.length = length;
    this.addressed = addressed;
    this.over = over;
  }

  hear(isVoice: boolean): void {
    this.length++;
    if (isVoice) this.voiced++;
    this.quiet = isVoice ? 0 : this.quiet + 1;
  }

  get words(): readonly Word[] {
    return this.#words;
  }

  set words(words: readonly Word[]) {
    this.#changing(() => {
      this.#words = words;
    });
  }

  /** Words up to the end of the wake word. */
  set skipped(count: number) {
    this.#changing(() => {
      this.#skipped = count;
    });
  }

  get spoken(): readonly string[] {
    return this.#words.map(({ text }) => text);
  }

  get wordsForTheCar(): readonly Word[] {
    return this.#words.slice(this.#skipped);
  }

  /** What follows the wake word, or all. */
  get text(): string {
    return this.wordsForTheCar.map(({ text }) => text).join(' ');
  }

  /** Somebody says so: by the wake word, or by what the car has been told of it. */
  get isForTheCar(): boolean {
    return this.addressed === 'wake-word' || this.isTold;
  }

  /** What it says may matter: the wake word, or something like it, was heard, or the conversation goes on. */
  get isWanted(): boolean {
    return this.addressed !== 'nobody' || this.#skipped > 0;
  }

  /** @returns whether there is text that nobody has been asked to read; the next time there is none */
  takeUnread(): boolean {
    const isUnread = this.#isUnread && this.text !== '';
    this.#isUnread = false;
    return isUnread;
  }

  /** Other words have not been read yet. */
  #changing(change: () => void): void {
    const before = this.text;
    change();
    if (this.text === before) return;
    this.reading = undefined;
    this.#isUnread = true;
  }
}
