import { fileURLToPath } from 'node:url';

// By hand rather than by `packageFile`, beside which the whole car is loaded.
const packageFile = (path: string) => fileURLToPath(import.meta.resolve(`#package/${path}`));

/** The shipped list of models. */
export const modelList = (): string => packageFile('assistant/speech/whisper/models.yaml');
/** The folder of our part of Whisper's sources. */
export const programSources = (): string => packageFile('assistant/speech/whisper/program');
