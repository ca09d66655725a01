import { SAMPLE_RATE } from '../transcriber.ts';

/** Frames of 20 ms, as speech levels are usually measured. */
const FRAME = SAMPLE_RATE / 50;
/** Frames so far below the loudest are pauses (ITU-T P.56 takes a margin of the same size). */
const PAUSE_DB = 30;

/** Mean power of samples. */
export const power = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);

/**
 * Power of speech while somebody speaks: pauses do not count, so that a long silence around a word does not make the
 * noise under it louder.
 */
export function speechPower(samples: Float32Array): number {
  const frames = Array.from({ length: Math.ceil(samples.length / FRAME) }, (_, index) =>
    power(samples.subarray(index * FRAME, (index + 1) * FRAME)),
  );
  const floor = Math.max(0, ...frames) / 10 ** (PAUSE_DB / 10);
  const active = frames.filter((frame) => frame >= floor && frame > 0);
  return active.reduce((sum, frame) => sum + frame, 0) / Math.max(1, active.length);
}

/**
 * Speech with noise under it.
 * @param noise at least as long as the speech; what is longer is left out
 * @param snr decibels by which the speech, while it lasts, is louder than the noise
 * @throws RangeError when there is no speech, no noise, or too little of it
 */
export function mixAtSnr(speech: Float32Array, noise: Float32Array, snr: number): Float32Array {
  if (noise.length < speech.length)
    throw new RangeError(`There are ${noise.length} samples of noise for ${speech.length} of speech.`);
  const under = noise.subarray(0, speech.length);
  const [wanted, unwanted] = [speechPower(speech), power(under)];
  if (wanted === 0 || unwanted === 0)
    throw new RangeError(`There is no ${wanted === 0 ? 'speech' : 'noise'} to mix.`);
  const scale = Math.sqrt(wanted / unwanted / 10 ** (snr / 10));
  return speech.map((sample, at) => sample + scale * (under[at] ?? 0));
}

/** Brings the loudest sample to `peak` (1: as loud as a file can hold); silence stays silent. */
export function withPeak(samples: Float32Array, peak: number): Float32Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return loudest === 0 ? samples : samples.map((sample) => (sample * peak) / loudest);
}

/** Silence before and after, in seconds. */
export function withPauses(samples: Float32Array, before: number, after: number): Float32Array {
  const start = Math.round(before * SAMPLE_RATE);
  const padded = new Float32Array(start + samples.length + Math.round(after * SAMPLE_RATE));
  padded.set(samples, start);
  return padded;
}
