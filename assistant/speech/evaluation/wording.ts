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

/** British spellings in American, in the manner of the same normaliser, of what is spoken about in cars; the car knows who “mum” is. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\b(centi|kilo)?metre(s?)\b/g, '$1meter$2'],
  [/\b(cent|theat|lit|fib)re(s?)\b/g, '$1er$2'],
  [/\b(col|fav|flav|harb|hum|neighb|rum)our/g, '$1or'],
  [/\b(cancel|travel|label|model|dial|signal)l(ed|er|ing)/g, '$1$2'],
  [/\b(organ|real|recogn|apolog|minim|maxim|custom)is(e|ed|es|ing)\b/g, '$1iz$2'],
  [/\b(cata|dia)logue/g, '$1log'],
  [/\bgrey/g, 'gray'],
  [/\bmum(my)?\b/g, 'mom$1'],
  [/\btyre/g, 'tire'],
  [/\bprogramme\b/g, 'program'],
];

/**
 * A text as it is compared: neither "21" for "twenty one", nor a capital letter, nor "we're" for "we are", nor "colour" for
 * "color" is a mistake.
 */
export const wordingOf = (text: string): string =>
  [...CONTRACTIONS, ...SPELLINGS]
    .reduce((whole, [written, other]) => whole.replace(written, other), speakable(text))
    .replace(/\bcannot\b/g, 'can not');
