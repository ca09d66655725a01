import type { z } from 'zod';
import type { YamlPath } from '../../vehicle/located-yaml.ts';
import { nearestName } from '../understanding/nearest.ts';
import { parseYaml, type SourceText } from './parse.ts';
import type { Policy } from './policy.ts';
import { MOST_PROBLEMS, problemsOf, SuiteError, type Place, type SuiteProblem } from './problems.ts';
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

/**
 * Reads one suite file: YAML, or JSONL by its ending.
 * @param known gives the labels of the ontology that the suite names; undefined: labels are not checked
 * @throws SuiteError with file, line and column of everything that is wrong
 */
export function readSuite(
  source: SourceText,
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

interface Read {
  readonly suite: SuiteFile;
  readonly placeOf: (path: YamlPath) => Place;
}

function readYaml(source: SourceText): Read {
  const { data, placeOf } = parseYaml(source, suiteSchema);
  return { suite: data, placeOf };
}

const headerSchema = suiteSchema.omit({ cases: true });

function readJsonLines({ file, text }: SourceText): Read {
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

/** Labels and slots of a case that the ontology does not have. */
function* unknownLabels(
  case_: CaseInFile,
  { labels }: KnownLabels,
  placeOf: (path: YamlPath) => Place,
): Iterable<SuiteProblem> {
  const expectations: [YamlPath, TurnInFile['expect']][] = [
    [['expect'], case_.expect],
    ...(case_.turns ?? []).map((turn, index): [YamlPath, TurnInFile['expect']] => [
      ['turns', index, 'expect'],
      turn.expect,
    ]),
    ...(case_.direction ?? []).map((direction, index): [YamlPath, TurnInFile['expect']] => [
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
