import { lowerBound, startingWith, type Stretch } from './sorted-words.ts';

/** Some words of a name: those who have them, and the letter at which their next word begins. */
export interface NamePlace extends Stretch {
  readonly at: number;
}

/** After all that goes on with another word. */
const AFTER_SPACE = '!';
/** Likeliest beginnings that are kept, of all places together. */
const MOST_KEPT = 20_000;

/** The names of a list, of one or more words each, sorted: those that begin with the same words stand together. */
export class Names {
  readonly #sorted: readonly string[];
  readonly #kept = new Map<string, number>();

  /** @param names words with single spaces between them; one that is there twice is twice as likely */
  constructor(names: Iterable<string>) {
    this.#sorted = [...names].sort();
  }

  /** Before the first word. */
  get begin(): NamePlace {
    return { from: 0, to: this.#sorted.length, at: 0 };
  }

  /** Names that pass here. */
  through({ from, to }: NamePlace): number {
    return to - from;
  }

  /** Names that end here. */
  ends({ from, to, at }: NamePlace): number {
    let ended = from;
    while (ended < to && (this.#sorted[ended] ?? '').length < at) ended++;
    return ended - from;
  }

  /** With one more word; undefined where no name goes on so. */
  next(place: NamePlace, word: string): NamePlace | undefined {
    const text = this.#before(place) + word;
    const from = lowerBound(this.#sorted, text, place.from, place.to);
    const to = lowerBound(this.#sorted, text + AFTER_SPACE, from, place.to);
    return from < to ? { from, to, at: text.length + 1 } : undefined;
  }

  /** The logarithm of how likely the likeliest next word is that begins so. */
  ahead(place: NamePlace, beginning: string): number {
    const key = `${place.from} ${place.at} ${beginning}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const before = this.#before(place);
    const those = startingWith(this.#sorted, before + beginning, place.from, place.to);
    let most = 0;
    for (let { from } = those; from < those.to;) {
      const [word = ''] = (this.#sorted[from] ?? '').slice(place.at).split(' ', 1);
      const next = lowerBound(this.#sorted, before + word + AFTER_SPACE, from, those.to);
      most = Math.max(most, next - from);
      from = next;
    }
    const likeliest = most === 0 ? -Infinity : Math.log(most / this.through(place));
    if (this.#kept.size === MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, likeliest);
    return likeliest;
  }

  /** The words so far, with the space after them: as the last name has them that goes on. */
  #before({ to, at }: NamePlace): string {
    const last = this.#sorted[to - 1] ?? '';
    return last.length < at ? `${last} ` : last.slice(0, at);
  }
}
