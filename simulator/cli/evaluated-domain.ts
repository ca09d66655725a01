import { NOW } from '../../assistant/evaluation/evaluate.ts';
import { openEmbeddedTranscriber } from '../../assistant/speech/embedded.ts';
import { commandMeaning, writtenMeaning, type Meaning } from '../../assistant/speech/evaluation/meaning.ts';
import { isCertain } from '../../assistant/speech/turn-taking/completeness.ts';
import type { Transcriber } from '../../assistant/speech/transcriber.ts';
import { readLine } from '../../assistant/understanding/corpus.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import {
  understandDomain,
  writtenWishes,
} from '../../assistant/understanding/own-domain/understand-domain.ts';
import { openShippedInterpreter, openShippedTranscriber, readParts } from '../open-drive.ts';
import { hearingOf } from './hearing.ts';
import type { HearingOptions } from './hearing-options.ts';
import { openDomain } from './listen-domain.ts';

/** What a text asks for, and whether so surely that the wake word is not needed. */
export interface Understood {
  readonly meaning: Meaning;
  readonly isCertain: boolean;
}

/** Who hears and understands while it is measured: the car, or another product. */
export interface Evaluated {
  /** @throws SpeechError */
  openTranscriber(): Promise<Transcriber>;
  /** What texts ask for, in their order. */
  understand(texts: readonly string[]): Promise<readonly Understood[]>;
  /** What somebody wrote down that a sound asks for. @throws CorpusError */
  written(commands: string, where: string): Meaning;
  close(): Promise<void>;
}

export interface CarOptions extends HearingOptions {
  readonly model?: string;
  readonly labels?: string;
}

const MOMENT = { now: NOW, utcOffset: 0 };

/** The car's transcriber and language model. */
export async function openEvaluatedCar(options: CarOptions): Promise<Evaluated> {
  const ontology = openOntology();
  const parts = readParts();
  const interpreter = await openShippedInterpreter(options.model, MOMENT.utcOffset, options.labels);
  const { hearing, speechModel } = hearingOf(options);
  const openFirst = () => openShippedTranscriber(parts, speechModel);
  return {
    openTranscriber: () => (hearing ? hearing(openFirst, interpreter) : openFirst()),
    async understand(texts) {
      const asked = texts.map((text) => ({ text }));
      const answers = texts.length > 0 ? await interpreter.interpret(asked, { now: NOW }) : [];
      return answers.map(({ commands }) => ({
        meaning: commandMeaning(commands),
        isCertain: isCertain(commands),
      }));
    },
    written: (commands, where) =>
      writtenMeaning(readLine(ontology, commands, where), parts.normaliser, MOMENT),
    close: () => interpreter.close(),
  };
}

/** @param file of the domain @throws ConfigError with the line of what is wrong with it */
export function openEvaluatedDomain(file: string): Evaluated {
  const { book } = openDomain(file);
  return {
    openTranscriber: () => openEmbeddedTranscriber({ book }),
    understand: (texts) =>
      Promise.resolve(
        texts.map((text) => ({ meaning: commandMeaning(understandDomain(book, text)), isCertain: true })),
      ),
    written: (commands, where) => commandMeaning(writtenWishes(book, commands, where)),
    close: () => Promise.resolve(),
  };
}
