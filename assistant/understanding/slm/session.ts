import { InferenceSession, Tensor } from 'onnxruntime-node';
import { UnderstandingError } from '../interpreter.ts';
import type { Logits } from './decode.ts';
import type { Labels } from './labels.ts';
import type { Row } from './layout.ts';

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
const OUTPUTS = ['intent_logits', 'pool_logits', 'boundary_logits', 'slot_logits'] as const;
/** Longer batches gain nothing on a CPU and wait longer for their first answer. */
const BATCH = 16;

/** A loaded model: rows of token ids in, logits out. */
export interface SlmSession {
  /** In the order of the rows; rows of similar length run together. @throws UnderstandingError `engine-failed` */
  run(rows: readonly Row[]): Promise<readonly Logits[]>;
  close(): Promise<void>;
}

/**
 * Loads an ONNX model into onnxruntime.
 * @param threads of one inference
 * @throws UnderstandingError `model-broken` when it is no model or not one of ours, `labels-mismatch` when its outputs have another width
 */
export async function openSession(model: Uint8Array, labels: Labels, padding: number, threads = 1): Promise<SlmSession> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  }).catch((error: unknown) => {
    throw new UnderstandingError('model-broken', 'model.onnx cannot be loaded: it is truncated, or no ONNX model. Install it again.', { cause: error });
  });
  const missing = [...INPUTS.filter((name) => !session.inputNames.includes(name)), ...OUTPUTS.filter((name) => !session.outputNames.includes(name))];
  if (missing.length > 0) {
    await session.release();
    throw new UnderstandingError('model-broken', `model.onnx is another kind of model: it has no ${missing.join(', ')}.`);
  }

  const infer = async (rows: readonly Row[]): Promise<readonly Logits[]> => {
    const width = Math.max(...rows.map(({ ids }) => ids.length));
    const size = rows.length * width;
    const ids = new BigInt64Array(size).fill(BigInt(padding));
    const mask = new BigInt64Array(size);
    const types = new BigInt64Array(size);
    for (const [index, row] of rows.entries()) {
      for (const [at, id] of row.ids.entries()) {
        ids[index * width + at] = BigInt(id);
        mask[index * width + at] = 1n;
        // [CLS], the utterance and its [SEP] are type 0, the turns before it type 1.
        if (at > row.pieces.ids.length + 1) types[index * width + at] = 1n;
      }
    }
    const shape = [rows.length, width];
    const results = await session
      .run({ input_ids: new Tensor('int64', ids, shape), attention_mask: new Tensor('int64', mask, shape), token_type_ids: new Tensor('int64', types, shape) })
      .catch((error: unknown) => {
        throw new UnderstandingError('engine-failed', 'The language model stopped with an error; try again.', { cause: error, recoverable: true });
      });
    const values = (name: (typeof OUTPUTS)[number], columns: number) => {
      const tensor = results[name];
      if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== size * columns) {
        throw new UnderstandingError('labels-mismatch', `${name} of model.onnx does not have the ${columns} column(s) that labels.json asks for.`);
      }
      const { data } = tensor;
      return (index: number, { pieces }: Row) => data.subarray((index * width + 1) * columns, (index * width + 1 + pieces.ids.length) * columns);
    };
    const intent = values('intent_logits', labels.intents.length);
    const pool = values('pool_logits', 1);
    const boundary = values('boundary_logits', 1);
    const slot = values('slot_logits', 1 + 2 * labels.slots.length);
    return rows.map((row, index) => ({ intent: intent(index, row), pool: pool(index, row), boundary: boundary(index, row), slot: slot(index, row) }));
  };

  // Finds outputs of another width before the first word is spoken, and warms the engine up.
  const silence: Row = { ids: [padding, padding], pieces: { ids: [], starts: [], ends: [], beginsWord: [] } };
  await infer([silence]).catch(async (error: unknown) => {
    await session.release();
    throw error;
  });

  return {
    async run(rows) {
      const byLength = [...rows.keys()].sort((a, b) => (rows[a]?.ids.length ?? 0) - (rows[b]?.ids.length ?? 0));
      const results = new Map<number, Logits>();
      for (let first = 0; first < byLength.length; first += BATCH) {
        const indices = byLength.slice(first, first + BATCH);
        const logits = await infer(indices.flatMap((index) => rows[index] ?? []));
        for (const [position, index] of indices.entries()) {
          const one = logits[position];
          if (one) results.set(index, one);
        }
      }
      return rows.flatMap((_, index) => results.get(index) ?? []);
    },
    close: () => session.release(),
  };
}
