import type { z } from 'zod';
import { locateYaml, type YamlPath } from '../../vehicle/located-yaml.ts';
import { problemsOf, SuiteError, type Place } from './problems.ts';

/** A file, read. */
export interface SourceText {
  /** Its name, with folders where there are any. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads YAML or JSON (which is YAML, too).
 * @throws SuiteError with file, line and column
 */
export function parseYaml<Shape extends z.ZodType>(
  { file, text }: SourceText,
  shape: Shape,
): { readonly data: z.infer<Shape>; readonly placeOf: (path: YamlPath) => Place } {
  const yaml = locateYaml(text);
  if (yaml.mistakes.length > 0) throw new SuiteError(yaml.mistakes.map((mistake) => ({ file, ...mistake })));
  const placeOf = (path: YamlPath) => ({ file, ...yaml.spotOf(path) });
  const checked = shape.safeParse(yaml.value);
  if (!checked.success) throw new SuiteError(problemsOf(checked.error, placeOf));
  return { data: checked.data, placeOf };
}

/** Reads JSON; large files are only read as YAML to say where a mistake stands. @throws SuiteError */
export function parseJson<Shape extends z.ZodType>(source: SourceText, shape: Shape): z.infer<Shape> {
  try {
    const checked = shape.safeParse(JSON.parse(source.text));
    if (checked.success) return checked.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { data, placeOf } = parseYaml(source, shape);
  // YAML takes more than JSON: a comment, a trailing comma.
  if (!isJson(source.text)) throw new SuiteError([{ ...placeOf([]), message: 'this is YAML, but not JSON' }]);
  return data;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads JSON lines; empty lines do not count. @throws SuiteError with all lines that are wrong */
export function parseJsonLines<Shape extends z.ZodType>(
  { file, text }: SourceText,
  shape: Shape,
): readonly { readonly data: z.infer<Shape>; readonly place: Place }[] {
  const problems: SuiteError['problems'][number][] = [];
  const rows = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = { file, line: index + 1, column: 1 };
    try {
      return [{ data: parseJson({ file, text: line }, shape), place }];
    } catch (error) {
      if (!(error instanceof SuiteError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, line: index + 1 })));
      return [];
    }
  });
  if (problems.length > 0) throw new SuiteError(problems);
  return rows;
}
