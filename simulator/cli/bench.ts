import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { loadCity } from '../world/city.ts';
import { worldMap } from '../world/world.ts';
import { openDrive, openShippedInterpreter, packageFile, utcOffsetHere } from '../open-drive.ts';
import type { ClientToServer, ServerToClient } from '../server/protocol.ts';
import { startServer } from '../server/server.ts';
import { carFigures } from './bench-car.ts';
import { hearing } from './bench-hearing.ts';
import { PARTS, type Part } from './bench-parts.ts';
import { voice, whisper } from './bench-speech.ts';
import { clock, describeFigure, MiB, percentile, type Figure } from './bench-figure.ts';
import { EXIT } from './exit.ts';

export interface BenchOptions {
  readonly json?: boolean;
  readonly model?: string | undefined;
  readonly labels?: string | undefined;
  readonly wav?: readonly string[];
  readonly only?: Part;
}

/** Things people say, of different lengths and kinds; answered over and over for the understanding figures. */
const UTTERANCES = [
  'set the temperature to twenty one degrees',
  'take me home',
  'play some jazz',
  'open the window a bit',
  'call anna on her mobile',
  'find a charging station with fast chargers on the way',
  'turn the fan down and close the windows please',
  'it is freezing in the back',
  'what is the range',
  'did you see what she was wearing yesterday',
];

const MEASURED: Record<Part, (options: BenchOptions) => Promise<readonly Figure[]> | readonly Figure[]> = {
  'start-up': startUp,
  car: carFigures,
  understanding,
  page: commandToPatch,
  'hearing-base': ({ wav = [] }) => hearing('base', wav),
  'hearing-tiny': ({ wav = [] }) => hearing('tiny', wav),
  voice,
  whisper: ({ wav = [] }) => whisper(wav),
};

/** `drivetalk bench`: what the README's figures are measured with. @returns the exit status */
export async function bench(options: BenchOptions): Promise<number> {
  const { json, only } = options;
  const figures: Figure[] = [];
  for (const part of only === undefined ? PARTS : [only]) {
    const measured = only === undefined ? apart(part, options) : await MEASURED[part](options);
    if (!measured) return EXIT.failure;
    figures.push(...measured);
    if (!json) for (const figure of measured) console.log(describeFigure(figure));
  }
  if (json) console.log(JSON.stringify(figures));
  return EXIT.done;
}

/** One part in a process of its own: memory that another has left would be counted as free. @returns undefined when it failed, which has been told */
function apart(part: Part, { model, labels, wav = [] }: BenchOptions): Figure[] | undefined {
  const options = [
    ...(model === undefined ? [] : ['--model', model]),
    ...(labels === undefined ? [] : ['--labels', labels]),
    ...(wav.length === 0 ? [] : ['--wav', ...wav]),
  ];
  const { status, stdout } = spawnSync(
    process.execPath,
    [...process.execArgv, process.argv[1] ?? '', 'bench', '--only', part, '--json', ...options],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Our own JSON: its type is the contract.
  return status === EXIT.done ? (JSON.parse(stdout) as Figure[]) : undefined;
}

function startUp(): Figure[] {
  const time = (args: readonly string[]) => {
    const began = clock();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`bench: ${args.join(' ')} failed: ${stderr}`);
    return clock() - began;
  };
  const bare: number[] = [];
  const say: number[] = [];
  for (let run = 0; run < 5; run++) {
    bare.push(time(['-e', '0']));
    say.push(time([packageFile('dist/simulator/cli/main.js'), 'say', 'set the temperature to 21 degrees']));
  }
  const value = percentile(say, 0.5);
  return [
    {
      name: 'start-up to first answer, median',
      value,
      unit: 'ms',
      ratio: { to: 'bare Node', value: value / percentile(bare, 0.5) },
    },
  ];
}

async function understanding({ model, labels }: BenchOptions): Promise<Figure[]> {
  const before = process.memoryUsage.rss();
  const interpreter = await openShippedInterpreter(model, utcOffsetHere(), labels);
  const now = Date.now();
  const one = async (text: string) => {
    const began = clock();
    await interpreter.interpret([{ text }], { now });
    return clock() - began;
  };
  for (const text of UTTERANCES) await one(text);
  const times: number[] = [];
  for (let round = 0; round < 50; round++) for (const text of UTTERANCES) times.push(await one(text));
  const batch = Array.from({ length: 500 }, (_, index) => ({
    text: UTTERANCES[index % UTTERANCES.length] ?? '',
  }));
  const began = clock();
  await interpreter.interpret(batch, { now });
  const each = (clock() - began) / batch.length;
  const alone = times.reduce((sum, time) => sum + time, 0) / times.length;
  const grown = (process.memoryUsage.rss() - before) / MiB;
  await interpreter.close();
  return [
    { name: 'understanding, one thread, p50', value: percentile(times, 0.5), unit: 'ms' },
    { name: 'understanding, one thread, p99', value: percentile(times, 0.99), unit: 'ms' },
    {
      name: 'understanding, in batches',
      value: 1000 / each,
      unit: 'utterances/s',
      ratio: { to: 'one by one', value: alone / each },
    },
    { name: 'understanding, memory over the process without it', value: grown, unit: 'MiB' },
  ];
}

async function commandToPatch({ model, labels }: BenchOptions): Promise<Figure[]> {
  const drive = await openDrive({ model, labels });
  const server = await startServer({
    drive,
    map: worldMap(loadCity()),
    page: packageFile('dist'),
    host: '127.0.0.1',
    port: 0,
    clock,
  });
  const client: Socket<ServerToClient, ClientToServer> = io(server.url, { transports: ['websocket'] });
  const times: number[] = [];
  try {
    await once(client as never, 'snapshot');
    for (let run = 0; run < 60; run++) {
      const id = `bench-${run}`;
      const began = clock();
      const done = new Promise<void>((resolve) => {
        const hear: ServerToClient['patch'] = ({ turns = [] }) => {
          if (!turns.some((turn) => turn.id.endsWith(`/${id}`) && turn.stage === 'done')) return;
          client.off('patch', hear);
          resolve();
        };
        client.on('patch', hear);
      });
      client.emit('say', {
        id,
        seat: 'driver',
        text: `set the temperature to ${run % 2 === 0 ? 20 : 22} degrees`,
      });
      await done;
      times.push(clock() - began);
      // The server allows two utterances a second, as people speak.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    client.close();
    await server.close();
    await drive.close();
  }
  return [
    { name: 'typed command → patch at a connected page, p95', value: percentile(times, 0.95), unit: 'ms' },
    { name: 'resident memory of the server', value: process.memoryUsage.rss() / MiB, unit: 'MiB' },
  ];
}
