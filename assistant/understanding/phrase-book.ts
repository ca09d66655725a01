import { parse } from 'yaml';
import { z } from 'zod';
import type { Ontology } from './ontology.ts';
import { parsePattern, PatternError, type Pattern } from './pattern.ts';

const phraseFile = z.strictObject({
  rules: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  intents: z.record(z.string(), z.array(z.string())).default({}),
});
const lexiconFile = z.record(
  z.string(),
  z.strictObject({
    values: z.record(z.string(), z.array(z.string())).default({}),
    items: z.array(z.string()).default([]),
    patterns: z.array(z.string()).default([]),
  }),
);

/** What can stand in a slot. */
export interface Lexicon {
  /** Normalised value → the ways to say it. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Open lists: the words are the value. */
  readonly items: readonly string[];
  /** Numbers, dates and the like: the normaliser finds the value. */
  readonly patterns: readonly Pattern[];
}

/** Everything people say to the car, as data. */
export interface PhraseBook {
  /** By name; names of a file's own rules are prefixed with the file's name and a slash. */
  readonly rules: ReadonlyMap<string, Pattern>;
  readonly lexicons: ReadonlyMap<string, Lexicon>;
  readonly intents: ReadonlyMap<string, readonly Pattern[]>;
}

/** A YAML file, read. `name` is its base name without extension; rules of `common` can be used by all. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads phrase and lexicon files and checks that they fit the ontology and each other.
 * @throws PatternError with the file's name and the phrase that is wrong
 */
export function readPhraseBook(
  ontology: Ontology,
  phrases: readonly SourceFile[],
  lexiconFiles: readonly SourceFile[],
): PhraseBook {
  const rules = new Map<string, Pattern>();
  const lexicons = new Map<string, Lexicon>();
  const intents = new Map<string, readonly Pattern[]>();
  const parsed = phrases.map(({ name, text }) => ({ name, ...phraseFile.parse(parse(text)) }));
  const common = new Set(Object.keys(parsed.find(({ name }) => name === 'common')?.rules ?? {}));

  for (const { name, text } of lexiconFiles) {
    for (const [list, entry] of Object.entries(lexiconFile.parse(parse(text)))) {
      if (lexicons.has(list))
        throw new PatternError(`lexicons/${name}.yaml: the list "${list}" is declared twice`);
      lexicons.set(list, {
        values: new Map(Object.entries(entry.values)),
        items: entry.items,
        patterns: entry.patterns.map((source) =>
          resolve(`lexicons/${name}.yaml`, 'common', new Set(), source),
        ),
      });
    }
  }

  /** Parses, and gives the file's own rules their full names. */
  function resolve(file: string, scope: string, own: ReadonlySet<string>, source: string): Pattern {
    const fullName = (rule: string): string => {
      if (own.has(rule)) return `${scope}/${rule}`;
      if (common.has(rule)) return `common/${rule}`;
      throw new PatternError(`${file}: no rule <${rule}> (in "${source}")`);
    };
    try {
      const pattern = inScope(parsePattern(source), fullName);
      const stranger = slotNames(pattern).find((slot) => !(slot in ontology.slots));
      if (stranger !== undefined) throw new PatternError(`${file}: no slot {${stranger}} (in "${source}")`);
      return pattern;
    } catch (error) {
      if (error instanceof PatternError && !error.message.startsWith(file))
        throw new PatternError(`${file}: ${error.message}`);
      throw error;
    }
  }

  for (const file of parsed) {
    const path = `phrases/${file.name}.yaml`;
    const own = new Set(Object.keys(file.rules));
    for (const [rule, sources] of Object.entries(file.rules)) {
      const options = [sources].flat().map((source) => resolve(path, file.name, own, source));
      const [only] = options;
      rules.set(`${file.name}/${rule}`, options.length === 1 && only ? only : { kind: 'choice', options });
    }
    for (const [intent, sources] of Object.entries(file.intents)) {
      const label = ontology.labels.get(intent);
      if (!label) throw new PatternError(`${path}: no label "${intent}" in the ontology`);
      if (intents.has(intent))
        throw new PatternError(`${path}: phrases for "${intent}" stand in another file already`);
      const patterns = sources.map((source) => resolve(path, file.name, own, source));
      for (const [index, pattern] of patterns.entries()) {
        for (const { slot, list, inline } of slotsOf(pattern, rules)) {
          const where = `${path}: "${sources[index] ?? ''}"`;
          if (!label.slots.includes(slot))
            throw new PatternError(`${where}: ${intent} has no slot {${slot}}`);
          if (!inline && !lexicons.has(list))
            throw new PatternError(`${where}: there is no lexicon "${list}"`);
        }
      }
      intents.set(intent, patterns);
    }
  }
  return { rules, lexicons, intents };
}

/** A pattern with the full names of its rules. */
export function inScope(pattern: Pattern, fullName: (rule: string) => string): Pattern {
  const walk = (inner: Pattern): Pattern => inScope(inner, fullName);
  switch (pattern.kind) {
    case 'rule':
      return { kind: 'rule', name: fullName(pattern.name) };
    case 'sequence':
      return { ...pattern, items: pattern.items.map(walk) };
    case 'choice':
      return { ...pattern, options: pattern.options.map(walk) };
    case 'slot':
      return pattern.inline ? { ...pattern, inline: walk(pattern.inline) } : pattern;
    default:
      return pattern;
  }
}

/** The slots that a pattern itself names. */
const slotNames = (pattern: Pattern): readonly string[] =>
  slotsOf(pattern, new Map()).map(({ slot }) => slot);

/** All slots of a pattern, those inside of its rules too. */
export function slotsOf(
  pattern: Pattern,
  rules: ReadonlyMap<string, Pattern>,
): readonly Extract<Pattern, { kind: 'slot' }>[] {
  switch (pattern.kind) {
    case 'slot':
      return [pattern];
    case 'sequence':
      return pattern.items.flatMap((item) => slotsOf(item, rules));
    case 'choice':
      return pattern.options.flatMap((option) => slotsOf(option, rules));
    case 'rule': {
      const rule = rules.get(pattern.name);
      return rule ? slotsOf(rule, rules) : [];
    }
    default:
      return [];
  }
}
