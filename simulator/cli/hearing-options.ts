import { Option, type Command } from 'commander';
import { DEFAULT_MODEL, MODEL_SIZES, type ModelName } from '../../assistant/speech/moonshine/model-sizes.ts';

export const TRANSCRIBERS = ['auto', 'embedded', 'whisper', 'whisper-node'] as const;

/** Who hears, as it is typed. */
export interface HearingOptions {
  readonly transcriber: (typeof TRANSCRIBERS)[number];
  readonly transcriberModel?: string | undefined;
  readonly hearing?: ModelName | undefined;
}

/** Adds the options for the transcriber to a command. */
export function withHearing(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--transcriber <name>',
        'who hears: the embedded one; Whisper after it, always or (auto) where it is in doubt or the words are open, once a model is pulled; whisper-node is the same by the call of that package',
      )
        .choices([...TRANSCRIBERS])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--hearing <size>',
        `size of the embedded transcriber's model: ${Object.entries(MODEL_SIZES)
          .map(
            ([name, { memory, cost }]) => `${name} (${memory} MB, ${cost.encode} + ${cost.step} ms a word)`,
          )
          .join(', ')}`,
      )
        .choices(Object.keys(MODEL_SIZES))
        .default(DEFAULT_MODEL),
    )
    .option(
      '--transcriber-model <name>',
      "Whisper's model, see `models list`; the first of them unless given",
    );
}
