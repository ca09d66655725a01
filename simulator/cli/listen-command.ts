import { Option, type Command } from 'commander';
import { withAssistant } from './assistant-options.ts';
import { json, number, record, recordAudio, seat, speed } from './common-options.ts';
import { UsageError } from './exit.ts';
import { withHandsFree, type HandsFreeOptions } from './hands-free-options.ts';
import { withHearing, type HearingOptions } from './hearing-options.ts';
import type { EvaluateHearingOptions } from './listen-evaluate.ts';
import type { SayOptions } from './main.ts';
import { withParts, type PartOptions } from './parts.ts';
import type { SynthesiseOptions } from './synthesise.ts';

export interface ListenOptions extends Omit<SayOptions, 'aloud' | 'wav'>, HearingOptions, HandsFreeOptions {
  readonly recordAudio?: boolean;
  readonly textOnly?: boolean;
  readonly raw?: number;
  readonly mic?: boolean;
  readonly domain?: string;
  readonly evaluate?: string;
}
export interface ListenAlwaysOptions extends PartOptions, HandsFreeOptions {
  readonly raw?: number;
  readonly pace: number;
  readonly json?: boolean;
}

/** Adds the commands that hear, and the one that makes sounds to hear. */
export function addListening(program: Command): void {
  withHandsFree(withHearing(withAssistant(withParts(program.command('listen')))))
    .description('the same from sound: files, folders, a pipe or a microphone')
    .argument('[path...]', 'WAV files (any rate, 8 to 32-bit or float PCM), folders of them, - for a pipe')
    .addOption(
      new Option(
        '--raw <Hz>',
        'files and pipe hold bare 16-bit samples, little endian, one channel',
      ).argParser(number(4000, 192_000)),
    )
    .addOption(seat())
    .addOption(speed())
    .addOption(json())
    .addOption(record())
    .addOption(recordAudio())
    .option('--mic', 'hear the microphone of this machine (arecord or sox), until Ctrl-C')
    .option('--text-only', 'only print what was heard')
    .option('--domain <file>', 'another product than the car: its phrases, as YAML (docs/speech.md)')
    .option('--evaluate <refs.tsv>', 'measure: words and commands right, speed and latency (docs/speech.md)')
    .option(
      '--where <column=value...>',
      'with --evaluate: only these sounds, such as split=check level=clean,12',
    )
    .option('--by <column...>', 'with --evaluate: groups of the tables, such as voice noise+level')
    .addOption(new Option('--sample <n>', 'with --evaluate: only so many sounds').argParser(number(1, 1e6)))
    .option('--paced <n>', 'with --evaluate: measure latency with so many sounds', number(0, 1e6), 20)
    .option('--worst <n>', 'with --evaluate: list so many of the sounds that went wrong', number(0, 1e6), 10)
    .action(async (paths: string[], options: ListenOptions & EvaluateHearingOptions) => {
      checkListening(paths, options);
      if (options.evaluate !== undefined) {
        const { evaluateHearing } = await import('./listen-evaluate.ts');
        process.exitCode = await evaluateHearing(options.evaluate, options);
      } else if (options.domain !== undefined) {
        const { listenForDomain } = await import('./listen-domain.ts');
        process.exitCode = await listenForDomain(options.domain, paths, options);
      } else if (options.mic === true) {
        const { listenToMicrophone } = await import('./listen-microphone.ts');
        process.exitCode = await listenToMicrophone(options);
      } else {
        const { listen } = await import('./listen.ts');
        process.exitCode = await listen(paths, options);
      }
    });

  withHandsFree(withParts(program.command('hands-free')))
    .description('recordings as an open microphone hears them: what wakes the car, and what it is told')
    .argument('<path...>', 'WAV files, folders of them, - for a pipe')
    .addOption(new Option('--raw <Hz>', 'as for listen').argParser(number(4000, 192_000)))
    .option('--pace <n>', 'so many times as fast as it was spoken', number(0.1, 20), 1)
    .addOption(json())
    .action(async (paths: string[], options: ListenAlwaysOptions) => {
      const { handsFree } = await import('./hands-free.ts');
      process.exitCode = await handsFree(paths, options);
    });

  program
    .command('synthesise')
    .description('sounds of texts in many voices and cabin noises, to test hearing with')
    .argument('<source>', 'a recipe (.yaml), or a list of texts: a line for each, or labels | marked text')
    .argument('<folder>', 'where the sounds go, and refs.tsv for listen --evaluate')
    .option(
      '--recipe <file>',
      'voices, levels and noises for a list of texts; those of the in-car set unless given',
    )
    .action(async (source: string, folder: string, options: SynthesiseOptions) => {
      const { synthesise } = await import('./synthesise.ts');
      process.exitCode = await synthesise(source, folder, options);
    });
}

/** One kind of sound at a time. @throws UsageError */
function checkListening(
  paths: readonly string[],
  { mic, domain, evaluate }: Pick<ListenOptions, 'mic' | 'domain' | 'evaluate'>,
): void {
  const sources = [paths.length > 0, mic === true, evaluate !== undefined].filter(Boolean).length;
  if (sources !== 1)
    throw new UsageError(
      'Name what is to be heard: WAV files, folders, - for a pipe; or --mic; or --evaluate with a list.',
    );
  if (mic === true && domain !== undefined)
    throw new UsageError(
      '--mic talks to the car. Give --domain files, or pipe sound in: listen --domain … -',
    );
}
