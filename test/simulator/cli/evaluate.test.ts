import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../assistant/evaluation/evaluate.ts';
import { progressBar } from '../../../simulator/cli/progress.ts';
import { packageFile } from '../../../simulator/open-drive.ts';

const row = (id: string, text: string, intent: string) =>
  JSON.stringify({
    id,
    text,
    context: [],
    source: 'corpus',
    commands: [{ intent, start: 0, end: text.length, slots: [] }],
  });

describe('drivetalk evaluate', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'drivetalk-evaluate-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', packageFile('simulator/cli/main.ts'), 'evaluate', folder, ...args],
      { encoding: 'utf8' },
    );

  it('[EVAL-5] measures the test split of a directory, and writes down what went wrong', () => {
    const rows = [
      row('1', 'turn on the radio', 'media.radio.start'),
      row('2', 'lock the doors', 'door.lock'),
      row('3', 'close the trunk', 'horn.start'),
    ];
    writeFileSync(join(folder, 'test.jsonl'), rows.join('\n'));
    const mistakes = join(folder, 'mistakes.jsonl');
    const { stdout, stderr, status } = run('--json', '--mistakes', mistakes);
    assert.equal(status, 0, stderr);
    const { all, misheard, sources } = JSON.parse(stdout) as Report;
    assert.deepEqual([all.utterances, misheard?.utterances, sources['corpus']?.utterances], [3, 3, 3]);
    assert.ok(all.intents < 100);
    assert.match(
      readFileSync(mistakes, 'utf8'),
      /"text":"close the trunk","wanted":"horn\.start","said":"trunk\.close/,
    );
    assert.match(stderr, /evaluating: 6 of 6/);
  });

  it('[EVAL-5] a directory without test data is refused with the way to make it', () => {
    const { stderr, status } = run();
    assert.equal(status, 2);
    assert.match(stderr, /holds neither test\.jsonl nor a public set.*make-data\.ts/s);
  });

  it('[EVAL-4] a row that does not fit is named', () => {
    writeFileSync(join(folder, 'test.jsonl'), row('1', 'fly', 'car.fly'));
    const { stderr, status } = run();
    assert.equal(status, 2);
    assert.match(stderr, /test\.jsonl:1: the car has no "car\.fly"/);
  });

  it('[EVAL-5] shows a bar on a terminal, and a line now and then elsewhere', () => {
    const told = (isTTY: boolean) => {
      let text = '';
      const progress = progressBar('work', { isTTY, write: (more) => (text += more) });
      for (let done = 1; done <= 100; done++) progress(done, 100);
      return text;
    };
    assert.equal(told(true).split('\r').length, 101);
    assert.ok(told(true).endsWith(`${'█'.repeat(30)} 100/100\n`));
    assert.equal(told(false).trim().split('\n').length, 10);
    assert.ok(told(false).endsWith('work: 100 of 100\n'));
  });
});
