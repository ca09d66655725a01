import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { Suite, SuiteCase } from '../../assistant/regression/read-suite.ts';
import { framesOf } from '../../assistant/regression/suite.ts';
import { readSuites, suiteFilesIn } from '../../simulator/regression/suite-files.ts';

export const SUITE_FOLDER = fileURLToPath(import.meta.resolve('#package/suites/reference'));
export const CONTENTS_FILE = join(SUITE_FOLDER, 'CONTENTS.md');

export const readReferenceSuites = (): readonly Suite[] => readSuites(suiteFilesIn([SUITE_FOLDER]));

/** The labels that a case expects, in all of its turns; one that is nothing for the car counts as out of scope. */
export const labelsOf = (case_: SuiteCase): readonly string[] =>
  (case_.turns ?? [case_]).flatMap(({ expect }) => {
    if (expect === undefined) return [];
    const frames = framesOf(expect);
    return frames.length === 0 ? ['none.out_of_scope.select'] : frames.map(({ intent }) => intent);
  });

/** What the suite holds, as a Markdown page: cases by file, tag and label. */
export async function contentsOf(suites: readonly Suite[]): Promise<string> {
  const cases = suites.flatMap((suite) => suite.cases);
  const counted = (names: readonly string[]): readonly (readonly [string, number])[] => {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const table = (head: string, rows: readonly (readonly [string, number])[]) =>
    [`| ${head} | cases |`, '| --- | ---: |', ...rows.map(([name, count]) => `| ${name} | ${count} |`)].join(
      '\n',
    );
  const page = [
    '# What is in the reference suite',
    `Written by \`npm run generate\`. ${cases.length} cases; ${cases.filter(({ invariance }) => invariance).length} of them with invariance, ${cases.filter(({ direction }) => direction).length} with direction.`,
    '## By file',
    table(
      'file',
      suites.map(({ file, cases: own }) => [basename(file), own.length]),
    ),
    '## By severity',
    table('severity', counted(cases.map(({ severity }) => `${severity}`))),
    '## By tag',
    table('tag', counted(cases.flatMap(({ tags }) => [...new Set(tags)]))),
    '## By label',
    table('label', counted(cases.flatMap((case_) => [...new Set(labelsOf(case_))]))),
  ].join('\n\n');
  return format(page, { parser: 'markdown' });
}

/** Whether the page says what the suite holds. */
export const contentsAreCurrent = async (): Promise<boolean> =>
  readFileSync(CONTENTS_FILE, 'utf8') === (await contentsOf(readReferenceSuites()));

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(CONTENTS_FILE, await contentsOf(readReferenceSuites()));
