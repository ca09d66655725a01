import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineSuite } from '../../../simulator/regression/mocha.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('defineSuite', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-mocha-'));
  after(() => rmSync(folder, { recursive: true }));

  it('[TEST-37] makes a test of each check, which passes or says what is wrong', () => {
    const suite = join(folder, 'suite.yaml');
    writeFileSync(
      suite,
      `suite: cabin
cases:
  - {id: right, text: open the sunroof, expect: sunroof.open, invariance: [casing]}
  - {id: wrong, text: open the sunroof, expect: window.close}
`,
    );
    const file = join(folder, 'own.mts');
    const module = JSON.stringify(join(root, 'simulator/regression/mocha.ts'));
    writeFileSync(
      file,
      `import { defineSuite } from ${module};\ndefineSuite(${JSON.stringify(suite)}, { threads: 1 });\n`,
    );
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [mocha, '--no-config', '--import=tsx', '--reporter', 'json', file],
      { cwd: root, encoding: 'utf8' },
    );
    const report = JSON.parse(stdout || `{"error":${JSON.stringify(stderr)}}`) as {
      passes: { title: string }[];
      failures: { title: string; err: { message: string } }[];
    };
    assert.deepEqual(
      report.passes.map(({ title }) => title),
      ['right: open the sunroof', 'right~casing: open the sunroof'],
    );
    assert.deepEqual(
      report.failures.map(({ title, err }) => [title, err.message]),
      [['wrong: open the sunroof', '"open the sunroof": window.close was taken for sunroof.open']],
    );
  });

  it('[TEST-37] refuses a suite that is not there', () => {
    assert.throws(() => defineSuite(join(folder, 'none.yaml')), /There is no .*none\.yaml/);
  });
});
