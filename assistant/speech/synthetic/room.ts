import type { Random } from '../../understanding/sample-phrases.ts';
import { SAMPLE_RATE } from '../transcriber.ts';

/** Seconds after which the sound in a car's cabin has fallen by 60 dB: 50 to 100 ms have been measured in cars. */
const REVERBERATION = 0.07;
/** Metres that sound travels beside the straight way: dashboard, side window, roof, windscreen. */
const DETOURS = [0.25, 0.5, 0.8, 1.3];
const SPEED_OF_SOUND = 343;
/** Loudness of the diffuse sound's impulses at its beginning, against the direct sound. */
const DIFFUSE = 0.1;
/**
 * Impulses a second of the diffuse sound: "velvet noise", which from about 1500 on sounds as smooth as noise that is
 * dense (Karjalainen and Järveläinen 2007), and costs an eighth of it.
 */
const DENSITY = 2000;

/**
 * How a car's cabin answers a click, at `SAMPLE_RATE`: the direct sound, a few reflections at panes and panels, and
 * diffuse sound that fades.
 */
export function cabinResponse(random: Random): Float32Array {
  const response = new Float32Array(Math.round(REVERBERATION * SAMPLE_RATE));
  response[0] = 1;
  const fading = (at: number) => 10 ** ((-3 * at) / (REVERBERATION * SAMPLE_RATE));
  for (const detour of DETOURS) {
    const at = Math.round(((detour * (0.8 + 0.4 * random())) / SPEED_OF_SOUND) * SAMPLE_RATE);
    response[at] = (response[at] ?? 0) + (0.2 + 0.3 * random()) * fading(at);
  }
  // One impulse in each stretch, at a random place in it and of a random sign.
  const stretch = SAMPLE_RATE / DENSITY;
  for (let from = 1; from + stretch <= response.length; from += stretch) {
    const at = from + Math.floor(stretch * random());
    response[at] = (response[at] ?? 0) + DIFFUSE * fading(at) * (random() < 0.5 ? -1 : 1);
  }
  return response;
}

/** The sound as it arrives through the room: as long as both together. */
export function inRoom(samples: Float32Array, response: Float32Array): Float32Array {
  const heard = new Float32Array(samples.length + response.length - 1);
  for (const [after, echo] of response.entries()) {
    if (echo === 0) continue;
    for (let at = 0; at < samples.length; at++)
      heard[at + after] = (heard[at + after] ?? 0) + (samples[at] ?? 0) * echo;
  }
  return heard;
}
