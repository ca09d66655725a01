/** Words as they are said and heard: numbers, misspellings, words that sound alike. */

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const NOISE = new Set('the a an some any my me to at please of'.split(' '));

const SHORT: Readonly<Record<string, string>> = {
  rd: 'road',
  ave: 'avenue',
  dr: 'drive',
  blvd: 'boulevard',
  ln: 'lane',
  center: 'centre',
};

/** Lower case, letters and digits only, without articles, abbreviations written out. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’`]|\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ');
  const all = plain.split(' ').filter((word) => word !== '' && !NOISE.has(word));
  // "St Mary's" is a saint, "Mill St" is a street.
  return all.map((word, i) =>
    word === 'st' ? (i === all.length - 1 ? 'street' : 'saint') : (SHORT[word] ?? word),
  );
}

/** "mill lane twenty three" → ["mill", "lane", "23"]. Handles 0 to 999. */
export function withDigits(spoken: readonly string[]): string[] {
  const result: string[] = [];
  let i = 0;
  while (i < spoken.length) {
    const number = numberAt(spoken, i);
    result.push(number ? String(number.value) : (spoken[i] ?? ''));
    i += number?.used ?? 1;
  }
  return result;
}

function numberAt(
  spoken: readonly string[],
  start: number,
): { readonly value: number; readonly used: number } | undefined {
  let i = start;
  let value: number | undefined;
  const small = () => {
    const ten = TENS.indexOf(spoken[i] ?? '');
    if (ten >= 0) {
      i++;
      const unit = UNITS.indexOf(spoken[i] ?? '');
      if (unit < 1 || unit > 9) return 10 * (ten + 2);
      i++;
      return 10 * (ten + 2) + unit;
    }
    const unit = UNITS.indexOf(spoken[i] ?? '');
    if (unit < 0) return undefined;
    i++;
    return unit;
  };
  value = small();
  if (value === undefined) return undefined;
  if (spoken[i] === 'hundred') {
    i++;
    value *= 100;
    if (spoken[i] === 'and') i++;
    value += small() ?? 0;
  }
  return { value, used: i - start };
}

/** Consonant skeleton: equal for words that a recogniser confuses ("harbor", "harbour"; "quay", "key"). */
export function soundOf(word: string): string {
  const plain = word
    .replace(/^(kn|gn)/, 'n')
    .replace(/^wr/, 'r')
    .replace(/ph/g, 'f')
    .replace(/ght?/g, 't')
    .replace(/tch|sch|ch/g, 'j')
    .replace(/sh|ti(?=o)/g, 'x')
    .replace(/ck|qu?|c(?![eiy])/g, 'k')
    .replace(/c|z/g, 's')
    .replace(/wh/g, 'w')
    .replace(/d(?=ge)/g, '')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/v/g, 'f');
  const head = /^[aeiouy]/.test(plain) ? 'a' : /^h/.test(plain) ? 'h' : '';
  return head + plain.replace(/[aeiouyhw]/g, '').replace(/(.)\1+/g, '$1');
}

/** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
export function alignmentDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

/** How alike two words are, 0 to 1. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a + b)) return 0;
  const longest = Math.max(a.length, b.length);
  // Lengths that differ this much cannot come out alike; most pairs end here.
  if (Math.abs(a.length - b.length) > 0.5 * longest) return 0;
  const spelled = 1 - alignmentDistance(a, b) / longest;
  const sounds = spelled >= 0.45 && soundOf(a) === soundOf(b) ? 0.86 + 0.12 * spelled : 0;
  return Math.max(spelled >= 0.7 ? spelled : 0, sounds);
}
