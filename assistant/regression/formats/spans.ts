import type { SlotExpectation } from '../suite.ts';
import { without, type Slots } from './canonical.ts';

/** Words of a text that a slot is made of. */
export interface Span {
  readonly name: string;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly value?: string | number;
}

/** Words end where no letter or digit goes on. */
export const BETWEEN_WORDS = /[^\p{L}\p{N}]/u;
/** Words end at spaces alone: for formats of tokens. */
export const BETWEEN_TOKENS = /\s/;

/**
 * Finds the words of slots in a text. A list is one span for each of its entries. The longest words come first, and a
 * slot of which some words have no place gives up the others: so the outcome does not hang on the order of slots.
 * @param edge what must stand beside a word
 * @returns in the order of the text; none overlaps another
 */
export function placeSlots(text: string, slots: Slots, edge = BETWEEN_WORDS): readonly Span[] {
  const wanted = Object.entries(slots)
    .flatMap(([name, slot]) => wordsOf(slot).map((one) => ({ name, ...one })))
    .sort((a, b) => b.words.length - a.words.length || order(a.words, b.words) || order(a.name, b.name));
  const spans: Span[] = [];
  for (const { name, words, value } of wanted) {
    const start = findWords(text, words, edge, spans);
    if (start === undefined) return placeSlots(text, without(slots, name), edge);
    spans.push({ name, start, end: start + words.length, ...(value !== undefined && { value }) });
  }
  return spans.sort((a, b) => a.start - b.start);
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What a slot's words could be: those that are written down, else its value. */
function wordsOf(slot: SlotExpectation): readonly { words: string; value?: string | number }[] {
  if (Array.isArray(slot)) return slot.map((value) => ({ words: String(value) }));
  if (typeof slot !== 'object') return [{ words: String(slot) }];
  const { text, value } = slot;
  if (text === undefined) return value === undefined ? [] : wordsOf(value);
  return [{ words: text, ...(value !== undefined && !Array.isArray(value) && { value }) }];
}

function findWords(text: string, words: string, edge: RegExp, taken: readonly Span[]): number | undefined {
  if (words === '' || words.trim() !== words) return undefined;
  const isEdge = (sign: string | undefined) => sign === undefined || edge.test(sign);
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    const free = taken.every((other) => other.end <= at || other.start >= end);
    if (free && isEdge(text[at - 1]) && isEdge(text[end])) return at;
  }
  return undefined;
}

/** Slots as the spans of a text say them. The same name twice is a list. */
export function slotsOf(text: string, spans: readonly Span[]): Slots {
  const byName = new Map<string, Span[]>();
  for (const span of spans) byName.set(span.name, [...(byName.get(span.name) ?? []), span]);
  return Object.fromEntries(
    [...byName].map(([name, own]): [string, SlotExpectation] => {
      const [first, ...others] = own.map(({ start, end, value }) => ({
        text: text.slice(start, end),
        ...(value !== undefined && { value }),
      }));
      if (!first) return [name, ''];
      if (others.length === 0) return [name, first];
      return [name, [first, ...others].map((one) => one.value ?? one.text)];
    }),
  );
}

/** Text in pieces: with a name those that are spans, without one those between. */
export function pieces(text: string, spans: readonly Span[]): readonly { text: string; span?: Span }[] {
  let at = 0;
  const found: { text: string; span?: Span }[] = [];
  for (const span of spans) {
    if (span.start > at) found.push({ text: text.slice(at, span.start) });
    found.push({ text: text.slice(span.start, span.end), span });
    at = span.end;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}
