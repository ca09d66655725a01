import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert, type ConvertOptions } from '../../../simulator/cli/convert.ts';
import { UsageError } from '../../../simulator/cli/exit.ts';
// Where modules of the package are looked up by their name, tests have to be loaded as modules themselves.
import '../../support/own-words.ts';

const SUITE = `cases:
  - {id: a, text: set the temperature to 21 degrees, expect: {intent: climate.temperature.set, slots: {temperature: 21}}, severity: 2}
  - {id: b, text: who are you, expect: []}
`;

describe('drivetalk convert', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drivetalk-'));
    writeFileSync(path('suite.yaml'), SUITE);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(input: string, output: string, options: ConvertOptions) {
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => printed.push(line);
    try {
      const status = convert(path(input), path(output), { json: true, ...options });
      const told = JSON.parse(printed.join('')) as {
        cases: number;
        files: string[];
        losses: { what: string; cases: string[] }[];
      };
      return { status, ...told };
    } finally {
      console.log = log;
    }
  }

  it('[TEST-56] tells what did not come along, and fails for it when asked to be strict', () => {
    const { status, cases, losses } = run('suite.yaml', 'out.jsonl', { to: 'massive' });
    assert.deepEqual([status, cases], [0, 1]);
    assert.deepEqual(
      losses.find(({ what }) => what.startsWith('whole cases')),
      { what: 'whole cases: nothing for the car', cases: ['b'] },
    );
    assert.equal(run('suite.yaml', 'out.jsonl', { to: 'massive', strict: true }).status, 1);
    assert.equal(run('suite.yaml', 'out.csv', { to: 'csv', strict: true }).status, 0);
  });

  it('[TEST-56] there and back through a table the suite is the same', () => {
    run('suite.yaml', 'table.csv', { to: 'csv' });
    run('table.csv', 'lines.jsonl', { to: 'drivetalk' });
    run('lines.jsonl', 'again.csv', { to: 'csv' });
    assert.equal(readFileSync(path('again.csv'), 'utf8'), readFileSync(path('table.csv'), 'utf8'));
    assert.match(readFileSync(path('lines.jsonl'), 'utf8'), /^\{"ontology":"drivetalk"\}\n\{/);
  });

  it('[TEST-56] several files go into a folder, and are read from it', () => {
    run('suite.yaml', 'triple', { to: 'bio' });
    assert.deepEqual(readdirSync(path('triple')).sort(), ['label', 'seq.in', 'seq.out']);
    assert.equal(run('triple', 'back.yaml', { to: 'drivetalk' }).cases, 1);
  });

  it('[TEST-56] refuses what it does not know, and to write over what it reads', () => {
    writeFileSync(path('odd.txt'), 'hello');
    const refused = (input: string, output: string, options: ConvertOptions, message: RegExp) => {
      assert.throws(
        () => convert(path(input), path(output), options),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    };
    refused('none', 'x', { to: 'csv' }, /There is no .*none/);
    refused('odd.txt', 'x', { to: 'csv' }, /--from drivetalk \| rasa/);
    refused('suite.yaml', 'x', { to: 'word' }, /There is no format "word"/);
    refused('suite.yaml', 'suite.yaml', { to: 'csv' }, /Name another file/);
    assert.equal(readFileSync(path('suite.yaml'), 'utf8'), SUITE);
  });
});
