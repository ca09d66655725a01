import { speakable } from '../../understanding/speakable.ts';

/** Of those that Whisper's normaliser of English expands (Radford et al. 2022, appendix C), what can mean one thing only. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\blet's\b/g, 'let us'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/'m\b/g, ' am'],
];

/** A text as it is compared: neither "21" for "twenty one", nor a capital letter, nor "we're" for "we are" is a mistake. */
export const wordingOf = (text: string): string =>
  CONTRACTIONS.reduce((whole, [short, long]) => whole.replace(short, long), speakable(text)).replace(
    /\bcannot\b/g,
    'can not',
  );
