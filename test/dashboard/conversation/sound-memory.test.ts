import assert from 'node:assert/strict';
import { SoundMemory } from '../../../dashboard/conversation/sound-memory.ts';

const RATE = 8_000;
const nowhere = { push: () => undefined, end: () => undefined, cancel: () => undefined };

describe('sound of utterances', () => {
  it('[PAGE-142] what was spoken is kept whole, also where the microphone uses its buffer again', () => {
    const memory = new SoundMemory();
    const sent: number[] = [];
    const utterance = memory.keep('a', RATE, { ...nowhere, push: (samples) => void sent.push(...samples) });
    const buffer = new Float32Array([0.25, -0.5]);
    utterance.push(buffer);
    buffer.fill(0.75);
    utterance.push(buffer);
    utterance.end();
    assert.deepEqual([...memory.soundOf('a')!.samples], [0.25, -0.5, 0.75, 0.75]);
    assert.deepEqual(sent, [0.25, -0.5, 0.75, 0.75]);
    assert.equal(memory.soundOf('a')!.sampleRate, RATE);
  });

  it('[PAGE-142] a minute is kept in all, the newest; what was cancelled is not', () => {
    const memory = new SoundMemory();
    for (const id of ['a', 'b', 'c']) memory.keep(id, RATE, nowhere).push(new Float32Array(25 * RATE));
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => memory.has(id)),
      [false, true, true],
    );
    const regret = memory.keep('d', RATE, nowhere);
    regret.push(new Float32Array(10));
    regret.cancel();
    assert.equal(memory.soundOf('d'), undefined);
  });
});
