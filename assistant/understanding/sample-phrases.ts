import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import { spokenNumber } from './spoken-number.ts';
import { hasLooseArticle } from './articles.ts';
import type { Pattern } from './pattern.ts';
import type { PhraseBook } from './phrase-book.ts';

/** One mention of a slot; two mentions of the same slot side by side are two objects. */
export interface Mention {
  readonly name: SlotName;
}

/** A word of a sampled sentence. */
export interface Token {
  readonly text: string;
  readonly mention?: Mention;
}

/** A sentence that says one command. */
export interface Sentence {
  readonly intent: Intent;
  readonly tokens: readonly Token[];
}

/** What may be drawn: the rest is held out, so that it can be measured what a model makes of things never seen. */
export interface Allowed {
  readonly pattern: (intent: string, index: number) => boolean;
  /** An entry of a lexicon's open list. */
  readonly item: (list: string, item: string) => boolean;
}

/** Uniform in [0, 1). */
export type Random = () => number;

export interface PhraseSampler {
  /** @throws RangeError for an intent without a phrase that is allowed */
  sentence(intent: Intent): Sentence;
  /** The words of a slot, from the lexicon of the same name or another. @throws RangeError when there is none */
  mention(name: SlotName, list?: string): readonly Token[];
}

/**
 * Draws sentences from the phrase book. Every pattern of an intent is as likely as the next one, however many
 * sentences it makes; so is every option of a choice, and an optional part is there half of the time.
 */
export function phraseSampler(book: PhraseBook, allowed: Allowed, random: Random): PhraseSampler {
  const pick = <T>(from: readonly T[], what: string): T => {
    const one = from[Math.floor(random() * from.length)];
    if (one === undefined) throw new RangeError(`there is nothing to draw for ${what}`);
    return one;
  };
  const words = (text: string, mention: Mention | undefined) =>
    text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word): Token => (mention ? { text: word, mention } : { text: word }));

  const entry = (list: string): string | Pattern => {
    const lexicon = book.lexicons.get(list);
    const spoken = [...(lexicon?.values.values() ?? [])].flat();
    const items = (lexicon?.items ?? []).filter((item) => allowed.item(list, item));
    const kinds: readonly (readonly (string | Pattern)[])[] = [spoken, items, lexicon?.patterns ?? []];
    return pick(
      pick(
        kinds.filter((kind) => kind.length > 0),
        `the list "${list}"`,
      ),
      `the list "${list}"`,
    );
  };

  const expand = (pattern: Pattern, digits: boolean, mention: Mention | undefined): readonly Token[] => {
    switch (pattern.kind) {
      case 'word':
        return words(pattern.text, mention);
      case 'sequence':
        return pattern.items.flatMap((item) => expand(item, digits, mention));
      case 'choice': {
        const [first, ...rest] = pattern.options;
        const optional = first?.kind === 'sequence' && first.items.length === 0 && rest.length > 0;
        if (optional && random() < 0.5) return [];
        return expand(pick(optional ? rest : pattern.options, 'a choice'), digits, mention);
      }
      case 'rule': {
        const rule = book.rules.get(pattern.name);
        if (!rule) throw new RangeError(`there is no rule <${pattern.name}>`);
        return expand(rule, digits, mention);
      }
      case 'range': {
        const value =
          pattern.from +
          Math.floor(random() * (Math.floor((pattern.to - pattern.from) / pattern.step) + 1)) * pattern.step;
        return words(digits ? String(value) : pick(spokenNumber(value), `the number ${value}`), mention);
      }
      case 'slot': {
        // The phrase book has checked the name against the ontology, which the type is generated from.
        const inner: Mention = { name: pattern.slot as SlotName };
        const drawn = pattern.inline ?? entry(pattern.list);
        return withoutArticle(typeof drawn === 'string' ? words(drawn, inner) : expand(drawn, digits, inner));
      }
    }
  };

  return {
    sentence(intent) {
      const patterns = (book.intents.get(intent) ?? []).filter((_, index) => allowed.pattern(intent, index));
      return { intent, tokens: inDigits(expand(pick(patterns, intent), random() < 0.45, undefined)) };
    },
    mention(name, list = name) {
      const mention: Mention = { name };
      const drawn = entry(list);
      return withoutArticle(
        typeof drawn === 'string' ? words(drawn, mention) : inDigits(expand(drawn, random() < 0.45, mention)),
      );
    },
  };
}

/** The words of one slot; an article in front stays in the sentence, but outside of the slot. */
function withoutArticle(tokens: readonly Token[]): readonly Token[] {
  const [first, ...rest] = tokens;
  if (!first?.mention) return tokens;
  const words = tokens.map(({ text }) => text).join(' ');
  return hasLooseArticle(first.mention.name, words) ? [{ text: first.text }, ...rest] : tokens;
}

/** "21 point 5" → "21.5", "7 30" → "7:30": the way such numbers are written when they are written in digits. */
function inDigits(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  const isDigits = (token: Token | undefined) => token !== undefined && /^\d+$/.test(token.text);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    const [second, third, fourth] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    const same = (other: Token | undefined) =>
      other !== undefined && other.mention === token.mention && token.mention !== undefined;
    const fraction = third && isDigits(third) ? third.text : third?.text === 'five' ? '5' : undefined;
    if (isDigits(token) && same(third) && second?.text === 'point' && fraction !== undefined) {
      result.push({ ...token, text: `${token.text}.${fraction}` });
      at += 2;
    } else if (
      isDigits(token) &&
      same(fourth) &&
      second?.text === 'and' &&
      third?.text === 'a' &&
      fourth?.text === 'half'
    ) {
      result.push({ ...token, text: `${token.text}.5` });
      at += 3;
    } else if (
      isDigits(token) &&
      second &&
      same(second) &&
      token.mention?.name === 'datetime' &&
      /^[0-5]\d$/.test(second.text)
    ) {
      result.push({ ...token, text: `${token.text}:${second.text}` });
      at += 1;
    } else result.push(token);
  }
  return result;
}
