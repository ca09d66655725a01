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
import { packageFile } from '../../../simulator/open-drive.ts';
import { sendFile, startFileServer, type FileServer } from '../../support/file-server.ts';
import { speakWithFlite } from '../../support/speech-sample.ts';
import { SAID, smallModel, SOURCES, whisperPrograms } from '../../support/whisper.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'drivetalk-models-cli-'));
const data = join(folder, 'data');

/** Not synchronous: the mirror answers from this very process. */
function drivetalk(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, DRIVETALK_DATA: data, ...environment };
    const child = spawn(process.execPath, [MAIN, ...args], { env });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}

describe('drivetalk models, and Whisper as it is typed', function () {
  this.timeout(180_000);
  let mirror: FileServer;
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
  after(async () => {
    await mirror.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const pull = (...more: string[]) =>
    drivetalk([
      'models',
      'pull',
      'small-model',
      '--registry',
      registry,
      '--mirror',
      `${mirror.url}/here`,
      ...more,
    ]);

  it('[CLI-6] list shows what can be had; what cannot be pulled or removed costs one line', async () => {
    const list = await drivetalk(['models', 'list']);
    assert.equal(list.status, 0);
    assert.match(list.stdout, /whisper-base\.en +148 MB {2}MIT/);
    assert.match(list.stdout, /models pull whisper-base\.en/);
    const failures: [string[], number, RegExp][] = [
      [['pull', 'none'], 1, /Known: whisper-tiny\.en, /],
      [['pull', 'small-model', '--registry', registry, '--mirror', mirror.url], 1, /not there \(404\)/],
      [['pull', 'whisper-base.en', '--mirror', 'ftp://x'], 2, /is no address of a mirror/],
      [['remove', 'none'], 1, /models list/],
    ];
    for (const [args, status, message] of failures) {
      const failed = await drivetalk(['models', ...args]);
      assert.equal(failed.status, status, args.join(' '));
      assert.match(failed.stderr, message);
      assert.equal(failed.stderr.trim().split('\n').length, 1, failed.stderr);
    }
  });

  it('[CLI-6] pull brings a model from a mirror, through a proxy where one is set; again it is only checked', async () => {
    const through: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      through.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const refused = await pull('--proxy', address);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /cannot be reached.*--proxy/);
    assert.ok(through.includes(new URL(mirror.url).host), through.join());
    proxy.close();
    proxy.closeAllConnections();

    const pulled = await pull();
    assert.equal(pulled.status, 0, pulled.stderr);
    assert.match(pulled.stderr, /small-model, MB: 2 of 2/);
    const { length } = mirror.asked;
    assert.equal((await pull('--json')).status, 0);
    assert.equal(mirror.asked.length, length);
    const { stdout } = await drivetalk(['models', 'list', '--json']);
    const rows = JSON.parse(stdout) as { name: string; file: string | null }[];
    assert.equal(
      rows.find(({ name }) => name === 'small-model')?.file,
      join(data, 'models', 'small-model.bin'),
    );
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
    const { status, stdout } = await drivetalk(['models', 'remove', 'small-model']);
    assert.equal(status, 0);
    assert.match(stdout, /2 MB are free again/);
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
