import { readFileSync } from 'node:fs';
import { SEVERITIES, type Finding, type FindingSeverity } from '../../assistant/regression/lint/finding.ts';
import { lintSuites } from '../../assistant/regression/lint/lint.ts';
import { many } from '../../assistant/regression/reports/words.ts';
import { openCorpus, openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';
import { knownLabels, soundBeside, suiteFilesIn } from '../regression/suite-files.ts';
import { EXIT } from './exit.ts';

export interface LintOptions {
  readonly failOn: FindingSeverity;
  readonly notes?: boolean;
  readonly json?: boolean;
}

/** Something was found that matters enough. */
const FOUND = 1;

/**
 * `drivetalk lint`: what makes suites worth less than they seem.
 * @returns the exit status
 */
export function lint(paths: readonly string[], { failOn, notes = false, json = false }: LintOptions): number {
  const sources = suiteFilesIn(paths).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const ontology = openOntology();
  const corpus = openCorpus(ontology);
  const known = knownLabels();
  const linted = lintSuites(sources, {
    ontology,
    book: openPhraseBook(ontology),
    corpus,
    known,
    soundExists: (path, file) => soundBeside(path, file) !== undefined,
  });
  const rank = (severity: FindingSeverity) => SEVERITIES.indexOf(severity);
  if (json) console.log(JSON.stringify({ ...linted, corpus: corpus.length > 0 }));
  else {
    const least = Math.min(rank(failOn), notes ? 0 : 1);
    for (const finding of linted.findings)
      if (rank(finding.severity) >= least) console.log(describe(finding));
    const counts = SEVERITIES.map(
      (severity) => linted.findings.filter((one) => one.severity === severity).length,
    );
    const { labels, combinations } = linted.coverage;
    console.log(
      `${many(linted.cases, 'case')}: ${many(counts[2] ?? 0, 'error')}, ${many(counts[1] ?? 0, 'warning')}, ${many(counts[0] ?? 0, 'note')}${notes || counts[0] === 0 ? '' : ' (--notes shows them)'}`,
    );
    console.log(
      `covered: ${labels.covered} of ${labels.all} labels, ${combinations.covered} of ${combinations.all} combinations of their slots`,
    );
    if (corpus.length === 0)
      console.log(
        'leakage of training data was not looked for: the corpus is in the repository, not in the installed package',
      );
  }
  return linted.findings.some(({ severity }) => rank(severity) >= rank(failOn)) ? FOUND : EXIT.done;
}

const describe = ({ file, line, column, severity, rule, message, advice }: Finding) =>
  `${file}:${line}:${column} ${severity} ${rule}: ${message}; ${advice}`;
