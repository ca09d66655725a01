import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageFile } from '../../simulator/open-drive.ts';

/** MapLibre and its worker come when somebody opens the big map. */
const WITH_THE_MAP = /^(gl-map|maplibre-gl)/;
const MOST = 300_000;

describe('the built page', () => {
  it('[WEB-49] is at most 300 kB without the big map, compressed', () => {
    const folder = packageFile('dist/dashboard');
    const assets = readdirSync(join(folder, 'assets'));
    assert.ok(
      assets.some((name) => WITH_THE_MAP.test(name)),
      'the map is a part of its own',
    );
    const files = [
      join(folder, 'index.html'),
      ...assets.filter((name) => !WITH_THE_MAP.test(name)).map((name) => join(folder, 'assets', name)),
    ];
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
    assert.ok(bytes <= MOST, `${bytes} bytes`);
  });
});
