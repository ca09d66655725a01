import { doubleMetaphone } from 'double-metaphone';
import { editDistance } from '../../understanding/nearest.ts';

/** Where the wake word was found. */
export interface Waking {
  /** Index of the first word after it. */
  readonly from: number;
  /**
   * How well it was heard. `sure`: letter by letter. `likely`: its sounds, but for one ("they drive", "he'd drive");
   * `perhaps`: each word resembles its own ("hey brian"). People say such words to each other, too: then a command
   * must follow.
   */
  readonly is: 'sure' | 'likely' | 'perhaps';
  /** Near enough in letters to be taken for it where nothing follows. */
  readonly isNear: boolean;
}

/** Words before one that is not sure: "um", "oh". */
const OPENING_WORDS = 1;

/** Sounds that may be others where a command follows: in a word, and as a share of the phrase. */
const SLIPS_IN_A_WORD = 2;
const SLIPS = 0.75;

/** The same for letters. */
const SLIPS_IN_LETTERS = 0.5;
/** No wish begins so, but a sentence goes on so: "he tried to open the window". */
const LINKS = new Set(
  'to and the a an of that was for in on at with from his her their so but or because when if'.split(' '),
);

/** A phrase that tells the car that it is meant. */
export class WakeWord {
  readonly phrase: string;
  readonly #letters: string;
  readonly #sounds: string;
  /** Of each word. */
  readonly #parts: readonly string[];

  /** @throws RangeError for a phrase too short to be told from other words */
  constructor(phrase: string) {
    this.phrase = phrase.trim().toLowerCase().replace(/\s+/g, ' ');
    this.#letters = lettersOf(this.phrase);
    this.#sounds = soundsOf(this.#letters);
    this.#parts = this.phrase.split(' ').map(soundsOf);
    if (this.#letters.length < 5 || this.#sounds.length < 2) {
      throw new RangeError(
        `The wake word "${phrase}" is too short: it would be heard everywhere. Take two words, such as "hey drive".`,
      );
    }
  }

  /**
   * Looks for the phrase: by its letters anywhere, by its sounds at the beginning. Sounds are Double
   * Metaphone's (Philips 2000), because recognisers write a name that they do not know as the words that they do.
   * @param words what was heard, in lower case
   */
  find(words: readonly string[]): Waking | undefined {
    let best: Waking | undefined;
    for (let at = 0; at < words.length; at++) {
      for (let length = this.#parts.length + 1; length > 0; length--) {
        if (at + length > words.length) continue;
        const found = this.#judge(words.slice(at, at + length), at + length);
        if (found?.is === 'sure') return found;
        if (LINKS.has(words[at + length - 1] ?? '') || LINKS.has(words[at + length] ?? '')) continue;
        if (found?.is === 'likely' && at <= OPENING_WORDS && best?.is !== 'likely') best = found;
        if (found?.is === 'perhaps' && at === 0) best ??= found;
      }
    }
    return best;
  }

  #judge(span: readonly string[], from: number): Waking | undefined {
    const letters = lettersOf(span.join(''));
    const slips = editDistance(letters, this.#letters);
    const sounds = soundsOf(letters);
    const isNear = slips <= 2;
    if (slips === 0) return { from, is: 'sure', isNear };
    // A part of the phrase is not the phrase: "drive me home".
    const isWhole = span.length >= this.#parts.length || letters.length >= this.#letters.length - 2;
    if (isWhole && editDistance(sounds, this.#sounds) <= 1) return { from, is: 'likely', isNear };
    const resembles = slips <= SLIPS_IN_LETTERS * this.#letters.length && this.#resembles(span);
    return resembles ? { from, is: 'perhaps', isNear } : undefined;
  }

  /** Word by word, some sounds are its own. */
  #resembles(span: readonly string[]): boolean {
    if (span.length !== this.#parts.length) return false;
    const slips = this.#parts.map((part, at) => editDistance(soundsOf(lettersOf(span[at] ?? '')), part));
    return (
      slips.every((count) => count <= SLIPS_IN_A_WORD) &&
      slips.reduce((sum, count) => sum + count, 0) <= SLIPS * this.#parts.join('').length
    );
  }
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, '');
const soundsOf = (letters: string): string => doubleMetaphone(letters)[0];
