import assert from 'node:assert/strict';
import { CorpusError, readCorpus } from '../../../assistant/understanding/corpus.ts';
import { openCorpus, openOntology } from '../../../assistant/understanding/open-phrase-book.ts';

const ontology = openOntology();
const read = (text: string) => readCorpus(ontology, { name: 'climate.txt', text });

describe('corpus', () => {
  it('[NLU-1] gives the words of an utterance, its commands and its slots with UTF-16 offsets', () => {
    const [example] = read(
      '# a comment\n\nclimate.temperature.set + phone.call.start | 🥶 make it [twenty one](temperature) || and call [grandma](contact)\n',
    );
    assert.ok(example);
    assert.equal(example.text, '🥶 make it twenty one and call grandma');
    assert.deepEqual(
      example.commands.map(({ intent, start, end, slots }) => [
        intent,
        example.text.slice(start, end),
        slots.map((slot) => [slot.name, example.text.slice(slot.start, slot.end)]),
      ]),
      [
        ['climate.temperature.set', '🥶 make it twenty one', [['temperature', 'twenty one']]],
        ['phone.call.start', 'and call grandma', [['contact', 'grandma']]],
      ],
    );
    assert.equal(example.where, 'climate.txt:3');
  });

  it('[NLU-1] keeps the turns before an utterance, oldest first, and a value that is written down', () => {
    const [first, second] = read(
      '> turn on my seat heating\n< Your seat heating is on.\nseat.heating.on | and the [passenger](zone=passenger) too\nhorn.start | honk\n',
    );
    assert.deepEqual(first?.context, [
      { who: 'user', text: 'turn on my seat heating' },
      { who: 'car', text: 'Your seat heating is on.' },
    ]);
    assert.deepEqual(first.commands[0]?.slots, [{ name: 'zone', start: 8, end: 17, value: 'passenger' }]);
    assert.deepEqual(second?.context, []);
  });

  for (const [why, text, message] of [
    ['an unknown label', 'climate.ac.explode | boom', /climate\.txt:1: no label "climate\.ac\.explode"/],
    [
      'a slot that the label cannot carry',
      'horn.start | honk at [grandma](contact)',
      /climate\.txt:1: horn\.start has no slot "contact"/,
    ],
    [
      'a slot that begins with an article',
      'window.open | open it for [the kids](zone)',
      /climate\.txt:1: leave the article out of the slot: "the \[kids\]\(zone\)"/,
    ],
    ['an open bracket', 'horn.start | honk [twice', /climate\.txt:1: a bracket/],
    [
      'another number of segments than of labels',
      'horn.start + frunk.open | honk',
      /climate\.txt:1: 2 label\(s\), but 1 segment/,
    ],
    ['no bar', 'honk', /climate\.txt:1: write "label \| utterance"/],
    ['turns without an utterance', '> hello', /climate\.txt: the last turns/],
  ] as const) {
    it(`[NLU-2] names file and line of ${why}`, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof CorpusError && message.test(error.message),
      );
    });
  }

  it('[NLU-2] every line of the project’s own corpus fits the ontology', () => {
    assert.ok(openCorpus(ontology).length >= 6000);
  });
});
