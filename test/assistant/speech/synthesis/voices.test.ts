import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { openEmbeddedTranscriber } from '../../../../assistant/speech/embedded.ts';
import { transcribeFile } from '../../../../assistant/speech/listen.ts';
import { FliteVoice } from '../../../../assistant/speech/synthesis/flite.ts';
import { ScriptedVoice } from '../../../../assistant/speech/synthesis/scripted-voice.ts';
import { SynthesisError } from '../../../../assistant/speech/synthesis/synthesizer.ts';
import { openOntology, openPhraseBook } from '../../../../assistant/understanding/open-phrase-book.ts';
import { loadCatalogue } from '../../../../vehicle/load.ts';
import { synthesizerContract } from '../../../contracts/synthesizer.ts';

const failure = (reason: SynthesisError['reason']) => (error: unknown) =>
  error instanceof SynthesisError && error.reason === reason;

describe('assistant/speech/synthesis', function () {
  this.timeout(60_000);
  describe('flite', () => {
    synthesizerContract(() => new FliteVoice());
  });
  describe('scripted', () => {
    synthesizerContract(() => new ScriptedVoice());
  });

  it('[SAY-22] what the car’s voice says, the car’s own transcriber hears', async () => {
    const voice = new FliteVoice();
    const transcriber = await openEmbeddedTranscriber({
      book: openPhraseBook(openOntology(), loadCatalogue()),
    });
    const text = 'set the temperature to twenty one degrees';
    const { samples, rate } = await voice.say(`${text}.`);
    const heard = await transcribeFile(transcriber, samples, rate, 'driver');
    await Promise.all([voice.close(), transcriber.close()]);
    assert.equal(heard.text, text);
  });

  it('[SAY-23] a thread that is silent fails what was asked, and the next text gets another', async () => {
    let threads = 0;
    const silent = () => {
      threads++;
      return new Worker('require("node:worker_threads").parentPort.on("message", () => {})', { eval: true });
    };
    const voice = new FliteVoice({ deadline: 200, startWorker: silent });
    await assert.rejects(Promise.all([voice.say('One.'), voice.say('Two.')]), failure('engine-failed'));
    await assert.rejects(voice.say('Three.'), failure('engine-failed'));
    assert.equal(threads, 2);
    await voice.close();
  });

  it('[SAY-23] a thread that dies, and one whose program is missing, say so at once', async () => {
    const dying = new FliteVoice({ startWorker: () => new Worker('process.exit(1)', { eval: true }) });
    await assert.rejects(dying.say('One.'), failure('engine-failed'));
    const missing =
      'require("node:worker_threads").parentPort.postMessage({ type: "missing", message: "no file" })';
    const without = new FliteVoice({ startWorker: () => new Worker(missing, { eval: true }) });
    await assert.rejects(without.say('One.'), failure('engine-missing'));
    await Promise.all([dying.close(), without.close()]);
  });

  it('[SAY-23] closing ends what is being said', async () => {
    const voice = new FliteVoice();
    const saying = assert.rejects(voice.say('A sentence that takes a moment.'), failure('closed'));
    await Promise.all([saying, voice.close()]);
  });
});
