import { speakable } from '../../understanding/speakable.ts';
import { spokenNumber } from '../../understanding/spoken-number.ts';
import { matches, saidWords } from '../../understanding/match-pattern.ts';
import type { Pattern } from '../../understanding/pattern.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';

/** Words with which sentences of a pattern can begin or end; `empty`: it can also be no words at all. */
interface Edge {
  readonly words: ReadonlySet<string>;
  readonly empty: boolean;
}
type Side = 'first' | 'last';

/**
 * Finds the labels of which a text is a phrase. Patterns are looked up by the words with which they can begin, and
 * held against those with which they can end: for most texts most patterns are out of the question.
 */
export function phraseIndex(book: PhraseBook): (text: string) => readonly string[] {
  const [first, last] = [edges(book, 'first'), edges(book, 'last')];
  const byWord = new Map<string, { label: string; pattern: Pattern; ends: ReadonlySet<string> }[]>();
  for (const [label, patterns] of book.intents) {
    for (const pattern of patterns) {
      const entry = { label, pattern, ends: last(pattern).words };
      for (const word of first(pattern).words) {
        const list = byWord.get(word);
        if (list) list.push(entry);
        else byWord.set(word, [entry]);
      }
    }
  }
  return (text) => {
    const words = saidWords(text);
    const found = new Set<string>();
    for (const { label, pattern, ends } of byWord.get(words[0]?.said ?? '') ?? []) {
      if (found.has(label) || !ends.has(words.at(-1)?.said ?? '')) continue;
      for (const { end } of matches(book, pattern, words, 0)) {
        if (end !== words.length) continue;
        found.add(label);
        break;
      }
    }
    return [...found];
  };
}

/** Edges of patterns, each computed once: rules and lists stand in many. */
function edges(book: PhraseBook, side: Side): (pattern: Pattern) => Edge {
  const known = new WeakMap<Pattern, Edge>();
  const lists = new Map<string, Edge>();
  const ofText = (text: string): Edge => {
    const words = speakable(text).split(' ');
    const word = (side === 'first' ? words[0] : words.at(-1)) ?? '';
    return word === '' ? { words: new Set(), empty: true } : { words: new Set([word]), empty: false };
  };
  const any = (options: readonly Edge[]): Edge => ({
    words: new Set(options.flatMap(({ words }) => [...words])),
    empty: options.some(({ empty }) => empty),
  });
  const inSequence = (items: readonly Edge[]): Edge => {
    const ordered = side === 'first' ? items : [...items].reverse();
    const solid = ordered.findIndex(({ empty }) => !empty);
    const reached = solid < 0 ? ordered : ordered.slice(0, solid + 1);
    return { words: any(reached).words, empty: solid < 0 };
  };
  const ofList = (name: string): Edge => {
    const { values, items = [], patterns = [] } = book.lexicons.get(name) ?? {};
    return any([
      ...[...(values?.values() ?? [])].flat().map(ofText),
      ...items.map(ofText),
      ...patterns.map(of),
    ]);
  };
  function compute(pattern: Pattern): Edge {
    switch (pattern.kind) {
      case 'word':
        return ofText(pattern.text);
      case 'choice':
        return any(pattern.options.map(of));
      case 'sequence':
        return inSequence(pattern.items.map(of));
      case 'rule': {
        const rule = book.rules.get(pattern.name);
        return rule ? of(rule) : any([]);
      }
      case 'range': {
        const count = Math.floor((pattern.to - pattern.from) / pattern.step) + 1;
        const numbers = Array.from({ length: count }, (_, index) => pattern.from + index * pattern.step);
        return any(numbers.flatMap((number) => spokenNumber(number).map(ofText)));
      }
      case 'slot': {
        if (pattern.inline) return of(pattern.inline);
        const list = lists.get(pattern.list) ?? ofList(pattern.list);
        lists.set(pattern.list, list);
        return list;
      }
    }
  }
  function of(pattern: Pattern): Edge {
    const edge = known.get(pattern) ?? compute(pattern);
    known.set(pattern, edge);
    return edge;
  }
  return of;
}
