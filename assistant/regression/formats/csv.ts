import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { SEATS } from '../../../vehicle/command.ts';
import { problemsOf, SuiteError } from '../problems.ts';
import { caseSchema, framesOf, type CaseInFile } from '../suite.ts';
import { canonicalCase, contentIds, expectOf, uniqueIds } from './canonical.ts';
import type { Format, FormatOptions } from './format.ts';
import type { SourceText } from '../parse.ts';
import { collectLosses, type Losses } from './losses.ts';

/** A table with a header (RFC 4180). Columns that are not there are left out; labels and slots are those of `intent`. */
const COLUMNS = ['id', 'text', 'audio', 'seat', 'intent', 'slots', 'tags', 'severity', 'note'] as const;
type Column = (typeof COLUMNS)[number];
const ALWAYS: readonly Column[] = ['id', 'text', 'intent', 'slots'];
/** What others call them. */
const ALIASES: Readonly<Record<string, Column>> = {
  utterance: 'text',
  utt: 'text',
  sentence: 'text',
  query: 'text',
  phrase: 'text',
  label: 'intent',
  category: 'intent',
};
/** Between labels of several commands. */
const SEVERAL = ' + ';
const SIGNS = [',', ';', '\t'] as const;

export const csv: Format = {
  name: 'csv',
  title: 'CSV with a header: id, text, intent, slots (JSON), tags, severity, …',
  holds: {
    ids: 'all',
    keys: ['audio', 'seat', 'severity', 'note'],
    dialogues: false,
    nothing: true,
    several: 'all',
    compares: 'each',
    text: (text) => text,
    label: (name) => name !== '' && name.trim() === name && !name.includes(SEVERAL.trim()),
    slots: (slots) => slots,
    tags: (tags) => tags,
  },
  recognises: (sources) => sources.length > 0 && sources.every(({ file }) => /\.[ct]sv$/i.test(file)),
  read(sources, { columns = {} }) {
    const losses = collectLosses();
    const [made, unique] = [contentIds(), uniqueIds()];
    const cases = sources.flatMap((source) =>
      rowsOf(source, columns, losses).map(({ line, cells }): CaseInFile => {
        const said = caseOf(cells, { file: source.file, line, column: 1 });
        const id = cells.id ? unique(cells.id) : made(said);
        return canonicalCase({ ...said, id });
      }),
    );
    return { suite: { ontology: 'none', cases }, losses: losses.list() };
  },
  write({ cases }, { columns = {} }) {
    const used = COLUMNS.filter(
      (column) => ALWAYS.includes(column) || cases.some((one) => cellOf(one, column) !== ''),
    );
    const rows = cases.map((one) => used.map((column) => cellOf(one, column)));
    const header = used.map((column) => columns[column] ?? column);
    return [
      {
        file: 'suite.csv',
        text: stringify([header, ...rows], { quoted_match: /\s/, record_delimiter: '\r\n' }),
      },
    ];
  },
};

type Cells = Partial<Record<Column, string>>;

function rowsOf(
  { file, text }: SourceText,
  columns: NonNullable<FormatOptions['columns']>,
  losses: Losses,
): readonly { line: number; cells: Cells }[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = SIGNS.reduce((best, sign) =>
    header.split(sign).length > header.split(best).length ? sign : best,
  );
  let rows: readonly { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter,
      info: true,
      skip_empty_lines: true,
      relax_column_count: false,
    }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SuiteError([
      {
        file,
        line: Number(error['lines'] ?? 1),
        column: Number(error['column'] ?? 0) + 1,
        message: error.message,
      },
    ]);
  }
  const [first, ...others] = rows;
  const names = (first?.record ?? []).map((name) => name.trim());
  const meant = names.map((name) => columnOf(name, columns));
  if (!meant.includes('text') || !meant.includes('intent')) {
    const missing = (['text', 'intent'] as const).filter((column) => !meant.includes(column));
    const hints = missing.map((column) => `${column}=NAME`).join(',');
    throw new SuiteError([
      {
        file,
        line: 1,
        column: 1,
        message: `there is no column for ${missing.join(' and ')}; the header has ${names.join(', ') || 'nothing'}. Name it with --columns ${hints}`,
      },
    ]);
  }
  for (const [index, name] of names.entries())
    if (meant[index] === undefined) losses.add(`the column "${name}"`);
  return others.map(({ record, info }) => ({
    // `lines` counts those that were read, the row's own included.
    line: info.lines - (record.join('').match(/\n/g)?.length ?? 0),
    cells: Object.fromEntries(record.flatMap((cell, index) => (meant[index] ? [[meant[index], cell]] : []))),
  }));
}

function columnOf(name: string, columns: Readonly<Record<string, string>>): Column | undefined {
  const own = COLUMNS.find((column) => columns[column] === name);
  if (own) return own;
  const plain = name.toLowerCase();
  const found = COLUMNS.find((column) => column === plain) ?? ALIASES[plain];
  return found !== undefined && columns[found] === undefined ? found : undefined;
}

const slotsCell = caseSchema.shape.expect;

function caseOf(cells: Cells, place: { file: string; line: number; column: number }): Omit<CaseInFile, 'id'> {
  const { text = '', audio, seat, intent = '', slots = '', tags = '', severity = '', note } = cells;
  const labels = intent.trim() === '' ? [] : intent.split(SEVERAL).map((label) => label.trim());
  const lists = slots.trim() === '' ? [] : [jsonOf(slots, place)].flat();
  const frames = labels.map((label, index) => {
    const own: unknown = lists[index];
    return { intent: label, ...(own !== undefined && own !== null && { slots: own }) };
  });
  const checked = z
    .object({
      expect: slotsCell,
      seat: z.enum(SEATS).optional(),
      severity: caseSchema.shape.severity,
      tags: caseSchema.shape.tags,
    })
    .safeParse({
      expect: frames,
      ...(seat && { seat }),
      ...(severity !== '' && { severity: Number(severity) }),
      ...(tags !== '' && { tags: tags.trim().split(/\s+/) }),
    });
  if (!checked.success) throw new SuiteError(problemsOf(checked.error, () => place));
  const { expect, ...rest } = checked.data;
  return {
    text,
    expect: expectOf(framesOf(expect ?? [])),
    ...(audio && { audio }),
    ...(rest.seat && { seat: rest.seat }),
    ...(rest.tags && { tags: rest.tags }),
    ...(rest.severity !== undefined && { severity: rest.severity }),
    ...(note && { note }),
  };
}

function jsonOf(cell: string, place: { file: string; line: number; column: number }): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    throw new SuiteError([{ ...place, message: `slots: "${cell}" is not JSON; write {"temperature": 21}` }]);
  }
}

function cellOf(case_: CaseInFile, column: Column): string {
  const frames = framesOf(case_.expect ?? []);
  switch (column) {
    case 'intent':
      return frames.map(({ intent }) => intent).join(SEVERAL);
    case 'slots': {
      const lists = frames.map(({ slots }) => slots ?? null);
      if (lists.every((one) => one === null)) return '';
      return JSON.stringify(lists.length === 1 ? lists[0] : lists);
    }
    case 'tags':
      return (case_.tags ?? []).join(' ');
    default:
      return String(case_[column] ?? '');
  }
}
