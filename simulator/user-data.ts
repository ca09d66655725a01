import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where what belongs to a user lies unless told otherwise: the folder that the system has for programs' data, or the
 * one that `DRIVETALK_DATA` names.
 * @param env the process's environment, @param platform as `process.platform` names it
 */
export function userDataFolder(env: Environment = process.env, platform: string = process.platform): string {
  if (env['DRIVETALK_DATA']) return env['DRIVETALK_DATA'];
  const home = homedir();
  const base =
    env['XDG_DATA_HOME'] ??
    (platform === 'win32'
      ? (env['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : join(home, '.local', 'share'));
  return join(base, 'drivetalk');
}
