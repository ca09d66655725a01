import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import { hasLooseArticle } from './articles.ts';
import type { ContextTurn } from './interpreter.ts';
import type { Ontology } from './ontology.ts';
import type { SourceFile } from './phrase-book.ts';
import { MistakeError } from '../../vehicle/foreseen-error.ts';

/** A slot's words in an utterance; offsets in UTF-16 units, end exclusive. */
export interface SlotSpan {
  readonly name: SlotName;
  readonly start: number;
  readonly end: number;
  /** The normalised value, where the author wrote it down. */
  readonly value?: string;
}

/** One command of an utterance, with the stretch of text that says it. */
export interface CommandSpan {
  readonly intent: Intent;
  readonly start: number;
  readonly end: number;
  readonly slots: readonly SlotSpan[];
}

/** An utterance with what it means: what a model learns from and is measured by. */
export interface Example {
  readonly text: string;
  /** Oldest first. */
  readonly context: readonly ContextTurn[];
  readonly commands: readonly CommandSpan[];
}

export interface CorpusExample extends Example {
  /** `file:line`, for reports. */
  readonly where: string;
}

export class CorpusError extends MistakeError {
  override readonly name = 'CorpusError';
}

const MAX_TURNS = 3;
const MARK = /\[([^[\]]*)\]\(([a-z_]+)(?:=([^()]*))?\)/g;

/**
 * Parses a corpus file (`phrases/FORMAT.md`).
 * @throws CorpusError with file and line: an unknown label, a slot that the label cannot carry or that begins
 *   with an article, an open bracket, or another number of segments than of labels
 */
export function readCorpus(ontology: Ontology, file: SourceFile): readonly CorpusExample[] {
  return [...eachExample(ontology, file)];
}

/** The same, one example after the other: all of them together take fifty times the memory of their text. */
export function* eachExample(
  ontology: Ontology,
  { name, text }: SourceFile,
): IterableIterator<CorpusExample> {
  let context: ContextTurn[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const where = `${name}:${index + 1}`;
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('> ') || line.startsWith('< ')) {
      context.push({ who: line.startsWith('>') ? 'user' : 'car', text: line.slice(2).trim() });
      if (context.length > MAX_TURNS)
        throw new CorpusError(`${where}: more than ${MAX_TURNS} turns before the utterance`);
      continue;
    }
    yield { ...readLine(ontology, line, where), context, where };
    context = [];
  }
  if (context.length > 0) throw new CorpusError(`${name}: the last turns have no utterance after them`);
}

/** One line `labels | marked utterance`. @param where for messages @throws CorpusError */
export function readLine(ontology: Ontology, line: string, where: string): Omit<Example, 'context'> {
  const bar = line.indexOf(' | ');
  if (bar < 0) throw new CorpusError(`${where}: write "label | utterance"`);
  const labels = line.slice(0, bar).split(' + ');
  const segments = line.slice(bar + 3).split(' || ');
  if (labels.length !== segments.length) {
    throw new CorpusError(
      `${where}: ${labels.length} label(s), but ${segments.length} segment(s) split by " || "`,
    );
  }
  let text = '';
  const commands = segments.map((segment, index): CommandSpan => {
    const label = (labels[index] ?? '').trim();
    const definition = ontology.labels.get(label);
    if (!definition) throw new CorpusError(`${where}: no label "${label}" in the ontology`);
    if (text !== '') text += ' ';
    const start = text.length;
    const slots: SlotSpan[] = [];
    const source = segment.trim();
    const add = (piece: string) => {
      if (/[[\]]|\|\|/.test(piece))
        throw new CorpusError(`${where}: a bracket without its pair, or without "(slot)" after it`);
      text += piece;
    };
    let at = 0;
    for (const mark of source.matchAll(MARK)) {
      const [all, words = '', slot = '', value] = mark;
      add(source.slice(at, mark.index));
      at = mark.index + all.length;
      if (!definition.slots.includes(slot)) throw new CorpusError(`${where}: ${label} has no slot "${slot}"`);
      if (words.trim() !== words || words === '')
        throw new CorpusError(`${where}: "[${words}]" is empty or has a space at its edge`);
      if (hasLooseArticle(slot as SlotName, words))
        throw new CorpusError(
          `${where}: leave the article out of the slot: "the [${words.slice(4)}](${slot})"`,
        );
      // Checked against the ontology above, which the type is generated from.
      slots.push({
        name: slot as SlotName,
        start: text.length,
        end: text.length + words.length,
        ...(value !== undefined && { value }),
      });
      text += words;
    }
    add(source.slice(at));
    if (text.length === start) throw new CorpusError(`${where}: ${label} has no words`);
    return { intent: label as Intent, start, end: text.length, slots };
  });
  return { text, commands };
}
