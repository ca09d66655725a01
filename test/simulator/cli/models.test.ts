import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedModels } from '../../../assistant/speech/whisper/model-store.ts';
import { placeOf } from '../../../assistant/speech/whisper/whisper-programs.ts';
import { sayAloud } from '../../../simulator/cli/aloud.ts';
import { UsageError } from '../../../simulator/cli/exit.ts';
import { listModels, pullModel, removeModels, type PullOptions } from '../../../simulator/cli/models.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { sendFile, startFileServer, type FileServer } from '../../support/file-server.ts';
import { speakWithFlite } from '../../support/speech-sample.ts';
import { SAID, smallModel, SOURCES, whisperPrograms } from '../../support/whisper.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'drivetalk-models-cli-'));
const data = join(folder, 'data');

/** Not synchronous: the mirror answers from this very process. */
function drivetalk(args: readonly string[]) {
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: process.env });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}

/** What a command prints in this process. */
async function printed(command: () => void | Promise<void>): Promise<string> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (line: string) => lines.push(line);
  try {
    await command();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}

describe('drivetalk models, and Whisper as it is typed', function () {
  this.timeout(180_000);
  let mirror: FileServer;
  const kept = process.env['DRIVETALK_DATA'];
  const registry = join(folder, 'models.yaml');
  const wav = speakWithFlite('set the temperature to twenty one degrees');

  before(async () => {
    const weights = readFileSync(smallModel());
    writeFileSync(
      registry,
      JSON.stringify({
        models: [
          {
            name: 'small-model',
            file: 'small.bin',
            url: 'http://models.invalid/small.bin',
            size: weights.length,
            sha256: createHash('sha256').update(weights).digest('hex'),
            licence: 'MIT',
            about: 'says one sentence',
          },
        ],
      }),
    );
    mirror = await startFileServer((request, response) => {
      if (request.url === '/here/small.bin') sendFile(request, response, weights);
      else response.writeHead(404).end();
    });
    // Built as it is for tests, where it would be built for use: in a second instead of a minute.
    const { resident } = await whisperPrograms();
    cpSync(dirname(resident), placeOf({ data, sources: SOURCES }), { recursive: true });
  });
  beforeEach(() => {
    process.env['DRIVETALK_DATA'] = data;
  });
  afterEach(() => {
    if (kept === undefined) delete process.env['DRIVETALK_DATA'];
    else process.env['DRIVETALK_DATA'] = kept;
  });
  after(async () => {
    await mirror.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const pull = (mirrored = `${mirror.url}/here`, more: PullOptions = {}) =>
    printed(() => pullModel('small-model', { registry, mirror: mirrored, ...more }));

  it('[CLI-6] list shows what can be had; what cannot be pulled or removed says what to do', async () => {
    const { status, stdout } = await drivetalk(['models', 'list']);
    assert.equal(status, 0);
    assert.match(stdout, /whisper-base\.en +148 MB {2}MIT/);
    assert.match(stdout, /models pull whisper-base\.en/);
    await assert.rejects(pullModel('none', {}), /Known: whisper-tiny\.en, /);
    await assert.rejects(pull(mirror.url), /not there \(404\)/);
    await assert.rejects(pull('ftp://x'), UsageError);
    await assert.rejects(removeModels(['none']), /models list/);
  });

  it('[CLI-6] pull brings a model from a mirror, through a proxy where one is set; again it is only checked', async () => {
    const through: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      through.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await assert.rejects(pull(undefined, { proxy: address }), /cannot be reached.*--proxy/);
    assert.ok(through.includes(new URL(mirror.url).host), through.join());
    proxy.close();
    proxy.closeAllConnections();

    const from = ['--registry', registry, '--mirror', `${mirror.url}/here`];
    const pulled = await drivetalk(['models', 'pull', 'small-model', ...from]);
    assert.equal(pulled.status, 0, pulled.stderr);
    assert.match(pulled.stderr, /small-model, MB: 2 of 2/);
    const file = join(data, 'models', 'small-model.bin');
    const { length } = mirror.asked;
    assert.deepEqual(JSON.parse(await pull(undefined, { json: true })), { name: 'small-model', file });
    assert.equal(mirror.asked.length, length);
    const rows = JSON.parse(await printed(() => listModels({ json: true }))) as {
      name: string;
      file: string | null;
    }[];
    assert.equal(rows.find(({ name }) => name === 'small-model')?.file, file);
    assert.equal(rows.find(({ name }) => name === 'whisper-base.en')?.file, null);
  });

  it('[CLI-7] from then on Whisper hears, always where it is told to', async () => {
    const { status, stdout, stderr } = await drivetalk([
      'listen',
      '--text-only',
      '--transcriber',
      'whisper',
      wav,
    ]);
    assert.equal(stderr, '');
    assert.equal(stdout.trim(), SAID);
    assert.equal(status, 0);
  });

  it('[CLI-6] remove deletes a model, and with the last one what was built', async () => {
    assert.match(await printed(() => removeModels(['small-model'])), /2 MB are free again/);
    assert.deepEqual(installedModels(data), []);
    assert.equal(existsSync(join(data, 'whisper')), false);
  });

  it('[CLI-8] say writes its reply as sound, and says so where nothing can play it', async () => {
    const file = join(folder, 'reply.wav');
    const { status, stderr } = await drivetalk(['say', 'set the temperature to 21 degrees', '--wav', file]);
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(file).subarray(0, 4).toString(), 'RIFF');
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await assert.rejects(
        sayAloud('Okay.', { aloud: true, wav: undefined }),
        /No program here can play sound.*--wav/,
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
