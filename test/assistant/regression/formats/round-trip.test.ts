import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalCase } from '../../../../assistant/regression/formats/canonical.ts';
import { fit } from '../../../../assistant/regression/formats/fit.ts';
import type { Format } from '../../../../assistant/regression/formats/format.ts';
import type { SourceText } from '../../../../assistant/regression/parse.ts';
import { FORMATS, recognise } from '../../../../assistant/regression/formats/formats.ts';
import { DEFAULT_POLICY } from '../../../../assistant/regression/policy.ts';
import { suiteSchema, type CaseInFile, type SuiteFile } from '../../../../assistant/regression/suite.ts';

/** Words as people say them, and as they should never hurt a parser. */
const word = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'turn',
      'on',
      'the',
      'radio',
      'twenty',
      'one',
      'degrees',
      'Jazz',
      "it's",
      '21',
      '40%',
      'naïve',
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '[a](b)',
      '- x',
      '#me',
      'UTT_A',
      'a: b',
      '"quoted"',
      'x,y',
      '{',
      '=1+1',
      '日本',
      '😀',
      '\t',
      '\n',
      'null',
      'true',
      '~',
    ),
  },
);
const text = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(' '));
const label = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('climate.ac.on', 'window.open', 'alarm_set', 'faq/name') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'oos',
      'None',
      'out_of_scope',
      'INCOMPREHENSION',
      'a+b',
      'a#b',
      'a b',
      'x | y',
      'yes',
      '12',
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 5 }) },
);
const slotName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('zone', 'amount', 'city:from', 'date') },
  { weight: 1, arbitrary: fc.constantFrom('a b', 'x]', ' y', 'toString') },
);

/** Slots most of whose words stand in the text. */
const slotIn = (said: string) => {
  const words = said.split(' ').filter((one) => one !== '');
  const part = fc
    .tuple(fc.nat(Math.max(0, words.length - 1)), fc.integer({ min: 1, max: 2 }))
    .map(([from, count]) => words.slice(from, from + count).join(' '));
  return fc.oneof(
    { weight: 5, arbitrary: part.map((one) => ({ text: one })) },
    part,
    fc
      .tuple(part, fc.oneof(fc.constantFrom('x', 'Rolling Stones'), fc.integer()))
      .map(([one, value]) => ({ text: one, value })),
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one || 0),
    ),
    fc.array(part, { minLength: 1, maxLength: 3 }).map((list) => list as [string, ...string[]]),
    fc.integer().map((value) => ({ value, unit: 'celsius', within: 0.5 })),
  );
};
const frameFor = (said: string) =>
  fc.oneof(
    label.map((intent) => ({ intent })),
    fc
      .tuple(label, fc.dictionary(slotName, slotIn(said), { maxKeys: 3, noNullPrototype: true }))
      .map(([intent, slots]) => ({ intent, slots })),
  );
const turn = text.chain((said) =>
  fc
    .oneof(
      { weight: 6, arbitrary: frameFor(said).map((frame) => [frame]) },
      fc.constant([]),
      fc.array(frameFor(said), { minLength: 2, maxLength: 2 }),
    )
    .map((expect) => ({ text: said, expect })),
);
const extras = fc.record(
  {
    tags: fc.array(
      fc.constantFrom(
        'mft',
        'noise',
        'locale:en-US',
        'partition:dev',
        'scenario:alarm',
        'split:train',
        'split:val',
      ),
      { maxLength: 3 },
    ),
    severity: fc.integer({ min: 1, max: 5 }),
    note: fc.string(),
    seat: fc.constantFrom('driver', 'passenger'),
    audio: fc.constantFrom('a.wav', 'b.WAV'),
    invariance: fc.constant('all'),
    expectStatus: fc.constant('done'),
  },
  { requiredKeys: [] },
);
const id = fc.integer({ min: 1, max: 10_000 }).map((one) => `case-${one}`);
const utterance = fc.tuple(id, turn, extras).map(([name, said, more]) => ({ id: name, ...said, ...more }));
const dialogue = fc
  .tuple(
    id,
    fc.array(turn, { minLength: 1, maxLength: 3 }),
    fc.constantFrom({}, { tags: ['dialogue'] }, { severity: 4 }),
  )
  .map(([name, turns, more]) => ({ id: name, turns, ...more }));
const silent = id.map((name) => ({ id: name, text: 'x', expectReply: 'y' }));
const suites: fc.Arbitrary<SuiteFile> = fc
  .tuple(
    fc.uniqueArray(
      fc.oneof(
        { weight: 8, arbitrary: utterance },
        { weight: 2, arbitrary: dialogue },
        { weight: 1, arbitrary: silent },
      ),
      { selector: (one) => one.id, minLength: 1, maxLength: 8 },
    ),
    fc.constantFrom(
      {},
      { suite: 'cabin' },
      { policy: { ...DEFAULT_POLICY, minimumDrop: 0.05 } },
      { policy: { ...DEFAULT_POLICY, veto: 4 } },
    ),
  )
  .map(([cases, head]) => ({ ...head, cases }) as unknown as SuiteFile);

const sorted = (cases: readonly CaseInFile[]) => [...cases].sort((a, b) => (a.id < b.id ? -1 : 1));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const inFolder = (sources: readonly SourceText[]) =>
  sources
    .map(({ file, text: content }) => ({ file: `data/${file}`, text: content }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));

function readBack(format: Format, suite: SuiteFile) {
  const { suite: fitted, losses } = fit(suite, format.holds);
  const written = inFolder(format.write(fitted, {}));
  return { fitted, losses, written, read: format.read(written, {}) };
}

describe('formats of suites, there and back', function () {
  this.timeout(60_000);
  for (const format of FORMATS) {
    it(`[TEST-50] ${format.name}: what is written is read back, all that the format can hold`, () => {
      fc.assert(
        fc.property(suites, (suite) => {
          const { fitted, read } = readBack(format, suite);
          if (fitted.cases.length === 0) return;
          const again = { ...read.suite, ...(fitted.ontology === undefined && { ontology: undefined }) };
          assert.deepEqual(plain(sorted(again.cases)), plain(sorted(fitted.cases)));
          assert.deepEqual(plain(again.policy ?? null), plain(fitted.policy ?? null));
          assert.deepEqual(read.losses, [], 'a file of our own has nothing that a suite does not know');
          if (format.name !== 'drivetalk') assert.ok(suiteSchema.safeParse(plain(read.suite)).success);
        }),
        { numRuns: 300 },
      );
    });

    it(`[TEST-51] ${format.name}: a case that is in no list of losses is the same as before`, () => {
      fc.assert(
        fc.property(suites, (suite) => {
          const { fitted, losses } = readBack(format, suite);
          const hurt = new Set(losses.flatMap(({ cases }) => cases));
          const whole = suite.cases.filter((one) => !hurt.has(one.id)).map(canonicalCase);
          const left = new Map(fitted.cases.map((one) => [one.id, one]));
          for (const one of whole) assert.deepEqual(plain(left.get(one.id)), plain(one));
          const others = fit(fitted, format.holds).losses;
          assert.deepEqual(others, [], 'what fits once fits again');
        }),
        { numRuns: 300 },
      );
    });
  }

  it('[TEST-52] each format is known by its content', () => {
    const suite: SuiteFile = {
      cases: [
        {
          id: 'a',
          text: 'wake me at nine am',
          expect: { intent: 'alarm_set', slots: { time: { text: 'nine am' } } },
        },
        { id: 'b', text: 'turn it off', expect: { intent: 'radio_off', slots: {} } },
        {
          id: 'd',
          turns: [
            { text: 'hi', expect: 'greet' },
            { text: 'bye', expect: 'goodbye' },
          ],
        },
      ],
    };
    for (const format of FORMATS)
      assert.equal(recognise(readBack(format, suite).written), format, format.name);
    assert.equal(recognise([{ file: 'x.txt', text: 'hello' }]), undefined);
  });

  it('[TEST-51] simple utterances lose nothing but their ids', () => {
    const suite: SuiteFile = {
      ontology: 'none',
      cases: [
        {
          id: 'a',
          text: 'wake me at nine am',
          expect: { intent: 'alarm_set', slots: { time: { text: 'nine am' } } },
        },
        { id: 'b', text: 'turn it off', expect: { intent: 'radio_off', slots: {} } },
      ],
    };
    const lost = Object.fromEntries(
      FORMATS.map((format) => [
        format.name,
        fit(suite, format.holds).losses.map(({ what }) => what.split(' ')[0]),
      ]),
    );
    assert.deepEqual(lost, {
      drivetalk: [],
      rasa: ['ids'],
      'home-assistant': ['of', 'ids'],
      'nlu-devops': [],
      massive: [],
      slurp: [],
      clinc150: ['slots', 'ids'],
      bio: ['ids'],
      botium: ['slots', 'ids'],
      csv: [],
    });
  });
});
