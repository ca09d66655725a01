/** Stands for any number, so that what was learned with one holds for all. */
export const NUMBER = '#';

/** "One" is left out: it is a pronoun as often as a number. */
export const numberWords: readonly string[] = (
  'zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand'
).split(' ');

const known = new Set(numberWords);

export const isNumberWord = (word: string): boolean => known.has(word);
