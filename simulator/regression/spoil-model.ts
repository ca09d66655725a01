import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { z } from 'zod';
import { modelFiles } from './engine.ts';

/** Field numbers and types of ONNX's protobuf (onnx/onnx.proto, opset independent). */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 } as const;
const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;

/** A weight matrix; `bytes` is a view into the file, so that changing it changes the model. */
interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Smaller ones are biases, scales and positions. */
const SMALLEST_MATRIX = 16_384;

/** The matrices of an ONNX file in the order of its graph. */
function matricesIn(file: Uint8Array): readonly Matrix[] {
  const found: Matrix[] = [];
  new PbfReader(file).readFields((tag, _, model) => {
    if (tag !== MODEL_GRAPH) return;
    model.readMessage((field, _, graph) => {
      if (field !== GRAPH_INITIALIZER) return;
      const tensor = { dims: [] as number[], type: 0, name: '', bytes: new Uint8Array() as Uint8Array };
      graph.readMessage((part, into, pbf) => {
        if (part === TENSOR.dims) pbf.readPackedVarint(into.dims);
        else if (part === TENSOR.dataType) into.type = pbf.readVarint();
        else if (part === TENSOR.name) into.name = pbf.readString();
        else if (part === TENSOR.rawData) into.bytes = pbf.readBytes();
      }, tensor);
      const { dims, type, name, bytes } = tensor;
      const known = type === FLOAT || type === UINT8 || type === INT8;
      if (known && dims.length === 2 && bytes.length >= SMALLEST_MATRIX)
        found.push({ name, rows: dims[0] ?? 0, type, bytes });
    }, undefined);
  }, undefined);
  return found;
}

/** Those between layers: not the embeddings, whose rows are the pieces of the vocabulary. */
function layerMatrices(file: Uint8Array): readonly Matrix[] {
  const all = matricesIn(file);
  const most = Math.max(...all.map(({ rows }) => rows));
  return all.filter(({ rows }) => rows < most);
}

/** What is done to the weights; each takes a value of −1 to 1 of the matrix's own range. */
function rewrite({ type, bytes }: Matrix, change: (weight: number) => number): void {
  if (type === FLOAT) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let most = Number.MIN_VALUE;
    for (let at = 0; at + 4 <= bytes.length; at += 4)
      most = Math.max(most, Math.abs(view.getFloat32(at, true)));
    for (let at = 0; at + 4 <= bytes.length; at += 4)
      view.setFloat32(at, change(view.getFloat32(at, true) / most) * most, true);
    return;
  }
  // Unsigned weights have their zero in the middle, signed ones in two's complement.
  const zero = type === UINT8 ? 128 : 0;
  for (const [at, byte] of bytes.entries()) {
    const value = type === UINT8 ? byte - zero : (byte << 24) >> 24;
    bytes[at] = Math.max(-128, Math.min(127, Math.round(change(value / 127) * 127))) + zero;
  }
}

/** A fault that is planted into a copy of a model's files. */
export interface FileFault {
  readonly name: string;
  readonly description: string;
  /** @returns false when the model has nothing of the kind */
  readonly plant: (directory: string) => boolean;
}

const STEPS = 2;

function onWeights(directory: string, spoil: (matrices: readonly Matrix[]) => void): boolean {
  const files = modelFiles(directory).filter((file) => file.endsWith('.onnx'));
  let changed = false;
  for (const file of files.map((name) => join(directory, name))) {
    const bytes = new Uint8Array(readFileSync(file));
    const matrices = layerMatrices(bytes);
    if (matrices.length === 0) continue;
    spoil(matrices);
    writeFileSync(file, bytes);
    changed = true;
  }
  return changed;
}

const vocabularySchema = z.looseObject({
  model: z.looseObject({ vocab: z.record(z.string(), z.number()) }),
});
/** Every so many pieces of the vocabulary are put in each other's places. */
const EVERY = 10;

export const FILE_FAULTS: readonly FileFault[] = [
  {
    name: 'broken-tokenizer',
    description: `every ${EVERY}th piece of the vocabulary has the number of another`,
    plant(directory) {
      const file = join(directory, 'tokenizer.json');
      const checked = existsSync(file)
        ? vocabularySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
        : undefined;
      if (!checked?.success) return false;
      const { vocab } = checked.data.model;
      const moved = Object.keys(vocab).filter((piece, at) => at % EVERY === 0 && !/^[[<]/.test(piece));
      const ids = moved.map((piece) => vocab[piece] ?? 0);
      for (const [at, piece] of moved.entries()) vocab[piece] = ids[(at + 1) % ids.length] ?? 0;
      writeFileSync(file, JSON.stringify(checked.data));
      return true;
    },
  },
  {
    name: 'coarse-quantisation',
    description: `weights are rounded to ${2 * STEPS + 1} values`,
    plant: (directory) =>
      onWeights(directory, (matrices) => {
        for (const matrix of matrices) rewrite(matrix, (weight) => Math.round(weight * STEPS) / STEPS);
      }),
  },
  {
    name: 'dropped-layer',
    description: 'the matrices of the middle third of the network are zero',
    plant: (directory) =>
      onWeights(directory, (matrices) => {
        const third = Math.max(1, Math.floor(matrices.length / 3));
        for (const matrix of matrices.slice(third, 2 * third)) rewrite(matrix, () => 0);
      }),
  },
];
