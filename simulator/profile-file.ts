import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  NEW_PROFILES,
  profilesSchema,
  type Profiles,
  type ProfileStore,
} from '../assistant/dialogue/profile/profile.ts';
import { userDataFolder } from './user-data.ts';
import { ForeseenError } from '../vehicle/foreseen-error.ts';

export class ProfileFileError extends ForeseenError {
  override readonly name = 'ProfileFileError';
  readonly reason: 'unreadable' | 'damaged' | 'unwritable';
  readonly recoverable = true;
  constructor(reason: ProfileFileError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Where profiles lie unless told otherwise.
 * @param env the process's environment, @param platform as `process.platform` names it
 */
export const profilesPath = (...where: Parameters<typeof userDataFolder>): string =>
  join(userDataFolder(...where), 'profiles.json');

/**
 * Keeps profiles in one JSON file, which is written whole or not at all. A file that is not there yet is an empty one.
 * @throws ProfileFileError from `load` when the file is damaged, from `save` when it cannot be written
 */
export function profileFile(path: string): ProfileStore {
  return {
    load() {
      const text = read(path);
      return text === undefined ? NEW_PROFILES : parsed(text, path);
    },
    save(profiles) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        const beside = `${path}.new`;
        // Names and addresses are nobody else's business on a shared machine.
        writeFileSync(beside, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
        renameSync(beside, path);
      } catch (error) {
        throw new ProfileFileError(
          'unwritable',
          `What was taught cannot be kept: ${path} cannot be written. Name another file with --profiles.`,
          { cause: error },
        );
      }
    },
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new ProfileFileError('unreadable', `${path} cannot be read. Name another file with --profiles.`, {
      cause: error,
    });
  }
}

function parsed(text: string, path: string): Profiles {
  try {
    return profilesSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).split('\n')[0] : 'it is no JSON';
    throw new ProfileFileError(
      'damaged',
      `${path} holds no profiles (${why ?? ''}). Repair it, move it away, or name another file with --profiles.`,
      { cause: error },
    );
  }
}
