import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { evaluate as measure, type Mistake, type Report } from '../../assistant/evaluation/evaluate.ts';
import { shown } from '../../assistant/evaluation/judge.ts';
import {
  MeasuredRowError,
  parseMeasuredRow,
  type MeasuredRow,
} from '../../assistant/evaluation/measured-row.ts';
import { publicRows, readPublicSets } from '../../assistant/evaluation/public-rows.ts';
import type { Scores } from '../../assistant/evaluation/scores.ts';
import type { Ontology } from '../../assistant/understanding/ontology.ts';
import { openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';
import { createNormaliser } from '../../assistant/understanding/values/normalise.ts';
import { openShippedInterpreter, packageFile } from '../open-drive.ts';
import { EXIT, UsageError } from './exit.ts';
import { progressBar } from './progress.ts';

export interface EvaluateOptions {
  readonly json?: boolean;
  readonly model?: string | undefined;
  readonly labels?: string;
  /** File for the utterances that are not exactly right. */
  readonly mistakes?: string;
}

/** A directory of public sets has no test.jsonl of ours: nothing is known there of several commands or of context. */
interface Rows {
  readonly rows: readonly MeasuredRow[];
  readonly own: boolean;
}

/**
 * `drivetalk evaluate DIR`: measures a model on the test split that `make-data.ts` wrote into DIR, or on the public
 * sets that DIR holds.
 * @returns the exit status
 */
export async function evaluate(
  directory: string,
  { json = false, model, labels, mistakes }: EvaluateOptions,
): Promise<number> {
  const ontology = openOntology();
  const { rows, own } = readRows(directory, ontology);
  const wrong: string[] = [];
  // Times are read on a clock of UTC, so that the numbers are the same everywhere.
  const interpreter = await openShippedInterpreter(model, 0, labels);
  try {
    const report = await measure(
      rows,
      {
        interpreter,
        ontology,
        normaliser: createNormaliser(ontology, openPhraseBook(ontology)),
        clock: () => performance.now(),
      },
      {
        misheard: own,
        onProgress: progressBar('evaluating'),
        onMistake: (mistake) => wrong.push(mistakeLine(mistake)),
      },
    );
    if (mistakes !== undefined) writeFileSync(mistakes, wrong.map((line) => `${line}\n`).join(''));
    console.log(json ? JSON.stringify(report) : table(report));
  } finally {
    await interpreter.close();
  }
  return EXIT.done;
}

function readRows(directory: string, ontology: Ontology): Rows {
  const lines = (file: string) => readFileSync(join(directory, file), 'utf8').split('\n');
  try {
    if (existsSync(join(directory, 'test.jsonl'))) {
      const rows = lines('test.jsonl').flatMap((line, index) =>
        line.trim() === '' ? [] : [parseMeasuredRow(line, `test.jsonl:${index + 1}`, ontology)],
      );
      if (rows.length > 0) return { rows, own: true };
    }
    const table: unknown = parse(readFileSync(packageFile('assistant/training/public.yaml'), 'utf8'));
    const sets = readPublicSets(table, ontology);
    const rows = sets.flatMap((set) =>
      set.dev
        .filter((file) => existsSync(join(directory, file)))
        .flatMap((file) => publicRows(set, lines(file), file, ontology)),
    );
    if (rows.length > 0) return { rows, own: false };
  } catch (error) {
    if (error instanceof MeasuredRowError) throw new UsageError(`${directory}: ${error.message}`);
    throw error;
  }
  throw new UsageError(
    `${directory} holds neither test.jsonl nor a public set that training/public.yaml names. Make the test split with: npx tsx assistant/training/make-data.ts --out ${directory}`,
  );
}

const mistakeLine = ({ row: { id, text, context, commands, source }, said }: Mistake) =>
  JSON.stringify({
    id,
    source,
    ...(context.length > 0 && { context: context.map((turn) => turn.text) }),
    text,
    wanted: commands
      .map(({ intent, slots }) =>
        [intent, ...slots.map(({ name, start, end }) => `[${text.slice(start, end)}](${name})`)].join(' '),
      )
      .join(' + '),
    said: shown(said),
    confidence: Number(Math.min(...said.map(({ confidence }) => confidence)).toFixed(3)),
  });

const COLUMNS: readonly (readonly [title: string, of: (scores: Scores) => number | undefined])[] = [
  ['utterances', ({ utterances }) => utterances],
  ['exact', ({ exact }) => exact],
  ['same words', ({ exactWords }) => exactWords],
  ['intents', ({ intents }) => intents],
  ['slot F1', ({ slotF1 }) => slotF1],
  ['opposites/1,000', ({ oppositesPer1000 }) => oppositesPer1000],
];

function table({
  all,
  several,
  context,
  sources,
  domains,
  misheard,
  utterancesPerSecond,
  latency,
}: Report): string {
  const line = (name: string, scores: Scores) =>
    name.padEnd(28) +
    COLUMNS.map(([title, of]) => String(of(scores) ?? '–').padStart(Math.max(11, title.length + 2))).join('');
  const groups: readonly (readonly [string, Scores | undefined])[] = [
    ['all', all],
    ['two commands or more', several],
    ['after other turns', context],
    ['one word in ten misheard', misheard],
  ];
  return [
    ''.padEnd(28) + COLUMNS.map(([title]) => title.padStart(Math.max(11, title.length + 2))).join(''),
    ...groups.flatMap(([name, scores]) => (scores ? [line(name, scores)] : [])),
    '',
    ...Object.entries(sources).map(([name, scores]) => line(name, scores)),
    '',
    ...Object.entries(domains).map(([name, scores]) => line(name, scores)),
    '',
    `out of scope declined: ${all.outOfScopeRecall ?? '–'} % of ${all.outOfScopeUtterances}; commands declined by mistake: ${all.rejectedByMistake ?? '–'} %`,
    `calibration error: ${all.calibrationError}; ${utterancesPerSecond} utterances/s in batches; one by one p50 ${latency.p50} ms, p99 ${latency.p99} ms`,
  ].join('\n');
}
