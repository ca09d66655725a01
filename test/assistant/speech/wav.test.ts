import assert from 'node:assert/strict';
import { MAX_AUDIO_SECONDS, readWav } from '../../../assistant/speech/wav.ts';
import { SpeechError } from '../../../assistant/speech/transcriber.ts';

interface Layout {
  readonly rate?: number;
  readonly bits: 8 | 16 | 24 | 32 | 64;
  readonly float?: boolean;
  readonly extensible?: boolean;
  /** A chunk before the format, and one of odd length before the data. */
  readonly strangers?: boolean;
  /** Bytes that are missing at the end. */
  readonly cut?: number;
}

/** A WAV file of these channels. */
function wav(
  channels: readonly (readonly number[])[],
  { rate = 16_000, bits, float = false, extensible = false, strangers = false, cut = 0 }: Layout,
): Buffer {
  const frames = channels[0]?.length ?? 0;
  const block = (channels.length * bits) / 8;
  const data = Buffer.alloc(frames * block);
  for (let frame = 0; frame < frames; frame++) {
    for (const [index, channel] of channels.entries()) {
      const at = frame * block + (index * bits) / 8;
      const x = channel[frame] ?? 0;
      if (float && bits === 64) data.writeDoubleLE(x, at);
      else if (float) data.writeFloatLE(x, at);
      else if (bits === 8) data.writeUInt8(Math.round(x * 127 + 128), at);
      else data.writeIntLE(Math.round(x * (2 ** (bits - 1) - 1)), at, bits / 8);
    }
  }
  const format = Buffer.alloc(extensible ? 40 : 16);
  const code = float ? 3 : 1;
  format.writeUInt16LE(extensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * block, 8);
  format.writeUInt16LE(block, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(code, 24);
  }
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const chunks = [
    ...(strangers ? [chunk('JUNK', Buffer.alloc(28))] : []),
    chunk('fmt ', format),
    ...(strangers ? [chunk('LIST', Buffer.from('INFOISFT'))] : []),
  ];
  const body = Buffer.concat([...chunks, chunk('data', data)]);
  const riff = Buffer.alloc(12);
  riff.write('RIFF', 0, 'latin1');
  riff.writeUInt32LE(body.length + 4, 4);
  riff.write('WAVE', 8, 'latin1');
  return Buffer.concat([riff, body]).subarray(0, riff.length + body.length - cut);
}

const tone = Array.from({ length: 800 }, (_, index) => 0.5 * Math.sin((2 * Math.PI * 440 * index) / 16_000));
const close = (heard: Float32Array, wanted: readonly number[], within: number) => {
  assert.equal(heard.length, wanted.length);
  for (const [index, x] of heard.entries())
    assert.ok(Math.abs(x - (wanted[index] ?? 0)) <= within, `sample ${index}: ${x} for ${wanted[index]}`);
};
const problem = (reason: string, message: RegExp) => (error: unknown) =>
  error instanceof SpeechError && error.reason === reason && message.test(error.message);

describe('readWav', () => {
  const layouts: Layout[] = [
    { bits: 8 },
    { bits: 16 },
    { bits: 24 },
    { bits: 32 },
    { bits: 32, float: true },
    { bits: 64, float: true },
  ];
  for (const layout of layouts) {
    for (const extensible of [false, true]) {
      const name = `${layout.bits}-bit ${layout.float ? 'float' : 'integer'}${extensible ? ', extensible' : ''}`;
      it(`[HEAR-1] reads ${name} PCM`, () => {
        const { samples, rate } = readWav(wav([tone], { ...layout, extensible, rate: 44_100 }));
        assert.equal(rate, 44_100);
        close(samples, tone, layout.bits === 8 ? 0.01 : 0.0001);
      });
    }
  }

  it('[HEAR-1] passes over chunks that it does not know', () => {
    close(readWav(wav([tone], { bits: 16, strangers: true })).samples, tone, 0.0001);
  });

  it('[HEAR-1] takes what is there of a file that is cut short', () => {
    close(readWav(wav([tone], { bits: 16, cut: 301 })).samples, tone.slice(0, 649), 0.0001);
  });

  it('[HEAR-1] mixes channels into one', () => {
    const other = tone.map((x) => x / 2);
    close(
      readWav(wav([tone, other], { bits: 16 })).samples,
      tone.map((x) => x * 0.75),
      0.001,
    );
  });

  it('[HEAR-1] does not let a dead channel halve the loudness', () => {
    const dead = tone.map(() => 0);
    close(readWav(wav([dead, tone, dead], { bits: 24 })).samples, tone, 0.0001);
  });

  it('[HEAR-1] keeps infinities and overshoot of float files out', () => {
    close(
      readWav(wav([[0, Number.NaN, Infinity, 3, -3]], { bits: 32, float: true })).samples,
      [0, 0, 0, 1, -1],
      0,
    );
  });

  it('[HEAR-2] says what to do with a file that is no WAV', () => {
    assert.throws(() => readWav(Buffer.from('ID3 this is an mp3 file')), problem('not-audio', /ffmpeg/));
    assert.throws(
      () => readWav(Buffer.from('RIFF....WEBP and so on and so on')),
      problem('not-audio', /16-bit PCM/),
    );
  });

  it('[HEAR-2] says what to do with a file without sound', () => {
    assert.throws(() => readWav(Buffer.alloc(0)), problem('empty-audio', /WAV file with speech/));
    assert.throws(() => readWav(wav([[]], { bits: 16 })), problem('empty-audio', /microphone/));
  });

  it('[HEAR-2] refuses more than a minute', () => {
    const long = Array.from({ length: 8000 * (MAX_AUDIO_SECONDS + 1) }, () => 0);
    assert.throws(() => readWav(wav([long], { bits: 8, rate: 8000 })), problem('audio-too-long', /Cut it/));
  });
});
