import { lowerBound, startingWith, type Stretch } from './sorted-words.ts';

/** A stretch of words that was seen; 0 is the empty one, before all words. */
export type Context = number;
export const EMPTY: Context = 0;

/** What was counted; all the rest follows from it. */
export interface Counted {
  /** Sorted. */
  readonly words: readonly string[];
  /** By stretch, level by level: number of its last word; those of one parent sorted by it. */
  readonly last: Int32Array;
  /** By stretch: how often it was seen. */
  readonly count: Int32Array;
  /** By stretch, and one more: the first that goes on from it; those of the next follow. */
  readonly first: Int32Array;
}

/**
 * How often words followed each other, for all stretches up to a length: a tree in five arrays of numbers, twenty bytes a
 * stretch. Words are numbered as they are sorted, and what goes on from a stretch stands together in that order: so words
 * that begin alike are found without a list of beginnings.
 */
export class NGrams {
  readonly #words: readonly string[];
  readonly #last: Int32Array;
  readonly #count: Int32Array;
  readonly #first: Int32Array;
  /** How often anything followed it. */
  readonly #total: Int32Array;
  /** The same words without the first. */
  readonly #shorter: Int32Array;

  constructor({ words, last, count, first }: Counted) {
    this.#words = words;
    this.#last = last;
    this.#count = count;
    this.#first = first;
    this.#total = new Int32Array(last.length);
    this.#shorter = new Int32Array(last.length);
    for (let context = 0; context < last.length; context++) {
      for (let next = first[context] ?? 0; next < (first[context + 1] ?? 0); next++) {
        this.#total[context] = this.total(context) + this.count(next);
        // A stretch comes after all that it goes on from, and after the shorter ones.
        if (context !== EMPTY)
          this.#shorter[next] = this.after(this.#shorter[context] ?? EMPTY, last[next]) ?? EMPTY;
      }
    }
  }

  /** Its number; undefined of a word that was never seen. */
  numberOf(word: string): number | undefined {
    const number = lowerBound(this.#words, word, 0, this.#words.length);
    return this.#words[number] === word ? number : undefined;
  }

  wordOf(number: number): string {
    return this.#words[number] ?? '';
  }

  /** The stretch with one more word, by its number; undefined where it was never seen. */
  after(context: Context, word: number | undefined): Context | undefined {
    if (word === undefined) return undefined;
    const next = this.#at(context, word);
    return next < (this.#first[context + 1] ?? 0) && this.#last[next] === word ? next : undefined;
  }

  /** The same words without the first; undefined of none. */
  shorter(context: Context): Context | undefined {
    return context === EMPTY ? undefined : this.#shorter[context];
  }

  count(context: Context): number {
    return this.#count[context] ?? 0;
  }

  /** How often anything followed. */
  total(context: Context): number {
    return this.#total[context] ?? 0;
  }

  /** How many different words followed. */
  types(context: Context): number {
    return (this.#first[context + 1] ?? 0) - (this.#first[context] ?? 0);
  }

  /** The numbers of the words that begin so. */
  startingWith(beginning: string): Stretch {
    return startingWith(this.#words, beginning, 0, this.#words.length);
  }

  /** The stretches that go on from it with one of some words. */
  following(context: Context, { from, to }: Stretch): Stretch {
    return { from: this.#at(context, from), to: this.#at(context, to) };
  }

  /** The number of its last word. */
  lastOf(context: Context): number {
    return this.#last[context] ?? 0;
  }

  /** Where among what goes on from a stretch the word stands, or would. */
  #at(context: Context, word: number): Context {
    let [low, high] = [this.#first[context] ?? 0, this.#first[context + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#last[middle] ?? 0) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
