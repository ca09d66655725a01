import assert from 'node:assert/strict';
import {
  LONGEST_TEXT,
  SynthesisError,
  type Synthesizer,
} from '../../assistant/speech/synthesis/synthesizer.ts';

/** What holds of every voice, whatever it runs on. */
export function synthesizerContract(open: () => Synthesizer): void {
  let voice: Synthesizer;
  before(() => {
    voice = open();
  });
  after(() => voice.close());

  it('[SAY-21] says a reply: mono, within bounds, neither silent nor cut', async () => {
    const { samples, rate } = await voice.say('The temperature is set to 21 degrees.');
    assert.ok(rate >= 8_000 && rate <= 48_000);
    assert.ok(samples.length / rate > 1 && samples.length / rate < 10, `${samples.length / rate} s`);
    assert.ok(samples.every((sample) => Math.abs(sample) <= 1));
    assert.ok(Math.max(...samples.map(Math.abs)) > 0.05);
  });

  it('[SAY-21] the same text sounds the same, a longer one lasts longer', async () => {
    const [one, again, longer] = await Promise.all([
      voice.say('Okay.'),
      voice.say('Okay.'),
      voice.say('Okay, I have opened the window on the left.'),
    ]);
    assert.deepEqual(one, again);
    assert.ok(longer.samples.length > one.samples.length);
  });

  it('[SAY-21] what cannot be said is no sound', async () => {
    for (const text of ['', ' ', '…', '♪ 🚗 ♪', '---'])
      assert.equal((await voice.say(text)).samples.length, 0, text);
  });

  it('[SAY-21] options of a program, a novel and one endless word are texts like others', async () => {
    const novel = 'This is a long story. '.repeat(200);
    assert.ok(novel.length > LONGEST_TEXT);
    const { samples, rate } = await voice.say(novel);
    assert.ok(samples.length / rate < 60, `${samples.length / rate} s`);
    assert.ok((await voice.say('-voice nobody -o /tmp/x')).samples.length > 0);
    assert.equal((await voice.say('x'.repeat(2_000))).samples.length, 0);
  });

  it('[SAY-21] a closed voice says so', async () => {
    const closed = open();
    await closed.close();
    await assert.rejects(
      closed.say('Okay.'),
      (error) => error instanceof SynthesisError && error.reason === 'closed',
    );
  });
}
