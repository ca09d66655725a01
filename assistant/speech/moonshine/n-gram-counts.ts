import { EMPTY, type Context, type Counted } from './n-grams.ts';

/** How many stretches there is room for at first. */
const ROOM = 1 << 16;
/** Multipliers that scatter the places of (stretch, word) over the table (Knuth, TAOCP 3, 6.4). */
const SCATTER = { stretch: 0x9e37_79b1, word: 0x85eb_ca6b };

/** Counts how often words follow each other, in all stretches up to a length. */
export class NGramCounts {
  readonly #order: number;
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  /** With the empty stretch, which is the first. */
  #size = 1;
  /** By stretch: the one without its last word, that word, how often it was seen. */
  #parent = new Int32Array(ROOM);
  #last = new Int32Array(ROOM);
  #count = new Int32Array(ROOM);
  /** By scattered place: the stretch that stands there; EMPTY where none does. */
  #table = new Int32Array(2 * ROOM);

  /** @param order words of the longest stretch */
  constructor(order: number) {
    this.#order = order;
  }

  /** @param words of a sentence @param isCounted false for the first word where it is none that could be said */
  learn(words: readonly string[], isCounted: (at: number) => boolean): void {
    for (let at = 0; at < words.length; at++) {
      let stretch = EMPTY;
      for (let to = at; to < Math.min(words.length, at + this.#order); to++) {
        stretch = this.#made(stretch, this.#number(words[to] ?? ''));
        if (to !== at || isCounted(at)) this.#count[stretch] = (this.#count[stretch] ?? 0) + 1;
      }
    }
  }

  /** What was counted, in the order in which it is looked up: nothing can be learnt any more. */
  finish(): Counted {
    const words = [...this.#words].sort();
    const ranks = new Map(words.map((word, rank) => [word, rank]));
    const rankOf = Int32Array.from(this.#words, (word) => ranks.get(word) ?? 0);
    const [parent, last] = [this.#parent, this.#last.subarray(0, this.#size)];
    const byWord = sortedBy(last, (stretch) => rankOf[last[stretch] ?? 0] ?? 0, words.length);
    const isLonger = byWord.filter((stretch) => stretch !== EMPTY);
    const byParent = sortedBy(isLonger, (at) => parent[isLonger[at] ?? 0] ?? EMPTY, this.#size);
    const children = startsOf(isLonger, (at) => parent[isLonger[at] ?? 0] ?? EMPTY, this.#size);
    // Level by level, so that what goes on from a stretch stands together.
    const order = new Int32Array(this.#size);
    const first = new Int32Array(this.#size + 1);
    let end = 1;
    for (let context = 0; context < this.#size; context++) {
      first[context] = end;
      const stretch = order[context] ?? EMPTY;
      for (let at = children[stretch] ?? 0; at < (children[stretch + 1] ?? 0); at++)
        order[end++] = isLonger[byParent[at] ?? 0] ?? EMPTY;
    }
    first[this.#size] = end;
    return {
      words,
      last: order.map((stretch) => rankOf[last[stretch] ?? 0] ?? 0),
      count: order.map((stretch) => this.#count[stretch] ?? 0),
      first,
    };
  }

  #number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  /** Where in the table (stretch, word) stands, or would. */
  #place(stretch: Context, word: number): number {
    const mask = this.#table.length - 1;
    let place = (Math.imul(stretch, SCATTER.stretch) ^ Math.imul(word, SCATTER.word)) >>> 7;
    for (;;) {
      place &= mask;
      const found = this.#table[place] ?? EMPTY;
      if (found === EMPTY || (this.#parent[found] === stretch && this.#last[found] === word)) return place;
      place++;
    }
  }

  #made(stretch: Context, word: number): Context {
    const known = this.#table[this.#place(stretch, word)] ?? EMPTY;
    if (known !== EMPTY) return known;
    if (this.#size === this.#parent.length) this.#grow();
    const made = this.#size++;
    this.#parent[made] = stretch;
    this.#last[made] = word;
    this.#table[this.#place(stretch, word)] = made;
    return made;
  }

  /** Twice the room. */
  #grow(): void {
    const grown = (numbers: Int32Array) => {
      const all = new Int32Array(2 * numbers.length);
      all.set(numbers);
      return all;
    };
    this.#parent = grown(this.#parent);
    this.#last = grown(this.#last);
    this.#count = grown(this.#count);
    this.#table = new Int32Array(2 * this.#table.length);
    for (let stretch = 1; stretch < this.#size; stretch++)
      this.#table[this.#place(this.#parent[stretch] ?? EMPTY, this.#last[stretch] ?? 0)] = stretch;
  }
}

/** Where the items of each key begin, in an order by keys; one more for the end. @param keys so many */
function startsOf(items: Int32Array, keyOf: (at: number) => number, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (let at = 0; at < items.length; at++) {
    const key = keyOf(at) + 1;
    starts[key] = (starts[key] ?? 0) + 1;
  }
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  return starts;
}

/** The places of the items in the order of their keys, those of one key as they stood. @param keys so many */
function sortedBy(items: Int32Array, keyOf: (at: number) => number, keys: number): Int32Array {
  const next = startsOf(items, keyOf, keys);
  const sorted = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const key = keyOf(at);
    const place = next[key] ?? 0;
    next[key] = place + 1;
    sorted[place] = at;
  }
  return sorted;
}
