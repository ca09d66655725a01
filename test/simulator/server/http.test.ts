import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer, isOurs } from '../../../simulator/server/http.ts';

const request = (host: string | undefined, origin?: string) => ({
  headers: { ...(host && { host }), ...(origin && { origin }) },
});

describe('whom the server answers', () => {
  it('[SERVE-2] answers the page it serves, under the loopback names', () => {
    assert.ok(isOurs(request('localhost:8080')));
    assert.ok(isOurs(request('127.0.0.1:8080', 'http://127.0.0.1:8080')));
    assert.ok(isOurs(request('[::1]:8080', 'http://[::1]:8080')));
  });

  it('[SERVE-2] refuses other web sites and names that point here', () => {
    assert.ok(!isOurs(request('localhost:8080', 'https://example.org')));
    assert.ok(!isOurs(request('localhost:8080', 'http://localhost:9999')));
    assert.ok(!isOurs(request('localhost:8080', 'null')));
    assert.ok(!isOurs(request('rebound.example:8080', 'http://rebound.example:8080')));
    assert.ok(!isOurs(request(undefined)));
  });

  it('[SERVE-2] answers a name that the user allowed', () => {
    assert.ok(isOurs(request('car.local:8080', 'http://car.local:8080'), new Set(['car.local'])));
  });
});

describe('what the server answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-http-'));
  const map = {} as Parameters<typeof createHttpServer>[1]['map'];
  const fixed = { map, signals: [] as never, themes: [] };
  const server = createHttpServer(folder, fixed, () => [] as never, new Set());
  before(async () => {
    writeFileSync(join(folder, 'index.html'), '<title>Drivetalk</title>');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const statusOf = async (path: string, headers: Record<string, string> = {}) => {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(ask({ port, path, headers }).end(), 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };

  it('[SERVE-9] a request that makes no sense costs nobody else anything', async () => {
    for (const range of ['bytes=9-2', 'bytes=-', 'bytes=99999-', 'bytes=x-y', 'bytes=0-0,5-1', 'nonsense'])
      assert.equal(await statusOf('/index.html', { range }), 200, range);
    for (const path of ['/%', '/%E0%A4%A', '/..%2f..%2fpackage.json', '/\\..\\x', `/${'a'.repeat(5_000)}`])
      assert.ok([400, 404, 500].includes((await statusOf(path)) ?? 0), path);
    assert.equal(await statusOf('/index.html'), 200);
  });
});
