#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import type { Seat } from '../../vehicle/command.ts';
import { milliseconds, TIME_FORMS } from '../scenario/time.ts';
import { VOICES, type VoiceBy } from '../server/protocol.ts';
import { drivetalkVersion } from '../version.ts';
import type { BenchOptions } from './bench.ts';
import { PARTS } from './bench-parts.ts';
import type { BlessOptions } from './bless.ts';
import type { ConvertOptions } from './convert.ts';
import type { EvaluateOptions } from './evaluate.ts';
import { withAssistant, type AssistantOptions } from './assistant-options.ts';
import { json, number, record, recordAudio, seat, speed } from './common-options.ts';
import { EXIT, explainFailure } from './exit.ts';
import { withHandsFree, type HandsFreeOptions } from './hands-free-options.ts';
import { withHearing, type HearingOptions } from './hearing-options.ts';
import { addListening } from './listen-command.ts';
import { addModels } from './models-command.ts';
import { labelsOption, modelOption, overlayOption, withParts, type PartOptions } from './parts.ts';
import type { ExportOptions } from './export.ts';
import type { MapImportOptions } from './map.ts';
import type { LintOptions } from './lint.ts';
import type { ReplayOptions } from './replay.ts';
import type { RunOptions } from './run.ts';
import { withSharing, type SharingOptions } from './sharing-options.ts';
import type { SignalsOptions } from './signals.ts';
import type { TestOptions } from './test.ts';

const TEST_HELP = `
Exit status: 0 pass, 1 regression, 2 bad usage or a suite that cannot be read, 3 underpowered or incomplete
(with --mutate: a fault was missed), 4 the model or its engine failed. See docs/regression.md.`;

/** Each command is loaded when it is called: `--help` needs no model. */
const program = new Command('drivetalk')
  .description('An in-vehicle voice assistant and the simulated car that it drives.')
  .version(drivetalkVersion(), '-v, --version')
  .helpCommand(false)
  .exitOverride()
  .addHelpText(
    'after',
    `\nExit status: ${EXIT.done} done, ${EXIT.notDone} refused or needs an answer, ${EXIT.usage} bad usage, ${EXIT.failure} failure.`,
  );

withSharing(withHearing(withAssistant(withParts(withHandsFree(program.command('serve'))))))
  .description('show the car in a web page')
  .option('--port <port>', 'TCP port, 0 for any free one', number(0, 65_535), 8080)
  .option('--allow-name <name...>', 'further host names under which the page may be opened')
  .addOption(
    new Option('--viss [port]', 'open the signals to other tools over COVESA VISS')
      .argParser(number(0, 65_535))
      .preset('8090'),
  )
  .option('--scenario <file>', 'play a scripted drive, with captions, as a show')
  .addOption(
    new Option('--voice <who>', 'who says replies aloud; auto: browsers that have a voice, else the server')
      .choices([...VOICES])
      .default('auto'),
  )
  .option('--theme <file...>', 'brand files: colours, logo, names, paint and wheels (docs/showing.md)')
  .addOption(record())
  .addOption(recordAudio())
  .action(async (options: ServeOptions) => {
    const { serve } = await import('./serve.ts');
    await serve(options);
  });

withAssistant(withParts(program.command('say')))
  .description('tell the car something, and see what it does')
  .argument('<text...>', 'what you say')
  .option('--aloud', 'hear the reply')
  .option('--wav <file>', 'write the reply as sound')
  .addOption(seat())
  .addOption(speed())
  .addOption(json())
  .addOption(record())
  .action(async (words: string[], options: SayOptions) => {
    const { say } = await import('./say.ts');
    process.exitCode = await say(words.join(' '), options);
  });

addListening(program);

program
  .command('understand')
  .description('commands as JSON lines for each line of text')
  .argument('[file]', 'lines of text; standard input unless given')
  .option('--jsonl', 'input lines are {"id", "text", "context": [{"who", "text"}]}')
  .addOption(modelOption())
  .addOption(labelsOption())
  .action(async (file: string | undefined, options: UnderstandOptions) => {
    const { understand } = await import('./understand.ts');
    process.exitCode = await understand(file, options);
  });

withParts(program.command('run'))
  .description('play scripted drives, and check what they expect: exit status 1 when something is not so')
  .argument('<path...>', 'scenario files, or folders of them')
  .option('--realtime', 'at the pace of the clock, as a show')
  .option('--junit <file>', 'write the results as JUnit XML')
  .addOption(json())
  .addOption(record())
  .addOption(recordAudio())
  .action(async (paths: string[], options: RunOptions) => {
    const { run } = await import('./run.ts');
    process.exitCode = await run(paths, options);
  });

withParts(program.command('replay'))
  .description('do a recorded drive again: exit status 1 when it comes out otherwise')
  .argument('<file>', 'a recording, see --record of serve, say, listen and run')
  .addOption(
    new Option('--until <time>', 'go no further: seconds, "m:ss" or "h:mm:ss"').argParser(virtualTime),
  )
  .addOption(
    new Option('--from <time>', 'with --export: only what was said from there on').argParser(virtualTime),
  )
  .option('--export <file>', 'write what was said, up to --until, as a suite for `drivetalk test`')
  .option('--anyway', 'also with another model, map or signals than it was recorded with')
  .addOption(json())
  .action(async (file: string, options: ReplayOptions) => {
    const { replayFile } = await import('./replay.ts');
    process.exitCode = await replayFile(file, options);
  });

program
  .command('evaluate')
  .description('measure a language model on utterances with known commands')
  .argument('<directory>', 'test.jsonl of assistant/training/make-data.ts, or public data sets')
  .option('--mistakes <file>', 'write every utterance that is not exactly right, as JSON lines')
  .addOption(json())
  .addOption(modelOption())
  .addOption(labelsOption())
  .action(async (directory: string, options: EvaluateOptions) => {
    const { evaluate } = await import('./evaluate.ts');
    process.exitCode = await evaluate(directory, options);
  });

program
  .command('test')
  .description('regression tests of a language model: what has worked must go on working')
  .argument('<path...>', 'suites (.yaml, .jsonl), or folders of them; with --merge results files')
  .addOption(modelOption())
  .option('--labels <file>', "a map of the model's own labels to the car's (docs/models.md)")
  .option('--baseline <file>', 'results to compare with (drivetalk-baseline.jsonl, where there is one)')
  .option('--baseline-model <model>', 'model to compare with, in speed and memory too')
  .option('--config <file>', 'with a policy (drivetalk.config.yaml, where there is one)')
  .option('--results <file>', 'where the results go', 'drivetalk-results.jsonl')
  .option('--resume', 'go on with a run that was interrupted')
  .addOption(
    new Option('--shard <i/n>', 'only a part of the cases: 2/8 is the second of eight').argParser(shard),
  )
  .option('--only <tag...>', 'only cases with one of these tags')
  .option('--seed <number>', 'of the noise in invariance tests', number(0, 2 ** 32 - 1), 0)
  .option('--threads <count>', 'how many questions are asked at once (all cores)', number(1, 256))
  .option('--timeout <ms>', 'after which a question counts as unanswered', number(1, 3_600_000), 30_000)
  .option('--merge', 'put the results of shards together')
  .option('--junit <file>', 'write JUnit XML')
  .option('--markdown <file>', 'write a summary for a pull request')
  .option('--html <file>', 'write the whole report as one page that needs no network')
  .option('--mutate', 'plant faults into copies of the model, and tell which of them the suites see')
  .option('--no-blame', 'do not look for the stage and the words at fault')
  .option('--watch', 'again after each change of the suites or the model')
  .addOption(json())
  .addHelpText('after', TEST_HELP)
  .action(async (paths: string[], options: TestOptions) => {
    const { test } = await import('./test.ts');
    process.exitCode = await test(paths, options);
  });

program
  .command('export')
  .description('signals of a recorded drive over time, as CSV, JSON lines or a picture')
  .argument('<file>', 'a recording, see --record of serve, say, listen and run')
  .option('--signals <globs>', 'only paths that fit one of these, such as "Vehicle.Speed,*Window*"', '*')
  .addOption(
    new Option('--every <time>', 'time between two rows; numbers are recorded once a second')
      .argParser(virtualTime)
      .default(1000, '1 s'),
  )
  .option('--csv', 'a row for each moment, a column for each signal')
  .option('--jsonl', 'a JSON object for each moment')
  .option('--plot <file>', 'speed, battery and temperature, with what was said, as .svg or .png')
  .addOption(overlayOption())
  .action(async (file: string, options: ExportOptions) => {
    const { exportFile } = await import('./export.ts');
    process.exitCode = await exportFile(file, options);
  });

program
  .command('lint')
  .description('look at suites: gaps, duplicates, contradictions, sentences that were trained on')
  .argument('<path...>', 'suites (.yaml, .jsonl), or folders of them')
  .addOption(
    new Option('--fail-on <severity>', 'exit status 1 from this severity on')
      .choices(['note', 'warning', 'error'])
      .default('warning'),
  )
  .option('--notes', 'show notes, too')
  .addOption(json())
  .addHelpText('after', '\nExit status: 0 nothing of that severity, 1 findings, 2 bad usage.')
  .action(async (paths: string[], options: LintOptions) => {
    const { lint } = await import('./lint.ts');
    process.exitCode = lint(paths, options);
  });

program
  .command('convert')
  .description('suites to and from what teams have already: Rasa, Home Assistant, NLU.DevOps, MASSIVE, ...')
  .argument('<in>', 'a file, or a folder of them')
  .argument('<out>', 'the file to write; a folder for formats of several files')
  .addOption(new Option('--from <format>', 'the format of <in>, where its content does not tell'))
  .addOption(new Option('--to <format>', 'the format of <out>').makeOptionMandatory())
  .option('--labels <file>', "a map from their labels to the car's (docs/models.md)")
  .option('--columns <ours=theirs,...>', 'of a CSV file: text=utterance,intent=label')
  .option('--strict', 'exit status 1 when something cannot be carried over')
  .addOption(json())
  .addHelpText(
    'after',
    '\nFormats: drivetalk, rasa, home-assistant, nlu-devops, massive, slurp, clinc150, bio, botium, csv.\nExit status: 0 done, 1 with --strict when something is lost, 2 bad usage or a malformed file.',
  )
  .action(async (input: string, output: string, options: ConvertOptions) => {
    const { convert } = await import('./convert.ts');
    process.exitCode = convert(input, output, options);
  });

program
  .command('bless')
  .description('take the results of a run as the baseline from now on, on purpose')
  .argument('[results]', 'what drivetalk test has written', 'drivetalk-results.jsonl')
  .option('--baseline <file>', 'the baseline to be written', 'drivetalk-baseline.jsonl')
  .requiredOption('--message <text>', 'why; it is kept in the baseline')
  .action(async (results: string, options: BlessOptions) => {
    const { bless } = await import('./bless.ts');
    process.exitCode = bless(results, options);
  });

addModels(program);

const map = program.command('map').description('cities to drive in');
map
  .command('import')
  .description('make a city of an OpenStreetMap extract')
  .argument('<file>', '.osm.pbf, or GeoJSON with the tags as properties')
  .option('--out <file>', 'the city to be written (<name>.city.json)')
  .option('--name <name>', 'what the city is called; as the file unless given')
  .addOption(new Option('--bounds <w,s,e,n>', 'only this part, in degrees').argParser(bounds))
  .option('--attribution <text>', 'whom the data comes from; OpenStreetMap unless given')
  .action(async (file: string, options: MapImportOptions) => {
    const { importFile } = await import('./map.ts');
    process.exitCode = importFile(file, options);
  });
map
  .command('info')
  .description('what a city has, and how fast it starts and routes')
  .argument('[file]', 'see `map import`; Lindhaven unless given')
  .addOption(json())
  .action(async (file: string | undefined, options: { readonly json?: boolean }) => {
    const { describeMap } = await import('./map.ts');
    process.exitCode = describeMap(file, options);
  });

program
  .command('bench')
  .description('measure speed and memory on this machine')
  .option('--wav <file...>', 'commands as WAV files, for the transcriber')
  .addOption(new Option('--only <part>', 'one part, in this process').choices(PARTS))
  .addOption(json())
  .addOption(modelOption())
  .addOption(labelsOption())
  .action(async (options: BenchOptions) => {
    const { bench } = await import('./bench.ts');
    process.exitCode = await bench(options);
  });

const signals = program
  .command('signals')
  .description('the signals of a car that runs with --viss')
  .option('--filter <glob>', 'only paths that fit, such as "*Window*"')
  .option('--watch', 'go on with every new value')
  .option('--json', 'print one JSON object a line')
  .option('--url <url>', 'where the car is', 'ws://localhost:8090')
  .action(async (options: SignalsOptions) => {
    const { listSignals } = await import('./signals.ts');
    process.exitCode = await listSignals(options);
  });
signals
  .command('get')
  .description('the value of one signal, or those of a branch')
  .argument('<path>', 'such as Vehicle.Speed')
  .action(async (path: string, _: unknown, command: Command) => {
    const { getSignal } = await import('./signals.ts');
    process.exitCode = await getSignal(path, command.optsWithGlobals<SignalsOptions>());
  });
signals
  .command('set')
  .description('tell an actuator where to go, through the safety gate')
  .argument('<path>', 'such as Vehicle.Cabin.Sunroof.Position')
  .argument('<value>', 'in the units of the signal; lists with commas')
  .action(async (path: string, value: string, _: unknown, command: Command) => {
    const { setSignal } = await import('./signals.ts');
    process.exitCode = await setSignal(path, value, command.optsWithGlobals<SignalsOptions>());
  });

export interface SayOptions extends PartOptions, AssistantOptions {
  readonly seat: Seat;
  readonly speed: number;
  readonly json?: boolean;
  readonly record?: string;
  readonly aloud?: boolean;
  readonly wav?: string;
}
export interface UnderstandOptions {
  readonly jsonl?: boolean;
  readonly model?: string;
  readonly labels?: string;
}
export interface ServeOptions
  extends PartOptions, AssistantOptions, SharingOptions, HearingOptions, HandsFreeOptions {
  readonly voice: VoiceBy;
  readonly port: number;
  readonly theme?: readonly string[];
  readonly allowName?: readonly string[];
  readonly record?: string;
  readonly scenario?: string;
  readonly recordAudio?: boolean;
  readonly viss?: number;
}

function virtualTime(text: string): number {
  const ms = milliseconds(text);
  if (ms !== undefined) return ms;
  throw new CommanderError(EXIT.usage, 'drivetalk.number', `"${text}" is no time. Write ${TIME_FORMS}.`);
}

function bounds(text: string): readonly [number, number, number, number] {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = text.split(',').map(Number);
  if (west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90)
    return [west, south, east, north];
  throw new CommanderError(
    EXIT.usage,
    'drivetalk.number',
    `"${text}" is no part of the earth. Write west,south,east,north in degrees, such as 9.9,53.5,10.1,53.6.`,
  );
}

function shard(text: string): string {
  const [index = 0, count = 0] = /^\d+\/\d+$/.test(text) ? text.split('/').map(Number) : [];
  if (index >= 1 && index <= count) return text;
  throw new CommanderError(EXIT.usage, 'drivetalk.number', `"${text}" is no part such as 2/8.`);
}

// Who has read enough closes the pipe: `drivetalk export drive.jsonl --csv | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  // A moment later: what the command has found out is its exit status, read or not.
  setImmediate(() => process.exit());
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.code === 'drivetalk.number') console.error(`error: ${error.message}`);
    // Commander prints its own messages; help asked for is no failure.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    const { line, status } = explainFailure(error);
    console.error(`drivetalk: ${line}`);
    process.exitCode = status;
  }
}
