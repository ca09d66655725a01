import type { ModelSize } from './model-sizes.ts';
import { ELEMENTS, readOnnx, type OnnxContents, type OnnxTensor } from './onnx-file.ts';

/** Tokens that the model can say. */
export const TOKENS = 32_768;

/** A matrix of 8-bit integers, of which each stands for (integer − zero) · scale. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row, in two's complement; so is `zero`. */
  readonly data: Uint8Array;
  readonly scale: number;
  readonly zero: number;
}

const TABLE = 'model.decoder.embed_tokens.weight_merged_0';
const NORM = 'model.decoder.norm.weight';
const FREQUENCIES = '/model/decoder/rotary_emb/Cast_1_output_0';
const nodeName = (layer: number, part: string): string =>
  `/model/decoder/layers.${layer}/${part}/MatMul_quant`;

/** The weights of the decoder that is exported, by the names that they have there. */
export class DecoderWeights {
  readonly #contents: OnnxContents;
  /** The matrices' names, by the nodes that multiply with them. */
  readonly #matrices: ReadonlyMap<string, string>;
  /** Added up for each token, and multiplied with at the end: a row for each. */
  readonly table: Matrix;

  /**
   * @param model bytes of `decoder_model_merged.onnx`
   * @throws RangeError when it is another model, or of another size
   */
  constructor(model: Uint8Array, { layers, heads, headWidth }: ModelSize) {
    this.#contents = readOnnx(model);
    this.#matrices = new Map(
      this.#contents.nodes
        .filter(({ operator }) => operator === 'MatMulInteger')
        .map(({ name, inputs }) => [name, (inputs[1] ?? '').replace(/_quantized$/, '')]),
    );
    this.table = this.#matrix(TABLE);
    const { rows, columns } = this.table;
    const isDeeper = this.#matrices.has(nodeName(layers, 'mlp/up_proj'));
    if (rows !== TOKENS || columns !== heads * headWidth || isDeeper) throw unknown();
  }

  /** Of the last normalisation. */
  get norm(): Float32Array {
    return this.#numbers(NORM);
  }

  /** Of the rotary position embedding, radians a token. */
  get frequencies(): Float32Array {
    return this.#numbers(FREQUENCIES);
  }

  /** @throws RangeError when there is no such part */
  matrix(layer: number, part: string): Matrix {
    return this.#matrix(this.#matrices.get(nodeName(layer, part)) ?? '');
  }

  /** @throws RangeError when there is no such part */
  numbers(layer: number, part: string): Float32Array {
    return this.#numbers(`model.decoder.layers.${layer}.${part}`);
  }

  #matrix(name: string): Matrix {
    const integers = this.#tensor(`${name}_quantized`);
    const [rows = 0, columns = 0] = integers.dims;
    const [zero = 0] = this.#tensor(`${name}_zero_point`).data;
    const [scale = 0] = floatsOf(this.#tensor(`${name}_scale`));
    if (integers.element !== ELEMENTS.uint8 || integers.data.length !== rows * columns) throw unknown();
    // From 0 … 255 to −128 … 127: processors multiply unsigned numbers with signed ones.
    return { rows, columns, data: allSigned(integers.data), scale, zero: signed(zero) };
  }

  #numbers(name: string): Float32Array {
    return floatsOf(this.#tensor(this.#found(name)));
  }

  /** What both branches had has got an ending. */
  #found(name: string): string {
    const { tensors } = this.#contents;
    return tensors.has(name) ? name : `${name}_merged_0`;
  }

  #tensor(name: string): OnnxTensor {
    const tensor = this.#contents.tensors.get(name);
    if (!tensor) throw unknown();
    return tensor;
  }
}

const signed = (byte: number): number => byte ^ 0x80;

/** Four at a time: there are forty million. */
function allSigned(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  const words = new Uint32Array(whole.buffer);
  for (let at = 0; at < words.length; at++) words[at] = (words[at] ?? 0) ^ 0x80808080;
  return whole.subarray(0, bytes.length);
}

const floatsOf = ({ data }: OnnxTensor): Float32Array => new Float32Array(new Uint8Array(data).buffer);

const unknown = (): RangeError =>
  new RangeError(
    'The speech model is another than expected. Install the packages of the lock file (npm ci).',
  );
