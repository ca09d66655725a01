import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { decoderGraph } from '../../../../assistant/speech/moonshine/decoder-graph.ts';
import { MODEL_SIZES } from '../../../../assistant/speech/moonshine/model-sizes.ts';
import {
  END_TOKEN,
  packagedModel,
  START_TOKEN,
} from '../../../../assistant/speech/moonshine/speech-model.ts';
import { tokensOf } from '../../../../assistant/speech/moonshine/token-pieces.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { openPackaged, type Packaged } from '../../../support/packaged-speech-model.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';

const { layers, heads, headWidth } = MODEL_SIZES.tiny;
const exported = readFileSync(packagedModel('tiny', 'decoder_model_merged.onnx'));
const SPOKEN = 'turn on the headlights';
const TEXT = [START_TOKEN, ...tokensOf(SPOKEN)];
/** Likelihoods' logarithms differ by so much at most where tokens are quantised together or one by one. */
const ROUNDING = 0.3;
/** Of tokens that are less likely nobody cares how much less. */
const LIKELY = -3;

const integers = (...values: number[]) =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);

interface Text {
  readonly from: number;
  readonly token: number;
  readonly asked: number;
}

describe('the decoder, written anew', function () {
  this.timeout(60_000);
  let packaged: Packaged;
  let session: InferenceSession;

  before(async () => {
    const model = await openPackaged('tiny');
    const { samples } = readWav(readFileSync(speakWithFlite(SPOKEN)));
    packaged = await model.read(
      samples.map((sample) => sample / 10),
      TEXT,
    );
    await model.close();
    const graph = decoderGraph(exported, MODEL_SIZES.tiny);
    session = await InferenceSession.create(graph, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  });
  after(() => session.release());

  async function step(before: Tensor, texts: readonly Text[]) {
    const { memory, candidates, scores, askedScores } = await session.run({
      keys: packaged.keys,
      values: packaged.values,
      before,
      tokens: integers(...texts.map(({ token }) => token)),
      from: integers(...texts.map(({ from }) => from)),
      asked: integers(...texts.map(({ asked }) => asked)),
    });
    assert.ok(memory && candidates && scores && askedScores);
    return {
      memory,
      tokens: candidates.data as Int32Array,
      scores: scores.data as Float32Array,
      asked: askedScores.data as Float32Array,
    };
  }
  const nothing = new Tensor('float32', new Float32Array(), [1, 2 * layers * heads, 0, headWidth]);

  it('[HEAR-7] finds the same words as likely as the decoder that is exported', async () => {
    let memory: Tensor = nothing;
    for (const [at, token] of TEXT.entries()) {
      const likelihoods = packaged.likelihoods[at] ?? [];
      const found = await step(memory, [{ from: 0, token, asked: END_TOKEN }]);
      memory = found.memory;
      assert.equal(found.tokens[0], likelihoods.indexOf(Math.max(...likelihoods)));
      assert.deepEqual(
        [...found.scores],
        [...found.scores].sort((a, b) => b - a),
      );
      const told = new Map([...found.tokens].map((one, index) => [one, found.scores[index]]));
      for (const [one, likelihood] of likelihoods.entries()) {
        if (likelihood < LIKELY) continue;
        const difference = Math.abs((told.get(one) ?? -Infinity) - likelihood);
        assert.ok(difference < ROUNDING, `${one} after ${at} tokens: ${likelihood}, ${told.get(one)}`);
      }
      const end = likelihoods[END_TOKEN] ?? 0;
      assert.ok(end < LIKELY || Math.abs((found.asked[0] ?? 0) - end) < ROUNDING);
    }
  });

  it('[HEAR-7] goes on from any of the texts before, each as if it were alone', async () => {
    const [turn = 0, on = 0] = tokensOf('turn on');
    const [switched = 0, off = 0] = tokensOf('switch off');
    const begun = await step(nothing, [{ from: 0, token: START_TOKEN, asked: turn }]);
    const texts = await step(
      begun.memory,
      [turn, turn, switched].map((token) => ({ from: 0, token, asked: on })),
    );
    const together = await step(texts.memory, [
      { from: 2, token: off, asked: END_TOKEN },
      { from: 0, token: on, asked: END_TOKEN },
    ]);
    assert.deepEqual(together.memory.dims, [2, 2 * layers * heads, 3, headWidth]);
    for (const [row, [first, last]] of (
      [
        [switched, off],
        [turn, on],
      ] as const
    ).entries()) {
      const one = await step(begun.memory, [{ from: 0, token: first, asked: last }]);
      const alone = await step(one.memory, [{ from: 0, token: last, asked: END_TOKEN }]);
      const each = together.tokens.length / 2;
      assert.equal(together.tokens[row * each], alone.tokens[0]);
      assert.ok(Math.abs((together.scores[row * each] ?? 0) - (alone.scores[0] ?? 0)) < ROUNDING);
    }
  });

  it('[HEAR-7] refuses what is no such decoder, and one of another size', () => {
    const refused = (model: Uint8Array, size: 'tiny' | 'base') =>
      assert.throws(() => decoderGraph(model, MODEL_SIZES[size]), /npm ci/);
    refused(new Uint8Array(), 'tiny');
    refused(exported.subarray(0, exported.length / 2), 'tiny');
    refused(
      Uint8Array.from({ length: 1000 }, (_, at) => (at * 37) % 256),
      'tiny',
    );
    refused(exported, 'base');
    refused(readFileSync(packagedModel('tiny', 'encoder_model.onnx')), 'tiny');
  });
});
