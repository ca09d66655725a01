import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Decision, Facts, Outcome } from '../../vehicle/outcome.ts';

const variants = z.array(z.string()).nonempty();
const catalogueSchema = z.record(
  z.string(),
  z.union([
    z.string().transform((one) => ({ full: [one], brief: undefined })),
    variants.transform((full) => ({ full, brief: undefined })),
    z.strictObject({ full: variants, brief: variants.optional() }),
  ]),
);

/** Words for what the car did: message codes and facts → one spoken sentence. */
export interface Replies {
  of(outcome: Outcome): string;
  /** The gate's reason and what would make it allowed. */
  reason(decision: Exclude<Decision, { verdict: 'allow' }>): string;
  say(code: string, facts?: Facts): string;
  has(code: string): boolean;
  /** "a, b, and c" as people say it. */
  list(items: readonly string[]): string;
  /** The same, as short as the catalogue can say it: for a driver with eyes on the road. */
  readonly brief: Replies;
}

interface Message {
  readonly full: readonly IntlMessageFormat[];
  readonly brief: readonly IntlMessageFormat[];
}

/** Picks one of `count` variants, 0 ≤ result < count. */
export type Choose = (count: number) => number;

/**
 * @param yaml a message catalogue: code → ICU message, several to choose from, or `{full, brief}`; another language is another file
 * @throws Error that names the message when its syntax is wrong
 */
export const createReplies = (yaml: string, locale: string, choose: Choose): Replies =>
  readReplies(yaml, locale)(choose);

/** The same for many conversations: compiling a catalogue takes longer than any of them. */
export function readReplies(yaml: string, locale: string): (choose: Choose) => Replies {
  const catalogue = new Map<string, Message>();
  const format = (code: string, message: string) => {
    try {
      return new IntlMessageFormat(message, locale);
    } catch (error) {
      throw new Error(`replies: the message "${code}" is not ICU MessageFormat: ${String(error)}`, {
        cause: error,
      });
    }
  };
  for (const [code, { full, brief }] of Object.entries(catalogueSchema.parse(parse(yaml)))) {
    const spoken = full.map((message) => ({ length: message.length, message: format(code, message) }));
    // Where nobody wrote a short form, the shortest one is it.
    const shortest = spoken.reduce((a, b) => (b.length < a.length ? b : a)).message;
    catalogue.set(code, {
      full: spoken.map(({ message }) => message),
      brief: brief?.map((message) => format(code, message)) ?? [shortest],
    });
  }
  return (choose) => speakingFrom(catalogue, locale, choose);
}

function speakingFrom(catalogue: ReadonlyMap<string, Message>, locale: string, choose: Choose): Replies {
  const speaking = (length: keyof Message): Omit<Replies, 'brief'> => {
    const speak = (code: string, facts: Facts, between: Intl.ListFormatType) => {
      const known = catalogue.get(code)?.[length];
      const message = known?.[choose(known.length)];
      // A market's own rule brings its own words.
      if (!message && code.includes(' ')) return code;
      if (!message) throw new Error(`replies: there is no message "${code}"`);
      const spoken = Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          typeof value === 'object' ? list(value, locale, between) : value,
        ]),
      );
      return String(message.format(spoken)).trim();
    };
    const say = (code: string, facts: Facts = {}) => speak(code, facts, 'conjunction');
    return {
      say,
      has: (code) => catalogue.has(code),
      list: (items) => list(items, locale, 'conjunction'),
      of: ({ code, facts, status }) =>
        // A question names what there is to choose from.
        speak(code, facts, status === 'needs' ? 'disjunction' : 'conjunction'),
      reason: (decision) =>
        say(
          decision.remedy,
          Object.fromEntries(decision.because.map(({ path, value }) => [path, String(value)])),
        ),
    };
  };
  const brief: Replies = {
    ...speaking('brief'),
    get brief() {
      return brief;
    },
  };
  return { ...speaking('full'), brief };
}

const list = (items: readonly string[], locale: string, type: Intl.ListFormatType) =>
  new Intl.ListFormat(locale, { type }).format(items);
