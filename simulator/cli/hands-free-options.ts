import { InvalidArgumentError, Option, type Command } from 'commander';
import { HANDS_FREE, type TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import { WakeWord } from '../../assistant/speech/turn-taking/wake-word.ts';
import { UsageError } from './exit.ts';

/** How a microphone that stays open listens, as it is typed. */
export interface HandsFreeOptions {
  readonly wakeWord?: WakeWord;
  /** Seconds. */
  readonly followUp: number;
}

/** Adds the options for a microphone that stays open to a command. */
export function withHandsFree(command: Command): Command {
  return command
    .addOption(
      new Option('--wake-word <words>', 'what tells an open microphone that the car is meant')
        .argParser((phrase) => {
          try {
            return new WakeWord(phrase);
          } catch (error) {
            throw new InvalidArgumentError(messageOf(error));
          }
        })
        .default(undefined, HANDS_FREE.wakeWord.phrase),
    )
    .addOption(
      new Option('--follow-up <seconds>', 'how long after an answer no wake word is needed')
        .argParser(seconds)
        .default(HANDS_FREE.followUp / 1000),
    );
}

/**
 * The same for a server.
 * @param branded the wake word of the brand, where none was typed
 * @throws UsageError when that is none
 */
export function handsFreeOf({ wakeWord, followUp }: HandsFreeOptions, branded?: string): TurnOptions {
  return {
    wakeWord: wakeWord ?? (branded === undefined ? HANDS_FREE.wakeWord : brandedWakeWord(branded)),
    followUp: followUp * 1000,
  };
}

function brandedWakeWord(phrase: string): WakeWord {
  try {
    return new WakeWord(phrase);
  } catch (error) {
    throw new UsageError(`The brand cannot be called so: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 60))
    throw new InvalidArgumentError('It must be 0 to 60 seconds.');
  return value;
}
