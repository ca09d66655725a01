import { InferenceSession, Tensor } from 'onnxruntime-node';
import { UnderstandingError } from '../interpreter.ts';
import type { Logits } from './decode.ts';
import type { Labels } from './labels.ts';
import type { Row } from './layout.ts';

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;
const OUTPUTS = ['intent_logits', 'pool_logits', 'boundary_logits', 'slot_logits'] as const;
/**
 * How many inferences run at the same time. Rows are not stacked into one tensor: the 8-bit scale of an activation is
 * that of the whole tensor, so that an utterance's neighbours (and its padding) would change its answer.
 */
const LANES = 2;

/** A loaded model: rows of token ids in, logits out. */
export interface SlmSession {
  /** In the order of the rows; an answer does not depend on the other rows. @throws UnderstandingError `engine-failed` */
  run(rows: readonly Row[]): Promise<readonly Logits[]>;
  close(): Promise<void>;
}

/**
 * Loads an ONNX model into onnxruntime.
 * @param probe the highest id of a token, for a first inference
 * @param threads of one inference
 * @throws UnderstandingError `model-broken` when it is no model, not one of ours or does not know all tokens, `labels-mismatch` when its outputs have another width
 */
export async function openSession(
  model: Uint8Array,
  labels: Labels,
  probe: number,
  threads = 1,
): Promise<SlmSession> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // What goes wrong is told by the errors below, once and in words.
    logSeverityLevel: 4,
  }).catch((error: unknown) => {
    throw new UnderstandingError(
      'model-broken',
      'model.onnx cannot be loaded: it is truncated, or no ONNX model. Install it again.',
      { cause: error },
    );
  });
  const missing = [
    ...INPUTS.filter((name) => !session.inputNames.includes(name)),
    ...OUTPUTS.filter((name) => !session.outputNames.includes(name)),
  ];
  if (missing.length > 0) {
    await session.release();
    throw new UnderstandingError(
      'model-broken',
      `model.onnx is another kind of model: it has no ${missing.join(', ')}.`,
    );
  }

  const infer = async (row: Row): Promise<Logits> => {
    const { ids, pieces } = row;
    const shape = [1, ids.length];
    const tensor = (value: (id: number, at: number) => number) =>
      new Tensor(
        'int64',
        BigInt64Array.from(ids, (id, at) => BigInt(value(id, at))),
        shape,
      );
    const results = await session
      .run({
        input_ids: tensor((id) => id),
        attention_mask: tensor(() => 1),
        // [CLS], the utterance and its [SEP] are type 0, the turns before it type 1.
        token_type_ids: tensor((_, at) => (at > pieces.ids.length + 1 ? 1 : 0)),
      })
      .catch((error: unknown) => {
        throw new UnderstandingError(
          'engine-failed',
          'The language model stopped with an error; try again.',
          { cause: error, recoverable: true },
        );
      });
    const values = (name: (typeof OUTPUTS)[number], columns: number) => {
      const data = results[name]?.data;
      if (!(data instanceof Float32Array) || data.length !== ids.length * columns) {
        throw new UnderstandingError(
          'labels-mismatch',
          `${name} of model.onnx does not have the ${columns} column(s) that labels.json asks for.`,
        );
      }
      return data.subarray(columns, (1 + pieces.ids.length) * columns);
    };
    return {
      intent: values('intent_logits', labels.intents.length),
      pool: values('pool_logits', 1),
      boundary: values('boundary_logits', 1),
      slot: values('slot_logits', 1 + 2 * labels.slots.length),
    };
  };

  // Finds tokens that it does not know and outputs of another width before the first word is spoken, and warms up.
  const nothing: Row = { ids: [probe, probe], pieces: { ids: [], starts: [], ends: [], beginsWord: [] } };
  await infer(nothing).catch(async (error: unknown) => {
    await session.release();
    if (error instanceof UnderstandingError && error.reason !== 'engine-failed') throw error;
    throw new UnderstandingError(
      'model-broken',
      'model.onnx and tokenizer.json do not belong together: the model does not know all pieces. Install both again.',
      { cause: error },
    );
  });

  return {
    async run(rows) {
      const results: Logits[] = [];
      const waiting = rows.entries();
      const lane = async () => {
        for (const [index, row] of waiting) results[index] = await infer(row);
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      return results;
    },
    close: () => session.release(),
  };
}
