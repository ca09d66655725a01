import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import {
  openEmbeddedTranscriber,
  startRecognizer,
  type EmbeddedTranscriber,
} from '../../../assistant/speech/embedded.ts';
import { transcribeFile } from '../../../assistant/speech/listen.ts';
import { resample } from '../../../assistant/speech/resample.ts';
import { SAMPLE_RATE, SpeechError, type TranscriptionStream } from '../../../assistant/speech/transcriber.ts';
import { MAX_AUDIO_SECONDS, readWav } from '../../../assistant/speech/wav.ts';
import { openOntology, openPhraseBook } from '../../../assistant/understanding/open-phrase-book.ts';
import { readPhraseBook } from '../../../assistant/understanding/phrase-book.ts';
import { transcriberContract } from '../../contracts/transcriber.ts';
import { speakWithEspeak, speakWithFlite } from '../../support/speech-sample.ts';

const phrases = `
intents:
  climate.ac.on: ['turn on the (ac|air conditioning)']
  climate.temperature.set: ['set the temperature to {temperature}']
  window.open: ['open (the|my) window']
  phone.call.start: ['call {contact}']
`;
const lexicons = `
temperature: { patterns: ['<16..28> [degrees]'] }
contact: { items: [anna, uncle bob] }
`;
const ontology = openOntology();
const book = readPhraseBook(ontology, [{ name: 'test', text: phrases }], [{ name: 'test', text: lexicons }]);

const sound = async (file: string) => {
  const { samples, rate } = readWav(readFileSync(file));
  return resample(samples, rate);
};
const silence = (seconds: number) => new Float32Array(seconds * SAMPLE_RATE);
async function outcome(stream: TranscriptionStream): Promise<string> {
  for await (const event of stream.events) {
    if (event.type === 'final') return event.transcript.text;
    if (event.type === 'error') return event.error.reason;
  }
  return 'nothing';
}

const VOICES = ['slt', 'rms', 'awb', 'kal16'];
const PLAIN = [
  'turn on the air conditioning',
  'take me home',
  'pause the music',
  'lock the doors',
  'open the window',
  'play some jazz',
  'next song',
  'turn up the volume',
  'set the temperature to nineteen degrees',
  'find a charging station',
  'close the sunroof',
  'turn on the headlights',
];

describe('the embedded transcriber', function () {
  this.timeout(120_000);

  describe('as any transcriber', () => {
    transcriberContract({
      open: () => openEmbeddedTranscriber({ book }),
      speech: async () => ({
        samples: await sound(speakWithFlite('set the temperature to twenty one degrees')),
        text: 'set the temperature to twenty one degrees',
      }),
    });
  });

  describe('with a small grammar', () => {
    let transcriber: EmbeddedTranscriber;
    let worker: Worker;
    before(async () => {
      transcriber = await openEmbeddedTranscriber({ book, startWorker: () => (worker = startRecognizer()) });
    });
    after(() => transcriber.close());
    const hear = async (file: string) =>
      (await transcribeFile(transcriber, await sound(file), SAMPLE_RATE, 'driver')).text;

    it('[HEAR-10] says nothing for silence and for noise', async () => {
      const noise = Float32Array.from(
        { length: 3 * SAMPLE_RATE },
        (_, index) => 0.1 * Math.sin(index * index * 0.37),
      );
      for (const samples of [silence(3), noise]) {
        const { text, confidence } = await transcribeFile(transcriber, samples, SAMPLE_RATE, 'driver');
        assert.deepEqual([text, confidence], ['', 0]);
      }
    });

    it('[HEAR-10] tells times from the start of the stream, silence before the speech included', async () => {
      const speech = await sound(speakWithFlite('open the window'));
      const late = new Float32Array(speech.length + 2 * SAMPLE_RATE);
      late.set(speech, 2 * SAMPLE_RATE);
      const { words } = await transcribeFile(transcriber, late, SAMPLE_RATE, 'driver');
      assert.ok((words[0]?.start ?? 0) > 1900, JSON.stringify(words));
    });

    it('[HEAR-11] hears new names from when they are given, and the old grammar until then', async () => {
      const file = speakWithFlite('call katarina');
      await transcriber.setVocabulary({ contact: ['Katarina'] });
      assert.equal(await hear(file), 'call katarina');
      await transcriber.setVocabulary({});
      assert.notEqual(await hear(file), 'call katarina');
    });

    it('[HEAR-13] hears several streams at once, each with its own words', async () => {
      const texts = [
        'open the window',
        'call uncle bob',
        'turn on the air conditioning',
        'set the temperature to eighteen degrees',
      ];
      const sounds = await Promise.all(texts.map((text) => sound(speakWithFlite(text))));
      const streams = texts.map(() => transcriber.open({ seat: 'driver' }));
      for (let at = 0; at < Math.max(...sounds.map((samples) => samples.length)); at += 1600) {
        for (const [index, stream] of streams.entries())
          stream.push((sounds[index] ?? silence(0)).slice(at, at + 1600));
      }
      for (const stream of streams) stream.end();
      assert.deepEqual(await Promise.all(streams.map(outcome)), texts);
    });

    it('[HEAR-14] refuses an endless utterance, and more streams than there can be', async () => {
      const endless = transcriber.open({ seat: 'driver' });
      for (let second = 0; second <= MAX_AUDIO_SECONDS; second++) endless.push(silence(1));
      assert.equal(await outcome(endless), 'audio-too-long');
      const streams = Array.from({ length: 17 }, () => transcriber.open({ seat: 'driver' }));
      for (const stream of streams) stream.end();
      assert.deepEqual((await Promise.all(streams.map(outcome))).filter((text) => text === 'busy').length, 1);
    });

    it('[HEAR-15] tells the streams when its thread dies, and hears again', async () => {
      const stream = transcriber.open({ seat: 'driver' });
      stream.push(silence(1));
      // ONNX Runtime ends the whole process when it computes in a thread that is stopped from outside.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await worker.terminate();
      assert.equal(await outcome(stream), 'engine-failed');
      assert.equal(await hear(speakWithFlite('open the window')), 'open the window');
    });
  });

  it('[HEAR-15] says so when its thread cannot start', async () => {
    const broken = () => {
      const worker = startRecognizer();
      void worker.terminate();
      return worker;
    };
    await assert.rejects(
      openEmbeddedTranscriber({ book, startWorker: broken }),
      (error) => error instanceof SpeechError && error.reason === 'engine-missing',
    );
  });

  describe('with everything that can be said to the car', () => {
    let transcriber: EmbeddedTranscriber;
    before(async () => {
      transcriber = await openEmbeddedTranscriber({ book: openPhraseBook(ontology), corpus: true });
    });
    after(() => transcriber.close());
    const hear = async (file: string) =>
      (await transcribeFile(transcriber, await sound(file), SAMPLE_RATE, 'driver')).text;

    it('[HEAR-16] hears espeak-ng say "set the temperature to twenty one degrees"', async () => {
      assert.equal(
        await hear(speakWithEspeak('set the temperature to twenty one degrees')),
        'set the temperature to twenty one degrees',
      );
    });

    it('[HEAR-16] hears most plain commands of synthetic voices word by word', async () => {
      const wrong: string[] = [];
      for (const voice of VOICES) {
        for (const text of PLAIN) {
          const heard = await hear(speakWithFlite(text, voice));
          if (heard !== text) wrong.push(`${voice}: "${text}" → "${heard}"`);
        }
      }
      const share = 1 - wrong.length / (VOICES.length * PLAIN.length);
      assert.ok(share >= 0.7, `${Math.round(share * 100)} % right\n${wrong.join('\n')}`);
    });
  });
});
