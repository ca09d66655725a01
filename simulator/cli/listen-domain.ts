import { readFileSync } from 'node:fs';
import { openEmbeddedTranscriber } from '../../assistant/speech/embedded.ts';
import { transcribeFile } from '../../assistant/speech/listen.ts';
import { readDomain, type OwnDomain } from '../../assistant/understanding/own-domain/read-domain.ts';
import { understandDomain } from '../../assistant/understanding/own-domain/understand-domain.ts';
import type { RawFrame } from '../../assistant/understanding/interpreter.ts';
import { EXIT, explainFailure } from './exit.ts';
import { soundsOf } from './sounds.ts';

export interface ListenDomainOptions {
  readonly raw?: number;
  readonly json?: boolean;
  readonly textOnly?: boolean;
}

/** @throws ConfigError with the line of what is wrong with it */
export const openDomain = (file: string): OwnDomain => readDomain(readFileSync(file, 'utf8'), file);

/**
 * `drivetalk listen --domain`: hears the sounds with another product's phrases, and says what was asked for.
 * @returns the highest exit status of all sounds
 */
export async function listenForDomain(
  file: string,
  paths: readonly string[],
  { raw, json, textOnly }: ListenDomainOptions,
): Promise<number> {
  const { book } = openDomain(file);
  const sounds = soundsOf(paths, raw, process.stdin);
  const transcriber = await openEmbeddedTranscriber({ book });
  let worst: number = EXIT.done;
  try {
    for (const sound of sounds) {
      try {
        const { samples, rate } = await sound.read();
        const { text, words } = await transcribeFile(transcriber, samples, rate, 'driver');
        const commands = textOnly ? [] : understandDomain(book, text);
        if (!textOnly && commands.length === 0) worst = Math.max(worst, EXIT.notDone);
        if (json)
          console.log(JSON.stringify({ file: sound.name, text, words, ...(!textOnly && { commands }) }));
        else console.log(textOnly ? text : describeWishes(text, commands));
      } catch (error) {
        const { line, status } = explainFailure(error);
        console.error(`drivetalk: ${sound.name}: ${line}`);
        worst = Math.max(worst, status);
      }
    }
  } finally {
    await transcriber.close();
  }
  return worst;
}

function describeWishes(text: string, commands: readonly RawFrame[]): string {
  const wishes = commands.map(({ intent, slots, confidence }) =>
    [
      `understood ${intent}`,
      ...Object.entries(slots).map(([name, { value }]) => `${name}=${[value].flat().join(',')}`),
      `(${Math.round(100 * confidence)} %)`,
    ].join(' '),
  );
  return [
    `heard      ${text || '(nothing)'}`,
    ...(wishes.length > 0 ? wishes : ['understood (nothing)']),
  ].join('\n');
}
