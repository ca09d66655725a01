import type { Assessment, Flip, RunResults } from '../result.ts';
import {
  bySeverity,
  countOf,
  gotText,
  grouped,
  mainAnswer,
  percent,
  VERDICTS,
  weakest,
  wrongOnes,
} from './words.ts';

const MOST_CASES = 20;
const MOST_TAGS = 8;
const MOST_REASONS = 8;
const SIGNS = {
  pass: '✅',
  regression: '❌',
  underpowered: '⚠️',
  incomplete: '⚠️',
  'engine-failure': '💥',
} as const;

/** For a pull request: GitHub's and GitLab's Markdown. */
export function markdownSummary(assessment: Assessment, { results }: RunResults): string {
  const { verdict, reasons, candidate, baseline, counts, costs, blame } = assessment;
  const answered = counts.right + counts.wrong;
  const cases = baseline ? bySeverity(assessment.flips, 'broken') : wrongOnes(results);
  const parts = [
    `## ${SIGNS[verdict]} drivetalk test: ${VERDICTS[verdict].toLowerCase()}`,
    `${code(candidate.model.name)}${baseline ? ` against ${code(baseline.model.name)}` : ''}, ${code(candidate.suites.join(', '))}`,
    reasonList(reasons),
    table(
      [
        'checks',
        'right',
        ...(baseline ? ['broken', 'fixed', 'still wrong'] : ['wrong']),
        'no answer',
        'not run',
      ],
      [
        [
          grouped(answered),
          answered === 0 ? '–' : `${grouped(counts.right)} (${percent(counts.right / answered)})`,
          ...(baseline
            ? (['broken', 'fixed', 'still-wrong'] as const).map((change) =>
                grouped(countOf(assessment, change)),
              )
            : [grouped(counts.wrong)]),
          grouped(counts['no-answer']),
          grouped(counts['not-run']),
        ],
      ],
    ),
    ...caseTable(baseline ? 'Broken' : 'Wrong', cases, baseline !== undefined),
    ...details(
      'Weakest tags',
      ['tag', 'right', 'checks', 'floor', 'worse', 'better'],
      weakest(assessment, MOST_TAGS).map(({ name, right, checks, floor, belowFloor, significant, test }) => [
        `${code(name)}${belowFloor || significant ? ' ❗' : ''}`,
        percent(right / checks),
        grouped(checks),
        floor === undefined ? '' : percent(floor),
        test ? String(test.worse) : '',
        test ? String(test.better) : '',
      ]),
    ),
    ...details(
      'Speed and memory',
      ['', 'candidate', 'baseline', 'ratio', 'limit'],
      costs.map(({ what, candidate: now, baseline: then, unit, ratio, limit, exceeded }) => [
        what,
        `${now.toFixed(1)} ${unit}`,
        `${then.toFixed(1)} ${unit}`,
        `${ratio.toFixed(2)}${exceeded ? ' ❗' : ''}`,
        String(limit),
      ]),
    ),
    ...details(
      'At fault',
      ['case', 'stage', 'why'],
      blame.map(({ id, stage, explanation }) => [code(id), stage, plain(explanation)]),
    ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function reasonList(reasons: readonly string[]): string {
  const more =
    reasons.length > MOST_REASONS ? [`- … and ${grouped(reasons.length - MOST_REASONS)} more`] : [];
  return [...reasons.slice(0, MOST_REASONS).map((reason) => `- ${plain(reason)}`), ...more].join('\n');
}

function caseTable(title: string, cases: readonly Flip[], compared: boolean): readonly string[] {
  if (cases.length === 0) return [];
  const more = cases.length > MOST_CASES ? `, the worst ${MOST_CASES} of them` : '';
  const rows = cases
    .slice(0, MOST_CASES)
    .map(({ id, before, after }) => [
      String(after?.severity ?? ''),
      code(id),
      code(after ? (mainAnswer(after)?.said ?? '') : ''),
      ...(compared ? [before ? code(gotText(mainAnswer(before)?.got ?? [])) : ''] : []),
      code(after ? gotText(mainAnswer(after)?.got ?? []) : ''),
      plain(after ? (mainAnswer(after)?.problems[0]?.message ?? after.reason ?? '') : ''),
    ]);
  const header = ['severity', 'case', 'said', ...(compared ? ['before'] : []), 'now', 'what is wrong'];
  return [`### ${title}: ${grouped(cases.length)}${more}\n\n${table(header, rows)}`];
}

function details(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  return [`<details><summary>${title}</summary>\n\n${table(header, rows)}\n\n</details>`];
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** As code, whatever is in it; a bar would end the cell even there. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const fence = '`'.repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  const gap = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${gap}${line.replaceAll('|', '\\|')}${gap}${fence}`;
}

/** Signs of Markdown and HTML stand for themselves, and nobody is mentioned. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~&]/g, (sign) =>
      sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`,
    )
    .replace(/@/g, '@\u200b');
