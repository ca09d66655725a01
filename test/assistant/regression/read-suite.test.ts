import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { expand } from '../../../assistant/regression/checks.ts';
import { synonymsOf } from '../../../assistant/regression/perturb.ts';
import { SuiteError } from '../../../assistant/regression/problems.ts';
import { readSuite, refuseDoubleIds } from '../../../assistant/regression/read-suite.ts';
import { suiteJsonSchema } from '../../../assistant/regression/suite.ts';
import { openOntology, openPhraseBook } from '../../../assistant/understanding/open-phrase-book.ts';
import { inShard } from '../../../assistant/regression/checks.ts';

const ontology = openOntology();
const known = (name: string) => (name === 'none' ? undefined : ontology);
const read = (text: string, file = 'a.yaml') => readSuite({ file, text }, known);
const problemsOf = (text: string, file?: string): readonly string[] => {
  try {
    read(text, file);
  } catch (error) {
    assert.ok(error instanceof SuiteError, String(error));
    return error.message.split('\n');
  }
  return [];
};
const synonyms = synonymsOf(openPhraseBook(ontology));
const checksOf = (text: string, seed = 0) => expand([read(text)], { seed, synonyms, sound: () => undefined });

describe('suites', () => {
  it('[TEST-1] what the defaults say stands in every case; tags are added', () => {
    const { cases, now } = read(`
now: 2026-03-01T12:00:00
defaults: {severity: 4, tags: [night], seat: passenger}
cases:
  - {id: a, text: open the window, expect: window.open, tags: [mine]}
  - {id: b, text: hello, expect: dialogue.greet.select, severity: 1, seat: driver}
`);
    assert.deepEqual(cases[0]?.tags, ['night', 'mine']);
    assert.deepEqual([cases[0].severity, cases[1]?.severity], [4, 1]);
    assert.deepEqual([cases[0].seat, cases[1]?.seat], ['passenger', 'driver']);
    assert.equal(now, Date.UTC(2026, 2, 1, 12));
  });

  it('[TEST-1] JSONL: a case a line, what concerns all of them in the first', () => {
    const suite = read(
      '{"suite":"mine","ontology":"none"}\n{"id":"a","text":"book a flight","expect":{"intent":"book_flight"}}\n',
      'a.jsonl',
    );
    assert.deepEqual([suite.name, suite.cases.length], ['mine', 1]);
    assert.equal(suite.cases[0]?.where.line, 2);
  });

  it('[TEST-2] malformed YAML and JSON are refused with file, line and column', () => {
    assert.match(problemsOf('cases:\n  - {id: a, text: "x}\n')[0] ?? '', /^a\.yaml:\d+:\d+: /);
    assert.match(
      problemsOf('{"id":"a","text":"x","expect":[]}\n{oops\n', 'a.jsonl')[0] ?? '',
      /^a\.jsonl:2:\d+: this line is not JSON/,
    );
  });

  it('[TEST-2] a field that is wrong or unknown is told with its place', () => {
    const [first = ''] = problemsOf('cases:\n  - id: a\n    text: x\n    expct: []\n');
    assert.match(first, /^a\.yaml:4:5: there is no "expct"/);
    assert.match(
      problemsOf('cases:\n  - id: a\n    text: x\n    expect: []\n    severity: 9\n')[0] ?? '',
      /^a\.yaml:5:5: cases\.0\.severity/,
    );
    assert.match(problemsOf('cases:\n  - {id: a}\n')[0] ?? '', /a case is one of/);
    assert.match(problemsOf('now: soon\ncases: []\n')[0] ?? '', /^a\.yaml:1:1: now/);
  });

  it('[TEST-3] an unknown label or slot is told with the nearest one that is known; other ontologies are left alone', () => {
    const [label = ''] = problemsOf('cases:\n  - id: a\n    text: x\n    expect: {intent: window.opn}\n');
    assert.match(label, /^a\.yaml:4:\d+: there is no label "window\.opn"; the nearest is "window\.open"/);
    const [slot = ''] = problemsOf(
      'cases:\n  - id: a\n    text: x\n    expect: [{intent: window.open, slots: {zones: driver}}]\n',
    );
    assert.match(slot, /window\.open has no slot "zones"; the nearest is "zone"/);
    assert.deepEqual(problemsOf('ontology: none\ncases:\n  - {id: a, text: x, expect: book_flight}\n'), []);
  });

  it('[TEST-4] an id that stands twice is refused with both places', () => {
    const one = read('cases:\n  - {id: a, text: x, expect: []}\n', 'one.yaml');
    const two = read(
      'cases:\n  - {id: b, text: x, expect: []}\n  - {id: a, text: y, expect: []}\n',
      'two.yaml',
    );
    assert.throws(
      () => refuseDoubleIds([one, two]),
      /two\.yaml:3:\d+: the id "a" stands in one\.yaml:2 already/,
    );
  });

  it('[TEST-5] the published schema is the one that is used', () => {
    const file = new URL('../../../assistant/regression/suite.schema.json', import.meta.url);
    assert.deepEqual(
      JSON.parse(readFileSync(file, 'utf8')),
      JSON.parse(JSON.stringify(suiteJsonSchema())),
      'run npm run generate',
    );
  });

  it('[TEST-6] a case becomes one check for its answer, one for each invariance and one for each direction', () => {
    const ids = checksOf(`
cases:
  - id: warm
    text: set the temperature to twenty one degrees
    expect: {intent: climate.temperature.set, slots: {temperature: 21}}
    invariance: all
    direction:
      - {negate: true, expect: not-executed}
      - {id: colder, replace: {twenty one: nineteen}, expect: {slots: {temperature: 19}}}
`).map(({ id }) => id);
    assert.deepEqual(ids, [
      'warm', 'warm~casing', 'warm~colder', 'warm~confusions', 'warm~direction-1', 'warm~fillers', 'warm~numbers',
      'warm~politeness', 'warm~punctuation',
    ]); // prettier-ignore
  });

  it('[TEST-7] variants are drawn by the seed: the same ones again, others with another', () => {
    const suite = `
cases:
  - {id: a, text: could you turn on the fan for the driver please, expect: {intent: climate.fan.on, slots: {zone: driver}}, invariance: {by: all, samples: 5}}
`;
    assert.deepEqual(checksOf(suite, 1), checksOf(suite, 1));
    assert.notDeepEqual(
      checksOf(suite, 1).map(({ input }) => input),
      checksOf(suite, 2).map(({ input }) => input),
    );
    assert.deepEqual(
      checksOf(suite, 1).map(({ id }) => id),
      checksOf(suite, 2).map(({ id }) => id),
      'but the same checks',
    );
  });

  it('[TEST-7] what a direction cannot be made of is told with its place', () => {
    assert.throws(
      () =>
        checksOf(
          "cases:\n  - {id: a, text: i'm freezing, expect: climate.comfort.increase, direction: [{negate: true, expect: declined}]}\n",
        ),
      /a\.yaml:2:\d+: negate: "i'm freezing" is no order/,
    );
    assert.throws(
      () =>
        checksOf(
          'cases:\n  - {id: a, text: open it, expect: window.open, direction: [{replace: {shut: open}, expect: declined}]}\n',
        ),
      /replace: "shut" does not stand in "open it"/,
    );
  });

  it('[TEST-8] a shard is a matter of the case id alone: all shards together are the suite, and new cases move no others', () => {
    const suite = (count: number) =>
      checksOf(
        `cases:\n${Array.from({ length: count }, (_, at) => `  - {id: c${at}, text: open the window, expect: window.open, invariance: [casing]}\n`).join('')}`,
      );
    const shards = Array.from({ length: 8 }, (_, at) => `${at + 1}/8`);
    const of = (count: number) =>
      new Map(suite(count).map((check) => [check.id, shards.filter((shard) => inShard(check, shard))]));
    const few = of(40);
    const many = of(60);
    for (const [id, own] of few) {
      assert.equal(own.length, 1);
      assert.deepEqual(many.get(id), own);
      assert.deepEqual(own, few.get(id.replace('~casing', '')), 'checks of a case stay together');
    }
  });
});
