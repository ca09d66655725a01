import type { z } from 'zod';
import type { Spot, YamlPath } from '../../vehicle/located-yaml.ts';

/** Where something stands in a file. */
export interface Place extends Spot {
  readonly file: string;
}

/** Something that must be put right before the suite can be run. */
export interface SuiteProblem extends Place {
  readonly message: string;
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
export const MOST_PROBLEMS = 20;

/** What is wrong, each thing with its place. */
export function problemsOf(error: z.ZodError, placeOf: (path: YamlPath) => Place): readonly SuiteProblem[] {
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
