import { speakable } from './speakable.ts';
import { spokenNumber } from './spoken-number.ts';
import type { Pattern } from './pattern.ts';
import type { PhraseBook } from './phrase-book.ts';

/** A word as it is said, and where it stands in the text: "40%" is two words at one place. */
export interface SaidWord {
  readonly said: string;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** One way to read words as a pattern. */
export interface Match {
  /** Index after the last word. */
  readonly end: number;
  readonly slots: readonly MatchedSlot[];
}

export interface MatchedSlot {
  readonly slot: string;
  /** The normalised value where the lexicon says it; else the words have to be read. */
  readonly value: string | undefined;
  /** Indices of words, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The words of a text in the form in which patterns are written. */
export function saidWords(text: string): readonly SaidWord[] {
  return [...text.matchAll(/[^\s,;:!?]+/g)].flatMap(({ 0: token, index }) =>
    speakable(token.replace(/(\d)\.(?=\d)/g, '$1 point '))
      .split(' ')
      .filter((said) => said !== '')
      .map((said) => ({ said, start: index, end: index + token.replace(/[.]+$/, '').length })),
  );
}

/** Every way to read the words from index `at` as the pattern; the phrase language read backwards. */
export function* matches(
  book: PhraseBook,
  pattern: Pattern,
  words: readonly SaidWord[],
  at: number,
): IterableIterator<Match> {
  switch (pattern.kind) {
    case 'word': {
      const end = after(speakable(pattern.text), words, at);
      if (end !== undefined) yield { end, slots: [] };
      return;
    }
    case 'sequence':
      yield* inSequence(book, pattern.items, words, at);
      return;
    case 'choice':
      for (const option of pattern.options) yield* matches(book, option, words, at);
      return;
    case 'rule': {
      const rule = book.rules.get(pattern.name);
      if (rule) yield* matches(book, rule, words, at);
      return;
    }
    case 'range': {
      const numbers = numbersOf(pattern);
      for (let end = at + 1; end <= Math.min(words.length, at + LONGEST_NUMBER); end += 1)
        if (numbers.has(joined(words, at, end))) yield { end, slots: [] };
      return;
    }
    case 'slot': {
      const filled = (end: number, value?: string): Match => ({
        end,
        slots: [{ slot: pattern.slot, value, from: at, to: end }],
      });
      if (pattern.inline) {
        for (const { end } of matches(book, pattern.inline, words, at)) yield filled(end);
        return;
      }
      const lexicon = book.lexicons.get(pattern.list);
      for (const [value, ways] of lexicon?.values ?? []) {
        for (const way of ways) {
          const end = after(speakable(way), words, at);
          if (end !== undefined) yield filled(end, value);
        }
      }
      for (const item of lexicon?.items ?? []) {
        const end = after(speakable(item), words, at);
        if (end !== undefined) yield filled(end);
      }
      for (const entry of lexicon?.patterns ?? [])
        for (const { end } of matches(book, entry, words, at)) yield filled(end);
    }
  }
}

function* inSequence(
  book: PhraseBook,
  [first, ...rest]: readonly Pattern[],
  words: readonly SaidWord[],
  at: number,
): IterableIterator<Match> {
  if (!first) {
    yield { end: at, slots: [] };
    return;
  }
  for (const { end, slots } of matches(book, first, words, at))
    for (const more of inSequence(book, rest, words, end))
      yield { end: more.end, slots: [...slots, ...more.slots] };
}

/** "nine thousand nine hundred and ninety nine" */
const LONGEST_NUMBER = 7;
const ranges = new WeakMap<Pattern, ReadonlySet<string>>();

function numbersOf(pattern: Extract<Pattern, { kind: 'range' }>): ReadonlySet<string> {
  const known = ranges.get(pattern);
  if (known) return known;
  const ways = new Set<string>();
  for (let number = pattern.from; number <= pattern.to; number += pattern.step)
    for (const way of spokenNumber(number)) ways.add(way);
  ranges.set(pattern, ways);
  return ways;
}

const joined = (words: readonly SaidWord[], from: number, to: number) =>
  words
    .slice(from, to)
    .map(({ said }) => said)
    .join(' ');

/** The index after the phrase when it stands at `at`. */
function after(phrase: string, words: readonly SaidWord[], at: number): number | undefined {
  if (phrase === '') return undefined;
  const end = at + phrase.split(' ').length;
  return end <= words.length && joined(words, at, end) === phrase ? end : undefined;
}
