/** Results of scenarios as JUnit XML, as continuous integration reads it (the schema of Jenkins' xunit plugin). */
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

/** XML's five characters, and those that XML 1.0 cannot hold at all. */
const escaped = (text: string) =>
  text
    // eslint-disable-next-line no-control-regex -- these very characters are meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
