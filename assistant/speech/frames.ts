import { joined, resample } from './resample.ts';
import { SAMPLE_RATE, type AudioFrame } from './transcriber.ts';
import type { Sound } from './wav.ts';

/** The piece in which a recording is played to a transcriber, as a microphone would: 100 ms. */
const FRAME = SAMPLE_RATE / 10;

/** A recording as a microphone would have brought it. */
export async function framesOf({ samples, rate }: Sound): Promise<AudioFrame[]> {
  const sound = await resample(samples, rate);
  return Array.from({ length: Math.ceil(sound.length / FRAME) }, (_, index) =>
    sound.subarray(index * FRAME, (index + 1) * FRAME),
  );
}

/** Cuts sound that comes in pieces of any length into frames of one length. */
export class FrameCutter {
  readonly #length: number;
  #rest: AudioFrame = new Float32Array();

  /** @param length samples */
  constructor(length: number) {
    this.#length = length;
  }

  /** Samples that fill no frame yet. */
  get rest(): number {
    return this.#rest.length;
  }

  /** @returns the frames that are full now, copies */
  cut(piece: AudioFrame): AudioFrame[] {
    const sound = joined([this.#rest, piece]);
    const count = Math.floor(sound.length / this.#length);
    this.#rest = sound.slice(count * this.#length);
    return Array.from({ length: count }, (_, at) => sound.slice(at * this.#length, (at + 1) * this.#length));
  }
}
