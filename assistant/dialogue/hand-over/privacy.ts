import { parse } from 'yaml';
import { z } from 'zod';

const privacySchema = z.strictObject({
  /** In words, for people. */
  sends: z.array(z.string()).nonempty(),
  /** How many exchanges of the conversation go along. */
  exchanges: z.number().int().min(0).max(5),
  withholds: z.array(z.enum(['contacts', 'numbers', 'places'])),
});
/** The rule for what leaves the car; data, so that people can read and change it. */
export type Privacy = z.infer<typeof privacySchema>;

/** @throws ZodError naming the key that does not fit */
export const readPrivacy = (yaml: string): Privacy => privacySchema.parse(parse(yaml));

/** Names that are nobody's business, by kind. */
export interface PrivateNames {
  readonly contacts: readonly string[];
  readonly places: readonly string[];
}

/** Replaces private words before sending, and puts them back into what comes in return. */
export interface Veil {
  readonly cover: (text: string) => string;
  readonly uncover: (text: string) => string;
}

const NUMBER = /\+?\d[\d\s().-]{5,}\d/g;

/** Each word has its own placeholder, so that "call [contact 1]" still says whom. */
export function veil({ withholds }: Privacy, names: PrivateNames): Veil {
  const hidden = new Map<string, string>();
  const placeholder = (kind: string, word: string) => {
    const known = [...hidden].find(([, own]) => own.toLowerCase() === word.toLowerCase());
    if (known) return known[0];
    const made = `[${kind} ${[...hidden.keys()].filter((one) => one.startsWith(`[${kind}`)).length + 1}]`;
    hidden.set(made, word);
    return made;
  };
  const lists = [
    ...(withholds.includes('contacts')
      ? wordsOf(names.contacts).map((word) => ['contact', word] as const)
      : []),
    ...(withholds.includes('places') ? names.places.map((word) => ['place', word] as const) : []),
  ].toSorted(([, a], [, b]) => b.length - a.length);
  return {
    cover: (text) => {
      let covered = text;
      for (const [kind, word] of lists)
        covered = covered.replace(whole(word), (said) => placeholder(kind, said));
      return withholds.includes('numbers')
        ? covered.replace(NUMBER, (said) => placeholder('number', said))
        : covered;
    },
    uncover: (text) => [...hidden].reduce((open, [made, word]) => open.replaceAll(made, word), text),
  };
}

/** A person is known by the whole name and by each part of it. */
const wordsOf = (names: readonly string[]) => [
  ...new Set(names.flatMap((name) => [name, ...name.split(' ').filter((part) => part.length > 2)])),
];

const whole = (word: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu');
