import { isSpeakable, speakable } from '../../understanding/speakable.ts';

const ORDINALS: Readonly<Record<string, string>> = {
  '1st': 'first',
  '2nd': 'second',
  '3rd': 'third',
  '4th': 'fourth',
  '5th': 'fifth',
  '6th': 'sixth',
  '7th': 'seventh',
  '8th': 'eighth',
  '9th': 'ninth',
  '10th': 'tenth',
};

/**
 * What a recogniser wrote, as it is said: "Set it to 21.5°C, please." gives "set it to twenty one point five degrees c
 * please". This is the form of the phrases that the language model is made from, and of all transcripts.
 * @returns words parted by single spaces; empty when there is none
 */
export function spokenText(written: string): string {
  const plain = written.trim();
  if (isSpeakable(plain)) return plain;
  return speakable(
    written
      .toLowerCase()
      .replace(/\b\d{1,2}(?:st|nd|rd|th)\b/g, (ordinal) => ORDINALS[ordinal] ?? ordinal)
      .replace(/(\d),(?=\d{3}\b)/g, '$1')
      .replace(/(\d)\.(?=\d)/g, '$1 point ')
      .replace(/(\d{1,2}):00\b/g, "$1 o'clock")
      .replace(/(\d{1,2}):0(?=[1-9])/g, '$1 oh ')
      .replace(/°\s?/g, ' degrees ')
      .replace(/\$(\d+)/g, '$1 dollars'),
  );
}
