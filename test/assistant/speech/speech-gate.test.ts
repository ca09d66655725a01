import assert from 'node:assert/strict';
import { SpeechGate } from '../../../assistant/speech/speech-gate.ts';
import { VOICE_FRAME } from '../../../assistant/speech/voice-activity.ts';

/** What passes of frames with these probabilities, by their numbers, and the events with the frame that brought them. */
function offerAll(probabilities: readonly number[]) {
  const gate = new SpeechGate();
  const passed: number[] = [];
  const events: [string, number][] = [];
  for (const [index, probability] of probabilities.entries()) {
    const { pass, event } = gate.offer(new Float32Array(VOICE_FRAME).fill(index), probability);
    passed.push(...pass.map((frame) => frame[0] ?? -1));
    if (event) events.push([event, index]);
  }
  return { passed, events, begin: gate.begin };
}
const many = (count: number, probability: number) => Array.from({ length: count }, () => probability);

describe('SpeechGate', () => {
  it('[HEAR-4] lets nothing through when nobody speaks', () => {
    assert.deepEqual(offerAll(many(100, 0.3)), { passed: [], events: [], begin: undefined });
  });

  it('[HEAR-4] cuts silence before and after, but not the soft ends of the speech', () => {
    const { passed, events, begin } = offerAll([...many(40, 0), ...many(20, 0.9), ...many(40, 0)]);
    assert.deepEqual(
      passed,
      Array.from({ length: passed.length }, (_, index) => 30 + index),
    );
    assert.equal(passed.at(-1), 65);
    assert.equal(begin, 30 * 32);
    assert.deepEqual(events, [
      ['speech-start', 40],
      ['speech-end', 75],
    ]);
  });

  it('[HEAR-4] keeps a pause between two pieces of speech whole', () => {
    const { passed } = offerAll([
      ...many(5, 0),
      ...many(20, 0.9),
      ...many(30, 0),
      ...many(20, 0.9),
      ...many(30, 0),
    ]);
    assert.deepEqual(
      passed,
      Array.from({ length: 81 }, (_, index) => index),
    );
  });

  it('[HEAR-4] does not flicker at doubtful frames', () => {
    const { events } = offerAll([...many(20, 0.9), ...many(30, 0.4), ...many(20, 0.9)]);
    assert.deepEqual(events, [['speech-start', 0]]);
  });
});
