import { pieces, type Span } from './spans.ts';

/** Text with its slots marked in it: `wake me at [time : nine am]`, as MASSIVE and SLURP write it. */
export function markSpans(text: string, spans: readonly Span[]): string {
  return pieces(text, spans)
    .map(({ text: words, span }) => (span ? `[${span.name} : ${words}]` : words))
    .join('');
}

/** @returns the plain text and where its slots are; undefined when a bracket has no pair or no name in it */
export function readMarks(
  marked: string,
): { readonly text: string; readonly spans: readonly Span[] } | undefined {
  let text = '';
  let at = 0;
  const spans: Span[] = [];
  for (const mark of marked.matchAll(/\[([^[\]]*?)\s*:\s*([^[\]]*)\]/g)) {
    const [all, name = '', inside = ''] = mark;
    text += marked.slice(at, mark.index);
    at = mark.index + all.length;
    const words = inside.trim();
    if (name.trim() === '' || words === '') return undefined;
    spans.push({ name: name.trim(), start: text.length, end: text.length + words.length });
    text += words;
  }
  text += marked.slice(at);
  return /[[\]]/.test(text) ? undefined : { text, spans };
}

/** A single line without brackets, spaces at its ends, or anything else that marks would be taken for. */
export const markable = (text: string): string | undefined => {
  const line = oneLine(text);
  return line === undefined || /[[\]]/.test(line) ? undefined : line;
};

/** The text on one line; undefined when there is nothing on it. */
export const oneLine = (text: string): string | undefined =>
  text.replace(/\s*[\r\n\u2028\u2029\u0085]+\s*/g, ' ').trim() || undefined;

/** A name that can stand before the colon. */
export const MARK_NAME = /^[^[\]:\s](?:[^[\]:\r\n]*[^[\]:\s])?$/;
