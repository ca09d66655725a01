import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  babble,
  CABIN_NOISES,
  noiseMaker,
  type CabinNoise,
} from '../../../../assistant/speech/synthetic/cabin-noise.ts';
import { heardInCar } from '../../../../assistant/speech/synthetic/in-car.ts';
import { mixAtSnr, power, speechPower, withPauses } from '../../../../assistant/speech/synthetic/mix.ts';
import { cabinResponse, inRoom } from '../../../../assistant/speech/synthetic/room.ts';
import { SAMPLE_RATE } from '../../../../assistant/speech/transcriber.ts';
import { seededRandom } from '../../../../assistant/training/random.ts';

/** Half a second that rises and falls like a syllable, four times, with short gaps. */
const speech = Float32Array.from({ length: 2 * SAMPLE_RATE }, (_, at) => {
  const within = (at / SAMPLE_RATE) % 0.5;
  return within > 0.4
    ? 0
    : 0.3 * Math.sin((Math.PI * within) / 0.4) * Math.sin((2 * Math.PI * 180 * at) / SAMPLE_RATE);
});
const talk = [speech, speech.map((sample, at) => sample * Math.cos(at / 50))];
const noise = (kind: CabinNoise, seed: number, length = speech.length) =>
  noiseMaker(kind, talk)(length, seededRandom(seed));
const decibels = (ratio: number) => 10 * Math.log10(ratio);

const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, sample, at) => sum + sample * (b[at] ?? 0), 0);

/** Share of the power above a frequency, by a first difference and its sum: coarse, but it tells hiss from rumble. */
const brightness = (samples: Float32Array) =>
  power(samples.map((sample, at) => sample - (samples[at - 1] ?? 0))) / power(samples);

describe('speech: cabin noise', () => {
  for (const kind of CABIN_NOISES) {
    it(`[TEST-90] ${kind} is under speech as loud as was asked, within half a decibel`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(20, 12, 6, 0), (seed, snr) => {
          const mixed = mixAtSnr(speech, noise(kind, seed), snr);
          const under = mixed.map((sample, at) => sample - (speech[at] ?? 0));
          const measured = decibels(speechPower(speech) / power(under));
          assert.ok(Math.abs(measured - snr) < 0.5, `${measured} dB instead of ${snr}`);
        }),
        { numRuns: 8 },
      );
    });

    it(`[TEST-91] ${kind} is the same for the same seed, and another for another`, () => {
      assert.deepEqual(noise(kind, 5), noise(kind, 5));
      assert.notDeepEqual(noise(kind, 5), noise(kind, 6));
      assert.ok(noise(kind, 5).every(Number.isFinite));
    });

    it(`[TEST-91] ${kind} goes on: no second of it is silent`, () => {
      const long = noise(kind, 9, 4 * SAMPLE_RATE);
      const seconds = [0, 1, 2, 3].map((from) =>
        power(long.subarray(from * SAMPLE_RATE, (from + 1) * SAMPLE_RATE)),
      );
      assert.ok(Math.min(...seconds) > Math.max(...seconds) / 100, seconds.join(' '));
    });
  }

  it('[TEST-91] a motor rumbles, rain hisses', () => {
    assert.ok(brightness(noise('rain', 1)) > 10 * brightness(noise('motor', 1)));
  });

  it('[HEAR-49] in a car that drives, rain is over motor and tyres; the whole is as loud as was asked', () => {
    const heard = (level: 'clean' | number, road?: number) =>
      heardInCar(speech, [level], { noise: 'rain', talk, road, seed: 'a' })[0] ?? new Float32Array();
    const under = (road?: number) => {
      const [clean, noisy] = [heard('clean'), heard(6, road)];
      // What is like the speech is the speech; the rest is noise.
      const share = dot(noisy, clean) / dot(clean, clean);
      return {
        noise: noisy.map((sample, at) => sample - share * (clean[at] ?? 0)),
        speech: clean.map((sample) => share * sample),
      };
    };
    const [parked, driving] = [under(), under(6)];
    assert.ok(brightness(parked.noise) > 3 * brightness(driving.noise));
    for (const { noise: rest, speech: said } of [parked, driving])
      assert.ok(Math.abs(decibels(speechPower(said) / power(rest)) - 6) < 0.5);
  });

  it('[TEST-90] pauses around the words do not make the noise louder', () => {
    const padded = withPauses(speech, 1, 3);
    assert.ok(Math.abs(decibels(speechPower(padded) / speechPower(speech))) < 0.1);
  });

  it('[TEST-90] silence cannot be mixed, nor too little noise', () => {
    assert.throws(() => mixAtSnr(new Float32Array(100), noise('wind', 1), 10), /no speech/);
    assert.throws(() => mixAtSnr(speech, new Float32Array(speech.length), 10), /no noise/);
    assert.throws(() => mixAtSnr(speech, noise('wind', 1, 10), 10), RangeError);
  });

  it('[TEST-92] the cabin answers at once and fades within a tenth of a second', () => {
    const response = cabinResponse(seededRandom(3));
    assert.equal(response[0], 1);
    assert.ok(response.length <= SAMPLE_RATE / 10);
    const half = Math.floor(response.length / 2);
    assert.ok(power(response.subarray(half)) < power(response.subarray(1, half)) / 100);
  });

  it('[TEST-92] sound in a room lasts longer, starts as soon, and a room that answers nothing changes nothing', () => {
    const heard = inRoom(speech, cabinResponse(seededRandom(3)));
    assert.ok(heard.length > speech.length);
    assert.ok(Math.abs(decibels(speechPower(heard) / speechPower(speech))) < 6);
    assert.ok(inRoom(speech, Float32Array.of(1)).every((sample, at) => sample === speech[at]));
  });

  it('[TEST-91] babble is made of the voices that it is given', () => {
    const silent = babble([new Float32Array(100)])(50, seededRandom(1));
    assert.equal(power(silent), 0);
  });
});
