import { WakeWord } from './wake-word.ts';

/** How an open microphone takes turns. */
export interface TurnOptions {
  readonly wakeWord: WakeWord;
  /** Milliseconds after an answer in which no wake word is needed. */
  readonly followUp: number;
  /** The transcriber tells the wake word by its sounds: words that only resemble it are other words. */
  readonly hearsOpening?: boolean;
}

/** Unless somebody wants it otherwise. */
export const HANDS_FREE: TurnOptions = { wakeWord: new WakeWord('hey drive'), followUp: 8000 };
