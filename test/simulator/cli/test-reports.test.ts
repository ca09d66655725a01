import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeResults } from '../../../assistant/regression/results-file.ts';
import { test } from '../../../simulator/cli/test.ts';
import { check, runOf } from '../../assistant/regression/reports/sample-run.ts';
// Where modules of the package are looked up by their name, tests have to be loaded as modules themselves.
import '../../support/own-words.ts';

describe('reports of drivetalk test', () => {
  it('[TEST-67] merged shards give the files that were asked for, and the summary', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drivetalk-'));
    const path = (name: string) => join(folder, name);
    const run = runOf('m', [
      check('a', 'window.open', 'window.close'),
      check('b', 'my_own_label', 'my_own_label'),
    ]);
    writeFileSync(path('part.jsonl'), writeResults(run));
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => printed.push(line);
    try {
      const status = await test([path('part.jsonl')], {
        merge: true,
        results: path('all.jsonl'),
        seed: 0,
        timeout: 1000,
        blame: false,
        junit: path('r.xml'),
        markdown: path('r.md'),
        html: path('r.html'),
      });
      assert.equal(status, 1);
    } finally {
      console.log = log;
    }
    assert.match(printed.join('\n'), /^REGRESSION {2}m\n/);
    assert.match(readFileSync(path('r.xml'), 'utf8'), /^<\?xml .*\n<testsuites/);
    assert.match(readFileSync(path('r.md'), 'utf8'), /^## ❌ drivetalk test/);
    assert.match(readFileSync(path('r.html'), 'utf8'), /^<!doctype html>/);
    rmSync(folder, { recursive: true });
  });
});
