import { readFileSync } from 'node:fs';
import { resample } from '../../assistant/speech/resample.ts';
import { FliteVoice } from '../../assistant/speech/synthesis/flite.ts';
import { installedModels } from '../../assistant/speech/whisper/model-store.ts';
import { ResidentWhisper } from '../../assistant/speech/whisper/resident.ts';
import { WhisperNode } from '../../assistant/speech/whisper/whisper-node.ts';
import { builtPrograms } from '../../assistant/speech/whisper/whisper-programs.ts';
import { padded } from '../../assistant/speech/whisper/whisper.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { userDataFolder } from '../user-data.ts';
import { clock, percentile, type Figure } from './bench-figure.ts';
import { programSources } from './whisper-files.ts';

const REPLIES = [
  'Temperature set to 21 degrees.',
  'Okay.',
  'The sunroof stays closed above 120 kilometres per hour.',
  'To your home: 12 minutes, 7 kilometres. Traffic is light.',
];

/** The car's own voice. */
export async function voice(): Promise<Figure[]> {
  const flite = new FliteVoice();
  const began = clock();
  await flite.say('Okay.');
  const start = clock() - began;
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const reply of REPLIES) {
      const before = clock();
      await flite.say(reply);
      times.push(clock() - before);
    }
  }
  await flite.close();
  return [
    { name: 'a reply as sound, median', value: percentile(times, 0.5), unit: 'ms' },
    { name: 'the first one, with the start of the voice', value: start, unit: 'ms' },
  ];
}

/** Whisper, where a model is pulled: our resident program beside whisper-node's own call on the same sounds. */
export async function whisper(files: readonly string[]): Promise<Figure[]> {
  const data = userDataFolder();
  const [model] = installedModels(data);
  const programs = builtPrograms({ data, sources: programSources() });
  if (files.length === 0 || !model || !programs) return [];
  const ours = new ResidentWhisper({ program: programs.resident, model: model.file });
  const theirs = new WhisperNode({ folder: programs.whisperNode, model: model.file });
  const times = { ours: [] as number[], theirs: [] as number[] };
  try {
    await ours.start();
    for (const file of files) {
      const { samples, rate } = readWav(readFileSync(file));
      const sound = padded(await resample(samples, rate));
      const before = clock();
      await ours.hear(sound);
      times.ours.push(clock() - before);
      times.theirs.push((await theirs.time(sound)).ms);
    }
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
  const value = percentile(times.ours, 0.5);
  const ratio = { to: 'whisper-node’s own call', value: value / percentile(times.theirs, 0.5) };
  return [{ name: `${model.entry.name}, resident, one sound, median`, value, unit: 'ms', ratio }];
}
