import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { heardInCar } from '../../../../assistant/speech/synthetic/in-car.ts';
import { Cabin, type Ear } from '../../../../assistant/speech/turn-taking/cabin.ts';
import { VOICE_FRAME } from '../../../../assistant/speech/voice-activity.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';

const FRAME_MS = 32;

/** As a microphone in the cabin hears it that is so far away. @param level decibels that speech is above the noise */
function heard(text: string, voice: string, level: number, seed: string): Float32Array {
  const { samples } = readWav(readFileSync(speakWithFlite(text, voice)));
  const [sound] = heardInCar(samples, [level], { noise: 'motor', talk: [], road: undefined, seed });
  assert.ok(sound);
  return sound;
}

/** Microphones of one cabin, each with its sound, all of which is one segment. */
function cabin(
  sounds: readonly { readonly sound: Float32Array; readonly late?: number; readonly text: string }[],
) {
  let now = 5000;
  const room = new Cabin(() => now);
  const ears = sounds.map(() => room.join());
  const frames = Math.max(...sounds.map(({ sound, late = 0 }) => sound.length / VOICE_FRAME + late));
  const each = (act: (ear: Ear, of: (typeof sounds)[number], index: number) => void) =>
    ears.forEach((ear, index) => act(ear, sounds[index]!, index));
  const silence = new Float32Array(VOICE_FRAME);
  for (let frame = 0; frame < frames; frame++) {
    each((ear, { sound, late = 0 }) => {
      const at = (frame - late) * VOICE_FRAME;
      ear.hear(at < 0 || at + VOICE_FRAME > sound.length ? silence : sound.subarray(at, at + VOICE_FRAME));
      if (frame === 0) ear.begin(1, 0);
    });
    now += FRAME_MS;
  }
  each((ear, { text }) => {
    ear.read(1, text);
    ear.end(1);
  });
  const pass = (count: number) => {
    for (let frame = 0; frame < count; frame++) {
      now += FRAME_MS;
      for (const ear of ears) ear.hear(silence);
    }
  };
  return { room, ears, pass, later: (ms: number) => (now += ms) };
}

const WINDOW = 'open my window a little bit please';
const near = heard(WINDOW, 'rms', 25, 'near');
const far = heard(WINDOW, 'rms', 10, 'far').map((sample) => 0.4 * sample);
const other = heard('what is the weather like in westbridge tomorrow', 'slt', 20, 'other');

describe('the microphones of one cabin', () => {
  it('[HEAR-74] a voice that two of them hear is told once, by the one that it stands out best in', async () => {
    const { ears } = cabin([
      { sound: far, late: 4, text: WINDOW },
      { sound: near, text: WINDOW },
    ]);
    const answers = Promise.all([ears[0]!.take(1, WINDOW), ears[1]!.take(1, WINDOW)]);
    assert.deepEqual(await answers, [false, true]);
  });

  it('[HEAR-74] the one that hears it worse waits for the better one, but not for ever', async () => {
    const { ears, pass } = cabin([
      { sound: far, text: WINDOW },
      { sound: near, text: WINDOW },
    ]);
    let answer: boolean | undefined;
    const taken = ears[0]!.take(1, WINDOW).then((is) => (answer = is));
    pass(10);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(answer, undefined);
    pass(30);
    assert.equal(await taken, true);
    assert.equal(await ears[1]!.take(1, WINDOW), false, 'then it is the other one that comes too late');
  });

  it('[HEAR-74] where the better one makes nothing of it, or is closed, the other one tells it', async () => {
    for (const give of [(ear: Ear) => ear.leave(1), (ear: Ear) => ear.close()]) {
      const { ears } = cabin([
        { sound: far, text: WINDOW },
        { sound: near, text: 'hope the widow a litter' },
      ]);
      const taken = ears[0]!.take(1, WINDOW);
      give(ears[1]!);
      assert.equal(await taken, true);
    }
  });

  it('[HEAR-74] what one of them misheard is the same voice all the same', async () => {
    const { ears } = cabin([
      { sound: near, text: WINDOW },
      { sound: near.map((sample) => 0.5 * sample), late: 6, text: 'hope the widow a litter' },
    ]);
    assert.equal(await ears[0]!.take(1, WINDOW), true);
    assert.equal(await ears[1]!.take(1, 'hope the widow a litter'), false);
  });

  it('[HEAR-74] two who speak at once are two', async () => {
    const question = 'what is the weather like in westbridge tomorrow';
    const { ears } = cabin([
      { sound: near, text: WINDOW },
      { sound: other, text: question },
    ]);
    assert.deepEqual(await Promise.all([ears[0]!.take(1, WINDOW), ears[1]!.take(1, question)]), [true, true]);
  });

  it('[HEAR-74] who holds the button is heard there, however much better another one hears it', async () => {
    const { ears } = cabin([
      { sound: far, text: WINDOW },
      { sound: near, text: WINDOW },
    ]);
    ears[0]!.insist(1);
    ears[0]!.close();
    assert.equal(await ears[1]!.take(1, WINDOW), false);
  });

  it('[HEAR-74] what was said before is not what is said now', async () => {
    const { ears, pass } = cabin([
      { sound: near, text: WINDOW },
      { sound: near, text: WINDOW },
    ]);
    assert.equal(await ears[0]!.take(1, WINDOW), true);
    ears[1]!.leave(1);
    pass(30);
    ears[1]!.begin(2, 0);
    for (let at = 0; at + VOICE_FRAME <= near.length; at += VOICE_FRAME) {
      ears[0]!.hear(new Float32Array(VOICE_FRAME));
      ears[1]!.hear(near.subarray(at, at + VOICE_FRAME));
    }
    assert.equal(await ears[1]!.take(2, WINDOW), true);
  });

  it('[HEAR-74] one that is closed is remembered for a while only', () => {
    const { room, ears, later } = cabin([{ sound: near, text: WINDOW }]);
    ears[0]!.close();
    assert.equal(ears[0]!.isForgotten, false);
    later(60_000);
    assert.equal(ears[0]!.isForgotten, true);
    room.join();
  });
});
