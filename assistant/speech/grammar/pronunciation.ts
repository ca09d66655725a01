import { learnPronunciations } from './letters-to-sounds.ts';

/** Phones of the acoustic model parted by spaces, e.g. `HH AH L OW`. */
export type Pronunciation = string;

/**
 * How words sound: as the dictionary says, and where it does not know a word, as its spelling suggests to somebody
 * who knows the dictionary.
 */
export class Pronouncer {
  /** The text stays a text: as a table, its 126,000 words would take 60 MB. */
  readonly #dictionary: string;
  readonly #known = new Map<string, readonly Pronunciation[]>();

  /** @param dictionary in CMU's form: a line `word PH ON ES` a pronunciation, further ones as `word(2)`, comments after `;;` */
  constructor(dictionary: string) {
    this.#dictionary = dictionary;
  }

  /** At least one pronunciation of each of the words that can be pronounced at all. */
  pronounce(words: Iterable<string>): ReadonlyMap<string, readonly Pronunciation[]> {
    const asked = new Set(words);
    const open = new Set([...asked].filter((word) => !this.#known.has(word)));
    if (open.size > 0) this.#learn(open);
    return new Map([...asked].map((word) => [word, this.#known.get(word) ?? []]));
  }

  #learn(words: ReadonlySet<string>): void {
    const found = new Map<string, Pronunciation[]>();
    for (const [word, phones] of entries(this.#dictionary)) {
      if (!words.has(word)) continue;
      const variants = found.get(word);
      if (variants) variants.push(phones);
      else found.set(word, [phones]);
    }
    for (const [word, variants] of found) this.#known.set(word, variants);
    const strange = [...words].filter((word) => !found.has(word));
    if (strange.length === 0) return;
    for (const [word, phones] of learnPronunciations(entries(this.#dictionary), strange))
      this.#known.set(word, phones === '' ? [] : [phones]);
  }
}

function* entries(dictionary: string): Generator<readonly [word: string, phones: Pronunciation]> {
  for (let at = 0; at < dictionary.length;) {
    const newline = dictionary.indexOf('\n', at);
    const end = newline < 0 ? dictionary.length : newline;
    const space = dictionary.indexOf(' ', at);
    if (space > at && space < end && !dictionary.startsWith(';;', at)) {
      const entry = dictionary.slice(at, space);
      const variant = entry.indexOf('(');
      yield [variant > 0 ? entry.slice(0, variant) : entry, dictionary.slice(space + 1, end).trim()];
    }
    at = end + 1;
  }
}
