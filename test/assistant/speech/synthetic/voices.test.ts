import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { power } from '../../../../assistant/speech/synthetic/mix.ts';
import { readAloud, voiceSchema } from '../../../../assistant/speech/synthetic/voices.ts';
import { writeWav } from '../../../../assistant/speech/synthetic/write-wav.ts';
import { SAMPLE_RATE } from '../../../../assistant/speech/transcriber.ts';

const voice = (engine: string, name: string) => voiceSchema.parse({ engine, voice: name });

describe('speech: voices that read aloud', () => {
  for (const [engine, name] of [
    ['flite', 'slt'],
    ['espeak-ng', 'en-us'],
  ] as const) {
    it(`[HEAR-40] ${engine} reads texts, whatever stands in them`, async () => {
      const texts = ['open the window', '-5 degrees, "please"', "it's $(id) `so` \\ (quit) %s"];
      const sounds = await readAloud(texts, voice(engine, name));
      assert.equal(sounds.length, texts.length);
      for (const sound of sounds) {
        const seconds = sound.length / SAMPLE_RATE;
        assert.ok(seconds > 0.5 && seconds < 10, `${seconds} s`);
        assert.ok(power(sound) > 1e-5);
      }
    });

    it(`[HEAR-40] ${engine} says what to install when it lacks a voice`, async () => {
      await assert.rejects(readAloud(['hello'], voice(engine, 'nobody')), {
        name: 'SpeechError',
        reason: 'engine-missing',
        message: new RegExp(`has no voice "nobody"\\. Install it .*${engine}`),
      });
    });
  }

  it('[HEAR-40] festival reads a text in one of its voices, or says what to install', async () => {
    const texts = ['say "hi" \\', 'open the window please'];
    const heard = await readAloud(texts, voice('festival', 'cmu_us_slt_arctic_hts')).catch(
      (error: unknown) => {
        assert.match(
          String(error),
          /Install it \(Debian: sudo apt-get install festival festvox-us-slt-hts\)/,
        );
        return undefined;
      },
    );
    if (heard) assert.deepEqual([heard.length, heard.every((sound) => power(sound) > 1e-5)], [2, true]);
    await assert.rejects(readAloud(['hello'], voice('festival', 'nobody')), /Install it/);
  });

  it('[HEAR-40] recordings of a person are read, by the names of their texts; one that is not there is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drivetalk-recordings-'));
    const tone = Float32Array.from({ length: 24_000 }, (_, at) => Math.sin(at / 10) / 2);
    writeFileSync(join(folder, 'turn-it-up.wav'), writeWav({ samples: tone, rate: 24_000 }));
    const person = voiceSchema.parse({ engine: 'recordings', folder });
    const [sound] = await readAloud(['Turn it up!'], person);
    assert.equal(sound?.length, SAMPLE_RATE);
    assert.ok(Math.abs(power(sound) - 1 / 8) < 0.01);
    await assert.rejects(readAloud(['turn it up', 'turn it down'], person), {
      reason: 'engine-missing',
      message: /turn-it-down\.wav: record “turn it down” in it\.$/,
    });
  });

  it('[HEAR-40] a program that is not there is named', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      await assert.rejects(
        readAloud(['hello'], voice('flite', 'slt')),
        /^SpeechError: flite is missing\. Install/,
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
