import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { download } from '../../../../assistant/speech/whisper/download.ts';
import { ModelError } from '../../../../assistant/speech/whisper/model-error.ts';
import type { ModelEntry } from '../../../../assistant/speech/whisper/model-registry.ts';
import { sendFile, startFileServer, type FileServer } from '../../../support/file-server.ts';

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
const entry: ModelEntry = {
  name: 'some-model',
  file: 'some.bin',
  url: 'https://models.invalid/some.bin',
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  licence: 'MIT',
  about: 'for a test',
};

describe('assistant/speech/whisper/download', () => {
  let server: FileServer | undefined;
  afterEach(() => server?.close());

  const start = async (...answer: Parameters<typeof startFileServer>) =>
    (server = await startFileServer(...answer));
  /** Brings it from the server. @returns where it is */
  function bring(given: Partial<ModelEntry> = {}, before?: Buffer) {
    const file = join(mkdtempSync(join(tmpdir(), 'drivetalk-download-')), 'models', 'some.bin');
    const seen: [number, number][] = [];
    const options = {
      entry: { ...entry, ...given },
      url: `${server?.url ?? ''}/some.bin`,
      file,
      fetch,
      progress: (done: number, total: number) => {
        seen.push([done, total]);
      },
    };
    if (before) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, before);
    }
    return { file, seen, done: download(options) };
  }
  const refusal = (reason: ModelError['reason'], message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ModelError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, message);
    return true;
  };

  it('[HEAR-94] the file appears whole and checked, and progress counts up to its size', async () => {
    await start((request, response) => sendFile(request, response, content));
    const { file, seen, done } = bring();
    await done;
    assert.deepEqual(readFileSync(file), content);
    assert.equal(existsSync(`${file}.part`), false);
    assert.deepEqual(seen.at(-1), [content.length, content.length]);
    assert.ok(seen.every(([bytes], index) => index === 0 || bytes > (seen[index - 1]?.[0] ?? 0)));
  });

  it('[HEAR-94] wherever the connection breaks, it goes on there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: content.length - 1 }), { maxLength: 2 }),
        async (cuts) => {
          const ends = [...cuts].sort((one, other) => one - other);
          await start((request, response, count) => sendFile(request, response, content, ends[count - 1]));
          try {
            const { file, done } = bring();
            await done;
            assert.deepEqual(readFileSync(file), content);
          } finally {
            await server?.close();
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('[HEAR-94] what came in another run is not fetched again', async () => {
    await start((request, response) => sendFile(request, response, content));
    const { file, done } = bring({}, content.subarray(0, 200_000));
    await done;
    assert.deepEqual(readFileSync(file), content);
    assert.equal(server?.asked.at(-1)?.range, 'bytes=200000-');
  });

  it('[HEAR-94] a server that knows no ranges begins again, and so does one that has another file', async () => {
    await start((_, response) => response.end(content));
    const first = bring({}, content.subarray(0, 1_000));
    await first.done;
    assert.deepEqual(readFileSync(first.file), content);
    await server?.close();
    await start((request, response) => {
      if (request.headers.range === undefined) return response.end(content);
      return response.writeHead(416).end();
    });
    const second = bring({}, content.subarray(0, 1_000));
    await second.done;
    assert.deepEqual(readFileSync(second.file), content);
  });

  it('[HEAR-94] another checksum is refused, and nothing of it stays', async () => {
    const other = Buffer.from(content);
    other[1234] = (other[1234] ?? 0) ^ 1;
    await start((request, response) => sendFile(request, response, other));
    const { file, done } = bring();
    await assert.rejects(done, refusal('wrong-checksum', /checksum is another.*--mirror/));
    assert.equal(existsSync(file) || existsSync(`${file}.part`), false);
  });

  it('[HEAR-94] a file of another size is refused before it is fetched', async () => {
    await start((request, response) => sendFile(request, response, content));
    for (const size of [content.length - 1, content.length + 1]) {
      const { file, done } = bring({ size });
      await assert.rejects(done, refusal('wrong-size', /it is another file/));
      assert.equal(existsSync(file), false);
    }
  });

  it('[HEAR-95] 404, a refusal, a broken server and an endless redirection say what to do', async () => {
    const answers: readonly [number, ModelError['reason'], RegExp][] = [
      [404, 'not-found', /not there \(404\).*--mirror/],
      [403, 'refused', /refused \(403\)/],
      [503, 'unreachable', /later, or --mirror/],
      [302, 'unreachable', /cannot be reached/],
    ];
    for (const [status, reason, message] of answers) {
      await start((_, response) => response.writeHead(status, { Location: '/some.bin' }).end());
      await assert.rejects(bring().done, refusal(reason, message));
      await server?.close();
    }
  });

  it('[HEAR-95] nobody at the address, and a connection that breaks at once, again and again', async () => {
    await start((_, response) => response.destroy());
    await assert.rejects(bring().done, refusal('unreachable', /--mirror.*--proxy/));
    await assert.rejects(
      bring({}, content.subarray(0, 10)).done,
      refusal('interrupted', /What came is kept; go on with: npx drivetalk models pull some-model/),
    );
    await server?.close();
    await assert.rejects(bring().done, refusal('unreachable', /ECONNREFUSED/));
  });

  it('[HEAR-95] a disk without room and a folder that cannot be made are told before anything is fetched', async () => {
    await start((request, response) => sendFile(request, response, content));
    await assert.rejects(
      bring({ size: Number.MAX_SAFE_INTEGER }).done,
      refusal('disk-full', /MB are needed.*DRIVETALK_DATA/),
    );
    const file = join(mkdtempSync(join(tmpdir(), 'drivetalk-download-')), 'file');
    writeFileSync(file, '');
    const within = download({
      entry,
      url: `${server?.url ?? ''}/x`,
      file: join(file, 'models', 'x.bin'),
      fetch,
      progress: () => undefined,
    });
    await assert.rejects(within, refusal('not-writable', /DRIVETALK_DATA/));
    assert.equal(server?.asked.length, 0);
  });
});
