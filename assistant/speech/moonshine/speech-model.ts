import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CANDIDATES, decoderGraph } from './decoder-graph.ts';
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

/** The encoder that was taught to hear in cars. */
const earOf = (name: ModelName): string =>
  fileURLToPath(import.meta.resolve(`#package/assistant/speech/model/${name}-ear.onnx`));

/** A file of the model's npm package. */
export const packagedModel = (name: ModelName, file: string): string =>
  fileURLToPath(
    new URL(
      `./model/${MODEL_SIZES[name].folder}/quantized/${file}`,
      import.meta.resolve('@usefulsensors/moonshine-js'),
    ),
  );

/**
 * Moonshine, a transformer that hears open English text (Jeffries et al. 2024, arXiv 2410.15608; MIT), in 8-bit weights,
 * on ONNX Runtime: the decoder of its npm package, behind an encoder that was taught to hear in the noise of cars.
 */
export class SpeechModel {
  readonly #ear: InferenceSession;
  readonly #decoder: InferenceSession;
  readonly #size: ModelSize;

  private constructor(ear: InferenceSession, decoder: InferenceSession, size: ModelSize) {
    this.#ear = ear;
    this.#decoder = decoder;
    this.#size = size;
  }

  /** @throws Error when the model is not installed or is another than expected */
  static async open(name: ModelName): Promise<SpeechModel> {
    const options: InferenceSession.SessionOptions = {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      // The sound's length differs from call to call: what an arena keeps for the longest one is lost.
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    };
    const size = MODEL_SIZES[name];
    const ear = await InferenceSession.create(earOf(name), options);
    const decoder = decoderGraph(await readFile(packagedModel(name, 'decoder_model_merged.onnx')), size);
    return new SpeechModel(ear, await InferenceSession.create(decoder, options), size);
  }

  /** @param samples mono at 16 kHz */
  async encode(samples: Float32Array): Promise<Encoding> {
    const sound = new Float32Array(Math.max(SHORTEST, samples.length));
    sound.set(samples);
    const { keys, values } = await this.#ear.run({ sound: new Tensor('float32', sound, [sound.length]) });
    if (!keys || !values) throw nothing('encoder');
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
    const { memory, candidates, scores, askedScores } = await this.#decoder.run({
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
    await Promise.all([this.#ear.release(), this.#decoder.release()]);
  }
}

const integers = (values: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);

function floatsOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw nothing('decoder');
  return tensor.data;
}

const nothing = (part: string): TypeError => new TypeError(`the speech ${part} gave nothing`);
