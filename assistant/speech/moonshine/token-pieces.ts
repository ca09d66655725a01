import tokenizer from 'llama-tokenizer-js';

/** What each token writes; a word begins with a space. Tokens beyond the vocabulary write nothing. */
export const tokenPieces: readonly string[] = tokenizer.vocabById.map((piece, token) => {
  if (token < 3) return '';
  const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
  // Single bytes stand for signs outside of the vocabulary: none of them is part of an English word.
  return byte === undefined
    ? piece.replaceAll('▁', ' ')
    : String.fromCharCode(Math.min(0x7f, parseInt(byte, 16)));
});

/** The tokens that write a text at the beginning of a sentence. */
export function tokensOf(text: string): readonly number[] {
  return tokenizer.encode(text.charAt(0).toUpperCase() + text.slice(1), false);
}
