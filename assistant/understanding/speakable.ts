import { spokenNumber } from './spoken-number.ts';

const SPEAKABLE = /^[a-z]+(?:[ '][a-z]+)*$/;

/** Whether `text` is in the form that `speakable` gives already, as most of what is written down for training is. */
export const isSpeakable = (text: string): boolean => SPEAKABLE.test(text);

/**
 * The words of a name or phrase as they are said, in the form of the training text: lower case, numbers in words, no
 * signs but apostrophes. `AC/DC & Friends 3` gives `ac dc and friends three`.
 * @returns words parted by single spaces; empty when nothing of it can be said
 */
export function speakable(text: string): string {
  if (isSpeakable(text)) return text;
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('’', "'")
    .replaceAll('&', ' and ')
    .replaceAll('+', ' plus ')
    .replaceAll('%', ' percent ')
    .replace(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, ' ')
    .replace(/\b\d{1,4}\b/g, (digits) => spokenNumber(Number(digits))[0] ?? '')
    .replace(/\b\d{5,}\b/g, (digits) =>
      Array.from(digits, (digit) => spokenNumber(Number(digit))[0] ?? '').join(' '),
    )
    .replace(/[^a-z0-9' ]+/g, ' ')
    .replace(/(^|\s)'+|'+(?=\s|$)/g, '$1')
    .trim()
    .replace(/\s+/g, ' ');
}
