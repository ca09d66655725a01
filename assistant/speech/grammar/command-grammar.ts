import type { Pattern } from '../../understanding/pattern.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import { AcceptorBuilder, type Acceptor } from './acceptor.ts';
import { speakable } from './speakable.ts';
import { spokenNumber } from './spoken-number.ts';
import { Tally } from './tally.ts';

/** Names that are known only at run time (contacts, places, playlists), by the lexicon that they belong to. */
export type ExtraVocabulary = Readonly<Record<string, readonly string[]>>;

/**
 * All that can be asked of the car in one wish, as a graph of words. Lists are graphs of their own, which arcs of the
 * main graph name in braces (`{contact}`): written out at each place where they can stand, they would make it thirty
 * times as large.
 */
export interface CommandGrammar {
  /** "Turn on the radio" and the like. */
  readonly wishes: WeightedAcceptor;
  /** Answers to the car's questions: short words that sound like anything, and that nobody introduces or chains. */
  readonly answers: WeightedAcceptor;
  readonly lists: ReadonlyMap<string, Acceptor>;
}

/** An acceptor, and how often each way through it is taken. */
export interface WeightedAcceptor {
  readonly acceptor: Acceptor;
  readonly tally: Tally;
}

/** Noise and small talk: to train the understanding on, not to hear. As words, they would be heard in every noise. */
const NOTHING_ASKED = 'none.';
/** The domain of the answers to the car's questions. */
const ANSWER = 'dialogue.';
/** More numbers than these are heard in their commonest form only. */
const MANY_NUMBERS = 120;

export function commandGrammar(book: PhraseBook, extra: ExtraVocabulary = {}): CommandGrammar {
  const asked = [...book.intents].filter(([intent]) => !intent.startsWith(NOTHING_ASKED));
  const listsUsed = new Set<string>();
  const weighted = (intents: typeof asked): WeightedAcceptor => {
    const builder = new AcceptorBuilder();
    const graph = patternGraph(book, builder, listsUsed);
    const all = intents.flatMap(([, patterns]) => patterns);
    const acceptor = builder.finish(builder.union(all.map((pattern) => graph(pattern, builder.end))));
    const tally = new Tally(acceptor);
    const walk = patternWalk(book, tally);
    for (const [, patterns] of intents) {
      for (const [pattern, share] of ranked(patterns))
        tally.end(walk(pattern, new Map([[acceptor.start, share]])));
    }
    return { acceptor, tally };
  };
  return {
    wishes: weighted(asked.filter(([intent]) => !intent.startsWith(ANSWER))),
    answers: weighted(asked.filter(([intent]) => intent.startsWith(ANSWER))),
    lists: listGraphs(book, listsUsed, extra),
  };
}

function listGraphs(
  book: PhraseBook,
  used: ReadonlySet<string>,
  extra: ExtraVocabulary,
): ReadonlyMap<string, Acceptor> {
  const lists = new Map<string, Acceptor>();
  for (const list of used) {
    const entry = book.lexicons.get(list);
    const builder = new AcceptorBuilder();
    const graph = patternGraph(book, builder, new Set());
    const names = [...(entry?.values.values() ?? [])].flat().concat(entry?.items ?? [], extra[list] ?? []);
    const speakableNames = new Set(names.map(speakable).filter((words) => words !== ''));
    const patterns = (entry?.patterns ?? []).map((pattern) => graph(pattern, builder.end));
    // A name is one arc: the search's cost grows with the number of states, and nobody pauses in a name.
    const nameArcs = [...speakableNames].map((words) => builder.word(words, builder.end));
    lists.set(list, builder.finish(builder.union([...patterns, ...nameArcs])));
  }
  return lists;
}

/** The patterns of an intent with their shares of it: the first are the commonest. */
function ranked(patterns: readonly Pattern[]): readonly (readonly [Pattern, number])[] {
  const weights = patterns.map((_, rank) => (rank + 1) ** -0.5);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return patterns.map((pattern, rank) => [pattern, (weights[rank] ?? 0) / sum]);
}

type Standing = ReadonlyMap<number, number>;

function scaled(standing: Standing, factor: number): Standing {
  return new Map([...standing].map(([state, many]) => [state, many * factor]));
}

function merged(all: readonly Standing[]): Standing {
  const sum = new Map<number, number>();
  for (const standing of all)
    for (const [state, many] of standing) sum.set(state, (sum.get(state) ?? 0) + many);
  return sum;
}

function said(tally: Tally, words: string, from: Standing): Standing {
  return words === '' ? from : words.split(' ').reduce((standing, word) => tally.pass(standing, word), from);
}

/** Walks a pattern's sentences through the tally; at a choice, they part into equally many. */
function patternWalk(book: PhraseBook, tally: Tally) {
  const walk = (pattern: Pattern, from: Standing): Standing => {
    switch (pattern.kind) {
      case 'word':
        return said(tally, speakable(pattern.text), from);
      case 'sequence':
        return pattern.items.reduce((standing, item) => walk(item, standing), from);
      case 'choice': {
        const part = scaled(from, 1 / pattern.options.length);
        return merged(pattern.options.map((option) => walk(option, part)));
      }
      case 'rule':
        return walk(ruleOf(book, pattern.name), from);
      case 'range': {
        const numbers = numbersOf(pattern);
        const part = scaled(from, 1 / numbers.length);
        return merged(numbers.map((words) => tally.pass(part, words)));
      }
      case 'slot':
        return pattern.inline ? walk(pattern.inline, from) : tally.pass(from, `{${pattern.list}}`);
    }
  };
  return walk;
}

function ruleOf(book: PhraseBook, name: string): Pattern {
  const rule = book.rules.get(name);
  if (!rule) throw new RangeError(`the phrase book has no rule <${name}>`);
  return rule;
}

/** All ways to say the numbers where there are few; of house numbers and frequencies only the commonest. */
function numbersOf({ from, to, step }: Extract<Pattern, { kind: 'range' }>): readonly string[] {
  const numbers = Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => from + index * step,
  );
  return numbers.length > MANY_NUMBERS
    ? numbers.flatMap((value) => spokenNumber(value).slice(0, 1))
    : numbers.flatMap(spokenNumber);
}

function phrase(builder: AcceptorBuilder, words: string, next: number): number {
  return words === '' ? next : words.split(' ').reduceRight((state, word) => builder.word(word, state), next);
}

/**
 * Makes the graphs of patterns.
 * @param listsUsed gets the lists that stand in them
 */
function patternGraph(book: PhraseBook, builder: AcceptorBuilder, listsUsed: Set<string>) {
  const memo = new Map<Pattern, Map<number, number>>();

  /** The graph of `pattern` before the state `next`; made once for each pair. */
  const before = (pattern: Pattern, next: number): number => {
    const made = memo.get(pattern) ?? new Map<number, number>();
    memo.set(pattern, made);
    const state = made.get(next) ?? make(pattern, next);
    made.set(next, state);
    return state;
  };

  const make = (pattern: Pattern, next: number): number => {
    switch (pattern.kind) {
      case 'word':
        return phrase(builder, speakable(pattern.text), next);
      case 'sequence':
        return pattern.items.reduceRight((state, item) => before(item, state), next);
      case 'choice':
        return builder.union(pattern.options.map((option) => before(option, next)));
      case 'rule':
        return before(ruleOf(book, pattern.name), next);
      case 'range':
        return builder.union(numbersOf(pattern).map((words) => builder.word(words, next)));
      case 'slot':
        if (pattern.inline) return before(pattern.inline, next);
        listsUsed.add(pattern.list);
        return builder.word(`{${pattern.list}}`, next);
    }
  };

  return before;
}
