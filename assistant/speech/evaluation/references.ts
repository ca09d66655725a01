import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ConfigError } from '../../../vehicle/config-file.ts';

/** A sound, and what is said in it. */
export interface Reference {
  /** WAV file, relative to the list. */
  readonly file: string;
  readonly text: string;
  /** `labels | marked text` (phrases/FORMAT.md), where somebody has written down what it asks for. */
  readonly commands: string | undefined;
  /** All other columns: the recording's noise level, voice and so on. */
  readonly groups: Readonly<Record<string, string>>;
}

const rowSchema = z
  .object({ file: z.string().min(1, 'no file is named'), text: z.string(), commands: z.string().optional() })
  .catchall(z.string());

/** Columns are parted by tabs, which no text has in it; a quotation mark is a quotation mark. */
const TABLE = { delimiter: '\t', quote: null };

/**
 * Reads a list of sounds: tab-separated, the first line names the columns. `file` and `text` must be there, `commands`
 * may; all others are groups.
 * @param name of the file, for messages
 * @throws ConfigError with the line
 */
export function readReferences(text: string, name: string): readonly Reference[] {
  const records = recordsOf(text, name);
  if (records.length === 0) throw new ConfigError('bad-entry', name, 1, 'no line names a sound');
  return records.map(({ record, info }) => {
    const row = rowSchema.safeParse(record);
    if (!row.success) {
      const [issue] = row.error.issues;
      const what = `${String(issue?.path[0] ?? 'row')}: ${issue?.message ?? 'not a reference'}`;
      throw new ConfigError('bad-entry', name, info.lines, what);
    }
    const { file, text: said, commands, ...groups } = row.data;
    return { file, text: said, commands: commands === '' ? undefined : commands, groups };
  });
}

const recordsSchema = z.array(z.object({ record: z.unknown(), info: z.object({ lines: z.number() }) }));

function recordsOf(text: string, name: string) {
  try {
    return recordsSchema.parse(
      parse(text, { ...TABLE, columns: true, bom: true, skip_empty_lines: true, info: true }),
    );
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 0;
    throw new ConfigError('bad-entry', name, line, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** The list that `readReferences` reads. */
export function writeReferences(references: readonly Reference[]): string {
  const names = [...new Set(references.flatMap(({ groups }) => Object.keys(groups)))];
  const rows = references.map(({ file, text, commands = '', groups }) => [
    ...[file, text, commands],
    ...names.map((name) => groups[name] ?? ''),
  ]);
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => cell.replace(/\s+/g, ' ')).join(TABLE.delimiter)}\n`;
  return [['file', 'text', 'commands', ...names], ...rows].map(line).join('');
}
