const UNITS: Readonly<Record<string, number>> = Object.fromEntries(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS: Readonly<Record<string, number>> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + 10 * index]),
);
/** What a recogniser writes for a number; read so only where a number must stand. */
const SOUNDS_LIKE: Readonly<Record<string, number>> = {
  oh: 0,
  won: 1,
  to: 2,
  too: 2,
  tree: 3,
  free: 3,
  for: 4,
  fore: 4,
  sicks: 6,
  ate: 8,
  tin: 10,
  fourty: 40,
  ninty: 90,
};
const COUNTED =
  /^(%|percent|degrees?|seconds?|minutes?|hours?|days?|weeks?|levels?|steps?|notch|notches|miles?|hundred)$/;
const PARTS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  halve: 1 / 2,
  third: 1 / 3,
  thirds: 1 / 3,
  quarter: 1 / 4,
  quarters: 1 / 4,
  fifth: 1 / 5,
  fifths: 1 / 5,
  tenth: 1 / 10,
  tenths: 1 / 10,
};

/** A number that was found, and the words around it. */
export interface FoundNumber {
  readonly value: number;
  /** "a third", "half": a part of something, not a count. */
  readonly part: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Lower-case words and numbers of a text: "21.5°C," → 21.5, °, c. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\d+(?:[.,]\d+)?|[a-z']+|[%°+#-]/gu) ?? []
  );
}

/**
 * The first number of a text, in digits or in words: "twenty one and a half", "minus 3", "one hundred and five",
 * "two thirds", "ninety eight point five", "a couple".
 */
export function findNumber(text: string): FoundNumber | undefined {
  const words = wordsOf(text).filter((word, index, all) => word !== '-' || /^\d/.test(all[index + 1] ?? ''));
  for (const [from, word] of words.entries()) {
    const negative = word === 'minus' || word === 'negative' || (word === '-' && from === 0);
    const read = readNumber(words, negative ? from + 1 : from, words.length <= 2);
    if (!read) continue;
    return {
      value: negative ? -read.value : read.value,
      part: read.part,
      before: words.slice(0, from),
      after: words.slice(read.end),
    };
  }
  return undefined;
}

interface Read {
  readonly value: number;
  readonly part: boolean;
  readonly end: number;
}

function readNumber(words: readonly string[], from: number, alone: boolean): Read | undefined {
  const first = words[from] ?? '';
  const [second, third] = [words[from + 1], words[from + 2]];
  if (first === 'couple' || first === 'few')
    return { value: first === 'couple' ? 2 : 3, part: false, end: from + (second === 'of' ? 2 : 1) };
  const ownPart = PARTS[first];
  if (ownPart !== undefined) return halfOf(words, from + 1, ownPart);
  if ((first === 'a' || first === 'one' || first === 'an') && second !== undefined) {
    const part = PARTS[second];
    if (part !== undefined) return halfOf(words, from + 2, part);
  }
  const whole = readWhole(words, from, alone);
  if (!whole) return undefined;
  const next = words[whole.end] ?? '';
  const part = PARTS[next];
  // "two thirds", but not "two half" and not "twenty third".
  if (part !== undefined && next.endsWith('s'))
    return { value: whole.value * part, part: true, end: whole.end + 1 };
  if (next === 'point' || next === 'comma' || next === 'dot') {
    const digits = readDigits(words, whole.end + 1);
    if (digits) return { value: Number(`${whole.value}.${digits.text}`), part: false, end: digits.end };
  }
  if (next === 'and') {
    const [article, fraction] = [words[whole.end + 1], words[whole.end + 2]];
    const added =
      article === 'a' || article === 'one' || article === 'three' ? PARTS[fraction ?? ''] : undefined;
    if (added !== undefined)
      return { value: whole.value + added * (article === 'three' ? 3 : 1), part: false, end: whole.end + 3 };
    if (article === 'half') return { value: whole.value + 0.5, part: false, end: whole.end + 2 };
  }
  if (whole.value === 1 && third === undefined && next === 'half')
    return { value: 0.5, part: true, end: whole.end + 1 };
  return { value: whole.value, part: false, end: whole.end };
}

/** "Half a degree" counts degrees; "half" is a part of the whole. */
function halfOf(words: readonly string[], end: number, value: number): Read {
  const counts = (words[end] === 'a' || words[end] === 'an') && words[end + 1] !== undefined;
  return { value, part: !counts, end: counts ? end + 1 : end };
}

/** A whole number (or digits with a decimal point) that begins at a word. */
function readWhole(
  words: readonly string[],
  from: number,
  alone: boolean,
): { readonly value: number; readonly end: number } | undefined {
  const first = words[from] ?? '';
  if (/^\d/.test(first)) return { value: Number(first.replace(',', '.')), end: from + 1 };
  let total = 0;
  let group: number | undefined;
  let last = 'none' as 'none' | 'unit' | 'tens' | 'hundred' | 'thousand' | 'and';
  const fresh = () => last === 'none' || last === 'hundred' || last === 'thousand' || last === 'and';
  let end = from;
  for (let at = from; at < words.length; at++) {
    const word = words[at] ?? '';
    // "Twenty won" and "won hour" are numbers misheard, "won" alone only where nothing else stands.
    const misheard = last === 'tens' || alone || COUNTED.test(words[at + 1] ?? '');
    const unit = UNITS[word] ?? (misheard ? SOUNDS_LIKE[word] : undefined);
    const tens = TENS[word];
    const hundreds = last === 'unit' && at === from + 1 && isSingle(group) ? group : undefined;
    const rest = tens ?? (unit !== undefined && unit >= 10 ? unit : undefined);
    if (unit !== undefined && (fresh() || (last === 'tens' && unit > 0 && unit < 10))) {
      group = (group ?? 0) + unit;
      last = 'unit';
    } else if (word === 'teen' && last === 'unit' && group !== undefined && group > 2 && group < 10) {
      // A recogniser's "eight teen".
      group += 10;
    } else if (tens !== undefined && fresh()) {
      group = (group ?? 0) + tens;
      last = 'tens';
    } else if (hundreds !== undefined && rest !== undefined) {
      // "One twenty" is 120, "one ten" 110.
      group = hundreds * 100 + rest;
      last = tens === undefined ? 'unit' : 'tens';
    } else if (
      hundreds !== undefined &&
      (word === 'oh' || unit === 0) &&
      isSingle(UNITS[words[at + 1] ?? ''])
    ) {
      // "One oh five" is 105.
      group = hundreds * 100;
      last = 'hundred';
    } else if (
      word === 'hundred' &&
      (group !== undefined || words[at - 1] === 'a' || at === from) &&
      last !== 'hundred'
    ) {
      group = (group || 1) * 100;
      last = 'hundred';
    } else if (word === 'thousand' && (group !== undefined || words[at - 1] === 'a' || at === from)) {
      total += (group ?? 1) * 1000;
      group = 0;
      last = 'thousand';
    } else if (
      word === 'a' &&
      (at === from || last === 'thousand') &&
      (words[at + 1] === 'hundred' || words[at + 1] === 'thousand')
    )
      continue;
    else if (
      word === 'and' &&
      (last === 'hundred' || last === 'thousand') &&
      (UNITS[words[at + 1] ?? ''] ?? TENS[words[at + 1] ?? '']) !== undefined
    ) {
      last = 'and';
      continue;
    } else break;
    end = at + 1;
  }
  return group === undefined ? undefined : { value: total + group, end };
}

const isSingle = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && value < 10;

/** Digits said one by one or as a number: "five", "one oh", "25". */
export function readDigits(
  words: readonly string[],
  from: number,
): { readonly text: string; readonly end: number } | undefined {
  let text = '';
  let at = from;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const unit = UNITS[word] ?? (word === 'oh' || word === 'o' ? 0 : undefined);
    const tens = TENS[word];
    if (/^\d+$/.test(word)) text += word;
    else if (unit !== undefined) text += String(unit);
    else if (tens !== undefined) {
      const next = UNITS[words[at + 1] ?? ''];
      const joined = next !== undefined && next > 0 && next < 10;
      text += String(tens + (joined ? next : 0));
      if (joined) at++;
    } else break;
  }
  return text === '' ? undefined : { text, end: at };
}
