import type { CorpusExample } from '../../understanding/corpus.ts';
import { slotsOf, type PhraseBook } from '../../understanding/phrase-book.ts';
import { phraseSampler, type Random, type Token } from '../../understanding/sample-phrases.ts';
import type { Intent } from '../../../vehicle/ontology.generated.ts';
import { countSentences, type Sentence } from './language-model.ts';
import type { NamesSaid } from './names.ts';
import type { Counted } from './n-grams.ts';
import { spokenText } from './spoken-text.ts';

/** Names that are known only at run time (contacts, places, playlists), by the lexicon that they belong to. */
export type ExtraVocabulary = Readonly<Record<string, readonly string[]>>;

/** Small talk is there to train the understanding on. Expected, it would be heard in every noise. */
const isNothing = (intent: string): boolean => intent.startsWith('none.');
/** Sentences drawn of each phrase of an intent. */
const DRAWS = 4;
/** Sentences of all phrases together, at least: a small domain is heard no better than all of it has been drawn. */
const LEAST_SENTENCES = 4000;

/** What is likely to be said, and the names in its lists. */
export interface Domain {
  /** Which words follow each other in its sentences. */
  readonly counted: Counted;
  /** By slot: names that were seen in it or stand in its lexicons. */
  readonly names: ReadonlyMap<string, NamesSaid>;
  /** By lexicon: the slots that it fills. */
  readonly slots: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What is said in a domain: sentences drawn from the phrase book, and those of the corpus.
 * @param random the same numbers give the same domain
 */
export function learnDomain(book: PhraseBook, corpus: Iterable<CorpusExample>, random: Random): Domain {
  const slots = slotsOfLists(book);
  const names = new Map<string, Map<string, number>>();
  for (const [list, { items }] of book.lexicons) {
    if (items.length === 0) continue;
    for (const slot of slots.get(list) ?? []) {
      const known = names.get(slot) ?? new Map<string, number>();
      names.set(slot, known);
      for (const item of items) addSpoken(known, item);
    }
  }
  const wordsOf = (pieces: readonly Piece[]): Sentence =>
    pieces.flatMap(({ text, slot }) => {
      const known = slot === undefined ? undefined : names.get(slot);
      if (!known)
        return spokenText(text)
          .split(' ')
          .filter((word) => word !== '');
      addSpoken(known, text);
      return [`{${slot}}`];
    });
  // One by one: all of them at once would be a hundred megabytes.
  function* sentences(): IterableIterator<Sentence> {
    const sampler = phraseSampler(book, { pattern: () => true, item: () => true }, random);
    const phrases = [...book.intents.values()].reduce((sum, patterns) => sum + patterns.length, 0);
    const draws = Math.max(DRAWS, Math.ceil(LEAST_SENTENCES / phrases));
    for (const [intent, patterns] of book.intents) {
      if (isNothing(intent)) continue;
      for (let draw = 0; draw < draws * patterns.length; draw++)
        yield wordsOf(mentions(sampler.sentence(intent as Intent).tokens));
    }
    for (const example of corpus) {
      if (!example.commands.some(({ intent }) => isNothing(intent))) yield wordsOf(spans(example));
    }
  }
  return { counted: countSentences(sentences()), names, slots };
}

/**
 * The names of a domain by slot, with those that are known now: of two names that are said, one is such, however many
 * others there are.
 * @param extra by lexicon
 */
export function namesWith({ names, slots }: Domain, extra: ExtraVocabulary): ReadonlyMap<string, NamesSaid> {
  const known = new Map<string, Set<string>>();
  for (const [list, added] of Object.entries(extra)) {
    for (const slot of slots.get(list) ?? []) {
      const now = known.get(slot) ?? new Set<string>();
      known.set(slot, now);
      for (const spoken of added.map(spokenText)) if (spoken !== '') now.add(spoken);
    }
  }
  const all = new Map<string, NamesSaid>();
  for (const slot of new Set([...names.keys(), ...known.keys()])) {
    const said = new Map(names.get(slot));
    const now = known.get(slot) ?? new Set<string>();
    const times = [...said.values()].reduce((sum, each) => sum + each, 0) || 1;
    for (const name of now) said.set(name, (said.get(name) ?? 0) + times / now.size);
    all.set(slot, said);
  }
  return all;
}

/** Once more. */
function addSpoken(names: Map<string, number>, name: string): void {
  const spoken = spokenText(name);
  if (spoken !== '') names.set(spoken, (names.get(spoken) ?? 0) + 1);
}

function slotsOfLists(book: PhraseBook): ReadonlyMap<string, ReadonlySet<string>> {
  const slots = new Map<string, Set<string>>();
  for (const pattern of [...book.intents.values()].flat()) {
    for (const { slot, list, inline } of slotsOf(pattern, book.rules)) {
      if (inline) continue;
      const known = slots.get(list) ?? new Set<string>();
      slots.set(list, known.add(slot));
    }
  }
  return slots;
}

/** A stretch of a sentence; in a slot or between slots. */
interface Piece {
  readonly text: string;
  readonly slot?: string;
}

/** The words of one mention together. */
function mentions(tokens: readonly Token[]): readonly Piece[] {
  const pieces: { text: string; slot?: string; mention?: Token['mention'] }[] = [];
  for (const { text, mention } of tokens) {
    const last = pieces.at(-1);
    if (mention && last?.mention === mention) last.text += ` ${text}`;
    else pieces.push(mention ? { text, slot: mention.name, mention } : { text });
  }
  return pieces;
}

function spans({ text, commands }: CorpusExample): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { slots } of commands) {
    for (const { name, start, end } of slots) {
      pieces.push({ text: text.slice(at, start) }, { text: text.slice(start, end), slot: name });
      at = end;
    }
  }
  return [...pieces, { text: text.slice(at) }];
}
