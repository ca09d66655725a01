import assert from 'node:assert/strict';
import { layOut, layoutTokens, MAX_TOKENS } from '../../../../assistant/understanding/slm/layout.ts';
import { WordPieceTokenizer } from '../../../../assistant/understanding/slm/tokenizer.ts';

const PIECES = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[USER]',
  '[CAR]',
  'turn',
  'on',
  'the',
  'wind',
  '##ow',
  '##s',
  'it',
  "'",
  's',
  '21',
  '.',
  '5',
  'cafe',
  'x',
  '##x',
];
const file = {
  model: {
    type: 'WordPiece',
    vocab: Object.fromEntries(PIECES.map((piece, id) => [piece, id])),
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
  },
  normalizer: { type: 'BertNormalizer', lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
};
const tokenizer = new WordPieceTokenizer(file);
const cut = (text: string) => {
  const { ids, starts, ends, beginsWord } = tokenizer.tokenize(text);
  return ids.map((id, at) => [PIECES[id], text.slice(starts[at], ends[at]), beginsWord[at]]);
};

describe('tokenizer', () => {
  it('[NLU-5] cuts words into the longest pieces, lower-case, with their places in the text', () => {
    assert.deepEqual(cut('Turn  ON the Windows'), [
      ['turn', 'Turn', true],
      ['on', 'ON', true],
      ['the', 'the', true],
      ['wind', 'Wind', true],
      ['##ow', 'ow', false],
      ['##s', 's', false],
    ]);
  });

  it('[NLU-5] takes marks of punctuation as words of their own', () => {
    assert.deepEqual(
      cut("it's 21.5").map(([piece]) => piece),
      ['it', "'", 's', '21', '.', '5'],
    );
  });

  it('[NLU-5] finds places behind emoji, accents and control characters', () => {
    assert.deepEqual(cut('🥶 Café\u0000 cafe\u0301'), [
      ['[UNK]', '🥶', true],
      ['cafe', 'Café', true],
      // The accent is a letter of its own there; it belongs to no piece.
      ['cafe', 'cafe', true],
    ]);
  });

  it('[NLU-5] a special token in the text is but text', () => {
    assert.ok(tokenizer.tokenize('[CAR] turn on').ids.every((id) => PIECES[id] !== '[CAR]'));
  });

  it('[NLU-6] reads no more of a long text than it may', () => {
    const { ids, starts, ends, beginsWord } = tokenizer.tokenize('turn on the '.repeat(10_000), 60);
    assert.deepEqual([ids.length, starts.length, ends.length, beginsWord.length], [60, 60, 60, 60]);
    assert.equal(tokenizer.tokenize('x'.repeat(50), 10).ids.length, 10);
  });

  it('[NLU-5] says what is wrong with another kind of tokenizer', () => {
    assert.throws(
      () => new WordPieceTokenizer({ ...file, model: { ...file.model, type: 'BPE' } }),
      /WordPiece/,
    );
    assert.throws(
      () =>
        layoutTokens(new WordPieceTokenizer({ ...file, model: { ...file.model, vocab: { '[UNK]': 0 } } })),
      /no "\[CLS\]"/,
    );
  });
});

describe('layout', () => {
  const tokens = layoutTokens(tokenizer);
  const show = (ids: readonly number[]) => ids.map((id) => PIECES[id]).join(' ');

  it('[NLU-7] puts the newest of at most three turns next to the utterance', () => {
    const context = ['the', 'turn', 'on', 'it'].map(
      (text, index) => ({ who: index % 2 === 0 ? 'user' : 'car', text }) as const,
    );
    assert.equal(
      show(layOut({ text: 'windows', context }, tokenizer, tokens).ids),
      '[CLS] wind ##ow ##s [SEP] [CAR] it [SEP] [USER] on [SEP] [CAR] turn [SEP]',
    );
  });

  it('[NLU-6] never gets longer than the model’s input', () => {
    const long = 'turn on the windows '.repeat(500);
    const row = layOut({ text: long, context: [{ who: 'user', text: long }] }, tokenizer, tokens);
    assert.ok(row.ids.length <= MAX_TOKENS);
    const other = layOut(
      {
        text: 'turn on',
        context: [
          { who: 'user', text: long },
          { who: 'car', text: 'it' },
        ],
      },
      tokenizer,
      tokens,
    );
    assert.equal(other.ids.length, MAX_TOKENS);
    assert.equal(other.ids.at(-1), tokens.separator);
  });
});
