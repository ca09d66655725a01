const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
];
const TEENS = ['fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/**
 * The ways to say a whole number in English, the commonest first.
 * @param value −9999 to 9999
 * @throws RangeError outside of that
 */
export function spokenNumber(value: number): readonly string[] {
  if (!Number.isInteger(value) || Math.abs(value) > 9999)
    throw new RangeError(`only whole numbers up to 9999 can be spoken, not ${value}`);
  if (value < 0) return spokenNumber(-value).map((words) => `minus ${words}`);
  const small = belowHundred(value);
  if (small !== undefined) return [small];
  if (value < 1000) return withRest(hundreds(Math.floor(value / 100), 'hundred'), value % 100);
  const thousands = withRest(hundreds(Math.floor(value / 1000), 'thousand'), value % 1000);
  // 1500 is "fifteen hundred" as often as "one thousand five hundred".
  const paired =
    value % 100 === 0 && value % 1000 !== 0 ? [`${belowHundred(value / 100) ?? ''} hundred`] : [];
  return [...thousands, ...paired];
}

function belowHundred(value: number): string | undefined {
  const direct = ONES[value] ?? TEENS[value - ONES.length];
  if (direct !== undefined) return direct;
  const tens = TENS[Math.floor(value / 10) - 2];
  if (tens === undefined) return undefined;
  return value % 10 === 0 ? tens : `${tens} ${ONES[value % 10] ?? ''}`;
}

function hundreds(count: number, unit: string): readonly string[] {
  return count === 1 ? [`one ${unit}`, `a ${unit}`] : [`${ONES[count] ?? ''} ${unit}`];
}

function withRest(heads: readonly string[], rest: number): readonly string[] {
  if (rest === 0) return heads;
  return heads.flatMap((head) =>
    spokenNumber(rest).flatMap((tail) =>
      rest < 100 ? [`${head} ${tail}`, `${head} and ${tail}`] : [`${head} ${tail}`],
    ),
  );
}
