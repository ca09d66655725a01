import { frameOf, wantedFrame, type Frame } from '../../evaluation/judge.ts';
import type { Example } from '../../understanding/corpus.ts';
import type { RawFrame } from '../../understanding/interpreter.ts';
import type { Normaliser } from '../../understanding/values/normalise.ts';
import type { Moment } from '../../understanding/values/time.ts';
import { wordingOf } from './wording.ts';

/** What somebody wants, in a form that is equal where they want the same; empty when it is nothing for the car. */
export type Meaning = string;

/** Of commands, of the car's or of another domain. */
export const commandMeaning = (commands: readonly Pick<RawFrame, 'intent' | 'slots'>[]): Meaning =>
  meaningOf(commands.map(frameOf));

/** Of what somebody wrote down. */
export const writtenMeaning = (
  { commands, text }: Pick<Example, 'commands' | 'text'>,
  normaliser: Normaliser,
  moment: Moment,
): Meaning => meaningOf(commands.map((command) => wantedFrame(command, text, normaliser, moment)));

function meaningOf(frames: readonly Frame[]): Meaning {
  return frames
    .filter(({ intent }) => !intent.startsWith('none.'))
    .map(({ intent, slots }) =>
      [intent, ...[...slots].map(([name, { value }]) => `${name}=${spoken(value)}`).sort()].join(', '),
    )
    .join(' + ');
}

/** Words as they are said: whether a transcriber writes "10 minutes" or "ten minutes" is no mistake. Codes stay. */
const spoken = (value: string) => (/ |^[a-z]+$/i.test(value) ? wordingOf(value) : value);
