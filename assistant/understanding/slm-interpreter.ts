import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Domain, Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import type { Ontology } from './ontology.ts';
import type { PhraseBook } from './phrase-book.ts';
import {
  UnderstandingError,
  type InterpretedCommand,
  type Interpretation,
  type Interpreter,
  type InterpreterOptions,
  type Utterance,
  whyOf,
} from './interpreter.ts';
import { openOntology, openPhraseBook } from './open-phrase-book.ts';
import { decode, type Reading, type Segment } from './slm/decode.ts';
import { readLabels, type Labels } from './slm/labels.ts';
import { layOut, layoutTokens, type LayoutTokens } from './slm/layout.ts';
import { joinMentions } from './slm/mentions.ts';
import { openSession, type SlmSession } from './slm/session.ts';
import { WordPieceTokenizer, type Pieces } from './slm/tokenizer.ts';
import { isSilent, refuseTooLong } from './text-limits.ts';
import { createNormaliser, UNCLEAR_SLOT, type Normaliser } from './values/normalise.ts';

const MOST_REJECTED = 5;
const SILENCE: Intent = 'none.silence.select';

export interface SlmOptions {
  /** Monotonic milliseconds, for `Interpretation.ms`. */
  readonly clock?: () => number;
  /** Minutes by which the car's clock is ahead of UTC: "at seven" is the car's time. */
  readonly utcOffset?: number;
  /** Threads of one inference. */
  readonly threads?: number;
  /** What the car can do and how people say it; the project's own if not given. */
  readonly ontology?: Ontology;
  readonly book?: PhraseBook;
}

interface Parts {
  readonly session: SlmSession;
  readonly tokenizer: WordPieceTokenizer;
  readonly tokens: LayoutTokens;
  readonly labels: Labels;
  readonly ontology: Ontology;
  readonly normaliser: Normaliser;
  readonly clock: () => number;
  readonly utcOffset: number;
}

/**
 * Opens a model directory (`model.onnx`, `tokenizer.json`, `labels.json`).
 * @throws UnderstandingError `model-missing`, `model-broken` or `labels-mismatch`, naming the file and what to do
 */
export async function openInterpreter(directory: string, options: SlmOptions = {}): Promise<Interpreter> {
  const { clock = () => performance.now(), utcOffset = 0, threads = 1, ontology = openOntology() } = options;
  const [model, tokenizerJson, labelsJson] = await Promise.all([
    readModelFile(directory, 'model.onnx'),
    readModelFile(directory, 'tokenizer.json'),
    readModelFile(directory, 'labels.json'),
  ]);
  const labels = readLabels(parsed(labelsJson, directory, 'labels.json'), ontology);
  const { tokenizer, tokens } = readTokenizer(parsed(tokenizerJson, directory, 'tokenizer.json'), directory);
  const session = await openSession(model, labels, tokenizer.last, threads);
  const normaliser = createNormaliser(ontology, options.book ?? openPhraseBook(ontology));
  return new SlmInterpreter({ session, tokenizer, tokens, labels, ontology, normaliser, clock, utcOffset });
}

class SlmInterpreter implements Interpreter {
  readonly name: string;
  readonly capabilities = {
    context: true,
    multipleCommands: true,
    slots: true,
    confidence: true,
    batching: true,
  } as const;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.name = `slm ${parts.labels.version}`;
  }

  async interpret(
    utterances: readonly Utterance[],
    { now }: InterpreterOptions,
  ): Promise<readonly Interpretation[]> {
    const { session, tokenizer, tokens, labels, clock } = this.#parts;
    for (const [index, { text }] of utterances.entries()) refuseTooLong(text, index, utterances.length);
    const began = clock();
    const rows = utterances.map((utterance) => layOut(utterance, tokenizer, tokens));
    const readable = rows.filter(
      ({ pieces }, index) => !unreadable(utterances[index]?.text ?? '', pieces, tokenizer.unknown),
    );
    const logits = new Map((await session.run(readable)).map((own, index) => [readable[index], own]));
    const found = utterances.map(({ text }, index) => {
      const row = rows[index];
      const own = logits.get(row);
      return this.#interpretation(text, row && own ? decode(own, row.pieces, labels) : [declined(text)], now);
    });
    // Of a batch, each utterance took its share.
    const ms = (clock() - began) / Math.max(1, utterances.length);
    return found.map((interpretation) => ({ ...interpretation, ms }));
  }

  close(): Promise<void> {
    return this.#parts.session.close();
  }

  #interpretation(text: string, segments: readonly Segment[], now: number): Omit<Interpretation, 'ms'> {
    const others = segments.flatMap((segment) => segment.others).sort((a, b) => b.confidence - a.confidence);
    const first = segments[0]?.best.intent ?? SILENCE;
    return {
      text,
      commands: segments.map(({ best }) => this.#command(best, text, now)),
      rejected: others.slice(0, MOST_REJECTED).map((reading) => this.#command(reading, text, now)),
      // The type is generated from the ontology's own domains.
      domain: this.#parts.ontology.domainOf(first) as Domain,
    };
  }

  #command(
    { intent, confidence, start, end, slots: places }: Reading,
    text: string,
    now: number,
  ): InterpretedCommand {
    const { normaliser, ontology, utcOffset } = this.#parts;
    const isName = (slot: SlotName) => ontology.slots[slot]?.type === 'text';
    const spoken = joinMentions(places, text, isName).map((place) => ({
      ...place,
      text: text.slice(place.start, place.end),
    }));
    const { slots, unclear } = normaliser.normalise(intent, spoken, text, { now, utcOffset });
    return {
      intent,
      slots,
      confidence: unclear.length > 0 ? confidence * UNCLEAR_SLOT : confidence,
      span: [start, end],
    };
  }
}

/** Nothing but spaces, marks and emoji, or mostly words of a script that the model has never seen. */
function unreadable(text: string, { ids }: Pieces, unknown: number): boolean {
  return isSilent(text) || ids.filter((id) => id === unknown).length * 2 >= ids.length;
}

/** What is said of an unreadable text, without asking the model. */
function declined(text: string): Segment {
  const intent: Intent = isSilent(text) ? SILENCE : 'none.out_of_scope.select';
  return { best: { intent, confidence: 1, start: 0, end: text.length, slots: [] }, others: [] };
}

async function readModelFile(directory: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, name));
  } catch (error) {
    throw new UnderstandingError(
      'model-missing',
      `There is no language model in ${directory}: ${name} cannot be read. Name a directory that holds one.`,
      {
        cause: error,
      },
    );
  }
}

function parsed(bytes: Uint8Array, directory: string, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new UnderstandingError(
      'model-broken',
      `${join(directory, name)} is not JSON: it is truncated or damaged. Install the model again.`,
      { cause: error },
    );
  }
}

function readTokenizer(
  json: unknown,
  directory: string,
): { tokenizer: WordPieceTokenizer; tokens: LayoutTokens } {
  try {
    const tokenizer = new WordPieceTokenizer(json);
    return { tokenizer, tokens: layoutTokens(tokenizer) };
  } catch (error) {
    throw new UnderstandingError(
      'model-broken',
      `${join(directory, 'tokenizer.json')} is no tokenizer of this kind of model: ${whyOf(error)}`,
      { cause: error },
    );
  }
}
