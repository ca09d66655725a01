/** Results of scenarios as JUnit XML, as continuous integration reads it (the schema of Jenkins' xunit plugin). */
import { escaped } from '../../assistant/regression/reports/words.ts';
import type { PlayResult, StepResult } from './player.ts';

export interface PlayedScenario {
  readonly file: string;
  readonly name: string;
  readonly result: PlayResult;
}

/** One suite a scenario, one case a step; times are seconds of virtual time. */
export function junitOf(played: readonly PlayedScenario[]): string {
  const suites = played.map(({ file, name, result }) => {
    const { steps, duration } = result;
    const failed = steps.filter(({ problems }) => problems.length > 0).length;
    const cases = steps.map((step, index) => caseOf(step, steps[index - 1]?.at ?? 0, name, file)).join('');
    return `  <testsuite name="${escaped(name)}" tests="${steps.length}" failures="${failed}" errors="0" skipped="0" time="${duration / 1000}">\n${cases}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="drivetalk run">\n${suites.join('')}</testsuites>\n`;
}

function caseOf({ step, title, line, at, problems }: StepResult, before: number, name: string, file: string) {
  const head = `    <testcase classname="${escaped(name)}" name="${escaped(`${step} ${title}`)}" file="${escaped(file)}" line="${line}" time="${(at - before) / 1000}"`;
  if (problems.length === 0) return `${head}/>\n`;
  const [first = ''] = problems;
  return `${head}>\n      <failure message="${escaped(first)}">${escaped(problems.join('\n'))}</failure>\n    </testcase>\n`;
}
