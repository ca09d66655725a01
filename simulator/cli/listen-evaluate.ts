import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NOW } from '../../assistant/evaluation/evaluate.ts';
import { hearAll } from '../../assistant/speech/evaluation/hear.ts';
import { understoodMeaning, writtenMeaning } from '../../assistant/speech/evaluation/meaning.ts';
import { readReferences, type Reference } from '../../assistant/speech/evaluation/references.ts';
import { scoreHearing, type Hearing, type Judged } from '../../assistant/speech/evaluation/score.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { stableHash } from '../../assistant/training/random.ts';
import { readLine } from '../../assistant/understanding/corpus.ts';
import type { Interpreter } from '../../assistant/understanding/interpreter.ts';
import type { Ontology } from '../../assistant/understanding/ontology.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import type { Normaliser } from '../../assistant/understanding/values/normalise.ts';
import { openShippedInterpreter, openShippedTranscriber, readParts } from '../open-drive.ts';
import { EXIT, UsageError } from './exit.ts';
import { describeHearing } from './hearing-tables.ts';
import { progressBar } from './progress.ts';

export interface EvaluateHearingOptions {
  readonly model?: string;
  readonly labels?: string;
  /** `column=value`. */
  readonly where?: readonly string[];
  readonly sample?: number;
  readonly by?: readonly string[];
  readonly paced: number;
  readonly worst: number;
  readonly json?: boolean;
}

const MOMENT = { now: NOW, utcOffset: 0 };
/** Grouped by these where the list has such columns. */
const USUAL_GROUPS = ['kind+level', 'voice', 'noise'];

/**
 * `drivetalk listen --evaluate`: hears all sounds of a list and says how many words and commands were right.
 * @param file the list (`readReferences`)
 * @returns the exit status
 */
export async function evaluateHearing(file: string, options: EvaluateHearingOptions): Promise<number> {
  const ontology = openOntology();
  const all = readReferences(readFileSync(file, 'utf8'), file);
  const columns = columnsOf(all, options.by);
  const references = sampled(all.filter(isWhere(options.where ?? [], all)), options.sample);
  if (references.length === 0) throw new UsageError(`No sound of ${file} fits ${options.where?.join(' ')}.`);
  const parts = readParts();
  const interpreter = await openShippedInterpreter(options.model, MOMENT.utcOffset, options.labels);
  try {
    const wanted = references.map(writtenIn(file, ontology, parts.normaliser));
    const hearings = await heard(references, file, parts, options.paced);
    const report = scoreHearing(await judged(hearings, wanted, interpreter), {
      columns,
      worst: options.worst,
    });
    const written = wanted.filter((meaning) => meaning !== undefined).length;
    const expected = { written, understood: wanted.length - written };
    console.log(
      options.json ? JSON.stringify({ ...report, expected }) : describeHearing({ ...report, expected }),
    );
    return EXIT.done;
  } finally {
    await interpreter.close();
  }
}

async function heard(
  references: readonly Reference[],
  list: string,
  parts: ReturnType<typeof readParts>,
  paced: number,
): Promise<readonly Hearing[]> {
  const transcriber = await openShippedTranscriber(parts);
  try {
    return await hearAll(
      references,
      {
        transcriber,
        soundOf: async ({ file }) => readWav(await readFile(join(dirname(list), file))),
        clock: () => performance.now(),
        sleep: (ms) => setTimeout(ms),
      },
      { paced, onProgress: progressBar('sounds') },
    );
  } finally {
    await transcriber.close();
  }
}

/** What is wanted by those who wrote it down; where nobody did, what is understood of the text counts. */
const writtenIn = (file: string, ontology: Ontology, normaliser: Normaliser) => (reference: Reference) =>
  reference.commands === undefined
    ? undefined
    : writtenMeaning(
        readLine(ontology, reference.commands, `${file}: ${reference.file}`),
        normaliser,
        MOMENT,
      );

async function judged(
  hearings: readonly Hearing[],
  wanted: readonly (string | undefined)[],
  interpreter: Interpreter,
): Promise<readonly Judged[]> {
  const texts = [
    ...new Set(
      hearings.flatMap(({ text, reference }) => [text, reference.text]).filter((text) => text !== ''),
    ),
  ];
  const understood = await interpreter.interpret(
    texts.map((text) => ({ text })),
    { now: NOW },
  );
  const meanings = new Map(
    texts.map((text, index) => [text, understoodMeaning(understood[index] ?? { commands: [] })]),
  );
  return hearings.map((hearing, index) => {
    const ofText = meanings.get(hearing.reference.text) ?? '';
    return { ...hearing, ofText, wanted: wanted[index] ?? ofText, got: meanings.get(hearing.text) ?? '' };
  });
}

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
  `The list has no column "${column}". It has ${[...known].join(', ')}.`;

/** So many of them, the same each time, and whatever else is in the list. */
function sampled(references: readonly Reference[], size = references.length): readonly Reference[] {
  const drawn = new Set(
    references
      .map((reference) => ({ reference, key: stableHash(reference.file) }))
      .sort((a, b) => a.key - b.key)
      .slice(0, size)
      .map(({ reference }) => reference),
  );
  return references.filter((reference) => drawn.has(reference));
}
