import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withIntegerLogits } from './decoder-graph.ts';
import { MODEL_SIZES, type ModelName, type ModelSize } from './model-sizes.ts';

/** Tokens that the model can say. */
export const TOKENS = 32_768;
export const START_TOKEN = 1;
export const END_TOKEN = 2;
/** The encoder's convolutions need this many samples at least. */
const SHORTEST = 4_000;

/** What the encoder made of a sound. */
export type Encoding = Tensor;

/** What the decoder keeps of the tokens that it has read, one row for each of the texts that are written side by side. */
export interface DecoderState {
  /** By input of the decoder. */
  readonly memory: Readonly<Record<string, Tensor>>;
  readonly rows: number;
}

export interface DecoderStep {
  /** By row: how likely each token is to come next, before normalisation; `TOKENS` a row. */
  readonly logits: readonly Float32Array[];
  readonly state: DecoderState;
}

/**
 * Moonshine, a transformer that hears open English text (Jeffries et al. 2024, arXiv 2410.15608; MIT), with the 8-bit
 * weights inside of its npm package, on ONNX Runtime.
 */
export class SpeechModel {
  readonly #encoder: InferenceSession;
  readonly #decoder: InferenceSession;
  readonly #size: ModelSize;

  private constructor(encoder: InferenceSession, decoder: InferenceSession, size: ModelSize) {
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.#size = size;
  }

  /** @throws Error when the model is not installed or is another than expected */
  static async open(name: ModelName): Promise<SpeechModel> {
    const size = MODEL_SIZES[name];
    const path = (file: string) =>
      fileURLToPath(
        new URL(
          `./model/${size.folder}/quantized/${file}`,
          import.meta.resolve('@usefulsensors/moonshine-js'),
        ),
      );
    const options: InferenceSession.SessionOptions = {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      // The sound's length differs from call to call: what an arena keeps for the longest one is lost.
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    };
    const encoder = await InferenceSession.create(path('encoder_model.onnx'), options);
    const graph = withIntegerLogits(await readFile(path('decoder_model_merged.onnx')));
    return new SpeechModel(encoder, await InferenceSession.create(graph, options), size);
  }

  /** @param samples mono at 16 kHz */
  async encode(samples: Float32Array): Promise<Encoding> {
    const sound = new Float32Array(Math.max(SHORTEST, samples.length));
    sound.set(samples);
    const { last_hidden_state: encoding } = await this.#encoder.run({
      input_values: new Tensor('float32', sound, [1, sound.length]),
    });
    if (!encoding) throw new TypeError('the speech encoder gave nothing');
    return encoding;
  }

  /**
   * Reads the first tokens of one text.
   * @returns the step after each of them, the state after the last
   */
  async begin(encoding: Encoding, tokens: readonly number[]): Promise<DecoderStep> {
    const empty = new Tensor('float32', new Float32Array(), [0, this.#size.heads, 1, this.#size.headWidth]);
    const memory = Object.fromEntries(this.#memoryNames().map((name) => [name, empty]));
    const output = await this.#run(encoding, [tokens], memory, false);
    return {
      logits: rowsOf(output['logits'], tokens.length),
      state: { memory: kept(memory, output, () => true), rows: 1 },
    };
  }

  /**
   * Reads one more token of each text.
   * @param rows by text: the row of `state` that it goes on from, and its next token
   */
  async go(
    encoding: Encoding,
    state: DecoderState,
    rows: readonly { readonly from: number; readonly token: number }[],
  ): Promise<DecoderStep> {
    const memory = this.#rearranged(
      state,
      rows.map(({ from }) => from),
    );
    const output = await this.#run(
      encoding,
      rows.map(({ token }) => [token]),
      memory,
      true,
    );
    return {
      logits: rowsOf(output['logits'], rows.length),
      state: { memory: kept(memory, output, isOfText), rows: rows.length },
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#encoder.release(), this.#decoder.release()]);
  }

  async #run(
    encoding: Encoding,
    rows: readonly (readonly number[])[],
    memory: Readonly<Record<string, Tensor>>,
    goesOn: boolean,
  ): Promise<InferenceSession.OnnxValueMapType> {
    const tokens = BigInt64Array.from(rows.flat(), BigInt);
    return this.#decoder.run({
      input_ids: new Tensor('int64', tokens, [rows.length, tokens.length / rows.length]),
      encoder_hidden_states: encoding,
      use_cache_branch: new Tensor('bool', [goesOn]),
      ...memory,
    });
  }

  /** The decoder's memory with its rows in another order. That of the sound is one row for all: it is broadcast. */
  #rearranged(state: DecoderState, order: readonly number[]): Readonly<Record<string, Tensor>> {
    if (order.length === state.rows && order.every((from, row) => from === row)) return state.memory;
    return Object.fromEntries(
      Object.entries(state.memory).map(([name, tensor]) => {
        if (!isOfText(name)) return [name, tensor];
        const width = tensor.size / state.rows;
        const data = numbersOf(tensor);
        const moved = new Float32Array(order.length * width);
        for (const [row, from] of order.entries())
          moved.set(data.subarray(from * width, (from + 1) * width), row * width);
        return [name, new Tensor('float32', moved, [order.length, ...tensor.dims.slice(1)])];
      }),
    );
  }

  #memoryNames(): readonly string[] {
    return this.#decoder.inputNames.filter((name) => name.startsWith(PAST));
  }
}

const PAST = 'past_key_values.';
const PRESENT = 'present.';
const isOfText = (name: string): boolean => name.includes('.decoder.');

/** The memory for the next step: what the step gave where `wanted`, else what was there. */
function kept(
  memory: Readonly<Record<string, Tensor>>,
  output: InferenceSession.OnnxValueMapType,
  wanted: (name: string) => boolean,
): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    Object.entries(memory).map(([name, before]) => {
      const after = output[name.replace(PAST, PRESENT)];
      if (!after) throw new TypeError(`the speech decoder gave no ${name}`);
      return [name, wanted(name) ? after : before];
    }),
  );
}

function numbersOf(tensor: { readonly data: unknown } | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError('the speech decoder gave no numbers');
  return tensor.data;
}

function rowsOf(logits: { readonly data: unknown } | undefined, count: number): readonly Float32Array[] {
  const all = numbersOf(logits);
  return Array.from({ length: count }, (_, row) => all.subarray(row * TOKENS, (row + 1) * TOKENS));
}
