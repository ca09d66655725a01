import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Figure } from '../../../simulator/cli/bench-figure.ts';
import { packageFile } from '../../../simulator/open-drive.ts';

describe('drivetalk bench, as it is typed', function () {
  this.timeout(60_000);
  const bench = (...args: string[]) =>
    spawnSync(process.execPath, [packageFile('dist/simulator/cli/main.js'), 'bench', ...args], {
      encoding: 'utf8',
    });

  it('[CLI-61] one part alone is measured, and told as a list of figures', () => {
    const { status, stdout } = bench('--only', 'understanding', '--json');
    assert.equal(status, 0);
    const figures = JSON.parse(stdout) as readonly Figure[];
    assert.ok(figures.length >= 4);
    for (const { name, value } of figures) assert.ok(name.startsWith('understanding') && value > 0, name);
  });

  it('[CLI-61] what cannot be measured says why', () => {
    const { status, stdout, stderr } = bench('--only', 'understanding', '--model', '/nowhere', '--json');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /nowhere/);
  });
});
