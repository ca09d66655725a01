import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  UnderstandingError,
  type Interpreter,
  type UnderstandingProblem,
} from '../../../assistant/understanding/interpreter.ts';
import { openInterpreter } from '../../../assistant/understanding/slm-interpreter.ts';
import { LONGEST_TEXT } from '../../../assistant/understanding/text-limits.ts';
import { interpreterContract } from '../../contracts/interpreter.ts';

const MODEL = fileURLToPath(import.meta.resolve('#package/assistant/model'));
const NOW = { now: Date.parse('2026-11-21T08:00:00Z') };

describe('language model', () => {
  interpreterContract(() => openInterpreter(MODEL));

  describe('with slots and context', () => {
    let interpreter: Interpreter;
    before(async () => {
      interpreter = await openInterpreter(MODEL);
    });
    after(() => interpreter.close());
    const first = async (text: string, context: readonly { who: 'user' | 'car'; text: string }[] = []) =>
      (await interpreter.interpret([{ text, context }], NOW))[0]?.commands[0];

    it('[NLU-28] finds slots with their values', async () => {
      const command = await first('set the temperature to twenty one degrees on the passenger side');
      assert.equal(command?.intent, 'climate.temperature.set');
      assert.deepEqual(command.slots.temperature, { text: 'twenty one degrees', value: 21 });
      assert.equal(command.slots.zone?.value, 'passenger');
    });

    it('[NLU-28] understands what only the turn before explains', async () => {
      const context = [
        { who: 'user', text: 'turn on my seat heating' },
        { who: 'car', text: 'Your seat heating is on.' },
      ] as const;
      const command = await first('and the passenger too', context);
      assert.equal(command?.intent, 'seat.heating.on');
      assert.equal(command.slots.zone?.value, 'passenger');
    });

    it('[NLU-26] a text of more than 2,000 characters is refused with the way out', async () => {
      await assert.rejects(
        interpreter.interpret([{ text: 'x'.repeat(LONGEST_TEXT + 1) }], NOW),
        /at most 2000 .* Split it/,
      );
      const [long] = await interpreter.interpret([{ text: 'open the trunk '.repeat(130) }], NOW);
      assert.ok(long && long.commands.length > 0);
    });

    it('[NLU-29] measures with the clock that it is given', async () => {
      let time = 0;
      const timed = await openInterpreter(MODEL, { clock: () => (time += 5) });
      const [interpretation] = await timed.interpret([{ text: 'open the trunk' }], NOW);
      await timed.close();
      assert.equal(interpretation?.ms, 5);
    });
  });

  describe('damaged', () => {
    let directory: string;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'drivetalk-model-'));
      await cp(MODEL, directory, { recursive: true });
    });
    afterEach(() => rm(directory, { recursive: true }));
    const refuses = async (reason: UnderstandingProblem, message: RegExp) => {
      await assert.rejects(openInterpreter(directory), (error) => {
        assert.ok(error instanceof UnderstandingError);
        assert.equal(error.reason, reason);
        assert.match(error.message, message);
        return true;
      });
    };
    const labels = async (change: (file: Record<string, unknown>) => void) => {
      const path = join(directory, 'labels.json');
      const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
      change(file);
      await writeFile(path, JSON.stringify(file));
    };

    for (const file of ['model.onnx', 'tokenizer.json', 'labels.json']) {
      it(`[NLU-30] a model without ${file} is missing`, async () => {
        await rm(join(directory, file));
        await refuses('model-missing', new RegExp(file.replace('.', '\\.')));
      });
    }

    it('[NLU-30] a truncated model is broken', async () => {
      await truncate(join(directory, 'model.onnx'), 100_000);
      await refuses('model-broken', /model\.onnx cannot be loaded/);
    });

    it('[NLU-30] a model for something else is broken', async () => {
      const other = fileURLToPath(import.meta.resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx'));
      await cp(other, join(directory, 'model.onnx'));
      await refuses('model-broken', /another kind of model: it has no input_ids/);
    });

    it('[NLU-30] a tokenizer with pieces that the model does not know is broken', async () => {
      const path = join(directory, 'tokenizer.json');
      const file = JSON.parse(await readFile(path, 'utf8')) as { model: { vocab: Record<string, number> } };
      file.model.vocab['supercar'] = 1_000_000;
      await writeFile(path, JSON.stringify(file));
      await refuses('model-broken', /do not belong together/);
    });

    it('[NLU-30] a truncated tokenizer is broken', async () => {
      await truncate(join(directory, 'tokenizer.json'), 1000);
      await refuses('model-broken', /tokenizer\.json is not JSON/);
    });

    it('[NLU-30] another kind of tokenizer is broken', async () => {
      await writeFile(join(directory, 'tokenizer.json'), '{"model":{"type":"BPE"}}');
      await refuses('model-broken', /tokenizer\.json is no tokenizer/);
    });

    it('[NLU-12] a label that the car does not have does not fit', async () => {
      await labels((file) => (file['intents'] as string[]).splice(0, 1, 'rocket.start'));
      await refuses('labels-mismatch', /rocket\.start/);
    });

    it('[NLU-12] fewer labels than the model has outputs do not fit', async () => {
      await labels((file) => (file['intents'] as string[]).shift());
      await refuses('labels-mismatch', /intent_logits/);
    });
  });
});
