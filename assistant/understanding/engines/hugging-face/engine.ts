import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UnderstandingError, type Utterance } from '../../interpreter.ts';
import type { Engine, EngineAnswer, EngineReading, EngineSlot } from '../engine.ts';
import { openExport, PAIR, type HuggingFaceExport } from './export.ts';
import { taggedSpans, type TaggedSpan } from './spans.ts';

/** Of several labels that may be right at once, those that are more probable than not. */
const LIKELY = 0.5;
/** Other readings below this probability are not worth a line. */
const LEAST_OTHER = 0.01;
const MOST_OTHERS = 5;

export interface HuggingFaceOptions {
  readonly threads?: number;
  /** Which tags of a token classifier that stands alone are intents; the others are slots. */
  readonly isIntent: (name: string) => boolean;
}

/**
 * Opens an ONNX export of Hugging Face Transformers: sequence classification (an utterance's intent; several with
 * `problem_type: multi_label_classification`), token classification (slots, and intents where tags are named after
 * them), or a pair of both in `intent/` and `slots/`. Every word counts: context is not read.
 *
 * Tried with exports of BERT, DistilBERT, RoBERTa, XLM-RoBERTa, ALBERT, ELECTRA, MPNet and DeBERTa-v2, sequence and token
 * classification each, in fp32, BERT and RoBERTa also dynamically quantised to 8 bits; tokenizers: WordPiece, byte-level
 * BPE and Unigram (docs/models.md).
 * @throws UnderstandingError `model-missing`, `model-broken` or `labels-mismatch`, naming the file and what to do
 */
export async function openHuggingFaceEngine(
  directory: string,
  { threads = 1, isIntent }: HuggingFaceOptions,
): Promise<Engine> {
  const opened: HuggingFaceExport[] = [];
  try {
    for (const own of directoriesOf(directory)) opened.push(await openExport(own, threads));
    const sequence = opened.find(({ task }) => task === 'sequence');
    const token = opened.find(({ task }) => task === 'token');
    if (opened.length === 2 && !(sequence && token)) {
      throw new UnderstandingError(
        'model-broken',
        `${directory} must have a sequence classification in ${PAIR[0]}/ and a token classification in ${PAIR[1]}/; both are for ${sequence ? 'sequences' : 'tokens'}.`,
      );
    }
    return new HuggingFaceEngine(basename(resolve(directory)), sequence, token, isIntent);
  } catch (error) {
    await Promise.all(opened.map(({ classifier }) => classifier.close()));
    throw error;
  }
}

function directoriesOf(directory: string): readonly string[] {
  if (existsSync(join(directory, 'config.json'))) return [directory];
  const [missing] = PAIR.filter((name) => !existsSync(join(directory, name, 'config.json')));
  if (missing !== undefined) {
    throw new UnderstandingError(
      'model-missing',
      `${directory} is half of a pair: ${join(missing, 'config.json')} is missing. Put an export into it, or name the other directory itself.`,
    );
  }
  return PAIR.map((name) => join(directory, name));
}

class HuggingFaceEngine implements Engine {
  readonly name: string;
  readonly capabilities: Engine['capabilities'];
  readonly #sequence: HuggingFaceExport | undefined;
  readonly #token: HuggingFaceExport | undefined;
  readonly #isIntent: (name: string) => boolean;

  constructor(
    directory: string,
    sequence: HuggingFaceExport | undefined,
    token: HuggingFaceExport | undefined,
    isIntent: (name: string) => boolean,
  ) {
    this.name = `hugging-face ${directory}`;
    this.#sequence = sequence;
    this.#token = token;
    this.#isIntent = isIntent;
    this.capabilities = {
      context: false,
      multipleCommands: sequence?.multiLabel ?? true,
      slots: token !== undefined,
      confidence: true,
      batching: true,
    };
  }

  async read(utterances: readonly Utterance[]): Promise<readonly EngineAnswer[]> {
    const texts = utterances.map(({ text }) => text);
    const [intents, spans] = await Promise.all([
      this.#sequence && readIntents(this.#sequence, texts),
      this.#token && readSpans(this.#token, texts, this.#sequence ? () => false : this.#isIntent),
    ]);
    return texts.map((text, index) => {
      const own = spans?.[index] ?? [];
      return intents
        ? withSlots(
            intents[index] ?? NOTHING,
            own.map((span) => slotOf(span, text)),
          )
        : commandsAmong(own, text, this.#isIntent);
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#sequence?.classifier.close(), this.#token?.classifier.close()]);
  }
}

const NOTHING: EngineAnswer = { readings: [], others: [] };

/** Answers without slots; none for a text that the tokenizer cannot read. */
async function readIntents(
  own: HuggingFaceExport,
  texts: readonly string[],
): Promise<readonly EngineAnswer[]> {
  const { tokenizer, classifier, labels, multiLabel } = own;
  const encoded = texts.map((text) => tokenizer.encode(text));
  const readable = encoded.filter(({ unreadable }) => !unreadable);
  const results = new Map((await classifier.run(readable)).map((logits, index) => [readable[index], logits]));
  return texts.map((text, index) => {
    const row = encoded[index];
    const logits = row && results.get(row);
    if (!logits) return NOTHING;
    const probabilities = multiLabel ? logits.map((one) => 1 / (1 + Math.exp(-one))) : softmax(logits);
    const ranked = [...probabilities.entries()]
      .sort(([, a], [, b]) => b - a)
      .map(([label, confidence]): EngineReading => ({
        intent: labels[label] ?? '',
        confidence,
        span: [0, text.length],
        slots: [],
      }));
    const count = multiLabel ? ranked.filter(({ confidence }) => confidence > LIKELY).length : 1;
    const others = ranked
      .slice(count, count + MOST_OTHERS)
      .filter(({ confidence }) => confidence >= LEAST_OTHER);
    return { readings: ranked.slice(0, count), others };
  });
}

async function readSpans(
  { tokenizer, classifier, labels }: HuggingFaceExport,
  texts: readonly string[],
  isIntent: (name: string) => boolean,
): Promise<readonly (readonly TaggedSpan[])[]> {
  const encoded = texts.map((text) => tokenizer.encode(text));
  const readable = encoded.filter(({ unreadable }) => !unreadable);
  const results = new Map((await classifier.run(readable)).map((logits, index) => [readable[index], logits]));
  return texts.map((text, index) => {
    const row = encoded[index];
    const logits = row && results.get(row);
    if (!logits) return [];
    const probabilities = new Float32Array(logits.length);
    for (let at = 0; at < logits.length; at += labels.length)
      probabilities.set(softmax(logits.subarray(at, at + labels.length)), at);
    return taggedSpans(row, text, probabilities, labels, isIntent);
  });
}

const slotOf = ({ name, place }: TaggedSpan, text: string): EngineSlot => ({
  name,
  text: text.slice(...place),
  place,
});

const withSlots = ({ readings, others }: EngineAnswer, slots: readonly EngineSlot[]): EngineAnswer => ({
  readings: readings.map((reading) => ({ ...reading, slots })),
  others: others.map((reading) => ({ ...reading, slots })),
});

/** Commands are where tags name intents; a slot belongs to the command that began before it, or else to the first one. */
function commandsAmong(
  spans: readonly TaggedSpan[],
  text: string,
  isIntent: (name: string) => boolean,
): EngineAnswer {
  const intents = spans.filter(({ name }) => isIntent(name));
  const slots = spans.filter(({ name }) => !isIntent(name));
  if (intents.length === 0) {
    if (slots.length === 0) return NOTHING;
    const confidence = Math.min(...slots.map((slot) => slot.confidence));
    const own = slots.map((slot) => slotOf(slot, text));
    return { readings: [{ confidence, span: [0, text.length], slots: own }], others: [] };
  }
  const ownerOf = ({ place }: TaggedSpan) =>
    intents.findLast((intent) => intent.place[0] <= place[0]) ?? intents[0];
  return {
    readings: intents.map((intent) => ({
      intent: intent.name,
      confidence: intent.confidence,
      span: intent.place,
      slots: slots.filter((slot) => ownerOf(slot) === intent).map((slot) => slotOf(slot, text)),
    })),
    others: [],
  };
}

/** Numbers that differ by much do not overflow. */
function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((most, one) => Math.max(most, one), -Infinity);
  const powers = logits.map((one) => Math.exp(one - top));
  const sum = powers.reduce((total, one) => total + one, 0);
  return powers.map((one) => one / sum);
}
