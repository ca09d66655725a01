import decode from '@audio/decode-wav';
import { SpeechError } from './transcriber.ts';

/** Longest sound that is taken, in seconds: a minute of commands is a mistake, not an utterance. */
export const MAX_AUDIO_SECONDS = 60;

/** One channel of sound. */
export interface Sound {
  /** −1 to 1. */
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly rate: number;
}

/**
 * Reads a WAV file: 8 to 32-bit integer or 32/64-bit float PCM, A-law and µ-law, any number of channels, a data chunk
 * that is cut short.
 * @throws SpeechError `not-audio`, `empty-audio` or `audio-too-long`
 */
export function readWav(file: Uint8Array): Sound {
  const { channelData, sampleRate } = decoded(file);
  const frames = channelData[0]?.length ?? 0;
  if (frames === 0) {
    throw new SpeechError(
      'empty-audio',
      'The WAV file holds no sound. Record again and check that the microphone is not muted.',
    );
  }
  if (sampleRate < 4000 || sampleRate > 384_000) {
    throw new SpeechError(
      'not-audio',
      `The WAV file claims ${sampleRate} samples per second. Save it again at 8000 to 96000.`,
    );
  }
  assertLength(frames, sampleRate);
  return { samples: downmix(channelData), rate: sampleRate };
}

/** @throws SpeechError `audio-too-long` above `MAX_AUDIO_SECONDS` */
export function assertLength(frames: number, rate: number): void {
  if (frames > MAX_AUDIO_SECONDS * rate) {
    throw new SpeechError(
      'audio-too-long',
      `The sound lasts ${Math.round(frames / rate)} s; at most ${MAX_AUDIO_SECONDS} s are taken. Cut it into single utterances.`,
    );
  }
}

function decoded(file: Uint8Array): { channelData: Float32Array[]; sampleRate: number } {
  const magic = String.fromCharCode(...file.subarray(0, 4));
  if (file.length === 0)
    throw new SpeechError('empty-audio', 'The file is empty. Give a WAV file with speech in it.');
  if (magic !== 'RIFF') {
    throw new SpeechError(
      'not-audio',
      'This is not a WAV file. Convert it first, for example: ffmpeg -i input -ac 1 -ar 16000 command.wav',
    );
  }
  try {
    // Not as a Buffer: the library counts on `slice` to copy, which a Buffer's does not.
    return decode(new Uint8Array(file.buffer, file.byteOffset, file.byteLength));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SpeechError('not-audio', `The WAV file cannot be read (${why}). Save it as 16-bit PCM.`, {
      cause,
    });
  }
}

/**
 * One channel from many. A channel without sound (a plug half in, an unused input) is left out rather than averaged
 * in, since it would halve the voice; noise below −60 dB of the loudest channel counts as no sound.
 */
function downmix(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first || channels.length === 1) return sane(first ?? new Float32Array());
  const energies = channels.map((channel) =>
    channel.reduce((sum, x) => (Number.isFinite(x) ? sum + x * x : sum), 0),
  );
  const loudest = Math.max(...energies);
  const live = channels.filter((_, index) => (energies[index] ?? 0) > loudest * 1e-6);
  if (live.length === 0) return sane(first);
  const mixed = new Float32Array(first.length);
  for (const channel of live) {
    for (let index = 0; index < mixed.length; index++)
      mixed[index] = (mixed[index] ?? 0) + (channel[index] ?? 0) / live.length;
  }
  return sane(mixed);
}

/** Float files may hold infinities and values beyond full scale; either would stop the recogniser. */
function sane(samples: Float32Array): Float32Array {
  return samples.map((x) => (Number.isFinite(x) ? Math.max(-1, Math.min(1, x)) : 0));
}
