import assert from 'node:assert/strict';
import type { CheckResult, RunHeader, RunResults } from '../../../assistant/regression/result.ts';
import {
  bless,
  mergeResults,
  readResults,
  ResultsError,
  writeResults,
} from '../../../assistant/regression/results-file.ts';

const header: RunHeader = {
  drivetalk: 'results',
  version: 1,
  suites: ['s'],
  suiteDigest: 's',
  model: { name: 'm', digest: 'm' },
  seed: 0,
  checks: 4,
};
const result = (id: string, status: CheckResult['status'] = 'right'): CheckResult => ({
  id,
  case: id,
  kind: 'MFT',
  form: 'text',
  severity: 3,
  tags: [],
  input: id,
  status,
  answers: [],
});
const part = (
  shard: string,
  ids: readonly string[],
  more: Partial<RunHeader> = {},
): { file: string; run: RunResults } => ({
  file: `${shard}.jsonl`,
  run: { header: { ...header, shard, ...more }, results: ids.map((id) => result(id)) },
});

describe('results files', () => {
  it('[TEST-17] are the same bytes in whatever order results came, and are read back', () => {
    const [a, b] = [result('a'), result('b', 'wrong')];
    const text = writeResults({ header, results: [b, a] });
    assert.equal(text, writeResults({ header, results: [a, b] }));
    assert.deepEqual(readResults('f', text), { header, results: [a, b] });
  });

  it('[TEST-18] a half line is dropped from a journal, and refused in results', () => {
    const text = writeResults({ header, results: [result('a')] });
    const cut = `${text}{"id":"b`;
    assert.equal(readResults('f', cut, { cut: true }).results.length, 1);
    assert.throws(() => readResults('f.jsonl', cut), /f\.jsonl is cut off in its last line/);
    assert.throws(() => readResults('f.jsonl', `${text}{}\n`), /f\.jsonl:3: no result of drivetalk test/);
    assert.throws(() => readResults('f.jsonl', 'hello\n'), /f\.jsonl:1: not JSON/);
    assert.throws(() => readResults('f.jsonl', ''), ResultsError);
  });

  it('[TEST-19] shards become one run; parts of different runs are refused', () => {
    const whole = mergeResults([part('1/2', ['b', 'd']), part('2/2', ['a', 'c'])]);
    assert.deepEqual(
      whole.results.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    assert.equal(whole.header.shard, undefined);
    assert.throws(
      () => mergeResults([part('1/2', ['a']), part('2/2', ['b'], { seed: 1 })]),
      /2\/2\.jsonl is no part of the same run as 1\/2\.jsonl: the seed is another one/,
    );
    assert.throws(
      () => mergeResults([part('1/2', ['a']), part('2/2', ['b'], { suiteDigest: 'x' })]),
      /suites have changed/,
    );
  });

  it('[TEST-30] a baseline keeps why it was moved; parts and holes are refused', () => {
    const whole = mergeResults([part('1/2', ['b', 'd']), part('2/2', ['a', 'c'])]);
    const first = bless('f', whole, { message: 'the first', date: '2026-01-01', before: undefined });
    const second = bless('f', whole, {
      message: 'better at night',
      date: '2026-02-01',
      before: first.header,
    });
    assert.deepEqual(
      second.header.blessed?.map(({ message }) => message),
      ['the first', 'better at night'],
    );
    assert.throws(
      () => bless('f', part('1/2', ['a']).run, { message: '', date: '', before: undefined }),
      /only a part \(1\/2\)/,
    );
    const holed = { header, results: [result('a'), result('b', 'no-answer'), result('c')] };
    assert.throws(
      () => bless('f', holed, { message: '', date: '', before: undefined }),
      /lacks the answers of 2 checks/,
    );
  });
});
