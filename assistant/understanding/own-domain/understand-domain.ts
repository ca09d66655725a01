import type { SlotValue } from '../../../vehicle/command.ts';
import { readLine } from '../corpus.ts';
import type { RawFrame } from '../interpreter.ts';
import { matches, saidWords, type Match, type SaidWord } from '../match-pattern.ts';
import { AROUND, JOINERS } from '../named-signal-interpreter.ts';
import type { Ontology } from '../ontology.ts';
import { slotsOf, type PhraseBook } from '../phrase-book.ts';
import { findNumber } from '../values/number.ts';

/** Of the words that matter, so many must belong to a phrase: otherwise it was said to somebody else. */
const LEAST_SHARE = 0.6;

interface Wish {
  readonly intent: string;
  readonly at: number;
  readonly match: Match;
}

/** The best way to read the words from a place on: the most of them in phrases, in the fewest phrases. */
interface Reading {
  readonly covered: number;
  readonly wishes: readonly Wish[];
}

/**
 * What a text asks for, found by the phrases of a domain: as many of its words as possible belong to phrases, words
 * around them ("could you … please") do not count.
 * @returns the wishes in their order, each with the share of the words that belong to phrases as confidence; none when
 *   too few do
 */
export function understandDomain(book: PhraseBook, text: string): readonly RawFrame[] {
  const words = saidWords(text);
  const { covered, wishes } = bestReading(book, words);
  const beside = words.filter(
    ({ said }, index) =>
      !AROUND.has(said) &&
      !JOINERS.has(said) &&
      !wishes.some(({ at, match }) => index >= at && index < match.end),
  );
  const confidence = covered / Math.max(1, covered + beside.length);
  if (confidence < LEAST_SHARE) return [];
  return wishes.map(({ intent, at, match }) => ({
    intent,
    slots: filledSlots(match, words, text),
    confidence,
    span: [words[at]?.start ?? 0, words[match.end - 1]?.end ?? text.length],
  }));
}

function bestReading(book: PhraseBook, words: readonly SaidWord[]): Reading {
  let best: Reading[] = [{ covered: 0, wishes: [] }];
  // From the end: what follows a word does not depend on what stands before it.
  for (let at = words.length - 1; at >= 0; at--) {
    // best[n]: the reading from n words further on.
    let [found = { covered: 0, wishes: [] }] = best;
    for (const wish of wishesAt(book, words, at)) {
      const rest = best[wish.match.end - at - 1];
      const covered = wish.match.end - at + (rest?.covered ?? 0);
      const wishes = [wish, ...(rest?.wishes ?? [])];
      if (covered > found.covered || (covered === found.covered && wishes.length < found.wishes.length))
        found = { covered, wishes };
    }
    best = [found, ...best];
  }
  return best[0] ?? { covered: 0, wishes: [] };
}

/** Of each intent, the longest way to each place; the first of those that are equally long. */
function wishesAt(book: PhraseBook, words: readonly SaidWord[], at: number): readonly Wish[] {
  return [...book.intents].flatMap(([intent, patterns]) => {
    const ends = new Map<number, Match>();
    for (const pattern of patterns)
      for (const match of matches(book, pattern, words, at))
        if (match.end > at && !ends.has(match.end)) ends.set(match.end, match);
    return [...ends.values()].map((match) => ({ intent, at, match }));
  });
}

function filledSlots({ slots }: Match, words: readonly SaidWord[], text: string): RawFrame['slots'] {
  const found: Record<string, SlotValue> = {};
  for (const { slot, value, from, to } of slots) {
    const [start, end] = [words[from]?.start ?? 0, words[to - 1]?.end ?? text.length];
    const said = text.slice(start, end);
    const own: SlotValue = { text: said, value: valueOf(value ?? said) };
    const before = found[slot];
    found[slot] = before
      ? {
          text: text.slice(text.indexOf(before.text), end),
          value: [before.value, own.value].flat(),
        }
      : own;
  }
  return found;
}

/** A number, where that was said or stands in the list, with or without a unit; else the words. */
function valueOf(said: string): string | number {
  const number = findNumber(said);
  return number?.before.length === 0 ? number.value : said.toLowerCase();
}

/**
 * What somebody wrote down as the meaning of a sentence, to compare with.
 * @param line `intents | words with [slots](name)`, as in a corpus (`phrases/FORMAT.md`); a slot's value may be given
 *   (`[words](name=value)`), else it is what the domain's lists say
 * @param where for messages
 * @throws CorpusError for an intent or a slot that the domain does not have
 */
export function writtenWishes(
  book: PhraseBook,
  line: string,
  where: string,
): readonly Pick<RawFrame, 'intent' | 'slots'>[] {
  const { text, commands } = readLine(ontologyOf(book), line, where);
  return commands.map(({ intent, slots }) => ({
    intent,
    slots: Object.fromEntries(
      slots.map(({ name, start, end, value }): [string, SlotValue] => {
        const words = text.slice(start, end);
        return [name, { text: words, value: valueOf(value ?? listed(book, name, words) ?? words) }];
      }),
    ),
  }));
}

/** As much of an ontology as a domain has: any slot may stand in any of its intents. */
function ontologyOf({ intents, rules }: PhraseBook): Ontology {
  const all = [...intents.values()].flat().flatMap((pattern) => slotsOf(pattern, rules));
  const slots = [...new Set(all.map(({ slot }) => slot))];
  return {
    operations: [],
    slots: {},
    labels: new Map([...intents.keys()].map((intent) => [intent, { target: intent, operation: '', slots }])),
    domainOf: (label) => label,
  };
}

/** The value that a list has for words in a slot. */
function listed(book: PhraseBook, slot: string, said: string): string | undefined {
  const words = saidWords(said);
  for (const pattern of [...book.intents.values()].flat().flatMap((each) => slotsOf(each, book.rules))) {
    if (pattern.slot !== slot) continue;
    for (const { end, slots } of matches(book, pattern, words, 0))
      if (end === words.length && slots[0]?.value !== undefined) return slots[0].value;
  }
  return undefined;
}
