import type { Pattern } from '../../understanding/pattern.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import { AcceptorBuilder, type Acceptor } from './acceptor.ts';
import { speakable } from './speakable.ts';
import { spokenNumber } from './spoken-number.ts';

/** Names that are known only at run time (contacts, places, playlists), by the lexicon that they belong to. */
export type ExtraVocabulary = Readonly<Record<string, readonly string[]>>;

/**
 * All that can be asked of the car in one wish, as a graph of words. Lists are graphs of their own, which arcs of the
 * main graph name in braces (`{contact}`): written out at each place where they can stand, they would make it thirty
 * times as large.
 */
export interface CommandGrammar {
  readonly wishes: Acceptor;
  readonly lists: ReadonlyMap<string, Acceptor>;
}

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
  'i want you to',
];
/** Said after it. */
const CLOSINGS = ['please', 'for me', 'thanks', 'thank you', 'now'];
/** Of a long list, as many are heard as keep the search fast; names known at run time are heard all. */
const LIST_LIMIT = 400;
const MANY_NUMBERS = 120;
/** Noise and small talk: to train the understanding on, not to hear. As words, they would be heard in every noise. */
const NOTHING_ASKED = 'none.';

export function commandGrammar(book: PhraseBook, extra: ExtraVocabulary = {}): CommandGrammar {
  const lists = new Map<string, Acceptor>();
  const wishes = new AcceptorBuilder();
  const closed = wishes.union([wishes.end, ...CLOSINGS.map((words) => phrase(wishes, words, wishes.end))]);
  const main = patternGraph(book, wishes);
  const asked = [...book.intents]
    .filter(([intent]) => !intent.startsWith(NOTHING_ASKED))
    .flatMap(([, patterns]) => patterns);
  const wish = wishes.union(asked.map((pattern) => main.before(pattern, closed)));
  for (const list of main.listsUsed) {
    const entry = book.lexicons.get(list);
    const builder = new AcceptorBuilder();
    const phrases = [...(entry?.values.values() ?? [])]
      .flat()
      .concat(entry?.items.slice(0, LIST_LIMIT) ?? [], extra[list] ?? []);
    const said = new Set(phrases.map(speakable).filter((words) => words !== ''));
    const graph = patternGraph(book, builder);
    const patterns = (entry?.patterns ?? []).map((pattern) => graph.before(pattern, builder.end));
    // A name is one arc: the search's cost grows with the number of states, and nobody pauses in a name.
    lists.set(
      list,
      builder.finish(
        builder.union([...patterns, ...[...said].map((words) => builder.word(words, builder.end))]),
      ),
    );
  }
  return {
    wishes: wishes.finish(wishes.union([wish, ...OPENINGS.map((words) => phrase(wishes, words, wish))])),
    lists,
  };
}

function phrase(builder: AcceptorBuilder, words: string, next: number): number {
  return words === '' ? next : words.split(' ').reduceRight((state, word) => builder.word(word, state), next);
}

/** Makes the graphs of patterns; `listsUsed` collects the lists that stand in them. */
function patternGraph(book: PhraseBook, builder: AcceptorBuilder) {
  const memo = new Map<Pattern, Map<number, number>>();
  const listsUsed = new Set<string>();

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
      case 'rule': {
        const rule = book.rules.get(pattern.name);
        if (!rule) throw new RangeError(`the phrase book has no rule <${pattern.name}>`);
        return before(rule, next);
      }
      case 'range': {
        const count = Math.floor((pattern.to - pattern.from) / pattern.step) + 1;
        const numbers = Array.from({ length: count }, (_, index) => pattern.from + index * pattern.step);
        // All ways to say it where there are few; of house numbers and frequencies only the commonest.
        const said =
          count > MANY_NUMBERS
            ? numbers.flatMap((value) => spokenNumber(value).slice(0, 1))
            : numbers.flatMap(spokenNumber);
        return builder.union(said.map((words) => builder.word(words, next)));
      }
      case 'slot':
        if (pattern.inline) return before(pattern.inline, next);
        listsUsed.add(pattern.list);
        return builder.word(`{${pattern.list}}`, next);
    }
  };

  return { before, listsUsed };
}
