import { basename, dirname } from 'node:path';
import { SuiteError } from '../problems.ts';
import { framesOf } from '../suite.ts';
import { assemble, type ReadCase } from './assemble.ts';
import type { Format } from './format.ts';
import type { SourceText } from '../parse.ts';
import { BETWEEN_TOKENS, placeSlots, slotsOf, type Span } from './spans.ts';

/**
 * Three files side by side, a line for each utterance (Goo et al. 2018): `seq.in` tokens, `seq.out` their tags in
 * BIO, `label` the intent; several intents are joined by `#`, as MixATIS and MixSNIPS do.
 */
const FILES = ['seq.in', 'seq.out', 'label'] as const;
const SEVERAL = '#';
const NAME = /^[^\s#]+$/;

export const bio: Format = {
  name: 'bio',
  title: 'BIO triples: a folder with seq.in, seq.out and label',
  holds: {
    ids: 'none',
    keys: [],
    dialogues: false,
    nothing: false,
    several: 'labels',
    compares: 'all-or-none',
    text: (text) => text.trim().replace(/\s+/g, ' ') || undefined,
    label: (name) => NAME.test(name),
    slots: (slots, text) => slotsOf(text, spansOf(slots, text)),
  },
  recognises: (sources) => FILES.every((name) => sources.some(({ file }) => basename(file) === name)),
  read(sources) {
    const folders = [...new Set(sources.map(({ file }) => dirname(file)))];
    const read = folders.flatMap((folder) =>
      readFolder(
        sources.filter(({ file }) => dirname(file) === folder),
        folder,
      ),
    );
    return { suite: { ontology: 'none', cases: [...assemble(read, 'all-or-none')] }, losses: [] };
  },
  write({ cases }) {
    const rows = cases.map(({ text = '', expect }) => {
      const frames = framesOf(expect ?? []);
      const [{ slots = {} } = {}] = frames;
      const label = frames.map(({ intent }) => intent).join(SEVERAL);
      return [text, tagsOf(text, spansOf(slots, text)).join(' '), label] as const;
    });
    return FILES.map((file, column) => ({
      file,
      text: rows.map((row) => `${row[column] ?? ''}\n`).join(''),
    }));
  },
};

function spansOf(slots: Parameters<typeof placeSlots>[1], text: string): readonly Span[] {
  const named = Object.fromEntries(Object.entries(slots).filter(([name]) => /^\S+$/.test(name)));
  return placeSlots(text, named, BETWEEN_TOKENS).map(({ name, start, end }) => ({ name, start, end }));
}

function readFolder(sources: readonly SourceText[], folder: string): readonly ReadCase[] {
  const [texts, tags, labels] = FILES.map((name) => {
    const source = sources.find(({ file }) => basename(file) === name);
    if (!source)
      throw new SuiteError([
        { file: folder, line: 1, column: 1, message: `${name} is missing beside the others` },
      ]);
    return { file: source.file, lines: source.text.replace(/\r?\n$/, '').split(/\r?\n/) };
  });
  if (!texts || !tags || !labels) return [];
  for (const { file, lines } of [tags, labels]) {
    if (lines.length === texts.lines.length) continue;
    const message = `has ${lines.length} lines, ${texts.file} has ${texts.lines.length}: the files must match line by line`;
    throw new SuiteError([{ file, line: Math.min(lines.length, texts.lines.length), column: 1, message }]);
  }
  const problems: SuiteError['problems'][number][] = [];
  const read = texts.lines.flatMap((line, index): ReadCase[] => {
    const tokens = line.trim().split(/\s+/);
    const marks = (tags.lines[index] ?? '').trim().split(/\s+/);
    const label = (labels.lines[index] ?? '').trim();
    const wrong = (file: string, message: string) => {
      problems.push({ file, line: index + 1, column: 1, message });
      return [];
    };
    if (line.trim() === '') return label === '' ? [] : wrong(texts.file, 'there are no words for this label');
    if (label === '') return wrong(labels.file, 'there is no label on this line');
    if (marks.length !== tokens.length)
      return wrong(tags.file, `${marks.length} tags for ${tokens.length} tokens`);
    const bad = marks.find((mark) => !/^(O|[BI]-\S+)$/.test(mark));
    if (bad !== undefined) return wrong(tags.file, `"${bad}" is none of O, B-name and I-name`);
    const text = tokens.join(' ');
    const slots = slotsOf(text, spansIn(tokens, marks));
    return [{ turns: [{ text, intents: label.split(SEVERAL).filter(Boolean), slots }] }];
  });
  if (problems.length > 0) throw new SuiteError(problems);
  return read;
}

/** A slot begins at `B-`, or where an `I-` follows another name: the lenient reading of conlleval. */
function spansIn(tokens: readonly string[], marks: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  let open: { name: string; start: number; end: number } | undefined;
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const mark = marks[index] ?? 'O';
    const name = mark.slice(2);
    if (mark.startsWith('I-') && open?.name === name) open.end = at + token.length;
    else {
      if (open) spans.push(open);
      open = mark === 'O' ? undefined : { name, start: at, end: at + token.length };
    }
    at += token.length + 1;
  }
  if (open) spans.push(open);
  return spans;
}

function tagsOf(text: string, spans: readonly Span[]): readonly string[] {
  let at = 0;
  return text.split(' ').map((token) => {
    const start = at;
    at += token.length + 1;
    const span = spans.find((one) => start >= one.start && start < one.end);
    if (!span) return 'O';
    return `${start === span.start ? 'B' : 'I'}-${span.name}`;
  });
}
