import { InferenceSession, Tensor } from 'onnxruntime-node';
import pLimit from 'p-limit';
import { UnderstandingError } from '../../interpreter.ts';
import type { EncodedText } from './export-tokenizer.ts';

/** Rows of one inference. More gains nothing on a processor, and the longest row of a batch sets the cost of all. */
const BATCH = 16;
/** Inferences at the same time. */
const LANES = 2;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
type InputName = (typeof INPUTS)[number];

export interface ClassifierOptions {
  /** Of the model's file, for messages and for onnxruntime, which looks beside it for external weights. */
  readonly file: string;
  /**
   * The 8-bit scale of an activation is that of the whole tensor, so that an utterance's neighbours and padding would
   * change its answer: such a model reads one row at a time.
   */
  readonly quantised: boolean;
  /** `sequence`: one row of logits for a text; `token`: one for each token. */
  readonly task: 'sequence' | 'token';
  readonly labels: number;
  readonly padding: number;
  readonly threads: number;
}

/** An ONNX classifier of texts or of tokens. */
export interface Classifier {
  /** For each text its logits, row after row. @throws UnderstandingError `engine-failed` or `labels-mismatch` */
  run(texts: readonly EncodedText[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/**
 * Loads a Hugging Face export into onnxruntime.
 * @throws UnderstandingError `model-broken` or `labels-mismatch`, naming the file and what to do
 */
export async function openClassifier(options: ClassifierOptions): Promise<Classifier> {
  const { file, threads } = options;
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  }).catch((error: unknown) => {
    throw new UnderstandingError(
      'model-broken',
      `${file} cannot be loaded: it is truncated, no ONNX model, or its external weights are not beside it. Export it again.`,
      { cause: error },
    );
  });
  try {
    const classifier = new SessionClassifier(session, options);
    // Finds logits of another width before the first word is spoken, and warms the engine up.
    await classifier.run([{ ids: [0, 0], typeIds: [0, 0], places: [], unreadable: false }]);
    return classifier;
  } catch (error) {
    await session.release();
    throw error;
  }
}

interface Input {
  readonly name: InputName;
  readonly type: 'int64' | 'int32';
}

class SessionClassifier implements Classifier {
  readonly #session: InferenceSession;
  readonly #options: ClassifierOptions;
  readonly #inputs: readonly Input[];
  readonly #output: string;
  readonly #rows: number;
  /** Of an export with a fixed length: that length. */
  readonly #length: number | undefined;
  readonly #limit = pLimit(LANES);

  constructor(session: InferenceSession, options: ClassifierOptions) {
    this.#session = session;
    this.#options = options;
    const shapes: (readonly (number | string)[])[] = [];
    this.#inputs = session.inputMetadata.map((input) => {
      const name = INPUTS.find((own) => own === input.name);
      if (!name || !input.isTensor || (input.type !== 'int64' && input.type !== 'int32'))
        throw broken(
          options.file,
          `it asks for the input "${input.name}", and a text classifier takes ${INPUTS.join(', ')}`,
        );
      shapes.push(input.shape);
      return { name, type: input.type };
    });
    if (!this.#inputs.some(({ name }) => name === 'input_ids'))
      throw broken(options.file, 'it takes no input_ids');
    const [rows, length] = shapes[0] ?? [];
    this.#rows = options.quantised ? 1 : typeof rows === 'number' && rows > 0 ? rows : BATCH;
    this.#length = typeof length === 'number' && length > 0 ? length : undefined;
    const output = session.outputNames.find((name) => name === 'logits') ?? session.outputNames[0];
    if (output === undefined) throw broken(options.file, 'it has no output');
    this.#output = output;
    const fixedRows = typeof rows === 'number' && rows > 1;
    if (fixedRows)
      throw broken(
        options.file,
        `it was exported for batches of exactly ${rows}; export it with a dynamic batch axis`,
      );
  }

  async run(texts: readonly EncodedText[]): Promise<readonly Float32Array[]> {
    // Texts of about the same length go together: little padding, little waste.
    const order = [...texts.keys()].sort((a, b) => (texts[a]?.ids.length ?? 0) - (texts[b]?.ids.length ?? 0));
    const results: Float32Array[] = [];
    const batches: number[][] = [];
    for (let from = 0; from < order.length; from += this.#rows)
      batches.push(order.slice(from, from + this.#rows));
    await Promise.all(
      batches.map((batch) =>
        this.#limit(async () => {
          const logits = await this.#infer(batch.flatMap((index) => texts[index] ?? []));
          for (const [row, index] of batch.entries()) {
            const own = logits[row];
            if (own) results[index] = own;
          }
        }),
      ),
    );
    return results;
  }

  close(): Promise<void> {
    return this.#session.release();
  }

  async #infer(texts: readonly EncodedText[]): Promise<readonly Float32Array[]> {
    const { file, labels, padding, task } = this.#options;
    const longest = texts.reduce((most, { ids }) => Math.max(most, ids.length), 1);
    const width = this.#length ?? longest;
    const feeds: Record<string, Tensor> = {};
    const padded = {
      input_ids: ({ ids }: EncodedText, at: number) => ids[at] ?? padding,
      attention_mask: ({ ids }: EncodedText, at: number) => (at < ids.length ? 1 : 0),
      token_type_ids: ({ typeIds }: EncodedText, at: number) => typeIds[at] ?? 0,
    };
    for (const { name, type } of this.#inputs) {
      const numbers = texts.flatMap((text) =>
        Array.from({ length: width }, (_, at) => padded[name](text, at)),
      );
      const shape = [texts.length, width];
      feeds[name] =
        type === 'int64'
          ? new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape)
          : new Tensor('int32', Int32Array.from(numbers), shape);
    }
    const { [this.#output]: output } = await this.#session.run(feeds).catch((error: unknown) => {
      throw new UnderstandingError(
        'engine-failed',
        `${file} stopped with an error: ${firstLine(error)}. Does tokenizer.json belong to this model?`,
        { cause: error, recoverable: true },
      );
    });
    const data = output?.data;
    if (!(data instanceof Float32Array))
      throw broken(file, `its logits are ${output?.type ?? 'missing'}; export it with float32 outputs`);
    const each = task === 'token' ? width * labels : labels;
    if (data.length !== texts.length * each) {
      throw new UnderstandingError(
        'labels-mismatch',
        `${file} gives logits of the shape ${output?.dims.join(' × ') ?? ''}, and config.json names ${labels} labels for ${
          task === 'token' ? 'each token' : 'a text'
        }. Both must come from the same export.`,
      );
    }
    return texts.map(({ ids }, row) =>
      data.subarray(row * each, row * each + (task === 'token' ? ids.length * labels : labels)),
    );
  }
}

const broken = (file: string, why: string) =>
  new UnderstandingError('model-broken', `${file} is another kind of model: ${why}.`);

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
