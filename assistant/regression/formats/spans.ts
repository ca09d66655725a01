import type { SlotExpectation } from '../suite.ts';
import type { Slots } from './canonical.ts';

/** Words of a text that a slot is made of. */
export interface Span {
  readonly name: string;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly value?: string | number;
}

export interface Placed {
  /** In the order of the text; none overlaps another. */
  readonly spans: readonly Span[];
  /** Slots that have no words in the text, or share them. */
  readonly homeless: readonly string[];
}

/** Words end where no letter or digit goes on. */
export const BETWEEN_WORDS = /[^\p{L}\p{N}]/u;
/** Words end at spaces alone: for formats of tokens. */
export const BETWEEN_TOKENS = /\s/;

/**
 * Finds the words of slots in a text. A list is one span for each of its entries.
 * @param edge what must stand beside a word
 */
export function placeSlots(text: string, slots: Slots, edge = BETWEEN_WORDS): Placed {
  const spans: Span[] = [];
  const homeless: string[] = [];
  for (const [name, slot] of Object.entries(slots)) {
    const found: Span[] = [];
    for (const { words, value } of wordsOf(slot)) {
      const start = findWords(text, words, edge, [...spans, ...found]);
      if (start === undefined) break;
      found.push({ name, start, end: start + words.length, ...(value !== undefined && { value }) });
    }
    if (found.length < wordsOf(slot).length || found.length === 0) homeless.push(name);
    else spans.push(...found);
  }
  return { spans: spans.sort((a, b) => a.start - b.start), homeless };
}

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
