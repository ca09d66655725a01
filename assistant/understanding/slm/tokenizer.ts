import { z } from 'zod';

const tokenizerFile = z.object({
  model: z.object({
    type: z.literal('WordPiece'),
    vocab: z.record(z.string(), z.number().int().nonnegative()),
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    max_input_chars_per_word: z.number().int().positive(),
  }),
  normalizer: z.object({ type: z.literal('BertNormalizer'), lowercase: z.literal(true) }),
  pre_tokenizer: z.object({ type: z.literal('BertPreTokenizer') }),
});

/** A text's pieces: parallel arrays. */
export interface Pieces {
  readonly ids: readonly number[];
  /** First and last (exclusive) UTF-16 unit of each piece in the original text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Whether a piece begins a word; marks of punctuation are words. */
  readonly beginsWord: readonly boolean[];
}

interface Word {
  readonly letters: string[];
  readonly starts: number[];
  readonly ends: number[];
}

const MARK = /^\p{Mn}$/u;
/** As BERT's own tokenizer has it: ASCII's signs count as punctuation too. */
const PUNCTUATION = /^[\p{P}$+<=>^`|~]$/u;
const IDEOGRAPH = /^\p{Script=Han}$/u;
const SPACE = /^\s$/u;
const INVISIBLE = /^[\p{C}\ufffd]$/u;

/**
 * BERT's lower-casing WordPiece with offsets into the original text, from a Hugging Face `tokenizer.json`.
 * Own code because `@huggingface/tokenizers` (0.2.0) reports no offsets, and slots are places in the text.
 * Special tokens are never read from the text: who says "[CAR]" does not speak for the car.
 */
export class WordPieceTokenizer {
  readonly #vocabulary: ReadonlyMap<string, number>;
  /** The piece of a word that cannot be read. */
  readonly unknown: number;
  /** The highest id of a piece. */
  readonly last: number;
  readonly #prefix: string;
  readonly #longestWord: number;

  /** @param parsed contents of tokenizer.json @throws Error naming what is not as expected */
  constructor(parsed: unknown) {
    const { model } = tokenizerFile.parse(parsed);
    this.#vocabulary = new Map(Object.entries(model.vocab));
    this.#prefix = model.continuing_subword_prefix;
    this.#longestWord = model.max_input_chars_per_word;
    this.unknown = this.id(model.unk_token);
    this.last = [...this.#vocabulary.values()].reduce((a, b) => Math.max(a, b), 0);
  }

  /** @throws Error when the vocabulary has no such piece */
  id(piece: string): number {
    const id = this.#vocabulary.get(piece);
    if (id === undefined) throw new Error(`the vocabulary has no "${piece}"`);
    return id;
  }

  /** The first pieces of a text. @param limit how many at most: a long text costs no more than its beginning */
  tokenize(text: string, limit = Infinity): Pieces {
    const pieces = {
      ids: [] as number[],
      starts: [] as number[],
      ends: [] as number[],
      beginsWord: [] as boolean[],
    };
    let word: Word = { letters: [], starts: [], ends: [] };
    const flush = () => {
      if (word.letters.length > 0) this.#cut(word, pieces);
      word = { letters: [], starts: [], ends: [] };
    };
    let at = 0;
    for (const symbol of text) {
      const start = at;
      at += symbol.length;
      if (pieces.ids.length >= limit) break;
      if (SPACE.test(symbol)) {
        flush();
        continue;
      }
      if (INVISIBLE.test(symbol)) continue;
      const alone = IDEOGRAPH.test(symbol);
      if (alone) flush();
      for (const letter of symbol.normalize('NFD')) {
        if (MARK.test(letter)) continue;
        for (const lower of letter.toLowerCase()) {
          const sign = PUNCTUATION.test(lower);
          if (sign) flush();
          word.letters.push(lower);
          word.starts.push(start);
          word.ends.push(at);
          if (sign) flush();
        }
      }
      if (alone) flush();
    }
    flush();
    const cut = <T>(all: T[]) => (all.length > limit ? all.slice(0, limit) : all);
    return {
      ids: cut(pieces.ids),
      starts: cut(pieces.starts),
      ends: cut(pieces.ends),
      beginsWord: cut(pieces.beginsWord),
    };
  }

  /** The longest piece that fits, again and again; a word that cannot be cut so is unknown as a whole. */
  #cut(
    { letters, starts, ends }: Word,
    into: { ids: number[]; starts: number[]; ends: number[]; beginsWord: boolean[] },
  ): void {
    const found: { id: number; from: number; to: number }[] = [];
    for (let from = 0; from < letters.length;) {
      let hit: { id: number; from: number; to: number } | undefined;
      for (let to = letters.length; to > from && letters.length <= this.#longestWord && !hit; to--) {
        const id = this.#vocabulary.get((from > 0 ? this.#prefix : '') + letters.slice(from, to).join(''));
        if (id !== undefined) hit = { id, from, to };
      }
      if (!hit) {
        found.splice(0, Infinity, { id: this.unknown, from: 0, to: letters.length });
        break;
      }
      found.push(hit);
      from = hit.to;
    }
    for (const [index, { id, from, to }] of found.entries()) {
      into.ids.push(id);
      into.starts.push(starts[from] ?? 0);
      into.ends.push(ends[to - 1] ?? 0);
      into.beginsWord.push(index === 0);
    }
  }
}
