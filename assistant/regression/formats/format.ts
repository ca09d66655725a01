import type { SourceText } from '../parse.ts';
import type { SuiteFile } from '../suite.ts';
import type { Holds } from './fit.ts';

/** Something that did not come along. */
export interface Loss {
  /** A noun phrase for a person: "severities", "slots of several commands". */
  readonly what: string;
  /** Ids of the cases; empty: of the suite itself, or of something that is no case. */
  readonly cases: readonly string[];
}

/** A suite, or the part of it that could be carried over. */
export interface Carried {
  readonly suite: SuiteFile;
  readonly losses: readonly Loss[];
}

/** How others write down utterances and what they mean. */
export interface Format {
  readonly name: string;
  /** One line, for `drivetalk convert --help`. */
  readonly title: string;
  /** What it can say of a suite. */
  readonly holds: Holds;
  /** Whether these files look like it. */
  recognises(sources: readonly SourceText[]): boolean;
  /**
   * Reads all the files of a data set.
   * @throws SuiteError with file, line and column
   */
  read(sources: readonly SourceText[], options: FormatOptions): Carried;
  /**
   * Writes what `fit` has left over of a suite.
   * @returns files by names of their own; a single file is given its name by who asks for it
   */
  write(suite: SuiteFile, options: FormatOptions): readonly SourceText[];
}

export interface FormatOptions {
  /** Of tables: our column → theirs. */
  readonly columns?: Readonly<Record<string, string>>;
}
