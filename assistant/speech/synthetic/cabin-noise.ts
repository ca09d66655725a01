import type { Random } from '../../understanding/sample-phrases.ts';
import { SAMPLE_RATE } from '../transcriber.ts';
import { highPass, inSeries, lowPass } from './filters.ts';

export const CABIN_NOISES = ['motor', 'wind', 'rain', 'babble'] as const;
export type CabinNoise = (typeof CABIN_NOISES)[number];

/** What is heard in a car beside the one who speaks: samples at `SAMPLE_RATE`, of any loudness (`mixAtSnr` sets it). */
export type NoiseMaker = (length: number, random: Random) => Float32Array;

/** −1 to 1. */
const white = (random: Random) => 2 * random() - 1;

/** A value that wanders around 1 with the given share of swing, about `pace` times a second. */
function wandering(pace: number, swing: number, random: Random): () => number {
  const slow = inSeries(lowPass(pace, SAMPLE_RATE), lowPass(pace, SAMPLE_RATE));
  // White noise that has passed two such filters has this deviation; it is brought to 1.
  const scale = Math.sqrt(3 / ((Math.PI * pace) / (2 * SAMPLE_RATE)));
  return () => Math.max(0, 1 + swing * scale * slow(white(random)));
}

/** Rotations a second at which a motor turns on a country road, and how loud its orders are against the first. */
const TURNS = 38;
const ORDERS = [1, 0.35, 0.6, 0.2, 0.12, 0.18, 0.06, 0.05];

/** Motor and tyres: tones at multiples of a speed that wanders a little, over a rumble that falls with frequency. */
export const motor: NoiseMaker = (length, random) => {
  const speed = wandering(0.7, 0.02, random);
  const rumble = inSeries(lowPass(60, SAMPLE_RATE), lowPass(400, SAMPLE_RATE));
  const phases = ORDERS.map(() => random());
  let turned = 0;
  return Float32Array.from({ length }, () => {
    turned += (TURNS * speed()) / SAMPLE_RATE;
    const tones = ORDERS.reduce(
      (sum, level, order) =>
        sum + level * Math.sin(2 * Math.PI * ((order + 1) * turned + (phases[order] ?? 0))),
      0,
    );
    return 0.05 * tones + 6 * rumble(white(random));
  });
};

/** Wind around the pillars: noise that falls with frequency and swells in gusts of a second or two. */
export const wind: NoiseMaker = (length, random) => {
  const gust = wandering(0.6, 0.5, random);
  const low = inSeries(lowPass(350, SAMPLE_RATE), highPass(40, SAMPLE_RATE));
  const hiss = inSeries(lowPass(2500, SAMPLE_RATE), highPass(300, SAMPLE_RATE));
  return Float32Array.from({ length }, () => {
    const sample = white(random);
    return gust() * (low(sample) + 0.25 * hiss(sample));
  });
};

/** Drops on the roof in a second, and how long the sheet rings after one, in seconds. */
const DROPS = 220;
const RING = 0.006;

/** Rain: a hiss, and drops that each make the roof ring at a pitch and loudness of their own. */
export const rain: NoiseMaker = (length, random) => {
  const noise = new Float32Array(length);
  const hiss = inSeries(highPass(1200, SAMPLE_RATE), lowPass(6000, SAMPLE_RATE));
  for (let at = 0; at < length; at++) {
    noise[at] = (noise[at] ?? 0) + 0.08 * hiss(white(random));
    if (random() >= DROPS / SAMPLE_RATE) continue;
    // Few drops are big.
    const loud = 0.6 * random() ** 3;
    const pitch = 500 + 2500 * random();
    for (let after = 0; after < 5 * RING * SAMPLE_RATE && at + after < length; after++) {
      const time = after / SAMPLE_RATE;
      const ringing = loud * Math.exp(-time / RING) * Math.sin(2 * Math.PI * pitch * time);
      noise[at + after] = (noise[at + after] ?? 0) + ringing;
    }
  }
  return noise;
};

/**
 * Others in the car who talk at the same time, without a pause.
 * @param talk what they say, one recording each; each is repeated from a moment of its own
 */
export const babble =
  (talk: readonly Float32Array[]): NoiseMaker =>
  (length, random) => {
    const noise = new Float32Array(length);
    for (const voice of talk) {
      const from = Math.floor(random() * voice.length);
      const loud = 0.5 + 0.5 * random();
      for (let at = 0; at < length; at++)
        noise[at] = (noise[at] ?? 0) + loud * (voice[(from + at) % voice.length] ?? 0);
    }
    return noise;
  };

/** @param talk what babble is made of */
export const noiseMaker = (kind: CabinNoise, talk: readonly Float32Array[]): NoiseMaker =>
  ({ motor, wind, rain, babble: babble(talk) })[kind];
