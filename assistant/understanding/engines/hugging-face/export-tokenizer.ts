import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { align, byteLevelSurfaces, type Place, type Surface } from './align.ts';

/** What is used of it. The package's own types name files without their endings, which Node's resolution does not find. */
interface HuggingFaceTokenizer {
  encode(
    text: string,
    options: { add_special_tokens?: boolean; return_token_type_ids: true },
  ): {
    readonly ids: readonly number[];
    readonly tokens: readonly string[];
    readonly token_type_ids: readonly number[];
  };
  token_to_id(token: string): number | undefined;
  get_vocab(withAddedTokens: boolean): ReadonlyMap<string, number>;
}
const createTokenizer = (json: object, config: object) =>
  new (Tokenizer as unknown as new (json: object, config: object) => HuggingFaceTokenizer)(json, config);

const tokenizerFile = z.looseObject({
  model: z.looseObject({
    type: z.string().optional(),
    unk_token: z.string().nullish(),
    unk_id: z.number().nullish(),
    continuing_subword_prefix: z.string().nullish(),
    end_of_word_suffix: z.string().nullish(),
  }),
  pre_tokenizer: z.unknown().optional(),
  decoder: z.unknown().optional(),
  truncation: z.looseObject({ max_length: z.number().int().positive() }).nullish(),
  padding: z.looseObject({ pad_id: z.number().int().nonnegative() }).nullish(),
});
const tokenizerConfig = z.looseObject({ model_max_length: z.number().optional() });

/** An utterance as a model reads it. Arrays are parallel, special tokens included. */
export interface EncodedText {
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
  /** Undefined for special tokens, and for tokens that stand nowhere. */
  readonly places: readonly (Place | undefined)[];
  /** At least half of the text is unknown to the tokenizer. */
  readonly unreadable: boolean;
}

/** A `tokenizer.json` at work. */
export class ExportTokenizer {
  readonly #tokenizer: HuggingFaceTokenizer;
  readonly #file: z.infer<typeof tokenizerFile>;
  readonly #byteLevel: boolean;
  readonly #unknown: number | undefined;
  /** Special tokens before and after a text. */
  readonly #before: number;
  readonly #around: number;
  readonly #longest: number;
  readonly padding: number | undefined;
  /** Ids go from 0 to this, exclusive. */
  readonly size: number;

  /**
   * @param json contents of tokenizer.json
   * @param config contents of tokenizer_config.json, where there is one
   * @param longest tokens that the model takes
   * @throws Error (also ZodError) naming what cannot be used
   */
  constructor(json: unknown, config: unknown, longest: number) {
    this.#file = tokenizerFile.parse(json);
    const { model_max_length: most = longest } = tokenizerConfig.parse(config);
    this.#tokenizer = createTokenizer(json as object, config as object);
    this.#byteLevel = /"ByteLevel"/.test(JSON.stringify([this.#file.pre_tokenizer, this.#file.decoder]));
    const { unk_id: id, unk_token: token } = this.#file.model;
    this.#unknown = id ?? (typeof token === 'string' ? this.#tokenizer.token_to_id(token) : undefined);
    this.#longest = Math.min(longest, most, this.#file.truncation?.max_length ?? longest);
    this.padding = this.#file.padding?.pad_id;
    const ids = [...this.#tokenizer.get_vocab(true).values()];
    this.size = ids.reduce((largest, one) => Math.max(largest, one), -1) + 1;
    const empty = this.#tokenizer.encode('a', { return_token_type_ids: true });
    const bare = this.#tokenizer.encode('a', {
      add_special_tokens: false,
      return_token_type_ids: true,
    });
    this.#before = Math.max(0, empty.tokens.indexOf(bare.tokens[0] ?? ''));
    this.#around = empty.ids.length - bare.ids.length;
  }

  /** Of a text that is too long, the beginning. */
  encode(text: string): EncodedText {
    const {
      ids,
      tokens,
      token_type_ids: types,
    } = this.#tokenizer.encode(text, { return_token_type_ids: true });
    const own = tokens.slice(this.#before, tokens.length - (this.#around - this.#before));
    const places = align(this.#surfaces(own), text);
    if (ids.length > this.#longest) {
      // Cut as text, so that the special tokens at the end stay.
      const room = Math.max(0, this.#longest - this.#around);
      const end = places[room]?.[0] ?? places[room - 1]?.[1] ?? 0;
      if (end < text.length) return this.encode(text.slice(0, end));
    }
    const unknown = own.filter((_, index) => ids[this.#before + index] === this.#unknown).length;
    return {
      ids,
      typeIds: types,
      places: ids.map((_, index) => places[index - this.#before]),
      unreadable: own.length === 0 || unknown * 2 >= own.length,
    };
  }

  #surfaces(tokens: readonly string[]): readonly Surface[] {
    if (this.#byteLevel) return byteLevelSurfaces(tokens);
    const {
      continuing_subword_prefix: prefix,
      end_of_word_suffix: suffix,
      unk_token: unknown,
    } = this.#file.model;
    return tokens.map((token) => {
      if (token === unknown || /^<0x[0-9A-F]{2}>$/.test(token) || token === '<unk>') return null;
      let surface = token;
      if (prefix && surface.startsWith(prefix)) surface = surface.slice(prefix.length);
      if (suffix && surface.endsWith(suffix)) surface = surface.slice(0, -suffix.length);
      return surface.replaceAll('▁', ' ');
    });
  }
}
