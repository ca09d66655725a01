import type { Pattern } from '../../understanding/pattern.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import { AcceptorBuilder, type Acceptor } from './acceptor.ts';
import { speakable } from './speakable.ts';
import { spokenNumber } from './spoken-number.ts';

/** Names that are known only at run time (contacts, places, playlists), by the lexicon that they belong to. */
export type ExtraVocabulary = Readonly<Record<string, readonly string[]>>;

/** Said before a wish, without changing it. */
const OPENINGS = [
  'please',
  'can you',
  'could you',
  'can you please',
  'could you please',
  'would you',
  'hey',
  'okay',
  'um',
  'uh',
  'i want you to',
  'and',
];
/** Said after it. */
const CLOSINGS = ['please', 'for me', 'for me please', 'thanks', 'thank you', 'now'];

/** All that can be asked of the car in one wish, as a graph of words. */
export function commandGrammar(book: PhraseBook, extra: ExtraVocabulary = {}): Acceptor {
  const builder = new AcceptorBuilder();
  const memo = new Map<Pattern | string, Map<number, number>>();

  /** The graph of `pattern` before `next`, made once for each pair. */
  const once = (key: Pattern | string, next: number, make: () => number): number => {
    const made = memo.get(key) ?? new Map<number, number>();
    memo.set(key, made);
    const known = made.get(next);
    if (known !== undefined) return known;
    const state = make();
    made.set(next, state);
    return state;
  };

  const phrase = (words: string, next: number): number =>
    words === '' ? next : words.split(' ').reduceRight((state, word) => builder.word(word, state), next);

  const lexicon = (list: string, next: number): number =>
    once(list, next, () => {
      const entry = book.lexicons.get(list);
      const phrases = [
        ...[...(entry?.values.values() ?? [])].flat(),
        ...(entry?.items ?? []),
        ...(extra[list] ?? []),
      ];
      const said = new Set(phrases.map(speakable).filter((words) => words !== ''));
      return builder.union([
        ...[...said].map((words) => phrase(words, next)),
        ...(entry?.patterns ?? []).map((pattern) => before(pattern, next)),
      ]);
    });

  const before = (pattern: Pattern, next: number): number =>
    once(pattern, next, () => {
      switch (pattern.kind) {
        case 'word':
          return phrase(speakable(pattern.text), next);
        case 'sequence':
          return pattern.items.reduceRight((state, item) => before(item, state), next);
        case 'choice':
          return builder.union(pattern.options.map((option) => before(option, next)));
        case 'rule': {
          const rule = book.rules.get(pattern.name);
          if (!rule) throw new RangeError(`the phrase book has no rule <${pattern.name}>`);
          return before(rule, next);
        }
        case 'range': {
          const count = Math.floor((pattern.to - pattern.from) / pattern.step) + 1;
          const numbers = Array.from({ length: count }, (_, index) => pattern.from + index * pattern.step);
          return builder.union(numbers.flatMap(spokenNumber).map((words) => phrase(words, next)));
        }
        case 'slot':
          return pattern.inline ? before(pattern.inline, next) : lexicon(pattern.list, next);
      }
    });

  const closed = builder.union([builder.end, ...CLOSINGS.map((words) => phrase(words, builder.end))]);
  const wish = builder.union([...book.intents.values()].flat().map((pattern) => before(pattern, closed)));
  return builder.finish(builder.union([wish, ...OPENINGS.map((words) => phrase(words, wish))]));
}
