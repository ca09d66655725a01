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
/** After "twenty", that another number word follows. */
const NUMBER_GOES_ON = 0.4;

/** A sentence to learn from: words, numbers as they are, and names of lists in braces (`{contact}`). */
export type Sentence = readonly string[];

/** What followed some words, and how often. */
interface Context {
  readonly next: ReadonlyMap<string, Context>;
  /** How often this word came after the words before it. */
  count: number;
  /** How often anything did, and how many different things. */
  total: number;
  /** The same words without the first. */
  shorter: Context | undefined;
  depth: number;
  /** By beginning of a word: the likeliest that goes on so. */
  ahead: Map<string, number> | undefined;
}

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

/** Nothing is counted after the longest contexts; a map of its own in each of them would be most of the model. */
const NOTHING_FOLLOWS: ReadonlyMap<string, Context> = new Map();

const newContext = (shorter: Context | undefined, depth: number): Context => ({
  next: depth < ORDER ? new Map() : NOTHING_FOLLOWS,
  count: 0,
  total: 0,
  shorter,
  depth,
  ahead: undefined,
});
const newTree = (): NameTree => ({ next: new Map(), through: 0, ends: 0, ahead: undefined });

/**
 * How likely words are in the domain: an n-gram model with interpolated Witten-Bell smoothing (Bell, Cleary, Witten
 * 1990; Chen and Goodman 1998), in which lists of names are classes (Brown et al. 1992) that can be exchanged at any
 * time, and numbers are one class.
 */
export class LanguageModel {
  readonly #root = newContext(undefined, 0);
  readonly #lists = new Map<string, NameTree>();
  readonly #unknown: number;
  readonly #begin: Context;

  constructor(sentences: Iterable<Sentence>) {
    for (const sentence of sentences) this.#learn(sentence);
    this.#link();
    const { total, next } = this.#root;
    this.#unknown = Math.log(next.size / (total + next.size) / OTHER_WORDS);
    this.#begin = this.#root.next.get(BEGIN) ?? this.#root;
  }

  /** Other names from now on; states from before lose their place inside of names. */
  setNames(lists: ReadonlyMap<string, Iterable<string>>): void {
    this.#lists.clear();
    for (const [list, names] of lists) {
      const root = newTree();
      for (const name of names) addName(root, name.split(' ').map(symbol));
      this.#lists.set(`{${list}}`, root);
    }
    forgetAhead(this.#root);
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
      places.push({ context: this.#root.next.get(said) ?? this.#root, share: this.#unknown });
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
    into.push({ context: after(context, said), share: share + this.#logProbability(context, said) });
    for (const [list, tree] of this.#lists) {
      const child = tree.next.get(said);
      if (!child) continue;
      const enter = this.#logProbability(context, list) + Math.log(child.through / tree.through);
      into.push({ context: after(context, list), name: child, share: share + enter });
    }
  }

  #logProbability(context: Context, word: string): number {
    const direct = this.#probability(context, word);
    return direct > 0 ? Math.log(direct) : this.#unknown;
  }

  #probability(context: Context, word: string): number {
    const types = context.next.size;
    const count = context.next.get(word)?.count ?? 0;
    const less = context.shorter ? this.#probability(context.shorter, word) : 0;
    return (count + types * less) / (context.total + types);
  }

  #contextAhead(context: Context, key: string): number {
    context.ahead ??= this.#tableAhead(context);
    const direct = context.ahead.get(key) ?? -Infinity;
    if (!context.shorter) return direct;
    const types = context.next.size;
    return Math.max(
      direct,
      Math.log(types / (context.total + types)) + this.#contextAhead(context.shorter, key),
    );
  }

  #tableAhead(context: Context): Map<string, number> {
    const table = new Map<string, number>();
    for (const word of context.next.keys()) {
      const score = this.#logProbability(context, word);
      const list = this.#lists.get(word);
      if (list) {
        for (const [beginning, inside] of this.#treeAhead(list)) raise(table, beginning, score + inside);
      } else raiseAll(table, word, score);
    }
    return table;
  }

  #treeAhead(tree: NameTree): Map<string, number> {
    if (tree.ahead) return tree.ahead;
    tree.ahead = new Map<string, number>();
    for (const [word, child] of tree.next) raiseAll(tree.ahead, word, Math.log(child.through / tree.through));
    return tree.ahead;
  }

  #learn(sentence: Sentence): void {
    const words = [BEGIN, ...numbersJoined(sentence.map(symbol)), SENTENCE_END];
    for (let at = 0; at < words.length; at++) {
      let context = this.#root;
      for (let to = at; to < Math.min(words.length, at + ORDER); to++) {
        const word = words[to] ?? '';
        const first = to === at && word === BEGIN;
        const child = context.next.get(word) ?? newContext(undefined, context.depth + 1);
        (context.next as Map<string, Context>).set(word, child);
        // That a sentence begins is no word that could be said.
        if (!first) {
          child.count++;
          context.total++;
        }
        context = child;
      }
    }
  }

  /** Gives each context its shorter one. */
  #link(): void {
    const link = (context: Context): void => {
      for (const [word, child] of context.next) {
        child.shorter = context === this.#root ? this.#root : (context.shorter?.next.get(word) ?? this.#root);
        link(child);
      }
    };
    link(this.#root);
  }
}

const BEGIN = '<s>';
const isDigit = (text: string): boolean => /^\d/.test(text);
const symbol = (word: string): string => (isNumberWord(word) ? NUMBER : word);

/** "twenty five" is one number. */
function numbersJoined(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => word !== NUMBER || words[at - 1] !== NUMBER);
}

/** The longest context that ends in `word` and has been followed by something. */
function after(context: Context, word: string): Context {
  const next = context.next.get(word);
  if (next && next.next.size > 0) return next;
  return context.shorter ? after(context.shorter, word) : context;
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

function forgetAhead(context: Context): void {
  context.ahead = undefined;
  for (const child of context.next.values()) forgetAhead(child);
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
