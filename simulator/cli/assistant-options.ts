import { Option, type Command } from 'commander';

/** What an assistant keeps and whom it asks, as they are typed. */
export interface AssistantOptions {
  readonly profiles?: string;
  readonly assistantUrl?: string;
  readonly assistantModel: string;
}

/** Where the key of an endpoint is, which no command line should show. */
export const KEY = 'DRIVETALK_ASSISTANT_KEY';

/** Adds the options for profiles and a larger model to a command. */
export function withAssistant(command: Command): Command {
  return command
    .option('--profiles <file>', "where drivers' profiles, units and routines are kept")
    .addOption(
      new Option(
        '--assistant-url <url>',
        `ask a larger model what the car cannot answer: an OpenAI-compatible endpoint such as http://localhost:11434/v1 (its key, if any, in ${KEY})`,
      ),
    )
    .addOption(new Option('--assistant-model <name>', 'the name of that model').default('default'));
}
