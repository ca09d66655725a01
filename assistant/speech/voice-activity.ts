import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { SAMPLE_RATE } from './transcriber.ts';

/** Samples that the voice activity model judges at a time: 32 ms. */
export const VOICE_FRAME = 512;
/** It also needs the end of the frame before; without it the model never fires. */
const CONTEXT = 64;
const STATE_SHAPE = [2, 1, 128];

/**
 * How likely each 32 ms of sound are speech: Silero's model (version 5, MIT, inside the package vad-web) on ONNX
 * Runtime. One model serves any number of streams; what a stream remembers is in its `VoiceStream`.
 */
export class VoiceActivity {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async open(): Promise<VoiceActivity> {
    const model = fileURLToPath(new URL('./silero_vad_v5.onnx', import.meta.resolve('@ricky0123/vad-web')));
    const session = await InferenceSession.create(model, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    return new VoiceActivity(session);
  }

  stream(): VoiceStream {
    return new VoiceStream(this.#session);
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

export class VoiceStream {
  readonly #session: InferenceSession;
  readonly #input = new Float32Array(CONTEXT + VOICE_FRAME);
  #state: Float32Array = new Float32Array(2 * 128);

  constructor(session: InferenceSession) {
    this.#session = session;
  }

  /**
   * @param frame `VOICE_FRAME` samples that follow those of the call before
   * @returns the probability of speech in them
   */
  async probability(frame: Float32Array): Promise<number> {
    this.#input.copyWithin(0, VOICE_FRAME);
    this.#input.set(frame, CONTEXT);
    const { output, stateN } = await this.#session.run({
      input: new Tensor('float32', this.#input, [1, this.#input.length]),
      state: new Tensor('float32', this.#state, STATE_SHAPE),
      sr: new Tensor('int64', [BigInt(SAMPLE_RATE)], []),
    });
    if (!(output?.data instanceof Float32Array) || !(stateN?.data instanceof Float32Array)) {
      throw new TypeError('the voice activity model gave something else than numbers');
    }
    this.#state = stateN.data;
    return output.data[0] ?? 0;
  }
}
