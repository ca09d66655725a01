import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { samplesOfRaw } from '../../assistant/speech/raw-audio.ts';
import { SpeechError } from '../../assistant/speech/transcriber.ts';
import { readWav, type Sound } from '../../assistant/speech/wav.ts';
import { UsageError } from './exit.ts';

/** A minute of 96 kHz stereo float with room to spare; larger is not a command. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Something to be heard. */
export interface NamedSound {
  /** As it is told in messages and results. */
  readonly name: string;
  /** @throws SpeechError when it cannot be heard */
  read(): Promise<Sound>;
}

/**
 * The sounds that paths mean: WAV files, folders with all such files in them, `-` for standard input.
 * @param raw samples a second where the files and the pipe hold bare samples (16 bit, little endian, one channel)
 * @param pipe what `-` is read from
 * @throws UsageError for a folder without sounds
 */
export function soundsOf(
  paths: readonly string[],
  raw: number | undefined,
  pipe: Readable,
): readonly NamedSound[] {
  const soundOf = (name: string, open: () => Readable): NamedSound => ({
    name,
    async read() {
      const bytes = await allOf(open());
      return raw === undefined ? readWav(bytes) : { samples: samplesOfRaw(bytes), rate: raw };
    },
  });
  return paths.flatMap((path): readonly NamedSound[] => {
    if (path === '-') return [soundOf('-', () => pipe)];
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
      return [soundOf(basename(path), () => createReadStream(path))];
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.wav$/i.test(file))
      .sort();
    if (files.length === 0) throw new UsageError(`There is no .wav file in ${path}.`);
    return files.map((file) => soundOf(file, () => createReadStream(join(path, file))));
  });
}

async function allOf(stream: Readable): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    size += piece.length;
    if (size > MAX_BYTES)
      throw new SpeechError(
        'audio-too-long',
        'This is more than a minute of speech can be. Cut it to the command.',
      );
  }
  return Buffer.concat(pieces);
}
