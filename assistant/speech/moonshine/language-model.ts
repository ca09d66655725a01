import { NGramCounts } from './n-gram-counts.ts';
import { EMPTY, NGrams, type Context, type Counted } from './n-grams.ts';
import { Names, type NamePlace, type NamesSaid } from './names.ts';
import { NUMBER, isNumberWord, numberWords } from './number-words.ts';

/** Words in a row that the model knows together. */
const ORDER = 4;
const SENTENCE_END = '</s>';
/** Words of English beside those of the domain: what is left for the unknown is shared by as many. */
const OTHER_WORDS = 50_000;
/** Sentences that have the opening where one is expected. */
const OPENED = 0.2;
/** Beginnings of words whose likeliest is kept, of all contexts together. */
const MOST_AHEAD = 50_000;
/** So many times as often in one word as in two: some write "to morrow". */
const ONE_WORD = 10;
/** Pairs of words of which is kept whether they are one. */
const MOST_PAIRS = 20_000;
/** So much of a time is taken away from each that was seen, for what was not: near what is likeliest on tuning sentences. */
const DISCOUNT = 0.8;
/** After "twenty", that another number word follows. */
const NUMBER_GOES_ON = 0.4;

/** A sentence to learn from: words, numbers as they are, and names of lists in braces (`{contact}`). */
export type Sentence = readonly string[];

/** Inside of a name of a list. */
interface Naming {
  readonly list: Names;
  readonly place: NamePlace;
}

/** One way to have read the words so far. */
interface Place {
  readonly context: Context;
  /** Inside of a name; `context` comes after it. */
  readonly name?: Naming;
  /** Its share, as a logarithm, among the ways. */
  readonly share: number;
}

/** Where in a sentence the reader stands. */
export interface LanguageState {
  readonly places: readonly Place[];
  readonly inNumber: boolean;
}

/** What a language model knows: which words follow each other in sentences, and how often. */
export function countSentences(sentences: Iterable<Sentence>): Counted {
  const counts = new NGramCounts(ORDER);
  for (const sentence of sentences) {
    const words = [BEGIN, ...numbersJoined(sentence.map(symbol)), SENTENCE_END];
    // That a sentence begins is no word that could be said.
    counts.learn(words, (at) => words[at] !== BEGIN);
  }
  return counts.finish();
}

/**
 * How likely words are in the domain: an n-gram model with absolute discounting (Ney, Essen, Kneser 1994; Chen and
 * Goodman 1998), in which lists of names are classes (Brown et al. 1992) that can be exchanged at any
 * time, and numbers are one class.
 */
export class LanguageModel {
  readonly #seen: NGrams;
  /** By context and beginning of a word that were asked for: the likeliest that goes on so. */
  readonly #ahead = new Map<Context, Map<string, number>>();
  #aheadSize = 0;
  readonly #lists = new Map<string, Names>();
  readonly #oneWord = new Map<string, boolean>();
  readonly #unknown: number;
  readonly #begin: Context;

  /** @param counted what `countSentences` found */
  constructor(counted: Counted) {
    this.#seen = new NGrams(counted);
    this.#unknown = Math.log(this.#left(EMPTY) / OTHER_WORDS);
    this.#begin = this.#seen.after(EMPTY, this.#seen.numberOf(BEGIN)) ?? EMPTY;
  }

  /** Other names from now on; states from before lose their place inside of names. */
  setNames(lists: ReadonlyMap<string, NamesSaid>): void {
    this.#lists.clear();
    for (const [list, names] of lists) this.#lists.set(listed(list), new Names(inSymbols(names)));
    this.#forgetAhead();
    this.#oneWord.clear();
  }

  /** Where a sentence begins. @param opening words that may come before it */
  begin(opening?: string): LanguageState {
    const context = this.#begin;
    if (opening === undefined) return { places: [{ context, share: 0 }], inNumber: false };
    const list = new Names(new Map([[opening, 1]]));
    const name = { list, place: list.begin };
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
      score: number ? score - Math.log(numberWords.length) : score,
    };
  }

  /** Whether two words are one in the domain: "wind shield", where people say "windshield". */
  isOneWord(first: string, second: string): boolean {
    const pair = `${first} ${second}`;
    let isOne = this.#oneWord.get(pair);
    if (isOne === undefined) {
      isOne = this.#timesSaid([first + second]) > ONE_WORD * this.#timesSaid([first, second]);
      if (this.#oneWord.size === MOST_PAIRS) this.#oneWord.clear();
      this.#oneWord.set(pair, isOne);
    }
    return isOne;
  }

  /** The logarithm of how likely the sentence ends here. */
  end(state: LanguageState): number {
    const ends = state.places.flatMap(({ context, name, share }) => {
      const complete = name ? completeness(name) : 0;
      return [share + complete + this.#logProbability(context, SENTENCE_END)];
    });
    // In the middle of a name a sentence seldom ends, but it can.
    return Math.max(logSum(ends), this.#unknown);
  }

  /** The logarithm of how likely the likeliest word is that begins so; as a digit, of a number. */
  ahead(state: LanguageState, beginning: string): number {
    if (state.inNumber && (isDigit(beginning) || beginnings.has(beginning)))
      return Math.log(NUMBER_GOES_ON / 10);
    const key = isDigit(beginning) ? NUMBER : beginning;
    let best = this.#unknown;
    for (const { context, name, share } of state.places) {
      if (name) best = Math.max(best, share + namesAhead(name.list, name.place, key));
      const over = name ? completeness(name) : 0;
      if (over > -Infinity) best = Math.max(best, share + over + this.#contextAhead(context, key));
    }
    return best;
  }

  /** Words in a row, in sentences and at the beginnings of names. */
  #timesSaid(words: readonly string[]): number {
    const symbols = words.map(symbol);
    let seen: Context | undefined = EMPTY;
    for (const each of symbols)
      seen = seen === undefined ? undefined : this.#seen.after(seen, this.#seen.numberOf(each));
    let times = seen === undefined ? 0 : this.#seen.count(seen);
    for (const list of this.#lists.values()) {
      let place: NamePlace | undefined = list.begin;
      for (const each of symbols) place = place && list.next(place, each);
      if (place) times += list.through(place);
    }
    return times;
  }

  /** Adds the places that `said` leads to from one place. */
  #go({ context, name }: Place, said: string, share: number, into: Place[]): void {
    if (name) {
      const { list, place } = name;
      const next = list.next(place, said);
      if (next)
        into.push({
          context,
          name: { list, place: next },
          share: share + Math.log(list.through(next) / list.through(place)),
        });
      const over = completeness(name);
      if (over > -Infinity) this.#go({ context, share: 0 }, said, share + over, into);
      return;
    }
    into.push({
      context: this.#after(context, this.#seen.numberOf(said)),
      share: share + this.#logProbability(context, said),
    });
    for (const [symbolOfList, list] of this.#lists) {
      const place = list.next(list.begin, said);
      if (!place) continue;
      const enter = this.#logProbability(context, symbolOfList);
      into.push({
        context: this.#after(context, this.#seen.numberOf(symbolOfList)),
        name: { list, place },
        share: share + enter + Math.log(list.through(place) / list.through(list.begin)),
      });
    }
  }

  #logProbability(context: Context, word: string): number {
    const direct = this.#probability(context, this.#seen.numberOf(word));
    return direct > 0 ? Math.log(direct) : this.#unknown;
  }

  /** The probabilities of the words that followed, each a little less than seen, and of the shorter stretch what is left. */
  #probability(context: Context, word: number | undefined): number {
    const next = this.#seen.after(context, word);
    if (next !== undefined) return this.#probabilityOf(context, next);
    const shorter = this.#seen.shorter(context);
    return shorter === undefined ? 0 : this.#left(context) * this.#probability(shorter, word);
  }

  /** Of one that was seen. @param next the context with it */
  #probabilityOf(context: Context, next: Context): number {
    const shorter = this.#seen.shorter(next);
    const before = this.#seen.shorter(context);
    const less = shorter === undefined || before === undefined ? 0 : this.#probabilityOf(before, shorter);
    const seen = (this.#seen.count(next) - DISCOUNT) / this.#seen.total(context);
    return seen + this.#left(context) * less;
  }

  /** What is left for words that the shorter stretch tells of. */
  #left(context: Context): number {
    return (DISCOUNT * this.#seen.types(context)) / this.#seen.total(context);
  }

  #contextAhead(context: Context, key: string): number {
    const known = this.#ahead.get(context)?.get(key);
    if (known !== undefined) return known;
    const shorter = this.#seen.shorter(context);
    const less =
      shorter === undefined ? -Infinity : Math.log(this.#left(context)) + this.#contextAhead(shorter, key);
    const likeliest = Math.max(this.#directlyAhead(context, key), less);
    if (this.#aheadSize === MOST_AHEAD) this.#forgetAhead();
    const table = this.#ahead.get(context) ?? new Map<string, number>();
    this.#ahead.set(context, table.set(key, likeliest));
    this.#aheadSize++;
    return likeliest;
  }

  /** Of the words that followed the context. */
  #directlyAhead(context: Context, key: string): number {
    let best = 0;
    if (key !== NUMBER) {
      const { from, to } = this.#seen.following(context, this.#seen.startingWith(key));
      for (let next = from; next < to; next++) best = Math.max(best, this.#probabilityOf(context, next));
    }
    let likeliest = Math.log(best);
    const lists = this.#seen.following(context, this.#seen.startingWith(LIST));
    for (let next = lists.from; next < lists.to; next++) {
      const list = this.#lists.get(this.#seen.wordOf(this.#seen.lastOf(next)));
      if (!list) continue;
      const entered = Math.log(this.#probabilityOf(context, next));
      likeliest = Math.max(likeliest, entered + namesAhead(list, list.begin, key));
    }
    const number = beginsNumber(key) ? this.#seen.after(context, this.#seen.numberOf(NUMBER)) : undefined;
    if (number === undefined) return likeliest;
    return Math.max(likeliest, Math.log(this.#probabilityOf(context, number)) - Math.log(numberWords.length));
  }

  #forgetAhead(): void {
    this.#ahead.clear();
    this.#aheadSize = 0;
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
/** With which the symbols of lists begin, and no word does. */
const LIST = '{';
const listed = (list: string): string => `${LIST}${list}}`;
const isDigit = (text: string): boolean => /^\d/.test(text);
const beginnings = new Set(
  numberWords.flatMap((word) => Array.from({ length: word.length }, (_, at) => word.slice(0, at + 1))),
);
const beginsNumber = (key: string): boolean => key === NUMBER || beginnings.has(key);
const symbol = (word: string): string => (isNumberWord(word) ? NUMBER : word);

/** As they are looked for. */
function inSymbols(names: NamesSaid): NamesSaid {
  const all = new Map<string, number>();
  for (const [name, times] of names) {
    const symbols = numbersJoined(name.split(' ').map(symbol)).join(' ');
    all.set(symbols, (all.get(symbols) ?? 0) + times);
  }
  return all;
}

/** "twenty five" is one number. */
function numbersJoined(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => word !== NUMBER || words[at - 1] !== NUMBER);
}

/** The logarithm of how many of the names that came so far end here. */
const completeness = ({ list, place }: Naming): number => Math.log(list.ends(place) / list.through(place));

/** The logarithm of how likely the likeliest next word of a name is that begins so; as a digit, of a number. */
function namesAhead(list: Names, place: NamePlace, key: string): number {
  const word = key === NUMBER ? -Infinity : list.ahead(place, key);
  const number = beginsNumber(key) ? list.next(place, NUMBER) : undefined;
  if (!number) return word;
  return Math.max(word, Math.log(list.through(number) / list.through(place) / numberWords.length));
}

function logSum(all: readonly number[]): number {
  const most = all.reduce((max, one) => Math.max(max, one), -Infinity);
  return most === -Infinity ? most : most + Math.log(all.reduce((sum, one) => sum + Math.exp(one - most), 0));
}
