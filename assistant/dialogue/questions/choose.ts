import { parse } from 'yaml';
import { z } from 'zod';
import type { Slots } from '../../../vehicle/command.ts';
import { atoms, plain } from '../../../vehicle/slots.ts';
import { ordinal } from '../../understanding/values/digits.ts';
import type { Option } from '../machine/memory.ts';

const attributesSchema = z.array(
  z.strictObject({
    words: z.array(z.string()).nonempty(),
    by: z.array(z.string()).nonempty(),
    best: z.enum(['lowest', 'highest']),
  }),
);
export type Attributes = z.infer<typeof attributesSchema>;

export const readAttributes = (yaml: string): Attributes => attributesSchema.parse(parse(yaml));

/** Words that single nothing out. */
const EMPTY = new Set(
  `a an the one ones that this those of in on at by to for with from and or please take choose select pick i i'd i'll want
  like go let's let us me my it is us give call number option entry road street lane avenue has have does do where which
  ok okay yes yeah no um uh her his their there mean meant sounds good is's`.split(/\s+/),
);
const ANY =
  /^(any|any of them|either|either one|whatever|whichever|you choose|you decide|surprise me|doesn't matter|i don't care|don't care|it doesn't matter)$/;

/**
 * The option that "the second", "Anna Berger", "the closer one" or "the one on Mill Lane" picks.
 * @param text what was said, for words that the model gave no slot
 * @returns undefined when none or several fit
 */
export function chooseOption(
  options: readonly Option[],
  text: string,
  slots: Slots,
  attributes: Attributes,
): Option | undefined {
  if (ANY.test(worded(text))) return options[0];
  return (
    byOrdinal(options, text, slots) ??
    byAttribute(options, text, attributes) ??
    byName(options, [text, ...Object.values(slots).flatMap((slot) => atoms(slot).map(String))].join(' '))
  );
}

function byOrdinal(options: readonly Option[], text: string, slots: Slots): Option | undefined {
  const said =
    slots.ordinal?.value ??
    (/\b(first|second|third|fourth|fifth|last|top|1st|2nd|3rd|4th|5th|(number|option) \S+)\b/i.test(text)
      ? ordinal(text)?.value
      : undefined);
  if (said === 'last') return options.at(-1);
  return typeof said === 'number' ? options[said - 1] : undefined;
}

function byAttribute(options: readonly Option[], text: string, attributes: Attributes): Option | undefined {
  const words = new Set(plain(text).split(' '));
  const wanted = attributes.find((attribute) => attribute.words.some((word) => words.has(word)));
  if (!wanted) return undefined;
  for (const field of wanted.by) {
    const known = options.flatMap((option) => {
      const value = fieldOf(option, field);
      return value === undefined ? [] : [{ option, value }];
    });
    if (known.length === 0) continue;
    const sign = wanted.best === 'lowest' ? 1 : -1;
    return known.toSorted((a, b) => sign * (a.value - b.value))[0]?.option;
  }
  return undefined;
}

/** A place's distance, opening or other attribute as a number. */
function fieldOf({ place }: Option, field: string): number | undefined {
  if (!place) return undefined;
  const own: unknown = Object.hasOwn(place, field)
    ? place[field as keyof typeof place]
    : place.attributes[field];
  if (typeof own === 'boolean') return own ? 1 : 0;
  return typeof own === 'number' ? own : undefined;
}

/** The one option that shares most of the words said; none when two share as many. */
export function byName(options: readonly Option[], text: string): Option | undefined {
  const words = [...new Set(worded(text).split(' '))].filter((word) => word.length > 1 && !EMPTY.has(word));
  const ranked = options
    .map((option) => {
      const own = new Set(described(option).split(' '));
      return { option, shared: words.filter((word) => own.has(word)).length };
    })
    .toSorted((a, b) => b.shared - a.shared);
  const [best, next] = ranked;
  return best && best.shared > 0 && best.shared > (next?.shared ?? 0) ? best.option : undefined;
}

const described = ({ label, place }: Option) =>
  worded([label, place?.name, place?.address, ...Object.values(place?.attributes ?? {})].join(' '));

/** With the apostrophes of "doesn't". */
const worded = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
