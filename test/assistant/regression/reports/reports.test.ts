import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assess } from '../../../../assistant/regression/assess.ts';
import { DEFAULT_POLICY } from '../../../../assistant/regression/policy.ts';
import {
  binsOf,
  calibrationError,
  confusedPairs,
  riskCoverage,
} from '../../../../assistant/regression/reports/curves.ts';
import { junitXml } from '../../../../assistant/regression/reports/junit.ts';
import { markdownSummary } from '../../../../assistant/regression/reports/markdown.ts';
import { terminalSummary } from '../../../../assistant/regression/reports/terminal.ts';
import { escaped } from '../../../../assistant/regression/reports/words.ts';
import { check, HOSTILE, runOf, sampleRun } from './sample-run.ts';

describe('reports of a run', () => {
  const { assessment, run } = sampleRun(600);

  it('[TEST-60] the terminal summary fits a screen: verdict first, then why, the worst cases, the weakest tags', () => {
    const lines = terminalSummary(assessment, run).split('\n');
    assert.equal(lines[0], 'REGRESSION  model-2 against model-1');
    assert.match(
      lines[1]!,
      /^ {2}\d+ of 601 checks right \(\d+\.\d %\) · \d+ broken · \d+ fixed · \d+ still wrong/,
    );
    assert.ok(lines.length <= 30, `${lines.length} lines`);
    assert.ok(lines.every((line) => line.length <= 120));
    const worst = lines.indexOf('Broken, worst first');
    assert.match(lines[worst + 1]!, /^ {2}5 {2}/);
    assert.match(lines.join('\n'), /noise {2}.*below its floor of 99\.0 %/);
  });

  it('[TEST-60] without a baseline it tells what is wrong; a pass is two lines and its reason', () => {
    const alone = runOf('model-2', [
      check('a', 'window.open', 'window.close'),
      check('b', 'door.lock', 'door.lock'),
    ]);
    assert.match(
      terminalSummary(assess({ candidate: alone, policy: DEFAULT_POLICY }), alone),
      /Wrong, worst first\n {2}3 {2}a {2}"please do a": window\.open was taken for window\.close/,
    );
    const good = runOf('model-2', [check('b', 'door.lock', 'door.lock')]);
    assert.equal(
      terminalSummary(assess({ candidate: good, policy: DEFAULT_POLICY }), good),
      'PASS  model-2\n  1 of 1 check right (100.0 %)\n  1 of 1 checks are right',
    );
  });

  it('[TEST-61] JUnit is red exactly when the verdict is: what was wrong before is skipped', () => {
    const xml = junitXml(assessment, run);
    const count = (tag: string) => xml.split(`<${tag} message=`).length - 1;
    const changes = (change: string) => assessment.flips.filter((flip) => flip.change === change).length;
    assert.equal(count('failure'), changes('broken') + 1);
    assert.equal(count('skipped'), changes('still-wrong'));
    assert.match(
      xml,
      new RegExp(`tests="602" failures="${count('failure')}" errors="0" skipped="${count('skipped')}"`),
    );
    assert.match(
      xml,
      /<testcase classname="drivetalk test" name="verdict">\n\s*<failure message="REGRESSION">/,
    );
    const good = runOf('m', [check('b', 'door.lock', 'door.lock')]);
    assert.doesNotMatch(
      junitXml(assess({ candidate: good, policy: DEFAULT_POLICY }), good),
      /<(failure|error|skipped) /,
    );
  });

  it('[TEST-61] a check without an answer is an error, one that nobody asked is skipped', () => {
    const part = runOf('m', [
      check('a', 'door.lock', 'door.lock', { status: 'no-answer', reason: 'too late', answers: [] }),
      check('b', 'door.lock', 'door.lock'),
    ]);
    const xml = junitXml(assess({ candidate: part, policy: DEFAULT_POLICY, wanted: ['a', 'b', 'c'] }), part);
    assert.match(xml, /name="a">\n\s*<error message="too late">/);
    assert.match(xml, /name="c">\n\s*<skipped message="was not run">/);
  });

  it('[TEST-62] Markdown tells verdict, counts, broken cases and weak tags in tables that nothing breaks', () => {
    const text = markdownSummary(assessment, run);
    assert.match(text, /^## ❌ drivetalk test: regression\n/);
    assert.match(text, /### Broken: \d+, the worst 20 of them/);
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && /case/.test(line));
    const bars = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const [header, ...cases] = rows.slice(rows.findIndex((line) => line.startsWith('| severity')));
    assert.ok(cases.length >= 20 && cases.slice(0, 20).every((line) => bars(line) === bars(header!)));
    assert.doesNotMatch(text.replace(/(`+).*?\1/g, ''), /<img|@me/);
  });

  it('[TEST-63] what people say cannot become markup, and every character is one that XML can hold', () => {
    assert.equal(
      escaped(HOSTILE),
      '&#60;/script&#62;&#60;img src=x onerror=&#34;document.title=1&#34;&#62; ]]&#62; &#38; `|` @me \ufffd \ufffd',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(escaped(text), /[<>"'\ufffe\uffff]|&(?!#\d+;)/);
      }),
      { numRuns: 40 },
    );
  });

  it('[TEST-64] the calibration error and the risk–coverage curve are those of their definitions', () => {
    const scored = [
      { confidence: 0.95, right: true },
      { confidence: 0.95, right: false },
      { confidence: 0.55, right: true },
      { confidence: 1, right: true },
    ];
    const bins = binsOf(scored);
    assert.deepEqual(
      bins.map(({ count }) => count),
      [0, 0, 0, 0, 0, 1, 0, 0, 0, 3],
    );
    // One bin: two of three right at a mean of 0.9667; the other: right at 0.55.
    assert.ok(Math.abs(calibrationError(bins) - (Math.abs(2 - 2.9) + Math.abs(1 - 0.55)) / 4) < 1e-12);
    assert.deepEqual(
      riskCoverage(scored).map(({ coverage, risk }) => [coverage, risk]),
      [
        [0.25, 0],
        [0.75, 1 / 3],
        [1, 0.25],
      ],
    );
    assert.equal(calibrationError(binsOf([])), 0);
  });

  it('[TEST-65] confusion pairs the same labels first; missed, superfluous and declined commands have their place', () => {
    const pairs = (expected: readonly string[], got: readonly string[]) => {
      const [answer] = check('a', 'x', 'x').answers;
      const frames = got.map((intent) => ({ intent, slots: {}, confidence: 1 }));
      return confusedPairs(
        check('a', 'x', 'x', {
          answers: [{ ...answer!, expected: expected.map((intent) => ({ intent })), got: frames }],
        }),
      );
    };
    assert.deepEqual(pairs(['a', 'b'], ['b', 'c']), [
      ['b', 'b'],
      ['a', 'c'],
    ]);
    assert.deepEqual(pairs(['a'], []), [['a', '(none)']]);
    assert.deepEqual(pairs(['a'], ['a', 'c']), [
      ['a', 'a'],
      ['(none)', 'c'],
    ]);
    assert.deepEqual(pairs([], ['none.out_of_scope.select']), [['(none)', '(none)']]);
    assert.deepEqual(pairs([], ['c']), [['(none)', 'c']]);
    assert.deepEqual(confusedPairs(check('a', 'x', 'y', { kind: 'INV' })), []);
  });
});
