import { openDialogueData } from '../../assistant/dialogue/dialogue-data.ts';
import { connectLargerModel } from '../../assistant/dialogue/hand-over/larger-model.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import type { DriveOptions } from '../open-drive.ts';
import { profileFile, profilesPath } from '../profile-file.ts';
import { KEY, type AssistantOptions } from './assistant-options.ts';

/**
 * The same as options of a drive.
 * @param kept profiles are kept in the user's own directory when no file is named
 * @throws HandOverError when the address is none
 */
export function assistantOf(
  { profiles, assistantUrl, assistantModel }: AssistantOptions,
  { kept = false } = {},
): Pick<DriveOptions, 'profiles' | 'largerModel'> {
  const path = profiles ?? (kept ? profilesPath() : undefined);
  const ontology = openOntology();
  return {
    profiles: path === undefined ? undefined : profileFile(path),
    largerModel:
      assistantUrl === undefined
        ? undefined
        : connectLargerModel({
            url: assistantUrl,
            model: assistantModel,
            key: process.env[KEY],
            privacy: openDialogueData(ontology).privacy,
            ontology,
            fetch,
          }),
  };
}

/** What leaves the car, for people who start it. */
export function privacyNotice({ largerModel }: Pick<DriveOptions, 'largerModel'>): string | undefined {
  if (!largerModel) return undefined;
  const { sends } = openDialogueData(openOntology()).privacy;
  return `What the car cannot answer is sent to ${largerModel.host}: ${sends.join(', ')}. Names, numbers and kept places are replaced.`;
}
