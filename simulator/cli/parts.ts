import type { Command } from 'commander';
import { Option } from 'commander';
import type { DriveOptions } from '../open-drive.ts';

/** The parts that a person may bring to a car, as they are typed. */
export interface PartOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly overlay?: readonly string[];
  readonly market?: string;
  readonly map?: string;
}

/** Adds the options for a car's parts to a command. */
export function withParts(command: Command): Command {
  return command
    .addOption(modelOption())
    .addOption(labelsOption())
    .addOption(overlayOption())
    .option('--market <file>', 'safety rules of a market (.market.yaml), above those of the car')
    .option('--map <file>', 'another city than Lindhaven, see `drivetalk map import`');
}

export const modelOption = () =>
  new Option(
    '--model <model>',
    'another language model than the shipped one: a directory (of ours, or a Hugging Face export to ONNX), rasa+http://host:5005, or openai+http://host:8000/v1#model-name',
  );
export const labelsOption = () =>
  new Option('--labels <file>', "how the model's own labels become the car's (docs/models.md)");

export const overlayOption = () =>
  new Option('--overlay <file>', 'signals of your own (.vspec.yaml); may be given again').argParser(
    (file: string, before: readonly string[] | undefined) => [...(before ?? []), file],
  );

/** The same as options of a drive. */
export function partsOf({
  model,
  labels,
  overlay,
  market,
  map,
}: PartOptions): Pick<DriveOptions, 'model' | 'labels' | 'overlays' | 'market' | 'map'> {
  return { model, labels, overlays: overlay, market, map };
}
