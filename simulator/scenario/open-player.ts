/** Scenarios from files, with a car to play them. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { framesOf } from '../../assistant/speech/frames.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { DEFAULT_CONTACTS } from '../../vehicle/controllers/contacts.ts';
import type { DriveOptions } from '../open-drive.ts';
import { Player, type PlayerOptions } from './player.ts';
import { readScenario, type ScenarioCar } from './read-scenario.ts';
import { openRecordedDrive, type RecordedDrive, type RecordOptions } from './record-file.ts';
import { startOf, type Scenario } from './scenario.ts';

/** @throws ScenarioError, or Error when the file cannot be read */
export function loadScenario(file: string, car: ScenarioCar): Scenario {
  return readScenario(readFileSync(file, 'utf8'), file, car);
}

export interface OpenPlayer extends RecordedDrive {
  readonly player: Player;
}

/**
 * A car at the scenario's beginning, and who plays it.
 * @param file of the scenario, from which the sounds are found
 */
export async function openPlayer(
  scenario: Scenario,
  file: string,
  options: DriveOptions & RecordOptions & Pick<PlayerOptions, 'onStep'> = {},
): Promise<OpenPlayer> {
  const { onStep, record, recordAudio, ...driveOptions } = options;
  const { utcOffset, seed } = scenario;
  const opened = await openRecordedDrive(
    { ...driveOptions, start: startOf(scenario), utcOffset, seed },
    { record, recordAudio },
  );
  const player = new Player({
    scenario,
    drive: opened.drive,
    contacts: DEFAULT_CONTACTS,
    readSound: async (sound) => framesOf(readWav(await readFile(resolve(dirname(file), sound)))),
    ...(onStep && { onStep }),
  });
  return {
    ...opened,
    player,
    close: () => {
      player.close();
      return opened.close();
    },
  };
}
