import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { nearestName } from '../understanding/nearest.ts';
import type { Policy } from './policy.ts';
import {
  caseSchema,
  DEFAULT_NOW,
  DEFAULT_SEVERITY,
  framesOf,
  suiteSchema,
  type CaseInFile,
  type SuiteFile,
  type TurnInFile,
} from './suite.ts';

/** Where something stands in a file; counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something that must be put right before the suite can be run. */
export interface SuiteProblem extends Place {
  readonly message: string;
}

export interface SuiteCase extends Omit<CaseInFile, 'tags' | 'severity'> {
  readonly tags: readonly string[];
  readonly severity: number;
  readonly where: Place;
}

/** A suite file, read; what its `defaults` say stands in the cases. */
export interface Suite {
  readonly file: string;
  readonly name: string;
  /** `drivetalk`, `none`, or a file. */
  readonly ontology: string;
  /** Epoch milliseconds of the car's local time, as if it were UTC. */
  readonly now: number;
  readonly policy: Policy | undefined;
  readonly cases: readonly SuiteCase[];
}

/** What may be expected: labels, and the slots that each may carry. */
export interface KnownLabels {
  readonly labels: ReadonlyMap<string, { readonly slots: readonly string[] }>;
}

/** A suite that cannot be read; its message has a line for each problem. */
export class SuiteError extends Error {
  override readonly name = 'SuiteError';
  readonly problems: readonly SuiteProblem[];
  constructor(problems: readonly SuiteProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

export const describeProblem = ({ file, line, column, message }: SuiteProblem): string =>
  `${file}:${line}:${column}: ${message}`;

/** Problems of one file beyond these say nothing new. */
const MOST_PROBLEMS = 20;

/**
 * Reads one suite file: YAML, or JSONL by its ending.
 * @param known gives the labels of the ontology that the suite names; undefined: labels are not checked
 * @throws SuiteError with file, line and column of everything that is wrong
 */
export function readSuite(
  source: { readonly file: string; readonly text: string },
  known: (ontology: string, file: string) => KnownLabels | undefined,
): Suite {
  const { suite, placeOf } = source.file.endsWith('.jsonl') ? readJsonLines(source) : readYaml(source);
  const { defaults = {}, ontology = 'drivetalk' } = suite;
  const now = Date.parse(`${suite.now ?? DEFAULT_NOW}Z`);
  const problems: SuiteProblem[] = [];
  if (Number.isNaN(now))
    problems.push({ ...placeOf(['now']), message: `now: write a local time such as ${DEFAULT_NOW}` });
  const labels = known(ontology, source.file);
  const cases = suite.cases.map((case_, index): SuiteCase => {
    if (labels) problems.push(...unknownLabels(case_, labels, (path) => placeOf(['cases', index, ...path])));
    return {
      ...case_,
      ...defaultsOf(case_, defaults),
      tags: [...new Set([...(defaults.tags ?? []), ...(case_.tags ?? [])])],
      severity: case_.severity ?? defaults.severity ?? DEFAULT_SEVERITY,
      where: placeOf(['cases', index]),
    };
  });
  if (problems.length > 0) throw new SuiteError(problems.slice(0, MOST_PROBLEMS));
  return { file: source.file, name: suite.suite ?? source.file, ontology, now, policy: suite.policy, cases };
}

/** @throws SuiteError naming both places of each id that stands twice */
export function refuseDoubleIds(suites: readonly Suite[]): void {
  const seen = new Map<string, Place>();
  const problems: SuiteProblem[] = [];
  for (const { id, where } of suites.flatMap(({ cases }) => cases)) {
    const first = seen.get(id);
    if (first)
      problems.push({ ...where, message: `the id "${id}" stands in ${first.file}:${first.line} already` });
    else seen.set(id, where);
  }
  if (problems.length > 0) throw new SuiteError(problems.slice(0, MOST_PROBLEMS));
}

function defaultsOf(
  { seat, set, text, expect, invariance, turns }: CaseInFile,
  defaults: NonNullable<SuiteFile['defaults']>,
): Partial<CaseInFile> {
  const varied = text !== undefined && !turns && expect !== undefined ? defaults.invariance : undefined;
  return {
    ...((seat ?? defaults.seat) && { seat: seat ?? defaults.seat }),
    ...((set ?? defaults.set) && { set: { ...defaults.set, ...set } }),
    ...((invariance ?? varied) && { invariance: invariance ?? varied }),
  };
}

export type Path = readonly (string | number)[];
interface Read {
  readonly suite: SuiteFile;
  readonly placeOf: (path: Path) => Place;
}

function readYaml({ file, text }: { readonly file: string; readonly text: string }): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    throw new SuiteError(document.errors.map((error) => ({ ...at(error.pos[0]), message: error.message })));
  const placeOf = (path: Path) => at(offsetOf(document, path));
  const checked = suiteSchema.safeParse(document.toJS());
  if (!checked.success) throw new SuiteError(problemsOf(checked.error, placeOf));
  return { suite: checked.data, placeOf };
}

/** Where a value stands, or the nearest thing around it that does. */
export function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const [key] = path.slice(length - 1, length);
    const parent: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    // A key tells more than its value: that is where the eye looks.
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

const headerSchema = suiteSchema.omit({ cases: true });

function readJsonLines({ file, text }: { readonly file: string; readonly text: string }): Read {
  const problems: SuiteProblem[] = [];
  let header: z.infer<typeof headerSchema> = {};
  const cases: CaseInFile[] = [];
  const lineOf: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const place = { file, line: index + 1, column: 1 };
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch (error) {
      const [, column] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
      problems.push({ ...place, column: Number(column ?? 0) + 1, message: 'this line is not JSON' });
      continue;
    }
    const first = cases.length === 0 && typeof parsed === 'object' && parsed !== null && !('id' in parsed);
    const checked = (first ? headerSchema : caseSchema).safeParse(parsed);
    if (!checked.success) problems.push(...problemsOf(checked.error, () => place));
    else if (first) header = checked.data as typeof header;
    else {
      cases.push(checked.data as CaseInFile);
      lineOf.push(index + 1);
    }
  }
  if (problems.length > 0) throw new SuiteError(problems.slice(0, MOST_PROBLEMS));
  return {
    suite: { ...header, cases },
    placeOf: ([, index]) => ({
      file,
      line: (typeof index === 'number' ? lineOf[index] : undefined) ?? 1,
      column: 1,
    }),
  };
}

/** What is wrong, each thing with its place. */
export function problemsOf(error: z.ZodError, placeOf: (path: Path) => Place): readonly SuiteProblem[] {
  return error.issues.slice(0, MOST_PROBLEMS).flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        ...placeOf([...path, key]),
        message: `there is no "${key}" ${path.length > 0 ? `in ${path.join('.')}` : 'in a suite'}`,
      }));
    }
    return [
      { ...placeOf(path), message: `${path.length > 0 ? `${path.join('.')}: ` : ''}${explain(issue)}` },
    ];
  });
}

/** Of a union, the branch that came nearest tells what is wrong. */
function explain(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue.message;
  const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
  const told = deepest[0];
  if (!told || depth(deepest) === 0) return 'is not one of the forms that can stand here';
  return `${told.path.join('.')}: ${explain(told)}`;
}

const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));

/** Labels and slots of a case that the ontology does not have. */
function* unknownLabels(
  case_: CaseInFile,
  { labels }: KnownLabels,
  placeOf: (path: Path) => Place,
): Iterable<SuiteProblem> {
  const expectations: [Path, TurnInFile['expect']][] = [
    [['expect'], case_.expect],
    ...(case_.turns ?? []).map((turn, index): [Path, TurnInFile['expect']] => [
      ['turns', index, 'expect'],
      turn.expect,
    ]),
    ...(case_.direction ?? []).map((direction, index): [Path, TurnInFile['expect']] => [
      ['direction', index, 'expect', 'frames'],
      typeof direction.expect === 'object' && 'frames' in direction.expect
        ? direction.expect.frames
        : undefined,
    ]),
  ];
  for (const [path, expect] of expectations) {
    if (expect === undefined) continue;
    for (const [index, { intent, slots = {} }] of framesOf(expect).entries()) {
      const here = Array.isArray(expect) ? [...path, index] : path;
      const label = labels.get(intent);
      if (!label) {
        yield {
          ...placeOf([...here, 'intent']),
          message: `there is no label "${intent}"${meant(intent, labels.keys())} (for labels of your own write "ontology: none", or name your ontology file)`,
        };
        continue;
      }
      for (const slot of Object.keys(slots)) {
        if (label.slots.includes(slot)) continue;
        const message = `${intent} has no slot "${slot}"${meant(slot, label.slots)}`;
        yield { ...placeOf([...here, 'slots', slot]), message };
      }
    }
  }
}

function meant(name: string, known: Iterable<string>): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; the nearest is "${near}"`;
}
