import assert from 'node:assert/strict';
import {
  SAMPLE_RATE,
  type Transcriber,
  type TranscriberEvent,
  type TranscriptionStream,
} from '../../assistant/speech/transcriber.ts';

/** What a transcriber under test is given. */
export interface TranscriberCase {
  readonly open: () => Promise<Transcriber>;
  /** Mono at `SAMPLE_RATE`: speech in which the transcriber hears `text`. */
  readonly speech: () => Promise<{ readonly samples: Float32Array; readonly text: string }>;
}

const FRAME = SAMPLE_RATE / 10;

async function eventsOf(stream: TranscriptionStream): Promise<readonly TranscriberEvent[]> {
  const events: TranscriberEvent[] = [];
  for await (const event of stream.events) events.push(event);
  return events;
}

function play(stream: TranscriptionStream, samples: Float32Array, frame = FRAME): void {
  for (let at = 0; at < samples.length; at += frame) stream.push(samples.slice(at, at + frame));
}

const finalOf = (events: readonly TranscriberEvent[]) => {
  const last = events.at(-1);
  assert.ok(last?.type === 'final', `the last event is ${last?.type}`);
  return last.transcript;
};

/** What holds of every transcriber, whatever it runs on. */
export function transcriberContract({ open, speech }: TranscriberCase): void {
  let transcriber: Transcriber;
  let sound: Awaited<ReturnType<TranscriberCase['speech']>>;
  beforeEach(async function () {
    this.timeout(60_000);
    sound = await speech();
    transcriber = await open();
  });
  afterEach(() => transcriber.close());

  it('[HEAR-5] hears words, with times inside of the sound and confidences', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    play(stream, sound.samples);
    stream.end();
    const transcript = finalOf(await eventsOf(stream));
    assert.equal(transcript.text, sound.text);
    assert.equal(transcript.words.map((word) => word.text).join(' '), sound.text);
    assert.ok(Math.abs(transcript.duration - (sound.samples.length / SAMPLE_RATE) * 1000) < 1);
    assert.ok(transcript.confidence > 0 && transcript.confidence <= 1);
    let before = 0;
    for (const { start, end, confidence } of transcript.words) {
      assert.ok(start >= before - 1 && end >= start && end <= transcript.duration + 50, `${start} to ${end}`);
      assert.ok(confidence > 0 && confidence <= 1);
      before = start;
    }
  });

  it('[HEAR-5] tells when speech begins and ends, and what it hears meanwhile', async () => {
    const stream = transcriber.open({ seat: 'passenger' });
    play(stream, sound.samples);
    stream.end();
    const types = (await eventsOf(stream)).map((event) => event.type);
    assert.equal(types[0], 'speech-start');
    assert.equal(types.includes('partial'), transcriber.capabilities.partials);
    assert.equal(types.filter((type) => type === 'final').length, 1);
  });

  it('[HEAR-5] takes frames of any length', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    play(stream, sound.samples, 777);
    stream.end();
    assert.equal(finalOf(await eventsOf(stream)).text, sound.text);
  });

  it('[HEAR-5] ignores what comes after the end', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    play(stream, sound.samples);
    stream.end();
    stream.push(new Float32Array(FRAME));
    stream.end();
    const transcript = finalOf(await eventsOf(stream));
    assert.ok(Math.abs(transcript.duration - (sound.samples.length / SAMPLE_RATE) * 1000) < 1);
  });

  it('[HEAR-5] gives no event any more when it is cancelled', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    play(stream, sound.samples);
    stream.cancel();
    stream.push(new Float32Array(FRAME));
    stream.end();
    assert.deepEqual(await eventsOf(stream), []);
  });

  it('[HEAR-5] gives a transcript even when there was no sound at all', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    stream.end();
    assert.equal(finalOf(await eventsOf(stream)).duration, 0);
  });

  it('[HEAR-5] ends its streams when it is closed', async () => {
    const stream = transcriber.open({ seat: 'driver' });
    await transcriber.close();
    stream.end();
    const events = await eventsOf(stream);
    assert.ok(['final', 'error'].includes(events.at(-1)?.type ?? ''), JSON.stringify(events));
  });
}
