import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readDomain } from '../../../../assistant/understanding/own-domain/read-domain.ts';

const EXAMPLE = fileURLToPath(import.meta.resolve('#package/docs/examples/coffee-machine.yaml'));
const GOOD = `domain: kettle
rules:
  on: (turn|switch) on
lists:
  heat:
    patterns: ['<60..100/5> degrees']
intents:
  kettle.on:
    - <on> the kettle
    - boil water to {heat}
`;
const wrong = (from: string, to: string) => () => readDomain(GOOD.replace(from, to), 'my.yaml');

describe('understanding: reading another domain', () => {
  it('[HEAR-48] rules, lists and intents are read', () => {
    const { name, book } = readDomain(GOOD, 'my.yaml');
    assert.equal(name, 'kettle');
    assert.deepEqual([...book.intents.keys()], ['kettle.on']);
    assert.deepEqual([...book.rules.keys(), ...book.lexicons.keys()], ['on', 'heat']);
  });

  it('[HEAR-48] the example of the documentation is a domain', () => {
    assert.equal(readDomain(readFileSync(EXAMPLE, 'utf8'), EXAMPLE).name, 'coffee machine');
  });

  for (const [what, from, to, message] of [
    ['no YAML', 'domain: kettle', 'domain: [kettle', /^ConfigError: my\.yaml:\d+: /],
    ['an unknown key', 'lists:', 'list:', /my\.yaml:4: .*list/],
    [
      'a pattern with an open bracket',
      '<on> the kettle',
      '<on> (the kettle',
      /my\.yaml:9: column .*"\)" is missing/,
    ],
    [
      'a rule that is not there',
      '<on> the',
      '<onn> the',
      /my\.yaml:9: there is no rule <onn>, did you mean "on"\?/,
    ],
    [
      'a list that is not there',
      '{heat}',
      '{heart}',
      /my\.yaml:10: there is no list "heart", did you mean "heat"\?/,
    ],
    [
      'a rule that contains itself',
      '(turn|switch) on',
      '(turn|<on>) on',
      /my\.yaml:3: the rule <on> contains itself/,
    ],
    [
      'a rule of a rule that is not there',
      '(turn|switch) on',
      '<turn> on',
      /my\.yaml:3: there is no rule <turn>/,
    ],
    ['a slot in a list', "'<60..100/5> degrees'", "'{heat}'", /my\.yaml:6: .*cannot hold a \{slot\}/],
    ['a phrase without words', '- <on> the kettle', "- '[<on>]'", /my\.yaml:9: .*without a word/],
    ['an empty list', "patterns: ['<60..100/5> degrees']", 'patterns: []', /my\.yaml:5: .*an empty list/],
    [
      'an intent without a phrase',
      GOOD.slice(GOOD.indexOf('    - <on>')),
      '    []\n',
      /my\.yaml:8: .*write a phrase/,
    ],
    ['nothing at all', GOOD, '', /my\.yaml:1: /],
  ] as const) {
    it(`[HEAR-48] ${what} is refused, with its line`, () => {
      assert.throws(wrong(from, to), message);
    });
  }
});
