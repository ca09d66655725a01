import { firstProblem } from '../assess.ts';
import type { Assessment, CheckResult, RunResults } from '../result.ts';
import { escaped, expectedText, gotText, VERDICTS } from './words.ts';

/**
 * JUnit XML, as continuous integration reads it (the schema of Jenkins' xunit plugin). It is red exactly when the
 * verdict is not pass: what was wrong in the baseline already is skipped, not failed, and the verdict is a test case
 * of its own.
 */
export function junitXml(
  { verdict, reasons, candidate, baseline, flips, missing }: Assessment,
  run: RunResults,
): string {
  const before = new Map(flips.map(({ id, change }) => [id, change]));
  const known = new Set(run.results.map(({ id }) => id));
  const cases = run.results.map((result) => testCase(result, before.get(result.id) === 'still-wrong'));
  const unseen = missing
    .filter(({ id }) => !known.has(id))
    .map(({ id, reason }) => xmlCase('missing', id, 'skipped', reason, ''));
  const verdictCase =
    verdict === 'pass'
      ? xmlCase('drivetalk test', 'verdict')
      : xmlCase(
          'drivetalk test',
          'verdict',
          verdict === 'regression' ? 'failure' : 'error',
          VERDICTS[verdict],
          reasons.join('\n'),
        );
  const all = [verdictCase, ...cases, ...unseen];
  const count = (kind: Ending) => all.filter(({ ending }) => ending === kind).length;
  const properties = {
    model: candidate.model.name,
    digest: candidate.model.digest,
    baseline: baseline?.model.name ?? '',
  };
  const name = escaped(candidate.suites.join(', '));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="drivetalk test">
  <testsuite name="${name}" tests="${all.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">
    <properties>
${Object.entries(properties)
  .map(([key, value]) => `      <property name="${key}" value="${escaped(value)}"/>\n`)
  .join('')}    </properties>
${all.map(({ xml }) => xml).join('')}  </testsuite>
</testsuites>
`;
}

type Ending = 'passed' | 'failure' | 'error' | 'skipped';

function testCase(result: CheckResult, stillWrong: boolean) {
  const name = `${result.kind}.${result.form}`;
  switch (result.status) {
    case 'right':
      return xmlCase(name, result.id);
    case 'wrong': {
      const ending = stillWrong ? 'skipped' : 'failure';
      return xmlCase(
        name,
        result.id,
        ending,
        `${stillWrong ? 'was wrong in the baseline already: ' : ''}${firstProblem(result)}`,
        detail(result),
      );
    }
    case 'no-answer':
      return xmlCase(name, result.id, 'error', result.reason ?? 'no answer', '');
    case 'not-run':
      return xmlCase(name, result.id, 'skipped', result.reason ?? 'was not run', '');
  }
}

function xmlCase(className: string, name: string, ending: Ending = 'passed', message = '', text = '') {
  const head = `    <testcase classname="${escaped(className)}" name="${escaped(name)}"`;
  if (ending === 'passed') return { ending, xml: `${head}/>\n` };
  const body = `<${ending} message="${escaped(message)}">${escaped(text)}</${ending}>`;
  return { ending, xml: `${head}>\n      ${body}\n    </testcase>\n` };
}

const detail = ({ answers, severity, tags }: CheckResult): string =>
  [
    `severity ${severity}${tags.length > 0 ? `, tags ${tags.join(' ')}` : ''}`,
    ...answers
      .filter(({ problems }) => problems.length > 0)
      .flatMap(({ said, heard, expected, got, problems }) => [
        `said:     ${said}${heard === undefined ? '' : `\nheard:    ${heard}`}`,
        ...(expected ? [`expected: ${expectedText(expected)}`] : []),
        `got:      ${gotText(got)}`,
        ...problems.map(({ message }) => `- ${message}`),
      ]),
  ].join('\n');
