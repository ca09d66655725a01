import { readFileSync } from 'node:fs';
import { framesOf } from '../../assistant/speech/frames.ts';
import { openEmbeddedTranscriber } from '../../assistant/speech/embedded.ts';
import type { ModelName } from '../../assistant/speech/moonshine/model-sizes.ts';
import { SAMPLE_RATE, type AudioFrame, type Transcriber } from '../../assistant/speech/transcriber.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { readParts } from '../open-drive.ts';
import { clock, MiB, percentile, type Figure } from './bench-figure.ts';

/** What a pause in which an utterance ends takes at least. */
const PAUSE = 300;

/**
 * What hearing costs: each recording at the pace of a microphone, and a pause after it.
 * @param files WAV files of commands; none: nothing is measured
 */
export async function hearing(model: ModelName, files: readonly string[]): Promise<Figure[]> {
  if (files.length === 0) return [];
  const recordings = await Promise.all(files.map((file) => framesOf(readWav(readFileSync(file)))));
  const { book, contacts } = readParts();
  const before = process.memoryUsage.rss();
  const transcriber = await openEmbeddedTranscriber({
    book,
    corpus: true,
    model,
    vocabulary: { contact: contacts },
  });
  const late: number[] = [];
  let spent = 0;
  let heard = 0;
  let renaming: number;
  let grown: number;
  try {
    // The first sound warms the model up and is not counted.
    for (const [index, frames] of [...recordings.slice(0, 1), ...recordings].entries()) {
      const began = process.cpuUsage();
      const latency = await spoken(transcriber, frames);
      if (index === 0) continue;
      const { user, system } = process.cpuUsage(began);
      spent += (user + system) / 1000;
      heard += PAUSE + (frames.reduce((sum, frame) => sum + frame.length, 0) / SAMPLE_RATE) * 1000;
      late.push(latency);
    }
    grown = (process.memoryUsage.rss() - before) / MiB;
    const began = clock();
    await transcriber.setVocabulary({
      contact: Array.from({ length: 500 }, (_, index) => `contact ${index}`),
    });
    renaming = clock() - began;
  } finally {
    await transcriber.close();
  }
  return [
    {
      name: `hearing (${model}), processor time as a share of the sound`,
      value: spent / heard,
      unit: '× real time',
    },
    {
      name: `hearing (${model}), end of the utterance → text, p50`,
      value: percentile(late, 0.5),
      unit: 'ms',
    },
    {
      name: `hearing (${model}), end of the utterance → text, p95`,
      value: percentile(late, 0.95),
      unit: 'ms',
    },
    { name: `hearing (${model}), 500 new names → expected`, value: renaming, unit: 'ms' },
    { name: `hearing (${model}), memory over the process without it`, value: grown, unit: 'MiB' },
  ];
}

/** Milliseconds from the end of the utterance, a pause after its last sound, to its text. */
async function spoken(transcriber: Transcriber, frames: readonly AudioFrame[]): Promise<number> {
  const stream = transcriber.open({ seat: 'driver' });
  const pause = new Float32Array((PAUSE * SAMPLE_RATE) / 1000);
  for (const frame of [...frames, pause]) {
    stream.push(frame);
    await new Promise((resolve) => setTimeout(resolve, (frame.length * 1000) / SAMPLE_RATE));
  }
  const ended = clock();
  stream.end();
  for await (const event of stream.events) if (event.type === 'error') throw event.error;
  return clock() - ended;
}
