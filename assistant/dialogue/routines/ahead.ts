import { parse } from 'yaml';
import { z } from 'zod';
import { plainly, spokenPattern, type Heard, type SpokenPattern } from '../machine/spoken.ts';

const KINDS = [
  'teach',
  'ask_teach',
  'append',
  'change',
  'run',
  'remove',
  'describe',
  'list',
  'switch_profile',
  'new_profile',
  'which_profile',
  'units_f',
  'units_c',
  'units_miles',
  'units_km',
  'brief',
  'chatty',
  'name_contact',
  'name_place',
  'did',
  'privacy',
  'snooze',
  'mute',
] as const;
export type AheadKind = (typeof KINDS)[number];

/** One way to read an utterance without the model. */
export interface AheadReading {
  readonly kind: AheadKind;
  readonly slots: Readonly<Record<string, Heard>>;
}

/** The grammar ahead of the model. */
export type AheadGrammar = readonly {
  readonly kind: AheadKind;
  readonly patterns: readonly SpokenPattern[];
}[];

/** @throws Error naming the pattern that is wrong */
export function readAhead(yaml: string): AheadGrammar {
  const all = z.record(z.enum(KINDS), z.array(z.string()).nonempty()).parse(parse(yaml));
  return KINDS.map((kind) => ({ kind, patterns: all[kind].map(spokenPattern) }));
}

/** Every way in which the whole utterance fits, most particular first; what it means depends on what is known. */
export function* aheadReadings(grammar: AheadGrammar, text: string): IterableIterator<AheadReading> {
  const said = plainly(text);
  for (const { kind, patterns } of grammar) {
    for (const pattern of patterns) {
      const slots = pattern.match(said);
      if (slots) yield { kind, slots };
    }
  }
}
