/**
 * The phrase pattern language: what people say, written down once, for training, for the speech grammar and for
 * the docs. See `phrases/FORMAT.md`.
 */
export type Pattern =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  /** An option of an empty sequence makes the rest optional. */
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  /** A named piece, e.g. `<turn_on>`. */
  | { readonly kind: 'rule'; readonly name: string }
  /** Any whole number from `from` to `to`, in steps of `step`; as digits or in words. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  /** A slot filled from the lexicon `list`, or from `inline`. */
  | { readonly kind: 'slot'; readonly slot: string; readonly list: string; readonly inline?: Pattern };

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Slots are lower-case words joined by `_`; a word is anything that is not a sign of the language. */
const TOKEN =
  /\s*(?:([[\](|)}])|\{([a-z_]+)(?:(:)([a-z_]+)\}|(=)|\})|<(?:(-?\d+)\.\.(-?\d+)(?:\/(\d+))?|([a-z_]+))>|([^\s[\](){}|<>]+))/y;

/**
 * Parses one pattern.
 * @throws PatternError naming the column
 */
export function parsePattern(source: string): Pattern {
  let at = 0;
  const fail = (why: string): never => {
    throw new PatternError(`column ${at + 1} of "${source}": ${why}`);
  };
  const next = () => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match) at = TOKEN.lastIndex;
    return match;
  };

  const choice = (closing: string | undefined): Pattern => {
    const options: Pattern[] = [];
    let items: Pattern[] = [];
    const flush = () => options.push(items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items });
    for (;;) {
      const token = next();
      if (!token) {
        if (source.slice(at).trim() !== '') fail('this is not part of a pattern');
        if (closing !== undefined) fail(`"${closing}" is missing`);
        break;
      }
      const [, sign, slot, colon, list, equals, from, to, step, rule, word] = token;
      if (sign !== undefined && sign === closing) break;
      if (word !== undefined) items.push({ kind: 'word', text: word });
      else if (rule !== undefined) items.push({ kind: 'rule', name: rule });
      else if (from !== undefined && to !== undefined) {
        items.push({ kind: 'range', from: Number(from), to: Number(to), step: Number(step ?? 1) });
      } else if (slot !== undefined) {
        if (equals) items.push({ kind: 'slot', slot, list: slot, inline: choice('}') });
        else items.push({ kind: 'slot', slot, list: colon && list ? list : slot });
      } else if (sign === '(') items.push(choice(')'));
      else if (sign === '[') {
        const inside = choice(']');
        items.push({
          kind: 'choice',
          options: [
            { kind: 'sequence', items: [] },
            ...(inside.kind === 'choice' ? inside.options : [inside]),
          ],
        });
      } else if (sign === '|') {
        flush();
        items = [];
      } else fail(`"${sign ?? ''}" closes nothing`);
    }
    flush();
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  };

  return choice(undefined);
}
