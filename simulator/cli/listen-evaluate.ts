import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { hearAll } from '../../assistant/speech/evaluation/hear.ts';
import { readReferences, type Reference } from '../../assistant/speech/evaluation/references.ts';
import { scoreHearing, type Hearing, type Judged } from '../../assistant/speech/evaluation/score.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { stableHash } from '../../assistant/training/random.ts';
import {
  openEvaluatedCar,
  openEvaluatedDomain,
  type CarOptions,
  type Evaluated,
  type Understood,
} from './evaluated-domain.ts';
import { EXIT, UsageError } from './exit.ts';
import { describeHearing } from './hearing-tables.ts';
import { progressBar } from './progress.ts';

export interface EvaluateHearingOptions extends CarOptions {
  readonly domain?: string;
  /** `column=value`. */
  readonly where?: readonly string[];
  readonly sample?: number;
  readonly by?: readonly string[];
  readonly paced: number;
  readonly worst: number;
  readonly json?: boolean;
}

/** After one of them, what has been heard is reported: hours of listening are not lost. */
const INTERRUPTIONS = ['SIGINT', 'SIGTERM'] as const;
/** Grouped by these where the list has such columns. */
const USUAL_GROUPS = ['kind+level', 'voice', 'noise'];

/**
 * `drivetalk listen --evaluate`: hears all sounds of a list and says how many words and commands were right.
 * @param file the list (`readReferences`)
 * @returns the exit status
 */
export async function evaluateHearing(file: string, options: EvaluateHearingOptions): Promise<number> {
  const all = readReferences(readFileSync(file, 'utf8'), file);
  const columns = columnsOf(all, options.by);
  const references = sampled(all.filter(isWhere(options.where ?? [], all)), options.sample);
  if (references.length === 0) throw new UsageError(`No sound of ${file} fits ${options.where?.join(' ')}.`);
  const evaluated = await (options.domain === undefined
    ? openEvaluatedCar(options)
    : openEvaluatedDomain(options.domain));
  try {
    // What is written down is checked before anything is heard.
    const wanted = references.map(({ commands, file: sound }) =>
      commands === undefined ? undefined : evaluated.written(commands, `${file}: ${sound}`),
    );
    const hearings = await hear(references, file, evaluated, options.paced);
    if (hearings.length === 0) return EXIT.failure;
    const judged = await judge(hearings, wanted, evaluated);
    const report = scoreHearing(judged, { columns, worst: options.worst });
    const written = hearings.filter((_, index) => wanted[index] !== undefined).length;
    const result = { ...report, expected: { written, understood: hearings.length - written } };
    console.log(options.json ? JSON.stringify(result) : describeHearing(result));
    return EXIT.done;
  } finally {
    await evaluated.close();
  }
}

async function hear(
  references: readonly Reference[],
  list: string,
  evaluated: Evaluated,
  paced: number,
): Promise<readonly Hearing[]> {
  const transcriber = await evaluated.openTranscriber();
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
  };
  // Whoever started it may pass the same signal on: it comes more than once.
  for (const name of INTERRUPTIONS) process.on(name, interrupt);
  try {
    const hearings = await hearAll(
      references,
      {
        transcriber,
        soundOf: async ({ file }) => readWav(await readFile(join(dirname(list), file))),
        clock: () => performance.now(),
        sleep: (ms) => setTimeout(ms),
      },
      { paced, onProgress: progressBar('sounds'), signal: interruption.signal },
    );
    if (hearings.length < references.length)
      console.error(`Interrupted: the report is about ${hearings.length} of ${references.length} sounds.`);
    return hearings;
  } finally {
    for (const name of INTERRUPTIONS) process.off(name, interrupt);
    await transcriber.close();
  }
}

/** @param wanted what is written down; where nothing is, what is understood of the text counts */
async function judge(
  hearings: readonly Hearing[],
  wanted: readonly (string | undefined)[],
  evaluated: Evaluated,
): Promise<readonly Judged[]> {
  const said = hearings.flatMap(({ text, reference }) => [text, reference.text]);
  const texts = [...new Set(said)].filter((text) => text !== '');
  const answers = await evaluated.understand(texts);
  const understood = new Map(texts.map((text, index) => [text, answers[index] ?? NOTHING]));
  return hearings.map((hearing, index) => {
    const { meaning: ofText } = understood.get(hearing.reference.text) ?? NOTHING;
    const { meaning: got, isCertain } = understood.get(hearing.text) ?? NOTHING;
    return { ...hearing, ofText, wanted: wanted[index] ?? ofText, got, isCertain };
  });
}

const NOTHING: Understood = { meaning: '', isCertain: false };

/** @throws UsageError for a column that the list does not have */
function columnsOf(all: readonly Reference[], by: readonly string[] | undefined): readonly string[] {
  const known = new Set(all.flatMap(({ groups }) => Object.keys(groups)));
  const unknown = (by ?? []).flatMap((group) => group.split('+')).find((column) => !known.has(column));
  if (unknown !== undefined) throw new UsageError(noColumn(unknown, known));
  return by ?? USUAL_GROUPS.filter((group) => group.split('+').every((column) => known.has(column)));
}

/** @throws UsageError for a condition that is none */
function isWhere(conditions: readonly string[], all: readonly Reference[]) {
  const known = new Set(all.flatMap(({ groups }) => Object.keys(groups)));
  const wanted = conditions.map((condition) => {
    const at = condition.indexOf('=');
    const column = condition.slice(0, at);
    if (at < 1) throw new UsageError(`"${condition}" is no condition. Write column=value.`);
    if (!known.has(column)) throw new UsageError(noColumn(column, known));
    return { column, values: condition.slice(at + 1).split(',') };
  });
  return ({ groups }: Reference) =>
    wanted.every(({ column, values }) => values.includes(groups[column] ?? ''));
}

const noColumn = (column: string, known: ReadonlySet<string>) =>
  `The list has no column "${column}". ${known.size > 0 ? `It has ${[...known].join(', ')}.` : 'It has none to choose by: add it to its first line.'}`;

/** So many of them, the same each time, in an order that says nothing: also the first of them are a fair sample. */
const sampled = (references: readonly Reference[], size = references.length): readonly Reference[] =>
  references
    .map((reference) => ({ reference, key: stableHash(reference.file) }))
    .sort((a, b) => a.key - b.key)
    .slice(0, size)
    .map(({ reference }) => reference);
