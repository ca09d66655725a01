import type { Utterance } from '../interpreter.ts';
import type { Pieces, WordPieceTokenizer } from './tokenizer.ts';

/** What the model was trained with: `assistant/training/data.py`. */
export const MAX_TOKENS = 64;
/** `[CLS]` and `[SEP]` around it, and two places left. Speech in a car is shorter: what lies beyond is not read. */
export const MAX_UTTERANCE_TOKENS = 60;
const MAX_TURNS = 3;

/** One row of the model's input: `[CLS] utterance [SEP] newest turn [SEP] older … [SEP]`. */
export interface Row {
  readonly ids: readonly number[];
  /** The utterance's own pieces; they stand at 1 … pieces.ids.length of the row. */
  readonly pieces: Pieces;
}

/** Ids of the tokens that only the layout uses. */
export interface LayoutTokens {
  readonly begin: number;
  readonly separator: number;
  readonly user: number;
  readonly car: number;
}

/** @throws Error when the vocabulary lacks one of them */
export function layoutTokens(tokenizer: WordPieceTokenizer): LayoutTokens {
  return {
    begin: tokenizer.id('[CLS]'),
    separator: tokenizer.id('[SEP]'),
    user: tokenizer.id('[USER]'),
    car: tokenizer.id('[CAR]'),
  };
}

/** Lays out an utterance and the turns before it. Older turns give way first, then the end of the utterance. */
export function layOut(
  { text, context = [] }: Utterance,
  tokenizer: WordPieceTokenizer,
  tokens: LayoutTokens,
): Row {
  const pieces = tokenizer.tokenize(text, MAX_UTTERANCE_TOKENS);
  const ids = [tokens.begin, ...pieces.ids, tokens.separator];
  for (const turn of context.slice(-MAX_TURNS).reverse()) {
    const room = MAX_TOKENS - ids.length - 2;
    if (room < 1) break;
    ids.push(
      turn.who === 'user' ? tokens.user : tokens.car,
      ...tokenizer.tokenize(turn.text, room).ids,
      tokens.separator,
    );
  }
  return { ids, pieces };
}
