import type { z } from 'zod';
import { locateYaml, type LocatedYaml } from './located-yaml.ts';
import { MistakeError } from './foreseen-error.ts';

export type ConfigProblem = 'not-readable' | 'not-yaml' | 'bad-entry' | 'contradiction';

/** A file of somebody's own that cannot be used; the message says where and why. */
export class ConfigError extends MistakeError {
  override readonly name = 'ConfigError';
  readonly reason: ConfigProblem;
  readonly recoverable = false;
  readonly file: string;
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  constructor(reason: ConfigProblem, file: string, line: number, message: string, options?: ErrorOptions) {
    super(line > 0 ? `${file}:${line}: ${message}` : `${file}: ${message}`, options);
    this.reason = reason;
    this.file = file;
    this.line = line;
  }
}

/**
 * Parses YAML and keeps its lines.
 * @param file name for error messages
 * @throws ConfigError `not-yaml`
 */
export function parseConfig(text: string, file: string): LocatedYaml {
  const yaml = locateYaml(text);
  const [broken] = yaml.mistakes;
  if (broken) throw new ConfigError('not-yaml', file, broken.line, broken.message);
  return yaml;
}

/**
 * Parses YAML and checks its shape.
 * @param file name for error messages
 * @throws ConfigError `not-yaml`, or `bad-entry` at the first thing that does not fit
 */
export function readConfig<Shape extends z.ZodType>(
  text: string,
  file: string,
  shape: Shape,
): Pick<LocatedYaml, 'spotOf'> & { readonly data: z.output<Shape> } {
  const { value, spotOf } = parseConfig(text, file);
  const checked = shape.safeParse(value ?? {});
  if (checked.success) return { data: checked.data, spotOf };
  const [issue] = checked.error.issues;
  const key = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...key];
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new ConfigError('bad-entry', file, spotOf(path).line, `${where}${issue?.message ?? 'does not fit'}`);
}
