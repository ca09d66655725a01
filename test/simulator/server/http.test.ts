import assert from 'node:assert/strict';
import { isOurs } from '../../../simulator/server/http.ts';

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
