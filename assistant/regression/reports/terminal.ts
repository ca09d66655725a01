import { firstProblem } from '../assess.ts';
import type { Assessment, Flip, RunResults } from '../result.ts';
import { bySeverity, countOf, grouped, many, percent, VERDICTS, weakest, wrongOnes } from './words.ts';

const MOST_CASES = 8;
const MOST_TAGS = 3;
const MOST_BLAME = 5;
/** Lines of a case are cut here, so that each stays one line. */
const WIDTH = 110;

/** What a person reads in ten seconds: the verdict, why, the worst cases, the weakest tags. */
export function terminalSummary(assessment: Assessment, { results }: RunResults): string {
  const { verdict, reasons, candidate, baseline, blame } = assessment;
  const against = baseline ? ` against ${baseline.model.name}` : '';
  const [title, cases] = baseline
    ? (['Broken', bySeverity(assessment.flips, 'broken')] as const)
    : (['Wrong', wrongOnes(results)] as const);
  return [
    `${VERDICTS[verdict]}  ${candidate.model.name}${against}`,
    countsLine(assessment),
    ...section(verdict === 'pass' ? undefined : 'Why', reasons, 6),
    ...section(`${title}, worst first`, cases.map(caseLine), MOST_CASES),
    ...section('Weakest tags', weakest(assessment, MOST_TAGS).map(tagLine), MOST_TAGS),
    ...section(
      'At fault',
      blame.map(({ id, stage, explanation }) => `${id}  ${stage}: ${explanation}`),
      MOST_BLAME,
    ),
  ].join('\n');
}

function countsLine(assessment: Assessment): string {
  const { counts, baseline, test } = assessment;
  const answered = counts.right + counts.wrong;
  const right = `${grouped(counts.right)} of ${many(answered, 'check')} right (${answered === 0 ? '–' : percent(counts.right / answered)})`;
  const changes = baseline
    ? ` · ${grouped(countOf(assessment, 'broken'))} broken · ${grouped(countOf(assessment, 'fixed'))} fixed · ${grouped(countOf(assessment, 'still-wrong'))} still wrong`
    : '';
  const chance = test && test.worse + test.better > 0 ? ` · p = ${test.p.toPrecision(2)}` : '';
  return `  ${right}${changes}${chance}`;
}

/** The first few lines, and how many there are beyond. Nothing without lines; without a title they stand alone. */
function section(title: string | undefined, lines: readonly string[], most: number): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`  … and ${grouped(lines.length - most)} more`] : [];
  return [
    ...(title === undefined ? [] : [title]),
    ...lines.slice(0, most).map((line) => `  ${cut(line)}`),
    ...more,
  ];
}

function caseLine({ id, after }: Flip): string {
  return after ? `${after.severity}  ${id}  ${firstProblem(after)}` : id;
}

function tagLine({
  name,
  right,
  checks,
  rightBefore,
  test,
  floor,
  belowFloor,
  significant,
}: ReturnType<typeof weakest>[number]): string {
  const before = rightBefore === undefined || !test ? '' : ` (${test.worse} worse, ${test.better} better)`;
  const mark =
    belowFloor && floor !== undefined
      ? `, below its floor of ${percent(floor)}`
      : significant
        ? ', no chance'
        : '';
  return `${name}  ${percent(right / checks)} of ${grouped(checks)}${before}${mark}`;
}

const cut = (line: string) => {
  const plain = line.replace(/\s+/g, (gap) => (gap === '  ' ? gap : ' '));
  return plain.length > WIDTH ? `${plain.slice(0, WIDTH - 1)}…` : plain;
};
