import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { SAMPLE_RATE } from './transcriber.ts';

const { create, ConverterType } = libsamplerate;

/** Turns sound of one rate into sound of `SAMPLE_RATE`, piece by piece. */
export interface Resampler {
  /** The samples that are complete so far; a few milliseconds stay inside until the next piece or `flush`. */
  push(samples: Float32Array): Float32Array;
  /** What was still inside. Frees the resampler. */
  flush(): Float32Array;
}

/** Half of the filter's length at the input's rate: what `flush` must push through. */
const FILTER_TAIL_SECONDS = 0.02;
/** The library's own limit is 4 MB a call. */
const PIECE = 1 << 18;

/**
 * A resampler from `rate` (Hz) to `SAMPLE_RATE`: libsamplerate's band-limited interpolation (Secret Rabbit Code),
 * medium quality, which keeps 90 % of the band and folds back less than −100 dB.
 */
export async function createResampler(rate: number): Promise<Resampler> {
  if (rate === SAMPLE_RATE) return { push: (samples) => samples, flush: () => new Float32Array() };
  const converter = await create(1, rate, SAMPLE_RATE, {
    converterType: ConverterType.SRC_SINC_MEDIUM_QUALITY,
  });
  // Counted, because the filter's own delay at the end would otherwise add silence to the sound.
  let heard = 0;
  let given = 0;
  const convert = (samples: Float32Array): Float32Array => {
    const pieces: Float32Array[] = [];
    for (let at = 0; at < samples.length; at += PIECE)
      pieces.push(converter.full(samples.subarray(at, at + PIECE)).slice());
    return joined(pieces);
  };
  return {
    push(samples) {
      heard += samples.length;
      const out = convert(samples);
      given += out.length;
      return out;
    },
    flush() {
      const rest = convert(new Float32Array(Math.ceil(rate * FILTER_TAIL_SECONDS)));
      converter.destroy();
      return rest.subarray(0, Math.max(0, Math.round((heard * SAMPLE_RATE) / rate) - given));
    },
  };
}

/** The whole of a sound at `SAMPLE_RATE`. */
export async function resample(samples: Float32Array, rate: number): Promise<Float32Array> {
  const resampler = await createResampler(rate);
  return joined([resampler.push(samples), resampler.flush()]);
}

/** The pieces one after another. */
export function joined(pieces: readonly Float32Array[]): Float32Array {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const whole = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
