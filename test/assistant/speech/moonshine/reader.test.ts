import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countSentences, LanguageModel } from '../../../../assistant/speech/moonshine/language-model.ts';
import { Reader } from '../../../../assistant/speech/moonshine/reader.ts';
import { heardInCar } from '../../../../assistant/speech/synthetic/in-car.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';

const SENTENCES = [
  'switch off the child lock on the left',
  'turn on the headlights',
  'open the window',
  'close the window',
  'fold the mirrors out again',
  'set the temperature to twenty one degrees',
  'lock the doors',
  'close the sunroof',
  'they drive home',
  'what is on my calendar tomorrow',
  'one',
];

/** As a microphone hears it in a car that drives. */
function driving(text: string, voice: string, noise: 'wind' | 'rain', level: number): Float32Array {
  const spoken = readWav(readFileSync(speakWithFlite(text, voice))).samples;
  const [sound] = heardInCar(spoken, [level], { noise, talk: [], road: 6, seed: 'doubt' });
  assert.ok(sound);
  return sound;
}

// Awaited here, so that this file is loaded as the ES module it is: as CommonJS it has no `import.meta.resolve`.
const reader = await Reader.open('base');

describe('reading a sound', function () {
  this.timeout(60_000);
  before(() => {
    reader.expect(new LanguageModel(countSentences(SENTENCES.map((text) => text.split(' ')))));
  });
  after(() => reader.close());
  const read = async (sound: Float32Array, opening?: string) =>
    (await reader.read(sound, { care: 'thorough', opening })).text;

  it('[HEAR-71] the wake word is heard in the sounds, where other words are likelier', async () => {
    const sound = driving('hey drive turn on the headlights', 'awb', 'wind', 6);
    assert.ok(!(await read(sound)).startsWith('hey drive'));
    assert.equal(await read(sound, 'hey drive'), 'hey drive turn on the headlights');
  });

  it('[HEAR-71] the wake word is not heard where it is not said', async () => {
    for (const text of ['turn on the headlights', 'they told me that the ride was long']) {
      const heard = await read(driving(text, 'rms', 'rain', 12), 'hey drive');
      assert.ok(!heard.startsWith('hey drive'), heard);
    }
  });

  it('[HEAR-9] one word is one word, however the model writes it', async () => {
    const { samples } = readWav(readFileSync(speakWithFlite('remind me tomorrow to call the bank')));
    assert.equal(await read(samples), 'remind me tomorrow to call the bank');
  });

  it('[HEAR-72] nothing is written down twice that was said once', async () => {
    const text = 'set the temperature to twenty one degrees';
    assert.equal(await read(driving(text, 'slt', 'rain', 6)), text);
  });

  it('[HEAR-18] a quick reading gives way to a thorough one, even when it has begun', async () => {
    const { samples } = readWav(readFileSync(speakWithFlite('set the temperature to twenty one degrees')));
    const order: string[] = [];
    const alone = (await reader.read(samples, { care: 'quick' })).text;
    const quick = reader.read(samples, { care: 'quick', wanted: () => order.push('quick') > 0 });
    while (order.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const [gaveWay, whole] = await Promise.all([quick, reader.read(samples, { care: 'thorough' })]);
    assert.deepEqual(
      [alone, gaveWay.text, whole.text],
      ['set the temperature to twenty one degrees', '', 'set the temperature to twenty one degrees'],
    );
    assert.equal((await reader.read(samples, { care: 'quick' })).text, alone);
  });

  it('[HEAR-18] what is not wanted any more is not read to its end', async () => {
    const { samples } = readWav(readFileSync(speakWithFlite('set the temperature to twenty one degrees')));
    let asked = 0;
    const reading = await reader.read(samples, { care: 'thorough', wanted: () => ++asked < 5 });
    assert.deepEqual([reading.text, asked], ['', 5]);
  });
});
