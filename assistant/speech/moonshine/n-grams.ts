/** A stretch of words that was seen; 0 is the empty one, before all words. */
export type Context = number;
export const EMPTY: Context = 0;
const NONE = -1;

/** How many stretches there is room for at first. */
const ROOM = 1 << 12;
/** Multipliers that scatter the places of (context, word) over the table (Knuth, TAOCP 3, 6.4). */
const SCATTER = { context: 0x9e37_79b1, word: 0x85eb_ca6b };

/**
 * How often words followed each other, for all stretches up to a length: a tree in a few arrays of numbers, some thirty
 * bytes a stretch. As objects, those of the car's language would be a hundred megabytes.
 */
export class NGrams {
  readonly #order: number;
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  #size = 1;
  /** By stretch: the one without its last word, that word, how often it was seen. */
  #parent = new Int32Array(ROOM).fill(NONE);
  #last = new Int32Array(ROOM);
  #count = new Int32Array(ROOM);
  /** How often anything followed it, and how many different words. */
  #total = new Int32Array(ROOM);
  #types = new Int32Array(ROOM);
  /** The same words without the first. */
  #shorter = new Int32Array(ROOM).fill(NONE);
  /** One that goes on from it, and the next that goes on from the same. */
  #child = new Int32Array(ROOM).fill(NONE);
  #sibling = new Int32Array(ROOM).fill(NONE);
  /** By scattered place: the stretch that stands there. */
  #table = new Int32Array(2 * ROOM).fill(NONE);

  /** @param order words of the longest stretch */
  constructor(order: number) {
    this.#order = order;
  }

  /** @param words of a sentence @param isCounted false for the first word where it is none that could be said */
  learn(words: readonly string[], isCounted: (at: number) => boolean): void {
    for (let at = 0; at < words.length; at++) {
      let context = EMPTY;
      for (let to = at; to < Math.min(words.length, at + this.#order); to++) {
        const next = this.#made(context, this.#number(words[to] ?? ''));
        if (to !== at || isCounted(at)) {
          this.#count[next] = this.count(next) + 1;
          this.#total[context] = this.total(context) + 1;
        }
        context = next;
      }
    }
  }

  /** After the last sentence. */
  finish(): void {
    const fitted = (numbers: Int32Array) => numbers.slice(0, this.#size);
    this.#parent = fitted(this.#parent);
    this.#last = fitted(this.#last);
    this.#count = fitted(this.#count);
    this.#total = fitted(this.#total);
    this.#types = fitted(this.#types);
    this.#child = fitted(this.#child);
    this.#sibling = fitted(this.#sibling);
    this.#shorter = new Int32Array(this.#size).fill(EMPTY);
    this.#shorter[EMPTY] = NONE;
    // A stretch comes after all that it goes on from.
    for (let context = 1; context < this.#size; context++) {
      const parent = this.#parent[context] ?? EMPTY;
      const last = this.#last[context] ?? 0;
      if (parent !== EMPTY)
        this.#shorter[context] = this.#found(this.shorter(parent) ?? EMPTY, last) ?? EMPTY;
    }
  }

  /** Its number; undefined of a word that was never seen. */
  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  wordOf(number: number): string {
    return this.#words[number] ?? '';
  }

  /** The stretch with one more word, by its number; undefined where it was never seen. */
  after(context: Context, word: number | undefined): Context | undefined {
    return word === undefined ? undefined : this.#found(context, word);
  }

  /** The same words without the first; undefined of none. */
  shorter(context: Context): Context | undefined {
    const shorter = this.#shorter[context] ?? NONE;
    return shorter === NONE ? undefined : shorter;
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
    return this.#types[context] ?? 0;
  }

  /** The numbers of the words that followed. */
  following(context: Context): readonly number[] {
    const words: number[] = [];
    for (let next = this.#child[context] ?? NONE; next !== NONE; next = this.#sibling[next] ?? NONE)
      words.push(this.#last[next] ?? 0);
    return words;
  }

  #number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  /** Where in the table (context, word) stands, or would. */
  #place(context: Context, word: number): number {
    const mask = this.#table.length - 1;
    let place = (Math.imul(context, SCATTER.context) ^ Math.imul(word, SCATTER.word)) >>> 7;
    for (;;) {
      place &= mask;
      const found = this.#table[place] ?? NONE;
      if (found === NONE || (this.#parent[found] === context && this.#last[found] === word)) return place;
      place++;
    }
  }

  #found(context: Context, word: number): Context | undefined {
    const found = this.#table[this.#place(context, word)] ?? NONE;
    return found === NONE ? undefined : found;
  }

  #made(context: Context, word: number): Context {
    const known = this.#found(context, word);
    if (known !== undefined) return known;
    if (this.#size === this.#parent.length) this.#grow();
    const made = this.#size++;
    this.#parent[made] = context;
    this.#last[made] = word;
    this.#types[context] = this.types(context) + 1;
    this.#sibling[made] = this.#child[context] ?? NONE;
    this.#child[context] = made;
    this.#table[this.#place(context, word)] = made;
    return made;
  }

  /** Twice the room. */
  #grow(): void {
    const grown = (numbers: Int32Array, empty: number) => {
      const all = new Int32Array(2 * numbers.length).fill(empty, numbers.length);
      all.set(numbers);
      return all;
    };
    this.#parent = grown(this.#parent, NONE);
    this.#last = grown(this.#last, 0);
    this.#count = grown(this.#count, 0);
    this.#total = grown(this.#total, 0);
    this.#types = grown(this.#types, 0);
    this.#child = grown(this.#child, NONE);
    this.#sibling = grown(this.#sibling, NONE);
    this.#table = new Int32Array(2 * this.#table.length).fill(NONE);
    for (let context = 1; context < this.#size; context++)
      this.#table[this.#place(this.#parent[context] ?? EMPTY, this.#last[context] ?? 0)] = context;
  }
}
