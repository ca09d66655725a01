import { InferenceSession, Tensor } from 'onnxruntime-node';
import { MODEL_SIZES, type ModelName } from '../../assistant/speech/moonshine/model-sizes.ts';
import { packagedModel } from '../../assistant/speech/moonshine/speech-model.ts';

const options = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;

/** What the model of the package finds, as it is exported. */
export interface Packaged {
  /** By token of the text: the logarithm of how likely each of all tokens is after it. */
  readonly likelihoods: readonly (readonly number[])[];
  /** What the decoder attends to in the sound, as Drivetalk's own decoder takes it. */
  readonly keys: Tensor;
  readonly values: Tensor;
}

export type PackagedModel = Awaited<ReturnType<typeof openPackaged>>;

/** The model of the npm package, with its own encoder and decoder, one text at a time. */
export async function openPackaged(name: ModelName) {
  const { layers, heads, headWidth } = MODEL_SIZES[name];
  const [encoder, decoder] = await Promise.all(
    ['encoder_model.onnx', 'decoder_model_merged.onnx'].map((file) =>
      InferenceSession.create(packagedModel(name, file), options),
    ),
  );
  if (!encoder || !decoder) throw new Error('the package has no model');
  const empty = new Tensor('float32', new Float32Array(), [0, heads, 1, headWidth]);

  return {
    /** @param samples mono at 16 kHz @param tokens the text, its start included */
    async read(samples: Float32Array, tokens: readonly number[]): Promise<Packaged> {
      const heard = await encoder.run({ input_values: new Tensor('float32', samples, [1, samples.length]) });
      const output = await decoder.run({
        input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
        encoder_hidden_states: heard['last_hidden_state'] ?? empty,
        use_cache_branch: new Tensor('bool', [false]),
        ...Object.fromEntries(
          decoder.inputNames.filter((input) => input.startsWith('past_')).map((input) => [input, empty]),
        ),
      });
      const logits = floatsOf(output['logits']);
      const each = logits.length / tokens.length;
      const attended = (part: string) =>
        Array.from({ length: layers }, (_, layer) => floatsOf(output[`present.${layer}.encoder.${part}`]));
      const [keys, values] = [attended('key'), attended('value')];
      const frames = (keys[0]?.length ?? 0) / (heads * headWidth);
      const dims = [layers * heads, frames, headWidth];
      return {
        likelihoods: tokens.map((_, at) => logSoftmax([...logits.subarray(at * each, (at + 1) * each)])),
        keys: exchanged(joined(keys), dims),
        values: new Tensor('float32', joined(values), dims),
      };
    },
    async close(): Promise<void> {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}

const floatsOf = (tensor: Tensor | undefined) => tensor?.data as Float32Array;

const joined = (parts: readonly Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));

/** The last two dimensions in the other order. */
function exchanged(data: Float32Array, [count = 0, rows = 0, columns = 0]: readonly number[]): Tensor {
  const turned = new Float32Array(data.length);
  for (let block = 0; block < count; block++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        turned[(block * columns + column) * rows + row] = data[(block * rows + row) * columns + column] ?? 0;
  return new Tensor('float32', turned, [count, columns, rows]);
}

function logSoftmax(logits: readonly number[]): readonly number[] {
  const most = Math.max(...logits);
  const sum = most + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - most), 0));
  return logits.map((logit) => logit - sum);
}
