import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModelError } from '../../../../assistant/speech/whisper/model-error.ts';
import {
  findModel,
  readRegistry,
  type ModelEntry,
} from '../../../../assistant/speech/whisper/model-registry.ts';
import {
  installedModel,
  installedModels,
  labelModel,
  removeModel,
  verifyModel,
  weightsOf,
} from '../../../../assistant/speech/whisper/model-store.ts';
import { packageFile } from '../../../../simulator/open-drive.ts';
import { ConfigError } from '../../../../vehicle/config-file.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'drivetalk-models-'));
const weights = Buffer.from('the weights');
const entry: ModelEntry = {
  name: 'some-model',
  file: 'some.bin',
  url: 'https://models.invalid/some.bin',
  size: weights.length,
  sha256: createHash('sha256').update(weights).digest('hex'),
  licence: 'MIT',
  about: 'for a test',
};
const reasonOf = (error: unknown) => (error instanceof ModelError ? error.reason : String(error));

describe('assistant/speech/whisper/model-registry', () => {
  it('[HEAR-97] the shipped list names the English models of Whisper, each once, over https', () => {
    const models = readRegistry(packageFile('assistant/speech/whisper/models.yaml'));
    assert.ok(models.some(({ name }) => name === 'whisper-base.en'));
    assert.equal(
      new Set(models.flatMap(({ name, file, sha256 }) => [name, file, sha256])).size,
      models.length * 3,
    );
    for (const { url, file } of models)
      assert.ok(url.startsWith('https://') && url.endsWith(`/${file}`), url);
  });

  it('[HEAR-97] a list that is malformed is refused with its line', () => {
    const file = join(newFolder(), 'models.yaml');
    const refused = (text: string, message: RegExp) => {
      writeFileSync(file, text);
      assert.throws(
        () => readRegistry(file),
        (error) => error instanceof ConfigError && message.test(error.message),
      );
    };
    const one = (line: string) =>
      [
        'models:',
        '  - name: a',
        '    file: a.bin',
        '    url: http://a.example/a.bin',
        '    size: 3',
        `    sha256: ${'0'.repeat(64)}`,
        '    licence: MIT',
        '    about: a',
      ]
        .map((known) => (known.split(':')[0] === line.split(':')[0] ? line : known))
        .join('\n');
    refused('models: [', /models\.yaml:1: /);
    refused('models: []', /models/);
    refused(one('    sha256: abc'), /models\.yaml:6: models\.0\.sha256: 64 hexadecimal digits/);
    refused(one('    file: ../../a'), /models\.yaml:3: models\.0\.file/);
    refused(one('    url: file:///etc/passwd'), /models\.yaml:4: models\.0\.url/);
    refused(one('    size: -3'), /models\.yaml:5: models\.0\.size/);
    assert.throws(() => readRegistry(join(newFolder(), 'none.yaml')), /cannot be read/);
  });

  it('[HEAR-97] an unknown name is answered with the known ones', () => {
    assert.equal(findModel([entry], 'some-model'), entry);
    assert.throws(() => findModel([entry], 'other'), /Known: some-model\..*--registry/);
  });
});

describe('assistant/speech/whisper/model-store', () => {
  let data: string;
  beforeEach(() => {
    data = newFolder();
  });
  const install = async () => {
    mkdirSync(dirname(weightsOf(data, entry)), { recursive: true });
    writeFileSync(weightsOf(data, entry), weights);
    return labelModel(data, entry);
  };

  it('[HEAR-97] a model is here when its weights and its label are', async () => {
    assert.deepEqual(installedModels(data), []);
    assert.throws(() => installedModel(data, entry.name), /models pull some-model/);
    await labelModel(data, entry);
    assert.deepEqual(installedModels(data), []);
    const model = await install();
    assert.deepEqual(installedModels(data), [model]);
    assert.deepEqual(installedModel(data, entry.name), { entry, file: weightsOf(data, entry) });
    writeFileSync(join(data, 'models', 'broken.json'), '{');
    assert.deepEqual(installedModels(data), [model]);
  });

  it('[HEAR-97] weights that have changed are refused', async () => {
    const model = await install();
    await verifyModel(model);
    writeFileSync(model.file, 'the w3ights');
    assert.equal(await verifyModel(model).catch(reasonOf), 'wrong-checksum');
    appendFileSync(model.file, '!');
    assert.equal(await verifyModel(model).catch(reasonOf), 'wrong-checksum');
  });

  it('[HEAR-97] a model is removed with what came of it in part; others are not touched', async () => {
    await install();
    writeFileSync(`${weightsOf(data, entry)}.part`, 'abc');
    writeFileSync(join(data, 'profiles.json'), '{}');
    assert.ok((await removeModel(data, entry.name)) > weights.length);
    assert.deepEqual(installedModels(data), []);
    for (const name of [entry.name, '../profiles', '..', ''])
      assert.equal(await removeModel(data, name).catch(reasonOf), 'not-installed', name);
  });
});
