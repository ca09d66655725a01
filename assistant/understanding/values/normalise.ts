import type { Command, SlotAtom, Slots, SlotValue } from '../../../vehicle/command.ts';
import type { SlotName } from '../../../vehicle/ontology.generated.ts';
import type { Ontology, SlotDefinition } from '../ontology.ts';
import type { PhraseBook } from '../phrase-book.ts';
import { digits, ordinal } from './digits.ts';
import { amount, frequency, level, position, speed, temperature } from './quantity.ts';
import { spokenForms, type FormsOf } from './spoken-forms.ts';
import { datetime, duration, type Moment } from './time.ts';
import type { Value } from './value.ts';

/** A slot's words, in the order they were said. */
export interface SpokenSlot {
  readonly name: SlotName;
  readonly text: string;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface NormalisedSlots {
  readonly slots: Slots;
  /** Slots whose words have no value: they keep their words as value, and the gate or the dialogue says so. */
  readonly unclear: readonly SlotName[];
}

/** A slot whose words have no value makes the whole command doubtful: its confidence is so much of what it was. */
export const UNCLEAR_SLOT = 0.8;

export interface Normaliser {
  /** @param text the whole utterance, which the slots' offsets count in */
  normalise(
    intent: Command['intent'],
    spoken: readonly SpokenSlot[],
    text: string,
    moment: Moment,
  ): NormalisedSlots;
}

const NUMBERS: Readonly<Record<string, (text: string) => Value | undefined>> = {
  temperature,
  amount,
  level,
  position,
  frequency,
  speed,
};

/**
 * Turns slots' words into values (`SlotValue`). What closed lists say is found exactly first, then as a number, then
 * as part of the words, then nearly ("pasenger"). Words that have no value stay as they are, so that the car can say
 * what it did not understand instead of doing something else.
 */
export function createNormaliser(ontology: Ontology, book: PhraseBook): Normaliser {
  const definition = (slot: string): SlotDefinition => ontology.slots[slot] ?? { type: 'text' };
  const forms = spokenForms(book, (slot) => {
    const { type, values = [], words = [] } = definition(slot);
    return type === 'text' ? undefined : [...values, ...words];
  });
  return {
    normalise(intent, spoken, text, moment) {
      const slots: { -readonly [K in keyof Slots]: Slots[K] } = {};
      const unclear: SlotName[] = [];
      // The model now and then cuts an article off its noun; alone it says nothing.
      const told = spoken.filter((slot) => !ARTICLE.test(bare(slot.text)));
      for (const name of new Set(told.map((slot) => slot.name))) {
        const mentions = told.filter((slot) => slot.name === name);
        const read = mentions.map((mention) =>
          valuesOf(name, intent, mention.text, definition(name), forms, moment),
        );
        if (read.some((values) => values === undefined)) unclear.push(name);
        const values = read.flatMap(
          (found, index) => found ?? [{ value: cleaned(mentions[index]?.text ?? '') }],
        );
        slots[name] = together(values, text.slice(mentions[0]?.start, mentions.at(-1)?.end));
      }
      return { slots, unclear };
    },
  };
}

/** Of several mentions the values are a list, each once; the unit is the first one's. */
function together(values: readonly Value[], text: string): SlotValue {
  const unit = values.find((value) => value.unit !== undefined)?.unit;
  const all = [...new Set(values.map(({ value }) => value))];
  const value: SlotAtom | readonly SlotAtom[] = all.length > 1 ? all : (all[0] ?? text);
  return { text, value, ...(unit !== undefined && { unit }) };
}

function valuesOf(
  name: SlotName,
  intent: Command['intent'],
  text: string,
  { type }: SlotDefinition,
  formsOf: FormsOf,
  moment: Moment,
): readonly Value[] | undefined {
  const forms = formsOf(name, intent);
  const listed = (value: string | undefined): readonly Value[] | undefined =>
    value === undefined ? undefined : [{ value }];
  const one = (value: Value | undefined) => value && [value];
  switch (type) {
    case 'text': {
      const closed = forms.open ? undefined : (forms.within(text) ?? forms.nearly(text));
      const named = forms.name(text) ?? forms.name(withoutKind(name, text));
      return listed(forms.exact(text) ?? named ?? closed ?? cleaned(text));
    }
    case 'enum': {
      const parts = text.split(/\s*(?:,|\band\b|&|\+)\s*/).map((part) => forms.exact(part));
      const several =
        parts.length > 1 && parts.every((part) => part !== undefined)
          ? parts.map((value) => ({ value }))
          : undefined;
      return listed(forms.exact(text)) ?? several ?? listed(forms.within(text) ?? forms.nearly(text));
    }
    case 'color':
      return listed(
        /^#[0-9a-f]{6}$/i.exec(text.trim())?.[0].toLowerCase() ??
          forms.exact(text) ??
          forms.within(text) ??
          forms.nearly(text),
      );
    case 'ordinal':
      return (
        one(ordinal(text)) ??
        listed(forms.exact(text))?.map(({ value }) => ({ value: value === 'last' ? value : Number(value) }))
      );
    case 'digits':
      return one(digits(text));
    case 'duration':
      return one(duration(text));
    case 'datetime':
      return one(datetime(text, moment));
    default: {
      const word = forms.exact(text);
      const found = word === undefined ? one(NUMBERS[name]?.(text)) : undefined;
      return found ?? listed(asMeant(word ?? forms.within(text) ?? forms.nearly(text), name, intent));
    }
  }
}

/** What is said behind names that need no such word. */
const KINDS: Readonly<Partial<Record<SlotName, RegExp>>> = {
  genre: /\s+(music|songs|tunes)$/i,
  playlist: /\s+(playlist|mix)$/i,
  podcast: /\s+podcast$/i,
  album: /\s+album$/i,
  station: /\s+station$/i,
  app: /\s+app$/i,
};

/** "Classical music" is the genre "classical". */
function withoutKind(name: SlotName, text: string): string {
  const kind = KINDS[name];
  return kind ? cleaned(text).replace(kind, '') : text;
}

/** What is closed "all the way" is closed. */
function asMeant(value: string | undefined, name: SlotName, intent: Command['intent']): string | undefined {
  return name === 'position' && value === 'open' && intent.endsWith('.close') ? 'closed' : value;
}

/** Words without the marks around them and without an article in front; a name's own article the lexicons know. */
const ARTICLE = /^(?:a|an|the)$/i;

function cleaned(text: string): string {
  return bare(text).replace(/^(a|an|the)\s+(?=\S)/i, '') || text;
}

const bare = (text: string) => text.replace(/^[\s"'“”‘’.,;:!?()]+|[\s"'“”‘’.,;:!?()]+$/gu, '');
