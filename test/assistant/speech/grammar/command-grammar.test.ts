import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { accepts } from '../../../../assistant/speech/grammar/acceptor.ts';
import { commandGrammar } from '../../../../assistant/speech/grammar/command-grammar.ts';
import { wordGraph, type WordGraph } from '../../../../assistant/speech/grammar/word-graph.ts';
import { readOntology } from '../../../../assistant/understanding/ontology.ts';
import { readPhraseBook } from '../../../../assistant/understanding/phrase-book.ts';

const ontology = readOntology(
  parse(
    readFileSync(
      fileURLToPath(import.meta.resolve('#package/assistant/understanding/ontology.yaml')),
      'utf8',
    ),
  ),
);
const phrases = `
rules: { turn_on: (turn on|switch on) }
intents:
  climate.ac.on: ['<turn_on> [the] (ac|air conditioning)']
  climate.temperature.set: ['set [the] temperature to {temperature}']
  phone.call.start: ['call {contact}', 'call {contact} on {phone_type}']
  none.out_of_scope.select: [blah blah]
`;
const lexicons = `
temperature: { patterns: ['<16..28> [degrees]'] }
contact: { items: [anna, uncle bob] }
phone_type: { values: { mobile: [his mobile, her cell] } }
`;
const book = readPhraseBook(ontology, [{ name: 'test', text: phrases }], [{ name: 'test', text: lexicons }]);

/** Whether the graph says this sentence, by any of its ways. */
function says(graph: WordGraph, sentence: string): boolean {
  const seen = new Set<string>();
  const reaches = (state: number, rest: string): boolean => {
    if (rest === '' && state === graph.end) return true;
    const key = `${state} ${rest}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return graph.arcs.some(
      (arc) =>
        arc.from === state &&
        (arc.words === undefined
          ? reaches(arc.to, rest)
          : `${rest} `.startsWith(`${arc.words} `) && reaches(arc.to, rest.slice(arc.words.length + 1))),
    );
  };
  return reaches(graph.start, sentence);
}

describe('the speech grammar', () => {
  const graph = wordGraph(commandGrammar(book, { contact: ['Zoë O’Neill', 'anna'] }));
  const heard = [
    'turn on the air conditioning',
    'switch on ac',
    'set temperature to twenty one degrees',
    'please set the temperature to sixteen',
    'call uncle bob',
    'call uncle bob on his mobile thanks',
    "call zoe o'neill",
    'could you call anna and set the temperature to twenty',
  ];
  for (const sentence of heard) {
    it(`[HEAR-6] hears "${sentence}"`, () => {
      assert.ok(says(graph, sentence));
    });
  }
  for (const sentence of [
    'set the temperature to forty',
    'call',
    'call frank',
    'blah blah',
    'turn the',
    'and call anna',
  ]) {
    it(`[HEAR-6] does not hear "${sentence}"`, () => {
      assert.ok(!says(graph, sentence));
    });
  }

  it('[HEAR-7] keeps a list as a graph of its own, which the sentences name', () => {
    const { wishes, lists } = commandGrammar(book);
    assert.ok(accepts(wishes.acceptor, 'call {contact} on {phone_type}'));
    assert.deepEqual([...(lists.get('contact')?.states[0]?.arcs.keys() ?? [])].sort(), ['anna', 'uncle bob']);
  });

  it('[HEAR-7] gives each choice its share', () => {
    for (const { probability } of graph.arcs) assert.ok(probability > 0 && probability <= 1);
  });

  it('[HEAR-7] needs one silent step at most between two words, since the recogniser takes no more', () => {
    const silent = graph.arcs.filter(({ words }) => words === undefined);
    const steps = new Set(silent.map(({ from, to }) => `${from} ${to}`));
    const pairs = silent.flatMap((first) =>
      silent.filter(({ from }) => from === first.to).map(({ to }) => `${first.from} ${to}`),
    );
    assert.ok(pairs.length > 0);
    for (const pair of pairs) assert.ok(steps.has(pair), pair);
  });
});
