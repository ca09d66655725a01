import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Theme } from '../server/protocol.ts';
import { readTheme } from '../server/theme/theme-file.ts';
import { ThemeError } from '../server/theme/theme-error.ts';

/** No brand file, and no logo, is larger: what is longer is not even read. */
const LARGEST = 1024 * 1024;

/** The brands of `--theme`. @throws ThemeError with what is wrong, and where */
export function themesOf(files: readonly string[] = []): readonly Theme[] {
  const themes = files.map((file) =>
    readTheme(readAtMost(file).toString('utf8'), file, (logo) =>
      readAtMost(join(dirname(file), basename(logo))),
    ),
  );
  const twice = themes.find(({ name }, index) => themes.findIndex((other) => other.name === name) !== index);
  if (twice)
    throw new ThemeError('invalid', `Two brand files are called "${twice.name}": rename one of them.`);
  return themes;
}

function readAtMost(file: string): Buffer {
  const { size } = statSync(file);
  if (size > LARGEST) throw new ThemeError('unreadable', `${file}: ${size} bytes are too many for a brand`);
  return readFileSync(file);
}
