import type { SlotName } from '../../../vehicle/ontology.generated.ts';
import type { Stretch } from './decode.ts';

/** A slot's place in the text. */
export type Mention = Stretch & { readonly name: SlotName };

/** Places stand side by side without an "and": "mine rear left". Of everything else, what is side by side is one. */
const APART: ReadonlySet<SlotName> = new Set(['zone', 'side']);
/** Words that a name has inside and that the model now and then takes for the sentence's own: "check in *for the* flight". */
const INSIDE =
  /^(?:(?:the|a|an|of|for|in|to|by|with|at|my|me|on|up|are|is)\s+){0,2}(?:the|a|an|of|for|in|to|by|with|at|my|me|on|up|are|is)$/i;

/**
 * Joins mentions of one slot that are one name cut in two. Several values of a slot have an "and", a comma or a word of
 * their own between them.
 * @param mentions in the order of the text
 * @param isName whether a slot's words are a name, and not of a closed list
 */
export function joinMentions(
  mentions: readonly Mention[],
  text: string,
  isName: (slot: SlotName) => boolean,
): readonly Mention[] {
  const joined: Mention[] = [];
  for (const mention of mentions) {
    const last = joined.at(-1);
    const between = last?.name === mention.name ? text.slice(last.end, mention.start).trim() : undefined;
    const one =
      between === ''
        ? !APART.has(mention.name)
        : between !== undefined && isName(mention.name) && INSIDE.test(between);
    if (last && one) joined[joined.length - 1] = { ...last, end: mention.end };
    else joined.push(mention);
  }
  return joined;
}
