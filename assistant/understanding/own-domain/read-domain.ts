import { ConfigError, readConfig } from '../../../vehicle/config-file.ts';
import type { YamlPath } from '../../../vehicle/located-yaml.ts';
import { didYouMean } from '../nearest.ts';
import { parsePattern, PatternError, type Pattern } from '../pattern.ts';
import { slotsOf, type Lexicon, type PhraseBook } from '../phrase-book.ts';
import { domainSchema } from './domain-schema.ts';

/** Something else than the car that can be talked to: what it is called, and all that is said to it. */
export interface OwnDomain {
  readonly name: string;
  readonly book: PhraseBook;
}

/**
 * Reads a domain file (docs/speech.md): phrases and what can stand in them, in the pattern language of
 * `phrases/FORMAT.md`.
 * @param file name for messages
 * @throws ConfigError with the line: what is no YAML or no domain, a pattern that cannot be read, a rule or a list
 *   that is not there, a rule that contains itself, a phrase that says nothing
 */
export function readDomain(text: string, file: string): OwnDomain {
  const { data, spotOf } = readConfig(text, file, domainSchema);
  const { domain: name, rules, lists, intents } = data;
  const fail = (path: YamlPath, why: string): never => {
    throw new ConfigError('bad-entry', file, spotOf(path).line, why);
  };
  const parsed = (sources: string | readonly string[], path: YamlPath): readonly Pattern[] =>
    typeof sources === 'string'
      ? [patternAt(sources, path, fail)]
      : sources.map((source, index) => patternAt(source, [...path, index], fail));

  const ruleMap = new Map(
    Object.entries(rules).map(([rule, sources]): [string, Pattern] => {
      const options = parsed(sources, ['rules', rule]);
      const [only] = options;
      return [rule, options.length === 1 && only ? only : { kind: 'choice', options }];
    }),
  );
  const lexicons = new Map(
    Object.entries(lists).map(([list, { values, items, patterns }]): [string, Lexicon] => [
      list,
      {
        values: new Map(Object.entries(values)),
        items,
        patterns: parsed(patterns, ['lists', list, 'patterns']),
      },
    ]),
  );
  const phrases = new Map(
    Object.entries(intents).map(([intent, sources]) => [intent, parsed(sources, ['intents', intent])]),
  );
  const book: PhraseBook = { rules: ruleMap, lexicons, intents: phrases };
  const checkNames = (pattern: Pattern, path: YamlPath) => {
    const missing = rulesIn(pattern).find((rule) => !ruleMap.has(rule));
    if (missing !== undefined)
      fail(path, `there is no rule <${missing}>${didYouMean(missing, ruleMap.keys())}`);
  };
  for (const [rule, pattern] of ruleMap) checkNames(pattern, ['rules', rule]);
  for (const rule of ruleMap.keys())
    if (containsItself(rule, ruleMap)) fail(['rules', rule], `the rule <${rule}> contains itself`);
  for (const [list, { patterns }] of lexicons) {
    for (const [index, pattern] of patterns.entries()) {
      const path = ['lists', list, 'patterns', index];
      checkNames(pattern, path);
      if (slotsOf(pattern, ruleMap).length > 0)
        fail(path, `what stands in the list "${list}" cannot hold a {slot}`);
    }
  }
  for (const [intent, patterns] of phrases) {
    for (const [index, pattern] of patterns.entries()) {
      const path = ['intents', intent, index];
      checkNames(pattern, path);
      const stranger = slotsOf(pattern, ruleMap).find(({ list, inline }) => !inline && !lexicons.has(list));
      if (stranger)
        fail(path, `there is no list "${stranger.list}"${didYouMean(stranger.list, lexicons.keys())}`);
      if (canBeEmpty(pattern, ruleMap)) fail(path, 'this phrase can be said without a word');
    }
  }
  return { name, book };
}

function patternAt(source: string, path: YamlPath, fail: (path: YamlPath, why: string) => never): Pattern {
  try {
    return parsePattern(source);
  } catch (error) {
    if (error instanceof PatternError) return fail(path, error.message);
    throw error;
  }
}

function partsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.items;
    case 'choice':
      return pattern.options;
    case 'slot':
      return pattern.inline ? [pattern.inline] : [];
    default:
      return [];
  }
}

const rulesIn = (pattern: Pattern): readonly string[] =>
  pattern.kind === 'rule' ? [pattern.name] : partsOf(pattern).flatMap(rulesIn);

function containsItself(rule: string, rules: ReadonlyMap<string, Pattern>): boolean {
  const seen = new Set<string>();
  const open = [rule];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const pattern = rules.get(name);
    for (const inner of pattern ? rulesIn(pattern) : []) {
      if (inner === rule) return true;
      if (!seen.has(inner)) open.push(inner);
      seen.add(inner);
    }
  }
  return false;
}

function canBeEmpty(pattern: Pattern, rules: ReadonlyMap<string, Pattern>): boolean {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.items.every((item) => canBeEmpty(item, rules));
    case 'choice':
      return pattern.options.some((option) => canBeEmpty(option, rules));
    case 'rule': {
      const rule = rules.get(pattern.name);
      return rule !== undefined && canBeEmpty(rule, rules);
    }
    case 'slot':
      return pattern.inline !== undefined && canBeEmpty(pattern.inline, rules);
    default:
      return false;
  }
}
