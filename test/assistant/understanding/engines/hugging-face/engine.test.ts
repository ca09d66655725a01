import { fileURLToPath } from 'node:url';
import { openModel } from '../../../../../assistant/understanding/engines/open-model.ts';
import { interpreterContract } from '../../../../contracts/interpreter.ts';

const exported = (name: string) =>
  fileURLToPath(import.meta.resolve(`#package/test/fixtures/hugging-face/${name}`));

describe('Hugging Face export', () => {
  for (const name of ['sequence', 'token', 'pair']) {
    describe(name, () => interpreterContract(() => openModel(exported(name))));
  }
});
