import { fillIn, LANGUAGES, namesIn, type Language, type Message, type ValuesOf } from './message.ts';
import { messages } from './messages/index.ts';

type Messages = typeof messages;
export type MessageKey = keyof Messages;

interface Spoken {
  readonly language: Language;
  readonly rules: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };
const spokenIn = (language: Language): Spoken => ({
  language,
  rules: new Intl.PluralRules(LOCALES[language]),
  number: new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 2 }),
});

// A page has one language from its first word to its last: another one is chosen by loading it again.
let spoken = spokenIn('en');

/** Sets the language of all that follows; the page does so once, before it shows anything. */
export function speak(language: Language): void {
  spoken = spokenIn(language);
}

/** The language of the page. */
export const language = (): Language => spoken.language;

/** The same for `Intl`. */
export const locale = (): string => LOCALES[spoken.language];

/**
 * A message in the language of the page: `t('media.title')`, `t('show.step', { step: 2, steps: 9 })`. Numbers are
 * written as the language writes them. Call it when something is shown, never while a module loads: the language is
 * not chosen then.
 */
export function t<K extends MessageKey>(key: K, ...[values]: ValuesOf<Messages[K]>): string {
  return fillIn(messages[key][spoken.language], values ?? {}, spoken.rules, spoken.number);
}

/** As `t`, for a key that stands in the page's HTML. @throws Error when there is no such message, or it needs values */
export function textOf(key: string): string {
  const message: Message | undefined = Object.hasOwn(messages, key) ? messages[key as MessageKey] : undefined;
  if (!message || namesIn(message.en).size > 0)
    throw new Error(`index.html names the message “${key}”: there is none, or it needs values.`);
  return fillIn(message[spoken.language], {}, spoken.rules, spoken.number);
}

export const isLanguage = (value: string | null | undefined): value is Language =>
  LANGUAGES.some((known) => known === value);
