import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SpeechModel, START_TOKEN } from '../../../../assistant/speech/moonshine/speech-model.ts';
import { tokensOf } from '../../../../assistant/speech/moonshine/token-pieces.ts';
import type { CabinNoise } from '../../../../assistant/speech/synthetic/cabin-noise.ts';
import { heardInCar } from '../../../../assistant/speech/synthetic/in-car.ts';
import { withPeak } from '../../../../assistant/speech/synthetic/mix.ts';
import type { Level } from '../../../../assistant/speech/synthetic/recipe.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { openPackaged, type PackagedModel } from '../../../support/packaged-speech-model.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';

/** None of them, and no sentence in this voice, was taught. */
const SENTENCES: readonly (readonly [string, CabinNoise])[] = [
  ['the castle stood on a hill above the river', 'wind'],
  ['turn on the rear window defroster', 'rain'],
  ['they moved the old piano to the second floor', 'motor'],
  ['set the temperature to twenty one degrees', 'wind'],
  ['phone the office please', 'rain'],
  ['heavy rain has flooded several towns', 'motor'],
];
const VOICE = 'awb';

const sounds = (level: Level) =>
  SENTENCES.map(([text, noise]) => {
    const spoken = readWav(readFileSync(speakWithFlite(text, VOICE))).samples;
    const [sound] = heardInCar(spoken, [level], { noise, talk: [], road: 6, seed: text });
    return { tokens: tokensOf(`${text}.`), samples: withPeak(sound ?? assert.fail(), 0.08) };
  });

/** Logarithm of how likely what is said is found, by token: the mean. */
async function byOurs(model: SpeechModel, level: Level): Promise<number> {
  const scores: number[] = [];
  for (const { tokens, samples } of sounds(level)) {
    const encoding = await model.encode(samples);
    let step = await model.begin(encoding, tokens[0]);
    for (const [at, token] of tokens.entries()) {
      scores.push(step.asked[0] ?? -Infinity);
      step = await model.go(encoding, step.memory, [{ from: 0, token, asked: tokens[at + 1] }]);
    }
  }
  return mean(scores);
}

async function byPackaged(model: PackagedModel, level: Level): Promise<number> {
  const scores: number[] = [];
  for (const { tokens, samples } of sounds(level)) {
    const { likelihoods } = await model.read(samples, [START_TOKEN, ...tokens]);
    for (const [at, token] of tokens.entries()) scores.push(likelihoods[at]?.[token] ?? -Infinity);
  }
  return mean(scores);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Awaited here, so that this file is loaded as the ES module it is: as CommonJS it has no `import.meta.resolve`.
const sizes = await Promise.all(
  (['tiny', 'base'] as const).map(async (name) => ({
    name,
    taught: await SpeechModel.open(name),
    packaged: await openPackaged(name),
  })),
);

describe('the encoder that was taught to hear in cars', function () {
  this.timeout(120_000);
  after(() => Promise.all(sizes.flatMap(({ taught, packaged }) => [taught.close(), packaged.close()])));

  for (const { name, taught, packaged } of sizes) {
    it(`[HEAR-98] ${name}: what is said in noise is likelier than by the package's`, async () => {
      const [ours, theirs] = [await byOurs(taught, 6), await byPackaged(packaged, 6)];
      assert.ok(ours > theirs + 0.25, `${ours} against ${theirs}`);
    });

    it(`[HEAR-98] ${name}: what is said without noise is as likely`, async () => {
      const [ours, theirs] = [await byOurs(taught, 'clean'), await byPackaged(packaged, 'clean')];
      assert.ok(ours > theirs - 0.1, `${ours} against ${theirs}`);
    });
  }
});
