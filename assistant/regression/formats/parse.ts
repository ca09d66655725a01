import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { offsetOf, problemsOf, SuiteError, type Path, type Place } from '../read-suite.ts';
import type { SourceText } from './format.ts';

/**
 * Reads YAML or JSON (which is YAML, too).
 * @throws SuiteError with file, line and column
 */
export function parseYaml<Shape extends z.ZodType>(
  { file, text }: SourceText,
  shape: Shape,
): { readonly data: z.infer<Shape>; readonly placeOf: (path: Path) => Place } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    throw new SuiteError(document.errors.map((error) => ({ ...at(error.pos[0]), message: error.message })));
  const placeOf = (path: Path) => at(offsetOf(document, path));
  const checked = shape.safeParse(document.toJS());
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
