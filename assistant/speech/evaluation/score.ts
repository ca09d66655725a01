import { editDistance } from '../../understanding/nearest.ts';
import type { Meaning } from './meaning.ts';
import type { Reference } from './references.ts';
import { shareOf, type Share } from './share.ts';
import { wordingOf } from './wording.ts';

/** What a transcriber heard in a sound. */
export interface Hearing {
  readonly reference: Reference;
  readonly text: string;
  /** Milliseconds that the sound lasts. */
  readonly duration: number;
  /** Milliseconds that transcribing took, given the whole sound at once. */
  readonly took: number;
  /** Milliseconds from the end of the sound to the text, where the sound was played as a microphone brings it. */
  readonly latency?: number;
  /** Why the transcriber heard nothing, where it failed. */
  readonly failure?: string;
}

/** A hearing with what was meant and what was understood. */
export interface Judged extends Hearing {
  readonly wanted: Meaning;
  readonly got: Meaning;
  /** What was got would be carried out even by a microphone that is just open, with no wake word before it. */
  readonly isCertain: boolean;
  /** What is understood when every word is heard right. */
  readonly ofText: Meaning;
}

export interface HearingScore {
  readonly sounds: number;
  /** Percent of the words that were said: replaced, left out or added. */
  readonly wordErrorRate: number | undefined;
  /** Of what is meant for the car: all commands with all values right. */
  readonly commands: Share | undefined;
  /** The same of the texts as they were said: what perfect hearing would reach. */
  readonly commandsOfText: Share | undefined;
  /** Of what is not meant for the car: what became a command all the same. */
  readonly falseCommands: Share | undefined;
  /** The same two where nobody has said that the car is meant: a microphone that is just open, no wake word. */
  readonly unaddressed: Record<'commands' | 'falseCommands', Share | undefined>;
  /** Share of all sounds in which no word was heard. */
  readonly unheard: Share | undefined;
}

export interface HearingReport {
  readonly all: HearingScore;
  /** By column, or columns joined with "+", then by value. */
  readonly by: Readonly<Record<string, Readonly<Record<string, HearingScore>>>>;
  /** Transcription time as a share of the sounds' length. */
  readonly realTimeFactor: number;
  readonly latency: { readonly sounds: number; readonly p50: number; readonly p95: number } | undefined;
  /** Sounds at which the transcriber failed. */
  readonly failures: readonly { readonly file: string; readonly failure: string }[];
  /** The sounds that went most wrong: those with a wrong command first, then by their share of wrong words. */
  readonly worst: readonly WrongSound[];
}

export interface WrongSound {
  readonly file: string;
  readonly said: string;
  readonly heard: string;
  readonly wordErrors: number;
  readonly wanted: Meaning;
  readonly got: Meaning;
}

/**
 * Sums up.
 * @param columns of the references to group by; several joined with "+"
 * @param worst how many of the sounds that went wrong are listed
 * @throws RangeError when there is nothing to sum up
 */
export function scoreHearing(
  judged: readonly Judged[],
  { columns, worst }: { readonly columns: readonly string[]; readonly worst: number },
): HearingReport {
  if (judged.length === 0) throw new RangeError('there are no sounds to score');
  const sum = (of: (each: Judged) => number) => judged.reduce((total, each) => total + of(each), 0);
  const latencies = judged.flatMap(({ latency }) => (latency === undefined ? [] : [latency]));
  return {
    all: scoreOf(judged),
    by: Object.fromEntries(columns.map((column) => [column, scoresBy(judged, column.split('+'))])),
    realTimeFactor: sum(({ took }) => took) / sum(({ duration }) => duration),
    latency:
      latencies.length > 0
        ? { sounds: latencies.length, p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) }
        : undefined,
    failures: judged.flatMap(({ reference: { file }, failure }) =>
      failure === undefined ? [] : [{ file, failure }],
    ),
    worst: wrongSounds(judged).slice(0, worst),
  };
}

function scoresBy(judged: readonly Judged[], columns: readonly string[]): Record<string, HearingScore> {
  const nameOf = ({ reference }: Judged) => columns.map((column) => reference.groups[column] ?? '').join(' ');
  return Object.fromEntries(
    [...new Set(judged.map(nameOf))]
      .sort(byNumber)
      .map((name) => [name, scoreOf(judged.filter((each) => nameOf(each) === name))]),
  );
}

/** 6 before 12, and both before "clean". */
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

function scoreOf(judged: readonly Judged[]): HearingScore {
  const errors = judged.reduce((total, each) => total + wordErrors(each), 0);
  const words = judged.reduce((total, { reference }) => total + wordsOf(reference.text).length, 0);
  const forCar = judged.filter(({ wanted }) => wanted !== '');
  const notForCar = judged.filter(({ wanted }) => wanted === '');
  return {
    sounds: judged.length,
    wordErrorRate: words > 0 ? (100 * errors) / words : undefined,
    commands: shareOf(forCar, isRight),
    commandsOfText: shareOf(forCar, ({ wanted, ofText }) => wanted === ofText),
    falseCommands: shareOf(notForCar, ({ got }) => got !== ''),
    unaddressed: {
      commands: shareOf(forCar, (each) => isRight(each) && each.isCertain),
      falseCommands: shareOf(notForCar, ({ got, isCertain }) => got !== '' && isCertain),
    },
    unheard: shareOf(judged, ({ text }) => text === ''),
  };
}

const isRight = ({ wanted, got }: Judged) => wanted === got;

const wordsOf = (text: string) =>
  wordingOf(text)
    .split(' ')
    .filter((word) => word !== '');

/** Words replaced, left out or added: the least that turns what was said into what was heard. */
export const wordErrors = ({ reference, text }: Pick<Hearing, 'reference' | 'text'>): number =>
  editDistance(wordsOf(reference.text), wordsOf(text));

function wrongSounds(judged: readonly Judged[]): readonly WrongSound[] {
  return judged
    .map((each) => ({ each, errors: wordErrors(each) }))
    .filter(({ each, errors }) => errors > 0 || !isRight(each))
    .map(({ each, errors }) => ({
      each,
      errors,
      badness: (isRight(each) ? 0 : 1) + errors / (errors + wordsOf(each.reference.text).length),
    }))
    .sort((a, b) => b.badness - a.badness)
    .map(({ each: { reference, text, wanted, got }, errors }) => ({
      file: reference.file,
      said: reference.text,
      heard: text,
      wordErrors: errors,
      wanted,
      got,
    }));
}

/** By nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
