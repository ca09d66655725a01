import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openModel } from '../../../../../assistant/understanding/engines/open-model.ts';
import {
  UnderstandingError,
  type Interpretation,
  type UnderstandingProblem,
} from '../../../../../assistant/understanding/interpreter.ts';
import { interpreterContract } from '../../../../contracts/interpreter.ts';
import { book, ontology } from '../../../../support/own-words.ts';

const NOW = { now: Date.parse('2026-11-21T08:00:00Z') };
const exported = (name: string) =>
  fileURLToPath(import.meta.resolve(`#package/test/fixtures/hugging-face/${name}`));

describe('Hugging Face export', () => {
  for (const name of ['sequence', 'token', 'pair']) {
    describe(name, () => interpreterContract(() => openModel(exported(name), { ontology, book })));
  }

  describe('with other files', () => {
    let directory: string;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'drivetalk-export-'));
    });
    afterEach(() => rm(directory, { recursive: true }));
    const copy = (name: string) => cp(exported(name), directory, { recursive: true });
    const config = async (change: Record<string, unknown>, folder = '') => {
      const path = join(directory, folder, 'config.json');
      const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
      await writeFile(path, JSON.stringify({ ...file, ...change }));
    };
    const understand = async (...texts: string[]): Promise<readonly Interpretation[]> => {
      const interpreter = await openModel(directory, { ontology, book });
      try {
        return await interpreter.interpret(
          texts.map((text) => ({ text })),
          NOW,
        );
      } finally {
        await interpreter.close();
      }
    };
    const refuses = async (reason: UnderstandingProblem, message: RegExp) => {
      await assert.rejects(openModel(directory, { ontology, book }), (error) => {
        assert.ok(error instanceof UnderstandingError);
        assert.equal(error.reason, reason);
        assert.match(error.message, message);
        return true;
      });
    };

    it('[NLU-36] labels for several things at once give each that is more probable than not', async () => {
      await copy('sequence');
      await config({ problem_type: 'multi_label_classification' });
      const [two, none] = await understand('turn on the fog lights and unlock the doors', 'good morning');
      assert.deepEqual(
        two?.commands.map(({ intent }) => intent),
        ['light.fog.on', 'door.unlock'],
      );
      assert.equal(none?.commands[0]?.intent, 'none.out_of_scope.select');
    });

    it('[NLU-36] reads as much as the model takes', async () => {
      await copy('sequence');
      await config({ max_position_embeddings: 8 });
      const [kept, cut] = await understand(
        'close the trunk please please please please',
        'please please please please please please close the trunk',
      );
      assert.equal(kept?.commands[0]?.intent, 'trunk.close');
      assert.equal(cut?.commands[0]?.intent, 'none.out_of_scope.select');
    });

    it('[NLU-33] the model may stand in onnx/', async () => {
      await copy('sequence');
      await mkdir(join(directory, 'onnx'));
      await rename(join(directory, 'model.onnx'), join(directory, 'onnx/model.onnx'));
      const [open] = await understand('open the trunk');
      assert.equal(open?.commands[0]?.intent, 'trunk.open');
    });

    it('[NLU-39] a model that finds slots alone has them as entities', async () => {
      await cp(exported('pair/slots'), directory, { recursive: true });
      const [found, nothing] = await understand('set the temperature to 21 degrees', 'open the trunk');
      assert.equal(found?.commands[0]?.intent, 'none.out_of_scope.select');
      assert.equal(found.raw?.[0]?.intent, 'entities');
      assert.deepEqual(found.raw[0].slots, { temperature: { text: '21 degrees', value: '21 degrees' } });
      assert.deepEqual(nothing?.raw, []);
    });

    for (const file of ['model.onnx', 'tokenizer.json'])
      it(`[NLU-33] without ${file} it is missing`, async () => {
        await copy('token');
        await rm(join(directory, file));
        await refuses('model-missing', new RegExp(file.replace('.', '\\.')));
      });

    it('[NLU-33] half of a pair is not whole', async () => {
      await copy('pair');
      await rm(join(directory, 'slots'), { recursive: true });
      await refuses('model-missing', /half of a pair: slots.config\.json is missing/);
    });

    it('[NLU-33] two of a kind are no pair', async () => {
      await cp(exported('sequence'), join(directory, 'intent'), { recursive: true });
      await cp(exported('sequence'), join(directory, 'slots'), { recursive: true });
      await refuses('model-broken', /token classification in slots\/; both are for sequences/);
    });

    for (const file of ['model.onnx', 'tokenizer.json', 'config.json'])
      it(`[NLU-33] a truncated ${file} is broken`, async () => {
        await copy('sequence');
        await truncate(join(directory, file), 200);
        await refuses(
          'model-broken',
          new RegExp(`${file.replace('.', '\\.')} (cannot be loaded|is not JSON)`),
        );
      });

    const wrong: [what: string, change: Record<string, unknown>, UnderstandingProblem, RegExp][] = [
      ['another architecture', { architectures: ['BertForMaskedLM'] }, 'model-broken', /BertForMaskedLM/],
      ['no architecture', { architectures: undefined }, 'model-broken', /config\.json is not as expected/],
      [
        'fewer labels',
        { id2label: { 0: 'trunk.open', 1: 'trunk.close' } },
        'labels-mismatch',
        /1 × 11.* 2 labels/,
      ],
      [
        'labels without names',
        { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } },
        'labels-mismatch',
        /no names but LABEL_0/,
      ],
      [
        'a gap in the labels',
        { id2label: { 0: 'trunk.open', 2: 'trunk.close' } },
        'labels-mismatch',
        /it has no 1/,
      ],
      ['another vocabulary', { vocab_size: 12 }, 'model-broken', /do not belong together/],
    ];
    for (const [what, change, reason, message] of wrong)
      it(`[NLU-33] ${what} in config.json does not fit`, async () => {
        await copy('sequence');
        await config(change);
        await refuses(reason, message);
      });

    it('[NLU-33] a token classification that says it is one of sequences does not fit', async () => {
      await copy('token');
      await config({ architectures: ['BertForSequenceClassification'] });
      await refuses('labels-mismatch', /for a text\. Both must come from the same export/);
    });

    it('[NLU-33] a tokenizer of no known kind is refused', async () => {
      await copy('sequence');
      await writeFile(join(directory, 'tokenizer.json'), '{"model": {"type": "Telepathy", "vocab": {}}}');
      await refuses('model-broken', /tokenizer\.json cannot be used/);
    });

    it("[NLU-12] a model of the car's own labels takes no map", async () => {
      const ours = fileURLToPath(import.meta.resolve('#package/assistant/model'));
      await assert.rejects(openModel(ours, { ontology, book, labels: 'map.yaml' }), /nothing to map/);
    });

    const specs: [spec: string, message: RegExp][] = [
      ['/nowhere', /there is no such directory; --model takes .*rasa\+http/],
      [exported('tokens.json'), /it is a file; name the directory/],
      [dirname(exported('token')), /there is no model in it: .*labels\.json.*config\.json/],
      ['http://localhost:5005', /--model takes .*rasa\+http/],
      ['openai+http://localhost:8000/v1', /name the model behind a #/],
      ['rasa+ftp://localhost', /must be an http or https address/],
      ['openai+https://me:secret@localhost/v1#m', /put the key into DRIVETALK_MODEL_KEY/],
    ];
    for (const [spec, message] of specs)
      it(`[NLU-33] --model ${spec.replace(/^.*\/test\//, '')} says what it must be`, async () => {
        await assert.rejects(openModel(spec, { ontology, book }), ({ message: said }: Error) => {
          assert.match(said, message);
          assert.doesNotMatch(said, /secret/);
          return true;
        });
      });
  });
});
