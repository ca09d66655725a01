import { lowerBound, startingWith, type Stretch } from './sorted-words.ts';

/** Some words of a name: those who have them, and the letter at which their next word begins. */
export interface NamePlace extends Stretch {
  readonly at: number;
}

/** Names, and how often each is said. */
export type NamesSaid = ReadonlyMap<string, number>;

/** After all that goes on with another word. */
const AFTER_SPACE = '!';
/** Likeliest beginnings that are kept, of all places together. */
const MOST_KEPT = 20_000;

/** The names of a list, of one or more words each, sorted: those that begin with the same words stand together. */
export class Names {
  readonly #sorted: readonly string[];
  /** By name, and one more: how often those before it are said. */
  readonly #before: Float64Array;
  readonly #kept = new Map<string, number>();

  /** @param names words with single spaces between them */
  constructor(names: NamesSaid) {
    this.#sorted = [...names.keys()].sort();
    this.#before = new Float64Array(this.#sorted.length + 1);
    for (const [at, name] of this.#sorted.entries())
      this.#before[at + 1] = (this.#before[at] ?? 0) + (names.get(name) ?? 0);
  }

  /** Before the first word. */
  get begin(): NamePlace {
    return { from: 0, to: this.#sorted.length, at: 0 };
  }

  /** How often names are said that pass here. */
  through({ from, to }: Stretch): number {
    return (this.#before[to] ?? 0) - (this.#before[from] ?? 0);
  }

  /** How often the name is said that ends here. */
  ends({ from, at }: NamePlace): number {
    return (this.#sorted[from] ?? '').length < at ? this.through({ from, to: from + 1 }) : 0;
  }

  /** With one more word; undefined where no name goes on so. */
  next(place: NamePlace, word: string): NamePlace | undefined {
    const text = this.#wordsTo(place) + word;
    const from = lowerBound(this.#sorted, text, place.from, place.to);
    const to = lowerBound(this.#sorted, text + AFTER_SPACE, from, place.to);
    return from < to ? { from, to, at: text.length + 1 } : undefined;
  }

  /** The logarithm of how likely the likeliest next word is that begins so. */
  ahead(place: NamePlace, beginning: string): number {
    const key = `${place.from} ${place.at} ${beginning}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const before = this.#wordsTo(place);
    const those = startingWith(this.#sorted, before + beginning, place.from, place.to);
    let most = 0;
    for (let { from } = those; from < those.to;) {
      const [word = ''] = (this.#sorted[from] ?? '').slice(place.at).split(' ', 1);
      const next = lowerBound(this.#sorted, before + word + AFTER_SPACE, from, those.to);
      most = Math.max(most, this.through({ from, to: next }));
      from = next;
    }
    const likeliest = most === 0 ? -Infinity : Math.log(most / this.through(place));
    if (this.#kept.size === MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, likeliest);
    return likeliest;
  }

  /** The words so far, with the space after them: as the last name has them that goes on. */
  #wordsTo({ to, at }: NamePlace): string {
    const last = this.#sorted[to - 1] ?? '';
    return last.length < at ? `${last} ` : last.slice(0, at);
  }
}
