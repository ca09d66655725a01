import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Linted } from '../../../assistant/regression/lint/lint.ts';
import { lint, type LintOptions } from '../../../simulator/cli/lint.ts';
import { UsageError } from '../../../simulator/cli/exit.ts';
// Where modules of the package are looked up by their name, tests have to be loaded as modules themselves.
import '../../support/own-words.ts';

describe('drivetalk lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-'));
  const file = join(folder, 'suite.yaml');
  after(() => rmSync(folder, { recursive: true }));

  function run(cases: string, options: Partial<LintOptions> = {}) {
    writeFileSync(file, `cases:\n${cases}`);
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => printed.push(line);
    try {
      return { status: lint([folder], { failOn: 'warning', ...options }), printed };
    } finally {
      console.log = log;
    }
  }

  it('[TEST-74] exit status 1 from the severity that is asked for', () => {
    const stolen = '  - {id: a, text: open the trunk, expect: window.open}\n';
    assert.equal(run(stolen).status, 1);
    assert.equal(run(stolen, { failOn: 'error' }).status, 0);
    const fine = '  - {id: a, text: get the roof hatch open for the stars, expect: sunroof.open}\n';
    assert.equal(run(fine).status, 0);
    assert.equal(run(fine, { failOn: 'note' }).status, 1);
    assert.throws(() => lint([join(folder, 'none')], { failOn: 'warning' }), UsageError);
  });

  it('[TEST-74] a line for each finding and a summary, or JSON', () => {
    const { printed } = run('  - {id: a, text: open the trunk, expect: window.open}\n');
    assert.match(printed[0]!, /suite\.yaml:2:5 warning stolen: a "open the trunk" expects window\.open/);
    assert.match(printed.at(-2)!, /^1 case: 0 errors, 1 warning, \d+ notes \(--notes shows them\)$/);
    assert.match(printed.at(-1)!, /^covered: 1 of \d+ labels/);
    const { printed: lines } = run('  - {id: a, text: open the trunk, expect: window.open}\n', {
      json: true,
    });
    const { findings, coverage } = JSON.parse(lines.join('')) as Linted;
    assert.equal(findings[0]?.rule, 'stolen');
    assert.equal(coverage.labels.covered, 1);
  });
});
