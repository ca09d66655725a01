import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

export type ConfigProblem = 'not-readable' | 'not-yaml' | 'bad-entry' | 'contradiction';

/** A file of somebody's own that cannot be used; the message says where and why. */
export class ConfigError extends Error {
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

export interface ConfigDocument {
  readonly contents: Document.Parsed['contents'];
  /** The line of a character, from 1. */
  readonly lineOf: (offset: number | undefined) => number;
}

/**
 * Parses YAML and keeps its lines.
 * @param file name for error messages
 * @throws ConfigError `not-yaml`
 */
export function parseConfig(text: string, file: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  const [broken] = document.errors;
  if (broken) {
    const [why = 'not YAML'] = broken.message.split('\n', 1);
    throw new ConfigError('not-yaml', file, lineOf(broken.pos[0]), why);
  }
  return { contents: document.contents, lineOf };
}

/** Where the value of a key begins, for `lineOf`; undefined when the map has no such key. */
export function offsetOfKey(map: unknown, name: PropertyKey | undefined): number | undefined {
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}
