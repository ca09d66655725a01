import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withIntegerLogits } from '../../../../assistant/speech/moonshine/decoder-graph.ts';
import { MODEL_SIZES } from '../../../../assistant/speech/moonshine/model-sizes.ts';

const { layers, heads, headWidth } = MODEL_SIZES.tiny;
const file = fileURLToPath(
  new URL(
    './model/tiny/quantized/decoder_model_merged.onnx',
    import.meta.resolve('@usefulsensors/moonshine-js'),
  ),
);

async function logits(model: Uint8Array): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const memory = Array.from({ length: layers }, (_, layer) =>
    ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map(
      (name) =>
        [
          `past_key_values.${layer}.${name}`,
          new Tensor('float32', new Float32Array(), [0, heads, 1, headWidth]),
        ] as const,
    ),
  );
  const width = heads * headWidth;
  const sound = Float32Array.from({ length: 40 * width }, (_, index) => Math.sin(index * index));
  const output = await session.run({
    input_ids: new Tensor('int64', [1n, 3834n], [1, 2]),
    encoder_hidden_states: new Tensor('float32', sound, [1, 40, width]),
    use_cache_branch: new Tensor('bool', [false]),
    ...Object.fromEntries(memory.flat()),
  });
  await session.release();
  return output['logits']?.data as Float32Array;
}

describe('the decoder with its last product in integers', function () {
  this.timeout(30_000);

  it('[HEAR-7] finds the same words likely as the decoder that was exported', async () => {
    const exported = readFileSync(file);
    const [before, after] = [await logits(exported), await logits(withIntegerLogits(exported))];
    assert.equal(after.length, before.length);
    const top = (scores: Float32Array) =>
      [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 3);
    assert.deepEqual(top(after), top(before));
    const error =
      before.reduce((sum, score, index) => sum + Math.abs(score - (after[index] ?? 0)), 0) / before.length;
    assert.ok(error < 0.2, `${error}`);
  });

  it('[HEAR-7] refuses what is no such decoder', () => {
    assert.throws(() => withIntegerLogits(new Uint8Array()), RangeError);
    assert.throws(
      () => withIntegerLogits(readFileSync(file.replace('decoder_model_merged', 'encoder_model'))),
      RangeError,
    );
  });
});
