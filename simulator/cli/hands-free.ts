import { setTimeout as sleep } from 'node:timers/promises';
import { resample } from '../../assistant/speech/resample.ts';
import { SAMPLE_RATE } from '../../assistant/speech/transcriber.ts';
import type { TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import type { Drive } from '../drive.ts';
import { openRecordedDrive } from '../scenario/record-file.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { EXIT, explainFailure } from './exit.ts';
import { handsFreeOf } from './hands-free-options.ts';
import type { ListenAlwaysOptions } from './listen-command.ts';
import { partsOf } from './parts.ts';
import { progressBar } from './progress.ts';
import { soundsOf } from './sounds.ts';

/** Milliseconds of sound that are played at a time, as a page does. */
const PIECE = 40;
/** Milliseconds of silence that end the last words of a recording, whatever they were. */
const SILENCE = 2000;

/**
 * `drivetalk hands-free`: recordings as an open microphone hears them, each by itself. Prints what was said to the car,
 * and at the end in how many recordings it was woken.
 * @param paths WAV files, folders of them, `-` for standard input
 */
export async function handsFree(paths: readonly string[], options: ListenAlwaysOptions): Promise<number> {
  const turns = handsFreeOf(options);
  const sounds = soundsOf(paths, options.raw, process.stdin);
  const { drive, close } = await openRecordedDrive(partsOf(options), {});
  const progress = progressBar('Recordings');
  let woken = 0;
  let seconds = 0;
  let status: number = EXIT.done;
  try {
    await drive.warmUp();
    for (const [index, sound] of sounds.entries()) {
      try {
        const { samples, rate } = await sound.read();
        seconds += samples.length / rate;
        const { isWoken, said } = await play(drive, await resample(samples, rate), turns, options.pace);
        if (isWoken) woken++;
        for (const { heard, reply, latency } of said) {
          const one = { file: sound.name, heard, reply, latency };
          console.log(options.json ? JSON.stringify(one) : `${sound.name}: ${heard} → ${reply}`);
        }
      } catch (error) {
        console.error(`drivetalk: ${sound.name}: ${explainFailure(error).line}`);
        status = EXIT.failure;
      }
      progress(index + 1, sounds.length);
    }
  } finally {
    await close();
  }
  const summary = { recordings: sounds.length, woken, minutes: seconds / 60 };
  console.log(
    options.json
      ? JSON.stringify(summary)
      : `Woken in ${woken} of ${sounds.length} recordings, ${summary.minutes.toFixed(1)} minutes.`,
  );
  return status;
}

/** @returns whether the microphone woke, and what was said to the car and carried out */
async function play(
  drive: Drive,
  samples: Float32Array,
  turns: TurnOptions,
  pace: number,
): Promise<{ readonly isWoken: boolean; readonly said: readonly ConversationTurn[] }> {
  const said = new Map<string, ConversationTurn>();
  const stop = drive.onTurn((turn) => {
    if (turn.source === 'speech') said.set(turn.id, turn);
  });
  let count = 0;
  let isWoken = false;
  const problems: unknown[] = [];
  const microphone = await drive.openMicrophone('driver', {
    ...turns,
    newId: () => `hands-free-${++count}`,
    onState: (state) => {
      isWoken ||= state !== 'asleep';
    },
    onHush: () => undefined,
    onError: (error) => problems.push(error),
  });
  const piece = (PIECE * SAMPLE_RATE) / 1000;
  const began = performance.now();
  const quiet = new Float32Array((SILENCE * SAMPLE_RATE) / 1000);
  for (const sound of [samples, quiet]) {
    for (let at = 0; at < sound.length; at += piece) {
      microphone.push(sound.subarray(at, at + piece));
      const due = ((sound === quiet ? samples.length + at : at) / SAMPLE_RATE / pace) * 1000;
      await sleep(Math.max(0, due - (performance.now() - began)));
    }
  }
  await microphone.settled();
  microphone.close();
  stop();
  const [problem] = problems;
  if (problem !== undefined) throw asError(problem);
  return { isWoken, said: [...said.values()].filter(({ stage }) => stage === 'done') };
}

const asError = (problem: unknown): Error =>
  problem instanceof Error ? problem : new Error(String(problem));
