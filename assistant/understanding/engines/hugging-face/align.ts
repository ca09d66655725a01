/** A stretch of text in UTF-16 units, end exclusive. */
export type Place = readonly [start: number, end: number];

/** A token's own letters; null when they cannot be known (an unknown piece, a lone byte). */
export type Surface = string | null;

/** How far letters may be skipped to find a token again after one that is nowhere. */
const FARTHEST_SKIP = 40;

/**
 * Finds the places of tokens in the text that they were cut from. Tokenizers change what they read (case, accents,
 * compatibility forms, spaces), and the JavaScript port reports no offsets, so both sides are compared without all of
 * that. A token without letters of its own stands where its neighbours leave room.
 * @returns one place per token; undefined for one that stands nowhere
 */
export function align(surfaces: readonly Surface[], text: string): readonly (Place | undefined)[] {
  const { letters, starts, ends } = fold(text);
  const places: (Place | undefined)[] = [];
  let at = 0;
  let waiting: number[] = [];
  const stretch = (from: number, to: number): Place | undefined => {
    const [start, end] = [starts[from], ends[to - 1]];
    return start === undefined || end === undefined || to <= from ? undefined : [start, end];
  };
  const settle = (until: number) => {
    const room = stretch(at, until);
    // A word each, where there are as many; else they share the room.
    const words = room ? wordsIn(text, room) : [];
    for (const [order, index] of waiting.entries())
      places[index] = words.length === waiting.length ? words[order] : room;
    waiting = [];
  };
  for (const [index, surface] of surfaces.entries()) {
    const own = surface === null ? '' : fold(surface).letters;
    if (surface === null) {
      waiting.push(index);
    } else if (own !== '') {
      const found = letters.indexOf(own, at);
      if (found < 0 || found - at > FARTHEST_SKIP) continue;
      settle(found);
      at = found + own.length;
      places[index] = stretch(found, at);
    }
  }
  settle(letters.length);
  return Array.from(surfaces, (_, index) => places[index]);
}

/** Words between spaces; each ideograph is a word. */
function wordsIn(text: string, [from, to]: Place): readonly Place[] {
  const words = text.slice(from, to).matchAll(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu);
  return [...words].map(({ 0: word, index }) => [from + index, from + index + word.length]);
}

interface Folded {
  readonly letters: string;
  /** Of each UTF-16 unit of `letters`: where the symbol that it comes from begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Letters without case, accents, compatibility forms, spaces and what cannot be seen. */
function fold(text: string): Folded {
  let letters = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const symbol of text) {
    const bare = symbol
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{C}\s]/gu, '');
    letters += bare;
    for (let unit = 0; unit < bare.length; unit++) {
      starts.push(at);
      ends.push(at + symbol.length);
    }
    at += symbol.length;
  }
  return { letters, starts, ends };
}

/**
 * The letters of the tokens of a byte-level tokenizer, which writes bytes as visible symbols and may cut within a letter.
 * @param tokens e.g. `["Ġopen", "Ġla", "Ã", "±"]`
 */
export function byteLevelSurfaces(tokens: readonly string[]): readonly Surface[] {
  const bytes = tokens.map((token) => Array.from(token, (symbol) => BYTE_OF.get(symbol)));
  const whole = Uint8Array.from(bytes.flat().map((byte) => byte ?? 0x3f));
  const symbols = Array.from(new TextDecoder('utf-8').decode(whole));
  // Each byte's symbol: a token that holds any byte of a letter holds the letter.
  const symbolOf = symbols.flatMap((symbol, index) =>
    Array.from({ length: new TextEncoder().encode(symbol).length }, () => index),
  );
  let at = 0;
  let taken = -1;
  return bytes.map((own) => {
    const last = at + own.length - 1;
    const from = Math.max(symbolOf[at] ?? 0, taken + 1);
    const to = symbolOf[last] ?? taken;
    at += own.length;
    if (own.length === 0 || own.includes(undefined)) return null;
    taken = Math.max(taken, to);
    // The later bytes of a letter that the token before has begun.
    return to < from ? null : symbols.slice(from, to + 1).join('');
  });
}

/** GPT-2's visible symbols for the 256 bytes: printable Latin-1 stands for itself, the rest follows from U+0100 on. */
const BYTE_OF: ReadonlyMap<string, number> = (() => {
  const own = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 0x100;
  return new Map(
    Array.from(
      { length: 256 },
      (_, byte) => [String.fromCodePoint(own(byte) ? byte : next++), byte] as const,
    ),
  );
})();
