import { spokenNumber } from '../understanding/spoken-number.ts';
import { seededRandom, stableHash } from '../training/random.ts';
import {
  CONFUSIONS,
  CRITICAL,
  DROPPABLE,
  FILLERS,
  IMPERATIVES,
  OPENERS,
  REQUESTS,
  TAGS,
} from '../training/spoken-words.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import type { Pattern } from '../understanding/pattern.ts';
import type { Random } from '../understanding/sample-phrases.ts';
import type { SuiteCase } from './read-suite.ts';
import { PERTURBATIONS, type ExpectedFrame, type PerturbationName } from './suite.ts';

/** Ways to say the same: each list's members can stand for each other. */
export interface Synonyms {
  readonly verbs: readonly (readonly string[])[];
  /** By slot name: value → ways to say it. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Rules of the phrase book whose options are orders that mean the same wherever they stand at the beginning. */
const VERB_RULES = ['turn_on', 'turn_off', 'close', 'increase', 'decrease'];

/** What the phrase book knows of ways to say the same. */
export function synonymsOf(book: PhraseBook): Synonyms {
  const wordsIn = (pattern: Pattern | undefined): readonly string[] =>
    pattern?.kind === 'choice'
      ? pattern.options.flatMap(wordsIn)
      : pattern?.kind === 'word'
        ? [pattern.text]
        : pattern?.kind === 'sequence'
          ? [pattern.items.flatMap(wordsIn).join(' ')]
          : [];
  return {
    verbs: VERB_RULES.map((name) => wordsIn(book.rules.get(`common/${name}`))),
    values: new Map([...book.lexicons].map(([name, { values }]) => [name, values])),
  };
}

interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
  readonly expected: readonly ExpectedFrame[];
  readonly synonyms: Synonyms;
}

/** Changes a sentence in a way that must not change its meaning; undefined where there is nothing to change. */
type Perturb = (sentence: Sentence, random: Random) => string | undefined;

const pick = <T>(random: Random, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)];
const isOrder = ({ words }: Sentence) => IMPERATIVES.has((words[0] ?? '').toLowerCase());

const politeness: Perturb = (sentence, random) => {
  const before = pick(random, isOrder(sentence) && random() < 0.7 ? REQUESTS : OPENERS) ?? '';
  const after = isOrder(sentence) && random() < 0.5 ? ` ${pick(random, TAGS) ?? ''}` : '';
  return `${before} ${sentence.text}${after}`;
};

const fillers: Perturb = ({ words }, random) => {
  const at = Math.floor(random() * Math.min(2, words.length));
  return [...words.slice(0, at), pick(random, FILLERS), ...words.slice(at)].join(' ');
};

const casing: Perturb = ({ text, words }, random) =>
  pick(
    random,
    [
      text.toUpperCase(),
      text.toLowerCase(),
      text.charAt(0).toUpperCase() + text.slice(1),
      words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    ].filter((variant) => variant !== text),
  );

const punctuation: Perturb = ({ text }, random) => {
  const bare = text.replace(/[.!?…]+$/, '');
  return pick(
    random,
    [bare, `${bare}.`, `${bare}!`, `${bare} …`, `"${bare}"`, `${bare}?!`].filter(
      (variant) => variant !== text,
    ),
  );
};

const synonyms: Perturb = ({ text, expected, synonyms: { verbs, values } }, random) => {
  const swaps: string[] = [];
  const swap = (alike: readonly string[], onlyFirst: boolean) => {
    const said = alike
      .filter((form) => wordPattern(form, onlyFirst).test(text))
      .sort((a, b) => b.length - a.length)[0];
    if (said === undefined) return;
    // An article more or less would tell of the change.
    const others = alike.filter((form) => form !== said && article(form) === article(said));
    const other = pick(random, others);
    if (other !== undefined) swaps.push(text.replace(wordPattern(said, onlyFirst), other));
  };
  for (const alike of verbs) swap(alike, true);
  for (const { slots = {} } of expected) {
    for (const [name, slot] of Object.entries(slots)) {
      if (typeof slot === 'string') swap(values.get(name)?.get(slot) ?? [], false);
    }
  }
  return pick(random, swaps);
};

const article = (form: string) => /^(the|a|an|my) /.exec(form)?.[1];
const wordPattern = (words: string, onlyFirst: boolean) =>
  new RegExp(`${onlyFirst ? '^' : '\\b'}${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\b`, 'i');

/** One word in seven or so, as a recogniser hears it; words that decide, numbers and those of the slots stay. */
const confusions: Perturb = ({ words, expected }, random) => {
  const kept = new Set(
    expected.flatMap(({ slots = {} }) =>
      Object.values(slots).flatMap((slot) =>
        JSON.stringify(slot)
          .toLowerCase()
          .split(/[^\p{L}\p{N}']+/u),
      ),
    ),
  );
  const free = [...words.keys()].filter((at) => {
    const word = (words[at] ?? '').toLowerCase();
    const changeable = CONFUSIONS.has(word) || (DROPPABLE.has(word) && words.length > 3);
    return changeable && !CRITICAL.has(word) && !kept.has(word) && !NUMBERS.has(word);
  });
  const many = Math.max(1, Math.round(words.length / 7));
  let changed = [...words];
  for (let count = 0; count < many && free.length > 0; count++) {
    const [at = 0] = free.splice(Math.floor(random() * free.length), 1);
    const alike = CONFUSIONS.get((words[at] ?? '').toLowerCase());
    changed = changed.map((word, index) => (index === at ? (pick(random, alike ?? ['']) ?? '') : word));
  }
  return changed.filter((word) => word !== '').join(' ');
};

/** Spoken number → digits, the longest first where it is looked for. "One" alone is seldom a number. */
const NUMBERS: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 1000 }, (_, index) => 999 - index).flatMap((value) =>
    value === 1 ? [] : spokenNumber(value).map((spoken): [string, number] => [spoken, value]),
  ),
);
const LONGEST_NUMBER = 5;
/** Said digit by digit, or in a way of their own. */
const SPELLED = new Set(['phone_number', 'frequency', 'datetime', 'message_text']);

const numbers: Perturb = ({ words, expected }, random) => {
  if (expected.some(({ slots = {} }) => Object.keys(slots).some((name) => SPELLED.has(name))))
    return undefined;
  const swaps: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const digits = /^\d{1,3}$/.exec(words[at] ?? '');
    if (digits) {
      const spoken = pick(random, spokenNumber(Number(digits[0])));
      swaps.push([...words.slice(0, at), spoken, ...words.slice(at + 1)].join(' '));
      continue;
    }
    for (let length = Math.min(LONGEST_NUMBER, words.length - at); length > 0; length--) {
      const value = NUMBERS.get(
        words
          .slice(at, at + length)
          .join(' ')
          .toLowerCase(),
      );
      if (value === undefined) continue;
      swaps.push([...words.slice(0, at), String(value), ...words.slice(at + length)].join(' '));
      at += length - 1;
      break;
    }
  }
  return pick(random, swaps);
};

const WAYS: Readonly<Record<PerturbationName, Perturb>> = {
  politeness,
  fillers,
  casing,
  punctuation,
  synonyms,
  confusions,
  numbers,
};

export interface Variants {
  readonly kind: PerturbationName;
  readonly texts: readonly string[];
}

/**
 * Variants of a case's text that must not change its answer; the same for the same seed. Kinds that find nothing to
 * change are left out.
 */
export function variantsOf(
  { id, text = '', invariance }: Pick<SuiteCase, 'id' | 'text' | 'invariance'>,
  expected: readonly ExpectedFrame[],
  by: { readonly seed: number; readonly synonyms: Synonyms },
): readonly Variants[] {
  if (invariance === undefined) return [];
  const { by: wanted, samples } =
    typeof invariance === 'object' && !Array.isArray(invariance)
      ? invariance
      : { by: invariance, samples: 3 };
  const words = text.trim().split(/\s+/);
  const sentence = { text: words.join(' '), words, expected, synonyms: by.synonyms };
  return (wanted === 'all' ? PERTURBATIONS : wanted).flatMap((kind) => {
    const random = seededRandom(Math.floor(stableHash(`${by.seed}/${id}/${kind}`) * 2 ** 32));
    const drawn = Array.from({ length: samples }, () => WAYS[kind](sentence, random));
    const texts = [...new Set(drawn)].filter((variant) => variant !== undefined && variant !== text);
    return texts.length > 0 ? [{ kind, texts: texts as string[] }] : [];
  });
}

/** "Don't open the window" for "can you open the window please". @returns undefined when the text is no order */
export function negated(text: string): string | undefined {
  const openings = [...REQUESTS, ...OPENERS, ...FILLERS].sort((a, b) => b.length - a.length);
  let rest = text.trim();
  for (let opening = findOpening(); opening !== undefined; opening = findOpening())
    rest = rest.slice(opening.length).replace(/^[\s,]+/, '');
  const first = /^[\p{L}']+/u.exec(rest)?.[0].toLowerCase() ?? '';
  if (!IMPERATIVES.has(first)) return undefined;
  return `don't ${rest.charAt(0).toLowerCase()}${rest.slice(1)}`;

  function findOpening() {
    return openings.find(
      (opening) => rest.toLowerCase().startsWith(`${opening} `) && rest.length > opening.length + 1,
    );
  }
}
