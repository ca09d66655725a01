import assert from 'node:assert/strict';
import { hearAll } from '../../../../assistant/speech/evaluation/hear.ts';
import type { Reference } from '../../../../assistant/speech/evaluation/references.ts';
import { ScriptedTranscriber } from '../../../../assistant/speech/scripted.ts';
import { SAMPLE_RATE, SpeechError, type Transcriber } from '../../../../assistant/speech/transcriber.ts';

const references = (count: number) =>
  Array.from({ length: count }, (_, index): Reference => ({
    ...{ file: `${index}.wav`, text: `text ${index}`, commands: undefined, groups: {} },
  }));
const second = { samples: new Float32Array(SAMPLE_RATE), rate: SAMPLE_RATE };

/** Time that passes only when somebody sleeps. */
function virtualTime() {
  let now = 0;
  const sleep = (ms: number) => {
    now += ms;
    return Promise.resolve();
  };
  return { clock: () => now, sleep };
}

/** Another transcriber whose last text comes `lag` milliseconds after the end. */
const lagging = (inner: Transcriber, lag: number, sleep: (ms: number) => Promise<unknown>): Transcriber => ({
  ...{ name: inner.name, capabilities: inner.capabilities, close: () => inner.close() },
  open(options) {
    const stream = inner.open(options);
    async function* late() {
      for await (const event of stream.events) {
        if (event.type === 'final') await sleep(lag);
        yield event;
      }
    }
    return { ...stream, events: late() };
  },
});

describe('speech: hearing a list of sounds', () => {
  it('[HEAR-46] each sound is heard once; where latency is measured, once more at the pace of a microphone', async () => {
    const { clock, sleep } = virtualTime();
    const scripts = ['zero', 'zero again', 'one', 'two', 'two again', 'three'];
    const transcriber = lagging(new ScriptedTranscriber(scripts), 30, sleep);
    const told: number[] = [];
    const hearings = await hearAll(
      references(4),
      { transcriber, soundOf: () => Promise.resolve(second), clock, sleep },
      { paced: 2, onProgress: (done) => told.push(done) },
    );
    assert.deepEqual(
      hearings.map(({ text, took, latency, duration }) => [text, took, latency, duration]),
      [
        ['zero', 30, 30, 1000],
        ['one', 30, undefined, 1000],
        ['two', 30, 30, 1000],
        ['three', 30, undefined, 1000],
      ],
    );
    // Two sounds at their pace, and six times the lag.
    assert.equal(clock(), 2 * 1000 + 6 * 30);
    assert.deepEqual(told, [1, 2, 3, 4]);
  });

  it('[HEAR-46] where the transcriber fails, it is noted, and the next sound is heard', async () => {
    const scripted = new ScriptedTranscriber(['first', 'second']);
    let opened = 0;
    const failing: Transcriber = {
      ...{ name: scripted.name, capabilities: scripted.capabilities, close: () => scripted.close() },
      open() {
        const stream = scripted.open();
        if (++opened !== 1) return stream;
        async function* broken() {
          await Promise.resolve();
          yield { type: 'error' as const, error: new SpeechError('engine-failed', 'it broke') };
        }
        return { ...stream, events: broken() };
      },
    };
    const hearings = await hearAll(
      references(2),
      { transcriber: failing, soundOf: () => Promise.resolve(second), ...virtualTime() },
      { paced: 0, onProgress: () => undefined },
    );
    assert.deepEqual(
      hearings.map(({ text, failure }) => [text, failure]),
      [
        ['', 'it broke'],
        ['second', undefined],
      ],
    );
  });

  it('[HEAR-46] who interrupts it gets what was heard so far', async () => {
    const interruption = new AbortController();
    const hearings = await hearAll(
      references(5),
      {
        transcriber: new ScriptedTranscriber(['a', 'b', 'c']),
        soundOf: () => Promise.resolve(second),
        ...virtualTime(),
      },
      {
        paced: 0,
        onProgress: (done) => {
          if (done === 2) interruption.abort();
        },
        signal: interruption.signal,
      },
    );
    assert.deepEqual(
      hearings.map(({ text }) => text),
      ['a', 'b'],
    );
  });

  it('[HEAR-46] what cannot go on ends it', async () => {
    const closed = new ScriptedTranscriber([]);
    const gone: Transcriber = {
      ...{ name: 'gone', capabilities: closed.capabilities, close: () => closed.close() },
      open() {
        async function* broken() {
          await Promise.resolve();
          const error = new SpeechError('engine-missing', 'it is gone', { recoverable: false });
          yield { type: 'error' as const, error };
        }
        return { ...closed.open(), events: broken() };
      },
    };
    await assert.rejects(
      hearAll(
        references(2),
        { transcriber: gone, soundOf: () => Promise.resolve(second), ...virtualTime() },
        { paced: 0, onProgress: () => undefined },
      ),
      /it is gone/,
    );
  });
});
