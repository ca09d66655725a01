import { LONGEST_TEXT } from './synthesizer.ts';

/** Signs that a voice for plain English leaves out or spells, and how they are said. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/[‘’]/g, "'"],
  [/[“”„"«»]/g, ''],
  [/\s*[–—…]\s*|\s+-\s+/g, ', '],
  [/\s*°\s?C\b/g, ' degrees'],
  [/\s*°\s?F\b/g, ' degrees Fahrenheit'],
  [/\s*°/g, ' degrees'],
  [/\s*%/g, ' percent'],
  [/\bkm\/h\b/g, 'kilometres per hour'],
  [/\bmph\b/g, 'miles per hour'],
  [/\bkWh\b/g, 'kilowatt hours'],
  [/(?<=\d)\s?km\b/g, ' kilometres'],
  [/(?<=\d)\s?min\b/g, ' minutes'],
  [/&/g, ' and '],
  [/\+/g, ' plus '],
  [/ß/g, 'ss'],
  [/[øØ]/g, 'o'],
  [/[æÆ]/g, 'ae'],
];
/** Longer ones are no words, and cost a voice seconds. */
const LONGEST_WORD = 40;

/**
 * A reply as a voice for plain English can read it: signs in words, letters without accents, and of a long text the
 * first sentences. `21 °C for Zoë’s side – done` gives `21 degrees for Zoe's side, done`.
 */
export function readAloud(text: string): string {
  const plain = SPOKEN.reduce((so, [sign, words]) => so.replace(sign, words), text.normalize('NFC'))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && word.length <= LONGEST_WORD)
    .join(' ');
  return /[A-Za-z0-9]/.test(plain) ? beginning(plain) : '';
}

function beginning(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const cut = text.slice(0, LONGEST_TEXT);
  const end = Math.max(...['. ', '! ', '? '].map((mark) => cut.lastIndexOf(mark)));
  return end > 0 ? cut.slice(0, end + 1) : cut.slice(0, cut.lastIndexOf(' '));
}
