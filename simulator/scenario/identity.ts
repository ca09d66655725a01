/** What a drive is made of, so that a recording can say with what it was made. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { packageFile, type DriveOptions } from '../open-drive.ts';
import { RecordingError } from './errors.ts';
import type { Digests } from './recording.ts';

/** Files that decide what a model understands, where it has them. */
const MODEL_FILES = ['', 'onnx', 'intent', 'intent/onnx', 'slots', 'slots/onnx'].flatMap((folder) =>
  ['model.onnx', 'labels.json', 'tokenizer.json', 'config.json'].map((name) => join(folder, name)),
);

/** Half a SHA-256: enough to tell files apart, short enough to be read. */
function digestOf(contents: readonly (Buffer | string)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 32);
}

const digestOfFiles = (files: readonly string[]) =>
  digestOf(files.filter((file) => existsSync(file)).map((file) => readFileSync(file)));

/** @param options with which the drive is opened */
export function digestsOf({
  model = packageFile('assistant/model'),
  overlays = [],
  labels,
  market,
  map = packageFile('simulator/world/data/city.json'),
}: Pick<DriveOptions, 'model' | 'labels' | 'overlays' | 'market' | 'map'>): Digests {
  const files = MODEL_FILES.map((name) => join(model, name)).filter((file) => existsSync(file));
  return {
    // A model behind an address has no files here: its address tells it apart, and stays unread in the digest.
    model: digestOf([
      ...(files.length > 0 ? files.map((file) => readFileSync(file)) : [model]),
      ...(labels === undefined ? [] : [readFileSync(labels)]),
    ]),
    ontology: digestOfFiles([packageFile('assistant/understanding/ontology.yaml')]),
    overlay: digestOfFiles([packageFile('vehicle/signals/overlay.vspec.yaml'), ...overlays]),
    market: digestOf([JSON.stringify(SAFETY_RULES), ...(market === undefined ? [] : [readFileSync(market)])]),
    map: digestOfFiles([map]),
  };
}

const REMEDY: Readonly<Record<keyof Digests, string>> = {
  model: 'give the model that was used with --model',
  map: 'give the map that was used with --map',
  ontology: 'use the Drivetalk that made it',
  market: 'give the rules that were used with --market',
  overlay: 'give the signals that were used with --overlay',
};

/** @throws RecordingError `other-parts` when a drive from `here` cannot be expected to do what was recorded */
export function checkDigests(recorded: Digests, here: Digests): void {
  const others = (Object.keys(REMEDY) as (keyof Digests)[]).filter((part) => recorded[part] !== here[part]);
  if (others.length === 0) return;
  const parts = others.map(
    (part) => `${part} ${recorded[part].slice(0, 8)} (here ${here[part].slice(0, 8)})`,
  );
  const remedies = others.map((part) => REMEDY[part]);
  throw new RecordingError(
    'other-parts',
    `The recording was made with other parts: ${parts.join(', ')}. To replay it, ${remedies.join(' and ')}; or see with --anyway where it first differs.`,
  );
}
