import type { Suite } from '../read-suite.ts';
import { casesOf, type Finding } from './finding.ts';

/** @param exists whether there is a sound file, by the path in the suite and the suite's own */
export function missingSounds(
  suites: readonly Suite[],
  exists: (path: string, suiteFile: string) => boolean,
): readonly Finding[] {
  return casesOf(suites).flatMap(({ suite, case_ }) =>
    [case_.audio, ...(case_.turns ?? []).map(({ audio }) => audio)].flatMap((audio): Finding[] =>
      audio === undefined || exists(audio, suite.file)
        ? []
        : [
            {
              ...case_.where,
              rule: 'missing-sound',
              severity: 'error',
              message: `${case_.id} names ${audio}, which is not there`,
              advice: 'add the WAV file; paths are relative to the suite',
            },
          ],
    ),
  );
}
