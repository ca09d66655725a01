/** The languages of the page. What is said to the car, and what it answers, is English. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `{name}` stands for a value; where the words follow the number, `count` chooses one of two. */
type Text = string | { readonly one: string; readonly other: string };

/** One message in every language, side by side: neither can be forgotten, and each is translated in sight of the other. */
export type Message = Readonly<Record<Language, Text>>;

type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
/** A text with two forms needs its `count` in any case. */
type Whole<T> = T extends string
  ? T
  : T extends { readonly other: infer Other extends string }
    ? `{count}${Other}`
    : never;

/** The values that a message needs, by the names in its English text. */
export type ValuesOf<M extends Message> = [NamesIn<Whole<M['en']>>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<Whole<M['en']>>, string | number>>];

/** The names of the values in all forms of a text. */
export function namesIn(text: Text): ReadonlySet<string> {
  const forms = typeof text === 'string' ? [text] : [text.one, text.other];
  return new Set(forms.flatMap((form) => Array.from(form.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '')));
}

/** @param rules of the text's language @param number writes numbers as that language does */
export function fillIn(
  text: Text,
  values: Readonly<Record<string, string | number>>,
  rules: Intl.PluralRules,
  number: Intl.NumberFormat,
): string {
  const form =
    typeof text === 'string' ? text : rules.select(Number(values['count'])) === 'one' ? text.one : text.other;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number.format(value) : value;
  });
}
