import { describeSlot } from '../match.ts';
import type { Answer, Assessment, Change, CheckResult, Flip, Frame, GroupScore, Verdict } from '../result.ts';

/** How results are told, the same in every report. */

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  regression: 'REGRESSION',
  underpowered: 'UNDERPOWERED',
  incomplete: 'INCOMPLETE',
  'engine-failure': 'ENGINE FAILURE',
};

export const many = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** With a comma at the thousands. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Never rounded up to a whole: 99.96 % is not 100. */
export const percent = (share: number): string => `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)} %`;

/** `climate.temperature.set (temperature = 21)` */
export function expectedText(frames: NonNullable<Answer['expected']>): string {
  if (frames.length === 0) return '(nothing for the car)';
  return frames.map(({ intent, slots }) => withSlots(intent, slots, describeSlot)).join(' + ');
}

export function gotText(frames: readonly Frame[]): string {
  if (frames.length === 0) return '(nothing)';
  return frames
    .map(({ intent, slots }) =>
      withSlots(
        intent,
        slots,
        ({ value, unit, text }) =>
          `${[value].flat().join(', ')}${unit === undefined ? '' : ` ${unit}`}${String(value) === text ? '' : ` "${text}"`}`,
      ),
    )
    .join(' + ');
}

function withSlots<Slot>(
  intent: string,
  slots: Readonly<Record<string, Slot>> | undefined = {},
  tell: (slot: Slot) => string,
): string {
  const told = Object.entries(slots).map(([name, slot]) => `${name} = ${tell(slot)}`);
  return told.length === 0 ? intent : `${intent} (${told.join('; ')})`;
}

/** The answer that a check is about: the first with a problem, else the first. */
export const mainAnswer = ({ answers }: CheckResult) =>
  answers.find(({ problems }) => problems.length > 0) ?? answers[0];

/** Worst first, then in the order of ids. */
export function bySeverity(flips: readonly Flip[], change: Change): readonly Flip[] {
  const severity = ({ after, before }: Flip) => after?.severity ?? before?.severity ?? 0;
  return flips
    .filter((flip) => flip.change === change)
    .sort((a, b) => severity(b) - severity(a) || (a.id < b.id ? -1 : 1));
}

/** Without a baseline: all that is wrong, as if it had just been broken. */
export function wrongOnes(results: readonly CheckResult[]): readonly Flip[] {
  const flips = results.map((after): Flip => {
    return { id: after.id, change: after.status === 'wrong' ? 'new' : 'still-right', sameInput: true, after };
  });
  return bySeverity(flips, 'new');
}

export const countOf = ({ flips }: Assessment, change: Change): number =>
  flips.filter((flip) => flip.change === change).length;

/** Parts of the suite that need a look: below their floor, significantly worse, else the weakest. */
export function weakest({ groups }: Assessment, most: number): readonly GroupScore[] {
  const rank = (group: GroupScore) => (group.belowFloor ? 0 : group.significant ? 1 : 2);
  const share = ({ right, checks }: GroupScore) => (checks === 0 ? 1 : right / checks);
  return groups
    .filter((group) => group.group === 'tag' && (rank(group) < 2 || share(group) < 1))
    .sort((a, b) => rank(a) - rank(b) || share(a) - share(b))
    .slice(0, most);
}

/** XML's five characters as numbers, and those that XML 1.0 cannot hold at all; good for HTML, too. */
export const escaped = (text: string): string =>
  text
    .replace(
      // eslint-disable-next-line no-control-regex -- these very characters are meant
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
