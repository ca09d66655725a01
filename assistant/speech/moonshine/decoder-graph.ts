import { DecoderWeights, TOKENS, type Matrix } from './decoder-weights.ts';
import type { ModelSize } from './model-sizes.ts';
import { ELEMENTS, OnnxGraph } from './onnx-file.ts';

/** Next tokens that are told after each text, likeliest first. */
export const CANDIDATES = 48;
/** Of PyTorch's layer normalisation, with which the model was trained. */
const EPSILON = 1e-5;

/**
 * The decoder, written anew with the weights of the one that is exported: one more token of each of the texts that are
 * written side by side.
 *
 * `keys`, `values`: what it attends to in the sound, from the ear (`../training/ear.py`) · `before`: what is remembered of
 * the texts so far [texts, 2 · layers · heads, tokens, headWidth] · by text its next token (`tokens`), the row of `before`
 * that it goes on from (`from`), a token that is asked for (`asked`) → `memory` as `before`, with that token;
 * `candidates` [texts, CANDIDATES], likeliest first, their `scores`, and `askedScores` [texts, 1]: logarithms of
 * likelihoods.
 *
 * The exported one keeps its weights twice, in two branches; computes its last product, most of a step, in floats; spends
 * as much on the shapes of tensors as on their numbers; and gives 32,768 likelihoods of each text to choose a few from.
 * @param model bytes of `decoder_model_merged.onnx`
 * @throws RangeError when it is another model
 */
export function decoderGraph(model: Uint8Array, size: ModelSize): Uint8Array {
  const weights = new DecoderWeights(model, size);
  const { layers, heads, headWidth } = size;
  const graph = new OnnxGraph();
  const tokens = graph.input('tokens', 'int64', ['texts']);
  const from = graph.input('from', 'int64', ['texts']);
  const asked = graph.input('asked', 'int64', ['texts']);
  const keys = graph.input('keys', 'float', [layers * heads, headWidth, 'frames']);
  const values = graph.input('values', 'float', [layers * heads, 'frames', headWidth]);
  const remembered = 2 * layers * heads;
  const before = graph.input('before', 'float', ['textsBefore', remembered, 'tokensBefore', headWidth]);

  const byLayer = (value: string, axis: number, times = 1): readonly string[] =>
    graph.split(value, axis, new Array<number>(times * layers).fill(heads));
  const past = byLayer(graph.node('Gather', [before, from], { axis: 0 }), 1, 2);
  const sound = { keys: byLayer(keys, 0), values: byLayer(values, 0) };
  const turned = rotation(graph, weights.frequencies, before, headWidth);

  const table = graph.tensor('int8', [TOKENS, heads * headWidth], weights.table.data);
  let x = graph.node('DequantizeLinear', [
    graph.node('Gather', [table, tokens], { axis: 0 }),
    graph.floats([weights.table.scale], []),
    graph.tensor('int8', [], Uint8Array.of(weights.table.zero)),
  ]);
  const added = (value: string): string => graph.node('Add', [x, value]);
  const memory: string[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const part: Part = { graph, weights, size, layer };
    const [pastKeys = '', pastValues = ''] = past.slice(2 * layer);
    const own = attentionToText(part, x, turned, pastKeys, pastValues);
    memory.push(own.keys, own.values);
    x = added(own.seen);
    x = added(attentionToSound(part, x, sound.keys[layer] ?? '', sound.values[layer] ?? ''));
    x = added(gated(part, x));
  }
  graph.output('memory', graph.node('Concat', memory, { axis: 1 }), 'float', [
    'texts',
    remembered,
    'tokensAfter',
    headWidth,
  ]);

  const logits = graph.runtimeNode('DynamicQuantizeMatMul', [
    normalised(graph, x, weights.norm),
    graph.node('Transpose', [table], { perm: [1, 0] }),
    graph.floats([weights.table.scale]),
    graph.tensor('int8', [1], Uint8Array.of(weights.table.zero)),
  ]);
  const likelihoods = graph.node('LogSoftmax', [logits], { axis: -1 });
  const [scores, candidates] = graph.nodes('TopK', [likelihoods, graph.integers(CANDIDATES)], [0, 0]);
  graph.output('scores', scores, 'float', ['texts', CANDIDATES]);
  graph.output('candidates', graph.node('Cast', [candidates], { to: ELEMENTS.int32 }), 'int32', [
    'texts',
    CANDIDATES,
  ]);
  const column = graph.node('Unsqueeze', [asked, graph.integers(1)]);
  graph.output('askedScores', graph.node('GatherElements', [likelihoods, column], { axis: 1 }), 'float', [
    'texts',
    1,
  ]);
  return graph.bytes();
}

interface Part {
  readonly graph: OnnxGraph;
  readonly weights: DecoderWeights;
  readonly size: ModelSize;
  readonly layer: number;
}

/** To the tokens so far, each text to its own: [texts, heads, tokens, headWidth]. */
function attentionToText(
  { graph, weights, size: { heads, headWidth }, layer }: Part,
  x: string,
  turned: (value: string) => string,
  pastKeys: string,
  pastValues: string,
): { readonly seen: string; readonly keys: string; readonly values: string } {
  const matrix = (part: string): Matrix => weights.matrix(layer, `self_attn/${part}`);
  const projected = product(graph, normalised(graph, x, weights.numbers(layer, 'input_layernorm.weight')), [
    scaled(matrix('q_proj'), headWidth),
    matrix('k_proj'),
    matrix('v_proj'),
  ]);
  const [toTurn, value] = graph.split(reshaped(graph, projected, -1, 3 * heads, 1, headWidth), 1, [
    2 * heads,
    heads,
  ]);
  const [query, key] = graph.split(turned(toTurn), 1, [heads, heads]);
  const keys = graph.node('Concat', [pastKeys, key], { axis: 2 });
  const values = graph.node('Concat', [pastValues, value], { axis: 2 });
  const seen = attended(graph, query, graph.node('Transpose', [keys], { perm: [0, 1, 3, 2] }), values);
  return {
    seen: product(graph, reshaped(graph, seen, -1, heads * headWidth), [matrix('dense')]),
    keys,
    values,
  };
}

/** To the sound, which is one for all texts: [heads, texts, headWidth]. */
function attentionToSound(
  { graph, weights, size: { heads, headWidth }, layer }: Part,
  x: string,
  keys: string,
  values: string,
): string {
  const matrix = (part: string): Matrix => weights.matrix(layer, `encoder_attn/${part}`);
  const query = product(
    graph,
    normalised(graph, x, weights.numbers(layer, 'post_attention_layernorm.weight')),
    [scaled(matrix('q_proj'), headWidth)],
  );
  const exchanged = (value: string): string => graph.node('Transpose', [value], { perm: [1, 0, 2] });
  const heard = attended(graph, exchanged(reshaped(graph, query, -1, heads, headWidth)), keys, values);
  return product(graph, reshaped(graph, exchanged(heard), -1, heads * headWidth), [matrix('dense')]);
}

/** The gated layer (SwiGLU, Shazeer 2020). */
function gated({ graph, weights, size: { heads, headWidth }, layer }: Part, x: string): string {
  const wide = 4 * heads * headWidth;
  const both = product(
    graph,
    normalised(graph, x, weights.numbers(layer, 'final_layernorm.weight')),
    [weights.matrix(layer, 'mlp/up_proj')],
    weights.numbers(layer, 'mlp.up_proj.bias'),
  );
  const [value, gate] = graph.split(both, -1, [wide, wide]);
  const open = graph.node('Mul', [gate, graph.node('Sigmoid', [gate])]);
  return product(
    graph,
    graph.node('Mul', [open, value]),
    [weights.matrix(layer, 'mlp/down_proj')],
    weights.numbers(layer, 'mlp.down_proj.bias'),
  );
}

/** Attention by products (Vaswani et al. 2017). @param queries scaled @param keys with their last two dimensions exchanged */
function attended(graph: OnnxGraph, queries: string, keys: string, values: string): string {
  const shares = graph.node('Softmax', [graph.node('MatMul', [queries, keys])], { axis: -1 });
  return graph.node('MatMul', [shares, values]);
}

/** So that products of queries and keys do not grow with the number of their parts. */
const scaled = (query: Matrix, headWidth: number): Matrix => ({
  ...query,
  scale: query.scale / Math.sqrt(headWidth),
});

const reshaped = (graph: OnnxGraph, value: string, ...dims: readonly number[]): string =>
  graph.node('Reshape', [value, graph.integers(...dims)]);

const normalised = (graph: OnnxGraph, value: string, scale: Float32Array): string =>
  graph.node('LayerNormalization', [value, graph.floats(scale)], { axis: -1, epsilon: { float: EPSILON } });

/**
 * Where in the text a token stands, told by turning pairs of its numbers (rotary position embedding, Su et al. 2021):
 * neighbours, as this model was trained; those without a frequency stay.
 * @param before the memory, in which each token so far has a place
 */
function rotation(
  graph: OnnxGraph,
  frequencies: Float32Array,
  before: string,
  headWidth: number,
): (value: string) => string {
  const ofNumber = Float32Array.from({ length: headWidth }, (_, at) => frequencies[at >> 1] ?? 0);
  const position = graph.node('Cast', [graph.node('Shape', [before], { start: 2, end: 3 })], {
    to: ELEMENTS.float,
  });
  const angle = graph.node('Mul', [graph.floats(ofNumber), position]);
  const [cosine, sine] = [graph.node('Cos', [angle]), graph.node('Sin', [angle])];
  // (a, b) → (−b, a) as a product, with a row for each number that goes in.
  const quarter = new Float32Array(headWidth * headWidth);
  for (let at = 0; at < 2 * frequencies.length; at += 2) {
    quarter[(at + 1) * headWidth + at] = -1;
    quarter[at * headWidth + at + 1] = 1;
  }
  const quarterTurn = graph.floats(quarter, [headWidth, headWidth]);
  return (value) =>
    graph.node('Add', [
      graph.node('Mul', [value, cosine]),
      graph.node('Mul', [graph.node('MatMul', [value, quarterTurn]), sine]),
    ]);
}

/** The value times matrices that stand side by side, in integers: ONNX Runtime finds the value's own scale. */
function product(graph: OnnxGraph, value: string, matrices: readonly Matrix[], bias?: Float32Array): string {
  const rows = matrices[0]?.rows ?? 0;
  const columns = matrices.reduce((sum, matrix) => sum + matrix.columns, 0);
  const data = new Uint8Array(rows * columns);
  const scales = new Float32Array(columns);
  const zeros = new Uint8Array(columns);
  let at = 0;
  for (const matrix of matrices) {
    for (let row = 0; row < rows; row++)
      data.set(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns), row * columns + at);
    scales.fill(matrix.scale, at, at + matrix.columns);
    zeros.fill(matrix.zero, at, at + matrix.columns);
    at += matrix.columns;
  }
  return graph.runtimeNode('DynamicQuantizeMatMul', [
    value,
    graph.tensor('int8', [rows, columns], data),
    graph.floats(scales),
    graph.tensor('int8', [columns], zeros),
    ...(bias ? [graph.floats(bias)] : []),
  ]);
}
