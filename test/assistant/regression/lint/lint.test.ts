import assert from 'node:assert/strict';
import fc from 'fast-check';
import { combinationsOf } from '../../../../assistant/regression/lint/coverage.ts';
import { nearDuplicates } from '../../../../assistant/regression/lint/duplicates.ts';
import { lintSuites } from '../../../../assistant/regression/lint/lint.ts';
import { phraseIndex } from '../../../../assistant/regression/lint/phrase-index.ts';
import { readSuite } from '../../../../assistant/regression/read-suite.ts';
import { seededRandom } from '../../../../assistant/training/random.ts';
import { openCorpus } from '../../../../assistant/understanding/open-phrase-book.ts';
import { parsePattern } from '../../../../assistant/understanding/pattern.ts';
import { phraseSampler } from '../../../../assistant/understanding/sample-phrases.ts';
import { book, ontology } from '../../../support/own-words.ts';

const corpus = openCorpus(ontology);

function linted(cases: string, more = '') {
  return lintSuites([{ file: 's.yaml', text: `${more}cases:\n${cases}` }], {
    ontology,
    book,
    corpus,
    known: () => ontology,
    soundExists: () => false,
  });
}
/** Rule, line and message of what is more than a note; all rules where they are asked for. */
const told = (cases: string, ...rules: string[]) =>
  linted(cases)
    .findings.filter(({ rule, severity }) => (rules.length > 0 ? rules.includes(rule) : severity !== 'note'))
    .map(({ rule, line, message }) => `${rule} ${line}: ${message}`);

describe('what lint finds in suites', () => {
  it('[TEST-70] labels and combinations of slots that no case expects', () => {
    const { coverage, findings } = linted(
      '  - {id: a, text: get the roof hatch open, expect: {intent: sunroof.open, slots: {}}}\n',
    );
    assert.equal(coverage.labels.covered, 1);
    assert.equal(coverage.labels.all, ontology.labels.size);
    const rules = findings.map(({ rule, message }) => `${rule}: ${message}`);
    assert.ok(rules.includes('label-uncovered: no case expects trunk.open'));
    assert.ok(rules.some((one) => one.startsWith('slots-uncovered: no case expects sunroof.open with ')));
    assert.ok(findings.every(({ severity }) => severity === 'note'));
  });

  it('[TEST-70] combinations follow from optional parts, choices and rules', () => {
    const rules = new Map([['x', parsePattern('(in {zone}|now)')]]);
    assert.deepEqual([...combinationsOf([parsePattern('set [{amount}] <x>')], rules)].sort(), [
      '',
      'amount',
      'amount + zone',
      'zone',
    ]);
  });

  it('[TEST-71] the same words twice, with the same meaning or with two', () => {
    assert.deepEqual(
      told(`
  - {id: a, text: "Pop the boot, would you?", expect: trunk.open}
  - {id: b, text: pop the boot would you, expect: trunk.open}
  - {id: c, text: pop the boot would you, expect: trunk.close}
  - {id: d, text: pop the boot would you, expect: {intent: trunk.open, slots: {}}}
  - {id: e, seat: passenger, text: pop the boot would you, expect: trunk.open}
  - {id: f, context: [{who: user, text: hi}], text: pop the boot would you, expect: trunk.close}
`),
      [
        'contradiction 5: c expects trunk.close of the words for which a (s.yaml:3) expects trunk.open',
        'duplicate 4: b says the same as a (s.yaml:3)',
        'duplicate 6: d says the same as a (s.yaml:3)',
      ],
    );
  });

  it('[TEST-71] words that differ in one place and mean the same; opposites do not', () => {
    assert.deepEqual(
      told(
        `
  - {id: a, text: would you mind opening the trunk, expect: trunk.open}
  - {id: b, text: would you mind opening the boot, expect: trunk.open}
  - {id: c, text: would you mind closing the trunk, expect: trunk.close}
  - {id: d, text: would you kindly mind opening the trunk, expect: trunk.open}
  - {id: e, text: please open up that trunk of mine, expect: trunk.open}
`,
        'near-duplicate',
      ).map((line) => line.replace(/ ".*/, '')),
      ['near-duplicate 4: b', 'near-duplicate 6: d'],
    );
  });

  it('[TEST-71] exactly the texts of edit distance one in words are near', () => {
    const distance = (a: readonly string[], b: readonly string[]): boolean => {
      if (a.length === b.length) return a.filter((word, at) => word !== b[at]).length === 1;
      const [long, short] = a.length > b.length ? [a, b] : [b, a];
      return (
        long.length === short.length + 1 &&
        long.some((_, gap) => long.filter((__, at) => at !== gap).join(' ') === short.join(' '))
      );
    };
    const words = fc.array(fc.constantFrom('please', 'open', 'trunk', 'now', 'quick'), {
      minLength: 5,
      maxLength: 7,
    });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const cases = [a, b].map((text, at) => ({
          id: `c${at}`,
          text: text.join(' '),
          expect: 'trunk.open',
        }));
        const suite = readSuite({ file: 's.yaml', text: JSON.stringify({ cases }) }, () => undefined);
        assert.equal(nearDuplicates([suite]).length, distance(a, b) ? 1 : 0);
      }),
    );
  });

  it('[TEST-72] a case that was trained on, and a sentence of another label', () => {
    const found = told(`
  - {id: a, text: "Ugh, there's a truck in front of us close the outside air!", expect: climate.recirculation.on}
  - {id: b, text: open the trunk, expect: window.open}
  - {id: c, text: what about the weather on mars, expect: []}
`);
    assert.equal(found.length, 2);
    assert.match(found[0]!, /^leakage 3: .*stands in the training data \(corpus\/climate\.txt:\d+\)$/);
    assert.equal(found[1], 'stolen 4: b "open the trunk" expects window.open, but is a phrase of trunk.open');
    assert.match(
      told('  - {id: a, text: open the trunk, expect: trunk.open}\n', 'leakage-phrase')[0]!,
      /phrase of the phrase book/,
    );
  });

  it('[TEST-72] a sentence that is drawn from a label is found to be its phrase', () => {
    const labelsOf = phraseIndex(book);
    const sampler = phraseSampler(book, { pattern: () => true, item: () => true }, seededRandom(5));
    // Numbers in digits are read by values, not by words: their sentences are not looked for here.
    const missed = [...ontology.labels.keys()].filter((label) => {
      const said = sampler
        .sentence(label as Parameters<typeof sampler.sentence>[0])
        .tokens.map(({ text }) => text)
        .join(' ');
      return !/\d/.test(said) && !labelsOf(said).includes(label);
    });
    assert.deepEqual(missed, []);
  });

  it('[TEST-73] unknown labels, double ids and missing sounds are told with all the rest', () => {
    const found = told(`
  - {id: a, text: pop the boot would you, expect: {intent: trunk.opn}}
  - {id: a, text: pop the boot would you, expect: trunk.open}
  - {id: b, audio: no.wav, text: hello there, expect: []}
`);
    assert.match(found[0]!, /^unknown-label 3: there is no label "trunk\.opn"; the nearest is "trunk\.open"/);
    assert.match(found[1]!, /^double-id 4: the id "a" stands in s\.yaml:3 already/);
    assert.match(found[2]!, /^contradiction 4: a expects trunk\.open .* expects trunk\.opn$/);
    assert.equal(found[3], 'missing-sound 5: b names no.wav, which is not there');
    assert.equal(linted('  - {id: [\n').findings[0]!.rule, 'unreadable');
  });

  it('[TEST-74] each finding says what to do; the worst come first', () => {
    const { findings } = linted(
      '  - {id: a, text: open the trunk, expect: window.open}\n  - {id: b, text: open the trunk, expect: trunk.open}\n',
    );
    assert.deepEqual([...new Set(findings.map(({ severity }) => severity))], ['error', 'warning', 'note']);
    assert.ok(
      findings.every(
        ({ rule, advice, file, line }) =>
          /^[a-z-]+$/.test(rule) && advice !== '' && file === 's.yaml' && line > 0,
      ),
    );
  });
});
