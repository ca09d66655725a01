import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fit } from '../../assistant/regression/formats/fit.ts';
import type { Format, FormatOptions, Loss } from '../../assistant/regression/formats/format.ts';
import type { SourceText } from '../../assistant/regression/parse.ts';
import { FORMATS, recognise } from '../../assistant/regression/formats/formats.ts';
import { jsonLinesOf } from '../../assistant/regression/formats/drivetalk.ts';
import { joinLosses } from '../../assistant/regression/formats/losses.ts';
import { relabel } from '../../assistant/regression/formats/relabel.ts';
import { SuiteError } from '../../assistant/regression/problems.ts';
import { framesOf, type SuiteFile, type TurnInFile } from '../../assistant/regression/suite.ts';
import { readLabelMap } from '../../assistant/understanding/engines/label-map.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import { EXIT, UsageError } from './exit.ts';

export interface ConvertOptions {
  readonly from?: string;
  readonly to: string;
  readonly labels?: string;
  /** `text=utterance,intent=label` */
  readonly columns?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** With `--strict`: something could not be carried over. */
const LOSSY = 1;
/** Files of a folder that could belong to a data set. */
const IS_DATA = /(\.(ya?ml|jsonl?|csv|tsv|txt)|(^|\/)(seq\.in|seq\.out|label))$/;
const SHOWN_IDS = 3;

/**
 * `drivetalk convert`: suites to and from what teams have already.
 * @returns the exit status
 */
export function convert(input: string, output: string, options: ConvertOptions): number {
  try {
    const sources = sourcesOf(input);
    const from = options.from === undefined ? guess(sources, input) : formatNamed(options.from);
    const to = formatNamed(options.to);
    const formatOptions = options.columns === undefined ? {} : { columns: columnsIn(options.columns) };
    const read = from.read(sources, formatOptions);
    if (read.suite.cases.length === 0) throw new UsageError(`There are no cases in ${input}.`);
    const labelled =
      options.labels === undefined
        ? { suite: withOwnLabels(read.suite), losses: [] }
        : relabel(read.suite, labelMap(options.labels));
    const fitted = fit(labelled.suite, to.holds);
    const files = write(to, fitted.suite, output, formatOptions, input);
    const losses = joinLosses(read.losses, labelled.losses, fitted.losses);
    const { length } = fitted.suite.cases;
    if (options.json)
      console.log(JSON.stringify({ from: from.name, to: to.name, cases: length, files, losses }));
    else {
      console.log(
        `${length} of ${read.suite.cases.length} cases, ${from.name} → ${to.name}: ${files.join(', ')}`,
      );
      process.stderr.write(losses.map((loss) => `not carried over: ${describe(loss)}\n`).join(''));
    }
    return options.strict && losses.length > 0 ? LOSSY : EXIT.done;
  } catch (error) {
    if (!(error instanceof SuiteError)) throw error;
    throw new UsageError(error.message);
  }
}

function sourcesOf(input: string): readonly SourceText[] {
  if (!existsSync(input)) throw new UsageError(`There is no ${input}. Name a file, or a folder of them.`);
  const files = statSync(input).isDirectory()
    ? readdirSync(input, { recursive: true, encoding: 'utf8' })
        .filter((file) => IS_DATA.test(file) && statSync(join(input, file)).isFile())
        .sort()
        .map((file) => join(input, file))
    : [input];
  if (files.length === 0) throw new UsageError(`There are no data files in ${input}.`);
  return files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

function guess(sources: readonly SourceText[], input: string): Format {
  const found = recognise(sources);
  if (found) return found;
  throw new UsageError(
    `It cannot be told what format ${input} has. Say it: --from ${FORMATS.map(({ name }) => name).join(' | ')}`,
  );
}

function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (!found)
    throw new UsageError(`There is no format "${name}": ${FORMATS.map((format) => format.name).join(', ')}.`);
  return found;
}

function columnsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, ours = '', theirs = ''] = /^(\w+)=(.+)$/.exec(pair.trim()) ?? [];
      if (theirs === '')
        throw new UsageError(`"${pair}" is no pair of columns. Write text=utterance,intent=label.`);
      return [ours, theirs];
    }),
  );
}

function labelMap(file: string) {
  return readLabelMap(readFileSync(file, 'utf8'), file, openOntology());
}

/** Cases that expect nothing but the car's own labels are a suite of the car: its labels and slots will be checked. */
function withOwnLabels(suite: SuiteFile): SuiteFile {
  const { labels } = openOntology();
  const expected = suite.cases.flatMap(({ expect, turns = [] as TurnInFile[] }) =>
    [expect, ...turns.map((turn) => turn.expect)].flatMap((one) => framesOf(one ?? [])),
  );
  const own = expected.length > 0 && expected.every(({ intent }) => labels.has(intent));
  return suite.ontology === 'none' && own ? { ...suite, ontology: 'drivetalk' } : suite;
}

/** One file gets the name that was asked for; several go into a folder of that name. */
function write(
  to: Format,
  suite: Parameters<Format['write']>[0],
  output: string,
  options: FormatOptions,
  input: string,
): readonly string[] {
  const asLines = to.name === 'drivetalk' && output.endsWith('.jsonl');
  const made = asLines ? [{ file: basename(output), text: jsonLinesOf(suite) }] : to.write(suite, options);
  const isFolder = output.endsWith('/') || (existsSync(output) && statSync(output).isDirectory());
  if (made.length > 1 && existsSync(output) && !isFolder)
    throw new UsageError(`${to.name} makes ${made.length} files, but ${output} is a file. Name a folder.`);
  const placed = made.map(({ file, text }) => ({
    path: made.length > 1 || isFolder ? join(output, file) : output,
    text,
  }));
  const own = placed.find(({ path }) => resolve(path) === resolve(input));
  if (own) throw new UsageError(`${own.path} is what is to be converted. Name another file.`);
  for (const { path, text } of placed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return placed.map(({ path }) => path);
}

function describe({ what, cases }: Loss): string {
  if (cases.length === 0) return what;
  const more = cases.length > SHOWN_IDS ? ', …' : '';
  return `${what}: ${cases.length} ${cases.length === 1 ? 'case' : 'cases'} (${cases.slice(0, SHOWN_IDS).join(', ')}${more})`;
}
