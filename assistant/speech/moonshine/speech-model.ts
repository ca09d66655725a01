import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CANDIDATES, decoderGraphs } from './decoder-graph.ts';
import { MODEL_SIZES, type ModelName, type ModelSize } from './model-sizes.ts';

export const START_TOKEN = 1;
export const END_TOKEN = 2;
/** The encoder's convolutions need this many samples at least. */
const SHORTEST = 4_000;

/** What the decoder attends to in a sound. */
export interface Encoding {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** A token that may be next, and the logarithm of how likely. */
export type Candidate = readonly [token: number, score: number];

/** A text's next token. */
export interface NextToken {
  /** The text of the step before that it goes on from. */
  readonly from: number;
  readonly token: number;
  /** Told of this one, too, how likely it is after that. */
  readonly asked?: number | undefined;
}

/** What was found by reading a token of each of the texts that are written side by side. */
export interface DecoderStep {
  /** By text, likeliest first. */
  readonly following: readonly (readonly Candidate[])[];
  /** By text: the score of the token that was asked for. */
  readonly asked: readonly number[];
  /** What the decoder remembers of the texts so far. */
  readonly memory: Tensor;
}

/**
 * Moonshine, a transformer that hears open English text (Jeffries et al. 2024, arXiv 2410.15608; MIT), with the 8-bit
 * weights inside of its npm package, on ONNX Runtime.
 */
export class SpeechModel {
  readonly #encoder: InferenceSession;
  readonly #sound: InferenceSession;
  readonly #step: InferenceSession;
  readonly #size: ModelSize;

  private constructor(
    [encoder, sound, step]: readonly [InferenceSession, InferenceSession, InferenceSession],
    size: ModelSize,
  ) {
    this.#encoder = encoder;
    this.#sound = sound;
    this.#step = step;
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
    const graphs = decoderGraphs(await readFile(path('decoder_model_merged.onnx')), size);
    const sound = await InferenceSession.create(graphs.sound, options);
    return new SpeechModel([encoder, sound, await InferenceSession.create(graphs.step, options)], size);
  }

  /** @param samples mono at 16 kHz */
  async encode(samples: Float32Array): Promise<Encoding> {
    const sound = new Float32Array(Math.max(SHORTEST, samples.length));
    sound.set(samples);
    const { last_hidden_state: encoding } = await this.#encoder.run({
      input_values: new Tensor('float32', sound, [1, sound.length]),
    });
    if (!encoding) throw nothing('encoder');
    const { keys, values } = await this.#sound.run({ encoding });
    if (!keys || !values) throw nothing('decoder');
    return { keys, values };
  }

  /** Begins a text. @param asked a token of which is told how likely it is to be the first */
  begin(encoding: Encoding, asked?: number): Promise<DecoderStep> {
    const { layers, heads, headWidth } = this.#size;
    const empty = new Tensor('float32', new Float32Array(), [1, 2 * layers * heads, 0, headWidth]);
    return this.go(encoding, empty, [{ from: 0, token: START_TOKEN, asked }]);
  }

  /**
   * Reads one more token of each text.
   * @param before the memory of the step before
   */
  async go(encoding: Encoding, before: Tensor, texts: readonly NextToken[]): Promise<DecoderStep> {
    const { memory, candidates, scores, askedScores } = await this.#step.run({
      ...encoding,
      before,
      tokens: integers(texts.map(({ token }) => token)),
      from: integers(texts.map(({ from }) => from)),
      asked: integers(texts.map(({ asked = END_TOKEN }) => asked)),
    });
    if (!memory || !(candidates?.data instanceof Int32Array)) throw nothing('decoder');
    const [tokens, likelihoods] = [candidates.data, floatsOf(scores)];
    return {
      following: texts.map((_, text) =>
        Array.from({ length: CANDIDATES }, (_, at): Candidate => {
          const index = text * CANDIDATES + at;
          return [tokens[index] ?? END_TOKEN, likelihoods[index] ?? -Infinity];
        }),
      ),
      asked: [...floatsOf(askedScores)],
      memory,
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#encoder.release(), this.#sound.release(), this.#step.release()]);
  }
}

const integers = (values: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);

function floatsOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw nothing('decoder');
  return tensor.data;
}

const nothing = (part: string): TypeError => new TypeError(`the speech ${part} gave nothing`);
