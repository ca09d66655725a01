import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Decision, Facts, Outcome } from '../../vehicle/outcome.ts';

const catalogueSchema = z.record(z.string(), z.union([z.string(), z.array(z.string()).nonempty()]));

/** Words for what the car did: message codes and facts → one spoken sentence. */
export interface Replies {
  of(outcome: Outcome): string;
  /** The gate's reason and what would make it allowed. */
  reason(decision: Exclude<Decision, { verdict: 'allow' }>): string;
  say(code: string, facts?: Facts): string;
}

/**
 * @param yaml a message catalogue: code → ICU message, or several to choose from
 * @param choose picks one of `count` variants, 0 ≤ result < count
 * @throws Error that names the message when its syntax is wrong
 */
export function createReplies(yaml: string, locale: string, choose: (count: number) => number): Replies {
  const catalogue = new Map<string, readonly IntlMessageFormat[]>();
  for (const [code, messages] of Object.entries(catalogueSchema.parse(parse(yaml)))) {
    catalogue.set(
      code,
      [messages].flat().map((message) => {
        try {
          return new IntlMessageFormat(message, locale);
        } catch (error) {
          throw new Error(`replies: the message "${code}" is not ICU MessageFormat: ${String(error)}`, {
            cause: error,
          });
        }
      }),
    );
  }
  const say = (code: string, facts: Facts = {}) => {
    const variants = catalogue.get(code);
    const message = variants?.[choose(variants.length)];
    if (!message) throw new Error(`replies: there is no message "${code}"`);
    const spoken = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'object' ? list(value, locale) : value,
      ]),
    );
    return String(message.format(spoken)).trim();
  };
  return {
    say,
    of: (outcome) => say(outcome.code, outcome.facts),
    reason: (decision) =>
      say(
        decision.remedy,
        Object.fromEntries(decision.because.map(({ path, value }) => [path, String(value)])),
      ),
  };
}

const list = (items: readonly string[], locale: string) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
