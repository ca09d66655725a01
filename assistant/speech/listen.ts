import type { Seat } from '../../vehicle/command.ts';
import { resample } from './resample.ts';
import { SAMPLE_RATE, SpeechError, type Transcriber, type Transcript } from './transcriber.ts';
import { assertLength } from './wav.ts';

/** The piece in which a file is played to the transcriber, as a microphone would: 100 ms. */
const FRAME = SAMPLE_RATE / 10;

/**
 * The words of a recording.
 * @param samples mono, −1 to 1, at `rate` Hz
 * @throws SpeechError when there is no sound, too much of it, or the transcriber fails
 */
export async function transcribeFile(
  transcriber: Transcriber,
  samples: Float32Array,
  rate: number,
  seat: Seat,
): Promise<Transcript> {
  if (samples.length === 0)
    throw new SpeechError('empty-audio', 'There is no sound to transcribe. Record again.');
  assertLength(samples.length, rate);
  const sound = await resample(samples, rate);
  const stream = transcriber.open({ seat });
  for (let at = 0; at < sound.length; at += FRAME) stream.push(sound.subarray(at, at + FRAME));
  stream.end();
  for await (const event of stream.events) {
    if (event.type === 'final') return event.transcript;
    if (event.type === 'error') throw event.error;
  }
  throw new SpeechError('engine-failed', `The transcriber "${transcriber.name}" gave no result. Try again.`);
}
