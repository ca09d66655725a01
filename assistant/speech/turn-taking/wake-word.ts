import { doubleMetaphone } from 'double-metaphone';
import { editDistance } from '../../understanding/nearest.ts';

/** Where the wake word was found. */
export interface Waking {
  /** Index of the first word after it. */
  readonly from: number;
  /**
   * Its sounds and letters are there. Otherwise it only sounds like it ("they drive"): then what follows must be a
   * command, because people say such words to each other, too.
   */
  readonly isSure: boolean;
  /** Near enough in letters to be taken for it where nothing follows. */
  readonly isNear: boolean;
}

/** Words before a likely wake word: "um", "oh". */
const OPENING_WORDS = 1;

/** A phrase that tells the car that it is meant. */
export class WakeWord {
  readonly phrase: string;
  readonly #letters: string;
  readonly #sounds: string;
  readonly #length: number;

  /** @throws RangeError for a phrase too short to be told from other words */
  constructor(phrase: string) {
    this.phrase = phrase.trim().toLowerCase().replace(/\s+/g, ' ');
    this.#letters = lettersOf(this.phrase);
    this.#sounds = soundsOf(this.#letters);
    this.#length = this.phrase.split(' ').length;
    if (this.#letters.length < 5 || this.#sounds.length < 2) {
      throw new RangeError(
        `The wake word "${phrase}" is too short: it would be heard everywhere. Take two words, such as "hey drive".`,
      );
    }
  }

  /**
   * Looks for the phrase: by its letters and sounds anywhere, by its sounds alone at the beginning. Sounds are Double
   * Metaphone's (Philips 2000), because recognisers write a name that they do not know as the words that they do.
   * @param words what was heard, in lower case
   */
  find(words: readonly string[]): Waking | undefined {
    let likely: Waking | undefined;
    for (let at = 0; at < words.length; at++) {
      for (let length = this.#length + 1; length > 0; length--) {
        if (at + length > words.length) continue;
        const letters = lettersOf(words.slice(at, at + length).join(''));
        const slips = editDistance(letters, this.#letters);
        const sounds = soundsOf(letters);
        const from = at + length;
        if (slips <= 1 && sounds === this.#sounds) return { from, isSure: true, isNear: true };
        if (likely || at > OPENING_WORDS || editDistance(sounds, this.#sounds) > 1) continue;
        likely = { from, isSure: false, isNear: slips <= 2 };
      }
    }
    return likely;
  }
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, '');
const soundsOf = (letters: string): string => doubleMetaphone(letters)[0];
