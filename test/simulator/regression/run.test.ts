import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assessment, MutantReport } from '../../../assistant/regression/result.ts';
import { readResults } from '../../../assistant/regression/results-file.ts';
import { openCorpus, openOntology } from '../../../assistant/understanding/open-phrase-book.ts';
import { bless } from '../../../simulator/cli/bless.ts';
import { test, TEST_EXIT, type TestOptions } from '../../../simulator/cli/test.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { measureCosts } from '../../../simulator/regression/costs.ts';
import { planOf } from '../../../simulator/regression/run.ts';
import { FILE_FAULTS } from '../../../simulator/regression/spoil-model.ts';
import { readSuites } from '../../../simulator/regression/suite-files.ts';

/** Every so manieth line of the corpus: of all domains. */
const EVERY = 100;

describe('drivetalk test', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-test-'));
  const path = (name: string) => join(folder, name);
  const suite = path('suite.jsonl');
  const baseline = path('baseline.jsonl');

  /** Runs in this process; what is printed is caught. */
  async function run(paths: readonly string[], more: Partial<TestOptions> = {}) {
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => void printed.push(line);
    try {
      const options = { results: path('results.jsonl'), seed: 0, timeout: 60_000, threads: 1, blame: false };
      const status = await test(paths, { ...options, json: true, ...more });
      return { status, printed: printed.join('\n') };
    } finally {
      console.log = log;
    }
  }
  const assessment = (printed: string) => JSON.parse(printed) as Assessment;

  before(async () => {
    const cases = openCorpus(openOntology())
      .filter((_, at) => at % EVERY === 0)
      .map(({ text, context, commands }, at) => ({
        id: `case-${at}`,
        text,
        context,
        expect: commands
          .filter(({ intent }) => !intent.startsWith('none.'))
          .map(({ intent }) => ({ intent })),
        ...(at % 10 === 0 && context.length === 0 && { invariance: ['casing', 'fillers'] }),
        tags: [commands[0]?.intent.split('.')[0] ?? 'none'],
      }));
    const policy = { minimumDrop: 0.2, floors: { all: 0.5 } };
    writeFileSync(
      suite,
      [{ suite: 'corpus', policy }, ...cases].map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    const first = await run([suite], { results: path('first.jsonl'), threads: 2 });
    assert.equal(first.status, TEST_EXIT.pass, first.printed);
    const { log } = console;
    console.log = () => undefined;
    bless(path('first.jsonl'), { baseline, message: 'as shipped' });
    console.log = log;
  });
  after(() => rmSync(folder, { recursive: true }));

  it('[TEST-17] one thread gives the bytes of two', async () => {
    const { status, printed } = await run([suite], { baseline });
    assert.equal(status, 0, printed);
    assert.equal(assessment(printed).verdict, 'pass');
    assert.equal(readFileSync(path('results.jsonl'), 'utf8'), readFileSync(path('first.jsonl'), 'utf8'));
  });

  it('[TEST-17] [TEST-19] shards that are merged give the bytes of the whole', async () => {
    const files = ['1/2', '2/2'].map((shard, at) => ({ shard, results: path(`shard-${at}.jsonl`) }));
    for (const own of files) await run([suite], own);
    const merged = path('merged.jsonl');
    const { status } = await run(
      files.map(({ results }) => results),
      { merge: true, results: merged, baseline },
    );
    assert.equal(readFileSync(merged, 'utf8'), readFileSync(path('first.jsonl'), 'utf8'));
    assert.equal(status, 0, 'the policy is that of the suites');
    const hole = await run([files[0]!.results], { merge: true, results: merged, baseline });
    assert.equal(assessment(hole.printed).verdict, 'incomplete');
  });

  it('[TEST-18] an interrupted run goes on where it was, and refuses to go on with another', async () => {
    const whole = readFileSync(path('first.jsonl'), 'utf8');
    const kept = whole.split('\n').slice(0, 40).join('\n');
    writeFileSync(path('cut.jsonl.partial'), `${kept}\n{"id":"case-9`);
    const { status } = await run([suite], { results: path('cut.jsonl'), resume: true, baseline });
    assert.equal(status, 0);
    assert.equal(readFileSync(path('cut.jsonl'), 'utf8'), whole);
    writeFileSync(path('cut.jsonl.partial'), `${kept}\n`);
    await assert.rejects(
      run([suite], { results: path('cut.jsonl'), resume: true, seed: 1 }),
      /cannot be continued/,
    );
    await assert.rejects(run([suite], { results: path('none.jsonl'), resume: true }), /no interrupted run/);
  });

  it('[TEST-23] the model against itself with other noise is no regression', async () => {
    const { printed } = await run([suite], { baseline, seed: 1 });
    assert.equal(assessment(printed).verdict, 'pass', printed);
  });

  it('[TEST-35] [TEST-33] a model that has lost a layer is a regression, and its files alone are changed', async () => {
    const worse = path('worse');
    cpSync(packageFile('assistant/model'), worse, { recursive: true });
    assert.ok(FILE_FAULTS.find(({ name }) => name === 'dropped-layer')?.plant(worse));
    const { status, printed } = await run([suite], { baseline, model: worse, blame: true });
    const { verdict, test: paired, blame } = assessment(printed);
    assert.deepEqual([status, verdict], [TEST_EXIT.regression, 'regression']);
    assert.ok((paired?.worse ?? 0) > 10);
    assert.ok(blame.some(({ shrunk }) => shrunk !== undefined));
  });

  it('[TEST-33] every planted fault is seen', async () => {
    const { status, printed } = await run([suite], { mutate: true });
    const reports = JSON.parse(printed) as readonly MutantReport[];
    assert.deepEqual(
      reports.map(({ name }) => name),
      ['swapped-labels', 'swapped-labels', 'high-threshold', 'no-threshold', 'broken-tokenizer', 'coarse-quantisation', 'dropped-layer'],
    ); // prettier-ignore
    for (const name of ['broken-tokenizer', 'coarse-quantisation', 'dropped-layer'])
      assert.ok(reports.find((report) => report.name === name)?.caught, name);
    assert.equal(status, reports.every(({ caught }) => caught) ? 0 : 3);
  });

  it('[TEST-29] a model beside itself costs about the same', async () => {
    const plan = planOf(readSuites([suite]), { seed: 0 });
    const costs = await measureCosts(plan, {}, {}, { latencyRatio: 4, memoryRatio: 2 });
    assert.deepEqual(costs.map(({ what, exceeded }) => [what, exceeded]), [['latency', false], ['memory', false]]); // prettier-ignore
  });

  it('[TEST-35] a model that is not there is an engine failure, a suite that is broken bad usage', async () => {
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = () => true;
    try {
      mkdirSync(path('empty'));
      assert.equal((await run([suite], { model: path('empty') })).status, 4);
      writeFileSync(path('broken.yaml'), 'cases:\n  - {id: a, txt: x}\n');
      assert.equal((await run([path('broken.yaml')])).status, 2);
    } finally {
      process.stderr.write = write;
    }
    await assert.rejects(run([path('nowhere')]), /There is no/);
    await assert.rejects(run([suite], { baseline: path('nowhere') }), /drivetalk bless/);
  });

  it('[TEST-36] [TEST-15] a missing sound is told; dialogues are played in a car', async () => {
    const scenes = path('scenes.yaml');
    writeFileSync(
      scenes,
      `cases:
  - {id: gone, audio: none.wav, expect: []}
  - id: drive
    set: {Vehicle.Speed: 50}
    turns:
      - {text: open the trunk, expect: trunk.open, expectStatus: refused, expectState: {Vehicle.Speed: {min: 45}}}
      - {text: set the temperature to 21 degrees, expectState: {Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature: 21}}
`,
    );
    const { status, printed } = await run([scenes], { results: path('scenes.jsonl') });
    const { missing, counts } = assessment(printed);
    assert.equal(status, TEST_EXIT.incomplete, printed);
    assert.deepEqual(missing, [{ id: 'gone', reason: 'there is no sound file none.wav' }]);
    assert.equal(counts.right, 1);
    const { results } = readResults('scenes', readFileSync(path('scenes.jsonl'), 'utf8'));
    assert.ok(results.find(({ id }) => id === 'drive')?.answers[0]?.outcomes?.[0]?.rule);
  });
});
