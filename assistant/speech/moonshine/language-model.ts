import { EMPTY, NGrams, type Context } from './n-grams.ts';
import { NUMBER, isNumberWord, numberWords } from './number-words.ts';

/** Words in a row that the model knows together. */
const ORDER = 4;
const SENTENCE_END = '</s>';
/** Words of English beside those of the domain: what is left for the unknown is shared by as many. */
const OTHER_WORDS = 50_000;
/** A number is one of so many. */
const NUMBERS = 60;
/** Sentences that have the opening where one is expected. */
const OPENED = 0.2;
/** Beginnings of words that are kept, of all contexts together: some 30 MB. */
const MOST_AHEAD = 400_000;
/** After "twenty", that another number word follows. */
const NUMBER_GOES_ON = 0.4;

/** A sentence to learn from: words, numbers as they are, and names of lists in braces (`{contact}`). */
export type Sentence = readonly string[];

/** The names of a list as a tree of words. */
interface NameTree {
  readonly next: Map<string, NameTree>;
  /** Names that pass here, and that end here. */
  through: number;
  ends: number;
  ahead: Map<string, number> | undefined;
}

/** One way to have read the words so far. */
interface Place {
  readonly context: Context;
  /** Inside of a name; `context` comes after it. */
  readonly name?: NameTree;
  /** Its share, as a logarithm, among the ways. */
  readonly share: number;
}

/** Where in a sentence the reader stands. */
export interface LanguageState {
  readonly places: readonly Place[];
  readonly inNumber: boolean;
}

const newTree = (): NameTree => ({ next: new Map(), through: 0, ends: 0, ahead: undefined });

/**
 * How likely words are in the domain: an n-gram model with interpolated Witten-Bell smoothing (Bell, Cleary, Witten
 * 1990; Chen and Goodman 1998), in which lists of names are classes (Brown et al. 1992) that can be exchanged at any
 * time, and numbers are one class.
 */
export class LanguageModel {
  readonly #seen = new NGrams(ORDER);
  /** By context, then by beginning of a word: the likeliest that goes on so. */
  readonly #ahead = new Map<Context, Map<string, number>>();
  #aheadSize = 0;
  readonly #lists = new Map<string, NameTree>();
  readonly #unknown: number;
  readonly #begin: Context;

  constructor(sentences: Iterable<Sentence>) {
    for (const sentence of sentences) this.#learn(sentence);
    this.#seen.finish();
    const [total, types] = [this.#seen.total(EMPTY), this.#seen.types(EMPTY)];
    this.#unknown = Math.log(types / (total + types) / OTHER_WORDS);
    this.#begin = this.#seen.after(EMPTY, this.#seen.numberOf(BEGIN)) ?? EMPTY;
  }

  /** Other names from now on; states from before lose their place inside of names. */
  setNames(lists: ReadonlyMap<string, Iterable<string>>): void {
    this.#lists.clear();
    for (const [list, names] of lists) {
      const root = newTree();
      for (const name of names) addName(root, name.split(' ').map(symbol));
      this.#lists.set(`{${list}}`, root);
    }
    this.#forgetAhead();
  }

  /** Where a sentence begins. @param opening words that may come before it */
  begin(opening?: string): LanguageState {
    const context = this.#begin;
    if (opening === undefined) return { places: [{ context, share: 0 }], inNumber: false };
    const name = newTree();
    addName(name, opening.split(' '));
    const places = [
      { context, share: Math.log(1 - OPENED) },
      { context, name, share: Math.log(OPENED) },
    ];
    return { places, inNumber: false };
  }

  /** @returns the state after the word, and the logarithm of how likely the word was */
  next(state: LanguageState, word: string): { readonly state: LanguageState; readonly score: number } {
    const number = isNumberWord(word);
    if (number && state.inNumber) return { state, score: Math.log(NUMBER_GOES_ON / 10) };
    const said = symbol(word);
    const places: Place[] = [];
    for (const place of state.places) this.#go(place, said, place.share, places);
    // A name that nobody knows to go on so.
    if (places.length === 0)
      places.push({
        context: this.#seen.after(EMPTY, this.#seen.numberOf(said)) ?? EMPTY,
        share: this.#unknown,
      });
    const score = logSum(places.map(({ share }) => share));
    const merged = places
      .map((place) => ({ ...place, share: place.share - score }))
      .filter(({ share }) => share > -8);
    return {
      state: { places: merged, inNumber: number },
      score: number ? score - Math.log(NUMBERS) : score,
    };
  }

  /** The logarithm of how likely the sentence ends here. */
  end(state: LanguageState): number {
    const ends = state.places.flatMap(({ context, name, share }) => {
      const complete = name ? Math.log(name.ends / name.through) : 0;
      return [share + complete + this.#logProbability(context, SENTENCE_END)];
    });
    // In the middle of a name a sentence seldom ends, but it can.
    return Math.max(logSum(ends), this.#unknown);
  }

  /** The logarithm of how likely the likeliest word is that begins so; as a digit, of a number. */
  ahead(state: LanguageState, beginning: string): number {
    if (state.inNumber && (isDigit(beginning) || numberWords.some((word) => word.startsWith(beginning))))
      return Math.log(NUMBER_GOES_ON / 10);
    const key = isDigit(beginning) ? NUMBER : beginning;
    let best = this.#unknown;
    for (const { context, name, share } of state.places) {
      if (name) {
        best = Math.max(best, share + (this.#treeAhead(name).get(key) ?? -Infinity));
        if (name.ends > 0)
          best = Math.max(
            best,
            share + Math.log(name.ends / name.through) + this.#contextAhead(context, key),
          );
      } else best = Math.max(best, share + this.#contextAhead(context, key));
    }
    return best;
  }

  /** Adds the places that `said` leads to from one place. */
  #go({ context, name }: Place, said: string, share: number, into: Place[]): void {
    if (name) {
      const child = name.next.get(said);
      if (child) into.push({ context, name: child, share: share + Math.log(child.through / name.through) });
      if (name.ends > 0)
        this.#go({ context, share: 0 }, said, share + Math.log(name.ends / name.through), into);
      return;
    }
    into.push({
      context: this.#after(context, this.#seen.numberOf(said)),
      share: share + this.#logProbability(context, said),
    });
    for (const [list, tree] of this.#lists) {
      const child = tree.next.get(said);
      if (!child) continue;
      const enter = this.#logProbability(context, list) + Math.log(child.through / tree.through);
      into.push({
        context: this.#after(context, this.#seen.numberOf(list)),
        name: child,
        share: share + enter,
      });
    }
  }

  #logProbability(context: Context, word: string): number {
    return this.#logarithm(context, this.#seen.numberOf(word));
  }

  #logarithm(context: Context, word: number | undefined): number {
    const direct = this.#probability(context, word);
    return direct > 0 ? Math.log(direct) : this.#unknown;
  }

  /** Interpolated with what follows the shorter stretch, by how many different words have followed this one. */
  #probability(context: Context, word: number | undefined): number {
    const types = this.#seen.types(context);
    const next = this.#seen.after(context, word);
    const shorter = this.#seen.shorter(context);
    const less = shorter === undefined ? 0 : this.#probability(shorter, word);
    return (
      ((next === undefined ? 0 : this.#seen.count(next)) + types * less) / (this.#seen.total(context) + types)
    );
  }

  #contextAhead(context: Context, key: string): number {
    const table = this.#ahead.get(context) ?? this.#tableAhead(context);
    const direct = table.get(key) ?? -Infinity;
    const shorter = this.#seen.shorter(context);
    if (shorter === undefined) return direct;
    const types = this.#seen.types(context);
    return Math.max(
      direct,
      Math.log(types / (this.#seen.total(context) + types)) + this.#contextAhead(shorter, key),
    );
  }

  #tableAhead(context: Context): Map<string, number> {
    const table = new Map<string, number>();
    for (const number of this.#seen.following(context)) {
      const score = this.#logarithm(context, number);
      const word = this.#seen.wordOf(number);
      const list = this.#lists.get(word);
      if (list) {
        for (const [beginning, inside] of this.#treeAhead(list)) raise(table, beginning, score + inside);
      } else raiseAll(table, word, score);
    }
    if (this.#aheadSize > MOST_AHEAD) this.#forgetAhead(this.#ahead.get(EMPTY));
    this.#ahead.set(context, table);
    this.#aheadSize += table.size;
    return table;
  }

  /** @param whole of all words: needed at every step, and the one that takes longest */
  #forgetAhead(whole?: Map<string, number>): void {
    this.#ahead.clear();
    this.#aheadSize = whole?.size ?? 0;
    if (whole) this.#ahead.set(EMPTY, whole);
  }

  #treeAhead(tree: NameTree): Map<string, number> {
    if (tree.ahead) return tree.ahead;
    tree.ahead = new Map<string, number>();
    for (const [word, child] of tree.next) raiseAll(tree.ahead, word, Math.log(child.through / tree.through));
    return tree.ahead;
  }

  #learn(sentence: Sentence): void {
    const words = [BEGIN, ...numbersJoined(sentence.map(symbol)), SENTENCE_END];
    // That a sentence begins is no word that could be said.
    this.#seen.learn(words, (at) => words[at] !== BEGIN);
  }

  /** The longest context that ends in `word` and has been followed by something. */
  #after(context: Context, word: number | undefined): Context {
    const next = this.#seen.after(context, word);
    if (next !== undefined && this.#seen.types(next) > 0) return next;
    const shorter = this.#seen.shorter(context);
    return shorter === undefined ? context : this.#after(shorter, word);
  }
}

const BEGIN = '<s>';
const isDigit = (text: string): boolean => /^\d/.test(text);
const symbol = (word: string): string => (isNumberWord(word) ? NUMBER : word);

/** "twenty five" is one number. */
function numbersJoined(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => word !== NUMBER || words[at - 1] !== NUMBER);
}

function addName(root: NameTree, words: readonly string[]): void {
  let tree = root;
  tree.through++;
  for (const word of numbersJoined(words)) {
    const child: NameTree = tree.next.get(word) ?? newTree();
    tree.next.set(word, child);
    child.through++;
    tree = child;
  }
  tree.ends++;
}

function raise(table: Map<string, number>, beginning: string, score: number): void {
  if (score > (table.get(beginning) ?? -Infinity)) table.set(beginning, score);
}

function raiseAll(table: Map<string, number>, word: string, score: number): void {
  if (word === NUMBER) {
    const each = score - Math.log(NUMBERS);
    raise(table, NUMBER, each);
    for (const spoken of numberWords) raiseAll(table, spoken, each);
    return;
  }
  for (let length = 1; length <= word.length; length++) raise(table, word.slice(0, length), score);
}

function logSum(all: readonly number[]): number {
  const most = all.reduce((max, one) => Math.max(max, one), -Infinity);
  return most === -Infinity ? most : most + Math.log(all.reduce((sum, one) => sum + Math.exp(one - most), 0));
}
