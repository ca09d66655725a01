/**
 * A small grammar for what no label of the ontology says: routines, profiles, units, "what did you do?", "snooze".
 * It is written in the pattern language of the phrase book; a slot stands for any words.
 */
import { parsePattern, type Pattern } from '../../understanding/pattern.ts';

/** Words that were found in a slot, and where they stand in the text. */
export interface Heard {
  readonly text: string;
  /** UTF-16 units. */
  readonly start: number;
}

export interface SpokenPattern {
  /** The slots' words when the whole text says the pattern. */
  match(said: Plain): Readonly<Record<string, Heard>> | undefined;
}

/** A text, and the same with a space in front and spaces for marks: places stay where they are. */
export interface Plain {
  readonly text: string;
  readonly words: string;
}

export function plainly(text: string): Plain {
  const words = text.replaceAll('’', "'").replace(/[^\p{L}\p{N}'%]/gu, (mark) => ' '.repeat(mark.length));
  return { text, words: ` ${words}` };
}

/** Said before and after anything. */
const OPENING =
  '(?: +(?:hey|ok|okay|please|now|then|and|well|so|can you|could you|would you|i think|honestly|man|wow|oh|uh|um))*';
const CLOSING = '(?: +(?:please|now|thanks|thank you|again|today|for me|man|really|everyone|guys|honestly))*';

/**
 * @param source in the pattern language of `phrases/FORMAT.md`, with `{slot}` for any words
 * @throws PatternError naming the column
 */
export function spokenPattern(source: string): SpokenPattern {
  const regex = new RegExp(`^${OPENING}${expression(parsePattern(source))}${CLOSING} *$`, 'iud');
  return {
    match({ text, words }) {
      const found = regex.exec(words);
      if (!found) return undefined;
      const slots: Record<string, Heard> = {};
      for (const [name, range] of Object.entries(found.indices?.groups ?? {})) {
        // One space was put in front of the text, and each piece brings the space before it.
        const said = text.slice(Math.max(0, range[0] - 1), range[1] - 1);
        slots[name] = { text: said.trim(), start: range[1] - 1 - said.trimStart().length };
      }
      return slots;
    },
  };
}

/** Every piece brings the space before it, so that an optional one takes it along. */
function expression(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'word':
      return ` +${pattern.text}`;
    case 'sequence':
      return pattern.items.map(expression).join('');
    case 'choice':
      // What may be left out is taken where it stands: the empty way comes last.
      return `(?:${pattern.options
        .map(expression)
        .toSorted((a, b) => Number(a === '') - Number(b === ''))
        .join('|')})`;
    case 'slot':
      return pattern.inline
        ? `(?<${pattern.slot}>${expression(pattern.inline)})`
        : ` +(?<${pattern.slot}>\\S.*?)`;
    case 'rule':
    case 'range':
      throw new Error('The grammar of the dialogue has neither rules nor ranges.');
  }
}
