import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { decoderGraphs } from '../../../../assistant/speech/moonshine/decoder-graph.ts';
import { MODEL_SIZES } from '../../../../assistant/speech/moonshine/model-sizes.ts';
import { END_TOKEN, START_TOKEN } from '../../../../assistant/speech/moonshine/speech-model.ts';
import { tokensOf } from '../../../../assistant/speech/moonshine/token-pieces.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';

const { layers, heads, headWidth } = MODEL_SIZES.tiny;
const file = (name: string) =>
  fileURLToPath(
    new URL(`./model/tiny/quantized/${name}.onnx`, import.meta.resolve('@usefulsensors/moonshine-js')),
  );
const exported = readFileSync(file('decoder_model_merged'));
const options = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;
const SPOKEN = 'turn on the headlights';
/** Likelihoods' logarithms differ by so much at most where tokens are quantised together or one by one. */
const ROUNDING = 0.3;
/** Of tokens that are less likely nobody cares how much less. */
const LIKELY = -3;

const integers = (...values: number[]) =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);
const floatsOf = (tensor: Tensor | undefined) => tensor?.data as Float32Array;

async function encodingOf(text: string): Promise<Tensor> {
  const { samples } = readWav(readFileSync(speakWithFlite(text)));
  const session = await InferenceSession.create(file('encoder_model'), options);
  const quieter = samples.map((sample) => sample / 10);
  const output = await session.run({ input_values: new Tensor('float32', quieter, [1, quieter.length]) });
  await session.release();
  return output['last_hidden_state'] ?? assert.fail();
}

/** By token of the text: how likely each of all tokens is after it, by the decoder that is exported. */
async function byExported(
  encoding: Tensor,
  tokens: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const session = await InferenceSession.create(exported, options);
  const empty = new Tensor('float32', new Float32Array(), [0, heads, 1, headWidth]);
  const output = await session.run({
    input_ids: integers(...tokens).reshape([1, tokens.length]),
    encoder_hidden_states: encoding,
    use_cache_branch: new Tensor('bool', [false]),
    ...Object.fromEntries(
      session.inputNames.filter((name) => name.startsWith('past_')).map((name) => [name, empty]),
    ),
  });
  await session.release();
  const logits = floatsOf(output['logits']);
  const each = logits.length / tokens.length;
  return tokens.map((_, at) => {
    const row = [...logits.subarray(at * each, (at + 1) * each)];
    const sum = Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0));
    return row.map((logit) => logit - sum);
  });
}

interface Text {
  readonly from: number;
  readonly token: number;
  readonly asked: number;
}

describe('the decoder, written anew', function () {
  this.timeout(60_000);
  let encoding: Tensor;
  let sessions: InferenceSession[];
  let sound: InferenceSession.OnnxValueMapType;

  before(async () => {
    encoding = await encodingOf(SPOKEN);
    const graphs = decoderGraphs(exported, MODEL_SIZES.tiny);
    sessions = await Promise.all(
      [graphs.sound, graphs.step].map((graph) => InferenceSession.create(graph, options)),
    );
    sound = (await sessions[0]?.run({ encoding })) ?? {};
  });
  after(() => Promise.all(sessions.map((session) => session.release())));

  async function step(before: Tensor, texts: readonly Text[]) {
    const output = await sessions[1]?.run({
      ...sound,
      before,
      tokens: integers(...texts.map(({ token }) => token)),
      from: integers(...texts.map(({ from }) => from)),
      asked: integers(...texts.map(({ asked }) => asked)),
    });
    const { memory, candidates, scores, askedScores } = output ?? {};
    assert.ok(memory && candidates && scores && askedScores);
    const tokens = candidates.data as Int32Array;
    return { memory, tokens, scores: floatsOf(scores), asked: floatsOf(askedScores) };
  }
  const nothing = new Tensor('float32', new Float32Array(), [1, 2 * layers * heads, 0, headWidth]);

  it('[HEAR-7] finds the same words as likely as the decoder that is exported', async () => {
    const text = [START_TOKEN, ...tokensOf(SPOKEN)];
    const expected = await byExported(encoding, text);
    let memory: Tensor = nothing;
    for (const [at, token] of text.entries()) {
      const likelihoods = expected[at] ?? [];
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
      assert.ok(
        at < text.length - 1 || Math.abs((found.asked[0] ?? 0) - (likelihoods[END_TOKEN] ?? 0)) < ROUNDING,
      );
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
    const refused = (model: Uint8Array, size: 'tiny' | 'base', message: RegExp) =>
      assert.throws(() => decoderGraphs(model, MODEL_SIZES[size]), message);
    refused(new Uint8Array(), 'tiny', /npm ci/);
    refused(exported.subarray(0, exported.length / 2), 'tiny', /npm ci/);
    refused(
      Uint8Array.from({ length: 1000 }, (_, at) => (at * 37) % 256),
      'tiny',
      /npm ci/,
    );
    refused(exported, 'base', /npm ci/);
    refused(readFileSync(file('encoder_model')), 'tiny', /npm ci/);
  });
});
