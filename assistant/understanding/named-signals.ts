import { parse } from 'yaml';
import { z } from 'zod';
import { SIGNAL_INTENTS } from '../../vehicle/command.ts';
import { spokenChoice } from '../../vehicle/named-signals.ts';
import type { Catalogue, SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import { parsePattern } from './pattern.ts';
import { inScope, type Lexicon, type PhraseBook } from './phrase-book.ts';

const phraseFile = z.record(
  z.enum(['switched', 'graded', 'chosen', 'named']),
  z.partialRecord(z.enum(SIGNAL_INTENTS), z.array(z.string())),
);
/** Numbers beyond this are said digit by digit or not at all. */
const HIGHEST_NUMBER = 1000;

/**
 * Adds what people say about signals with spoken names to a phrase book: what can be heard, and what
 * `withNamedSignals` (named-signal-interpreter.ts) understands.
 * @param yaml the text of `named-signals.yaml`
 * @returns the same book when no signal has a name
 */
export function addNamedSignals(book: PhraseBook, catalogue: Catalogue, yaml: string): PhraseBook {
  const signals = named(catalogue);
  if (signals.length === 0) return book;
  const kinds = {
    switched: signals.filter(
      (signal) => signal.type === 'actuator' && !isText(signal) && knowsOnAndOff(signal),
    ),
    graded: signals.filter((signal) => signal.type === 'actuator' && isGraded(signal)),
    chosen: signals.filter((signal) => signal.type === 'actuator' && signal.allowed !== undefined),
    named: signals,
  };
  const intents = new Map(book.intents);
  for (const [kind, phrases] of Object.entries(phraseFile.parse(parse(yaml)))) {
    if (kinds[kind as keyof typeof kinds].length === 0) continue;
    for (const [intent, sources] of Object.entries(phrases)) {
      const patterns = sources.map((source) => inScope(parsePattern(source), (rule) => `common/${rule}`));
      intents.set(intent, [...(intents.get(intent) ?? []), ...patterns]);
    }
  }
  const names = (of: readonly SignalDefinition[]): Lexicon => ({
    values: new Map(of.map(({ path, spokenNames = [] }) => [path, spokenNames])),
    items: [],
    patterns: [],
  });
  const choices = [...new Set(kinds.chosen.flatMap(({ allowed = [] }) => allowed))];
  const lexicons = new Map(book.lexicons)
    .set('switched', names(kinds.switched))
    .set('graded', names(kinds.graded))
    .set('chosen', names(kinds.chosen))
    .set('named', names(kinds.named))
    .set('choices', {
      values: new Map(choices.map((choice) => [choice, [spokenChoice(choice)]])),
      items: [],
      patterns: [],
    })
    .set('graded_level', gradedLevel(book, kinds.graded));
  return { ...book, intents, lexicons };
}

const named = (catalogue: Catalogue) =>
  [...catalogue.all()].filter(({ spokenNames }) => spokenNames !== undefined);
const isGraded = ({ datatype, allowed }: SignalDefinition) =>
  allowed === undefined && !['boolean', 'string', 'string[]', 'uint8[]'].includes(datatype);
const isText = ({ datatype, allowed }: SignalDefinition) =>
  allowed === undefined && datatype.startsWith('string');
const knowsOnAndOff = ({ allowed }: SignalDefinition) =>
  allowed === undefined || ['on', 'off'].every((word) => allowed.some((item) => spokenChoice(item) === word));

function gradedLevel({ lexicons }: PhraseBook, graded: readonly SignalDefinition[]): Lexicon {
  // Beyond the limits too: what is asked for and cannot be is answered, not misheard.
  const top = 2 * Math.max(100, ...graded.map(({ max = 100 }) => Math.ceil(max)));
  const highest = Math.min(HIGHEST_NUMBER, top);
  const lowest = Math.max(-HIGHEST_NUMBER, Math.floor(Math.min(0, ...graded.map(({ min = 0 }) => min))));
  return {
    values: lexicons.get('level')?.values ?? new Map(),
    items: [],
    patterns: [
      parsePattern(`<${lowest}..${highest}> [percent|degrees]`),
      parsePattern(`<${lowest}..${highest}> point <0..9> [percent|degrees]`),
    ],
  };
}
