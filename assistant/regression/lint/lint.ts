import type { CorpusExample } from '../../understanding/corpus.ts';
import type { Ontology } from '../../understanding/ontology.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import { SuiteError } from '../problems.ts';
import { readSuite, refuseDoubleIds, type KnownLabels, type Suite } from '../read-suite.ts';
import type { SourceText } from '../parse.ts';
import { coverage, type Coverage } from './coverage.ts';
import { duplicates, nearDuplicates } from './duplicates.ts';
import { SEVERITIES, type Finding } from './finding.ts';
import { missingSounds } from './sounds.ts';
import { leakage, phraseMatches } from './training.ts';

/** What suites are held against. */
export interface LintParts {
  readonly ontology: Ontology;
  readonly book: PhraseBook;
  /** Of training; empty where it is not installed. */
  readonly corpus: readonly CorpusExample[];
  readonly known: (ontology: string, file: string) => KnownLabels | undefined;
  readonly soundExists: (path: string, suiteFile: string) => boolean;
}

export interface Linted {
  readonly cases: number;
  /** Worst first, then by place. */
  readonly findings: readonly Finding[];
  readonly coverage: Omit<Coverage, 'findings'>;
}

/** Looks for everything that makes a suite worth less than it seems. */
export function lintSuites(sources: readonly SourceText[], parts: LintParts): Linted {
  const read = sources.map((source) => readLeniently(source, parts));
  const suites = read.flatMap(({ suite }) => (suite ? [suite] : []));
  const { findings: uncovered, ...covered } = coverage(suites, parts.ontology, parts.book);
  const findings = [
    ...read.flatMap((one) => one.findings),
    ...asFindings('double-id', 'ids are what baselines and shards go by: give each case its own', () => {
      refuseDoubleIds(suites);
    }),
    ...duplicates(suites),
    ...nearDuplicates(suites),
    ...missingSounds(suites, parts.soundExists),
    ...leakage(suites, parts.corpus),
    ...phraseMatches(suites, parts.book),
    ...uncovered,
  ];
  return {
    cases: suites.reduce((sum, { cases }) => sum + cases.length, 0),
    findings: findings.sort(
      (a, b) =>
        SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
        (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line),
    ),
    coverage: covered,
  };
}

/** A suite with unknown labels is still worth looking at; one that is malformed is not. */
function readLeniently(
  source: SourceText,
  { known }: LintParts,
): { readonly suite?: Suite; readonly findings: readonly Finding[] } {
  let suite: Suite | undefined;
  const findings = asFindings('unreadable', 'the suite cannot be run before this is right', () => {
    suite = readSuite(source, known);
  });
  if (findings.length > 0)
    asFindings('unreadable', '', () => {
      suite = readSuite(source, () => undefined);
    });
  const labels = suite && findings.length > 0;
  return {
    ...(suite && { suite }),
    findings: labels ? findings.map((finding) => ({ ...finding, rule: 'unknown-label' })) : findings,
  };
}

function asFindings(rule: string, advice: string, read: () => void): readonly Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof SuiteError)) throw error;
    return error.problems.map((problem) => ({ ...problem, rule, severity: 'error' as const, advice }));
  }
}
