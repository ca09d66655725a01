import { resample } from './resample.ts';
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
