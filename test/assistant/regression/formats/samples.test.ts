import assert from 'node:assert/strict';
import type { Carried, Format } from '../../../../assistant/regression/formats/format.ts';
import type { SourceText } from '../../../../assistant/regression/parse.ts';
import { FORMATS, recognise } from '../../../../assistant/regression/formats/formats.ts';
import { relabel } from '../../../../assistant/regression/formats/relabel.ts';
import { SuiteError } from '../../../../assistant/regression/problems.ts';
import { framesOf } from '../../../../assistant/regression/suite.ts';
import { readLabelMap } from '../../../../assistant/understanding/engines/label-map.ts';
import { ontology } from '../../../support/own-words.ts';

const named = (name: string): Format => FORMATS.find((format) => format.name === name)!;

/** What a file says, in short: text, commands, tags. */
const told = ({ suite }: Carried) =>
  suite.cases.map(({ text, expect, turns, tags }) => [
    text ?? turns?.map((turn) => [turn.text, framesOf(turn.expect ?? [])]),
    ...(turns ? [] : [framesOf(expect ?? [])]),
    ...(tags ? [tags] : []),
  ]);

interface Sample {
  readonly format: string;
  readonly sources: readonly SourceText[];
  readonly cases: readonly unknown[];
  readonly losses?: readonly string[];
}

const SAMPLES: readonly Sample[] = [
  {
    format: 'rasa',
    sources: [
      {
        file: 'nlu.yml',
        text: `version: "3.1"
nlu:
- intent: book_trip
  examples: |
    - bring me from [Ulm]{"entity": "city", "role": "from"} to [Bern]{"entity": "city", "role": "to", "value": "BRN"}
    - [two](count) tickets to [the big apple](place) please
- intent: goodbye+thank
  examples:
  - text: |
      bye and thanks
- synonym: New York
  examples: |
    - the big apple
- lookup: city
  examples: |
    - Ulm
`,
      },
      {
        file: 'tests/test_stories.yml',
        text: `stories:
- story: two wishes
  steps:
  - user: |
      hello
    intent: greet
  - action: utter_greet
  - user: from [Ulm](city)
    intent: book_trip
`,
      },
    ],
    cases: [
      [
        'bring me from Ulm to Bern',
        [
          {
            intent: 'book_trip',
            slots: { 'city:from': { text: 'Ulm' }, 'city:to': { text: 'Bern', value: 'BRN' } },
          },
        ],
      ],
      [
        'two tickets to the big apple please',
        [
          {
            intent: 'book_trip',
            slots: { count: { text: 'two' }, place: { text: 'the big apple', value: 'New York' } },
          },
        ],
      ],
      ['bye and thanks', [{ intent: 'goodbye' }, { intent: 'thank' }]],
      [
        [
          ['hello', [{ intent: 'greet', slots: {} }]],
          ['from Ulm', [{ intent: 'book_trip', slots: { city: { text: 'Ulm' } } }]],
        ],
      ],
    ],
    losses: ['lookup tables', 'actions, slots and checkpoints of stories'],
  },
  {
    format: 'home-assistant',
    sources: [
      {
        file: 'light_HassTurnOn.yaml',
        text: `language: en
tests:
  - sentences:
      - "lights on in the den"
      - "turn the den lights on"
    intent:
      name: HassTurnOn
      slots:
        area: Den
        domain: [light, switch]
    response: "Turned on"
  - sentences: "is it dark"
    intent:
      name: HassGetState
`,
      },
    ],
    cases: [
      [
        'lights on in the den',
        [{ intent: 'HassTurnOn', slots: { area: 'Den', domain: ['light', 'switch'] } }],
      ],
      [
        'turn the den lights on',
        [{ intent: 'HassTurnOn', slots: { area: 'Den', domain: ['light', 'switch'] } }],
      ],
      ['is it dark', [{ intent: 'HassGetState' }]],
    ],
    losses: ['"response" of tests'],
  },
  {
    format: 'nlu-devops',
    sources: [
      {
        file: 'tests.json',
        text: JSON.stringify([
          {
            text: 'play two songs by the stones',
            intent: 'PlayMusic',
            entities: [
              {
                entityType: 'artist',
                matchText: 'the stones',
                matchIndex: 0,
                entityValue: 'The Rolling Stones',
              },
              { entityType: 'count', entityValue: 2 },
            ],
          },
          { text: 'what is jazz', intent: 'Nope', utteranceId: 'u2' },
          { text: 'stop', intent: 'Stop', entities: [] },
        ]),
      },
      {
        file: 'settings.yaml',
        text: `trueNegativeIntent: Nope
thresholds:
- type: intent
  threshold: 0.05
- type: entity
`,
      },
    ],
    cases: [
      [
        'play two songs by the stones',
        [
          {
            intent: 'PlayMusic',
            slots: { artist: { text: 'the stones', value: 'The Rolling Stones' }, count: 2 },
          },
        ],
      ],
      ['what is jazz', []],
      ['stop', [{ intent: 'Stop', slots: {} }]],
    ],
    losses: ['thresholds of entities, of single intents, and of 0 (write floors into the policy instead)'],
  },
  {
    format: 'massive',
    sources: [
      {
        file: 'en-US.jsonl',
        text: `{"id": "7", "locale": "en-US", "partition": "test", "scenario": "alarm", "intent": "alarm_set", "utt": "wake me at six", "annot_utt": "wake me at [time : six]", "worker_id": "3"}\n`,
      },
    ],
    cases: [
      [
        'wake me at six',
        [{ intent: 'alarm_set', slots: { time: { text: 'six' } } }],
        ['locale:en-US', 'partition:test', 'scenario:alarm'],
      ],
    ],
    losses: ['workers, judgments and slot methods'],
  },
  {
    format: 'slurp',
    sources: [
      {
        file: 'test.jsonl',
        text: `{"slurp_id": 12, "sentence": "play jazz and blues", "sentence_annotation": "play [genre : jazz] and [genre : blues]", "intent": "play_music", "action": "music", "tokens": [], "scenario": "play", "recordings": [{"file": "audio-1.flac"}], "entities": []}\n`,
      },
    ],
    cases: [['play jazz and blues', [{ intent: 'play_music', slots: { genre: ['jazz', 'blues'] } }]]],
    losses: ['recordings that are no WAV file, or not the first one'],
  },
  {
    format: 'clinc150',
    sources: [
      {
        file: 'data_small.json',
        text: JSON.stringify({
          train: [['is my card lost', 'card']],
          test: [['how warm is it', 'weather']],
          oos_test: [['what is love', 'oos']],
        }),
      },
    ],
    cases: [
      ['is my card lost', [{ intent: 'card' }], ['split:train']],
      ['how warm is it', [{ intent: 'weather' }]],
      ['what is love', []],
    ],
  },
  {
    format: 'bio',
    sources: [
      { file: 'atis/label', text: 'flight\nflight#airfare\n' },
      { file: 'atis/seq.in', text: 'flights to new york\nhow much to rome\n' },
      { file: 'atis/seq.out', text: 'O O B-city I-city\nO O O I-city\n' },
    ],
    cases: [
      ['flights to new york', [{ intent: 'flight', slots: { city: { text: 'new york' } } }]],
      ['how much to rome', [{ intent: 'flight' }, { intent: 'airfare' }]],
    ],
  },
  {
    format: 'botium',
    sources: [
      { file: 'greet.utterances.txt', text: 'greet\nhello\ngood day\n' },
      {
        file: 'order.convo.txt',
        text: 'order a pizza\n\n#me\ni am hungry\n\n#bot\nWhat would you like?\nINTENT order_food\n\n#me\npizza\n\n#bot\nINTENT choose_food\n',
      },
    ],
    cases: [
      ['hello', [{ intent: 'greet' }]],
      ['good day', [{ intent: 'greet' }]],
      [
        [
          ['i am hungry', [{ intent: 'order_food' }]],
          ['pizza', [{ intent: 'choose_food' }]],
        ],
      ],
    ],
    losses: ['expected answers other than INTENT'],
  },
  {
    format: 'csv',
    sources: [
      {
        file: 'utterances.csv',
        text: '\ufeffUtterance;Label;slots;Author\r\n"heat; ""now""";climate.on;"{""temperature"": 21}";me\r\nwho are you;;;me\r\n',
      },
    ],
    cases: [
      ['heat; "now"', [{ intent: 'climate.on', slots: { temperature: 21 } }]],
      ['who are you', []],
    ],
    losses: ['the column "Author"'],
  },
];

describe('formats of others, as their documentation shows them', () => {
  for (const { format, sources, cases, losses = [] } of SAMPLES) {
    it(`[TEST-53] ${format} is recognised and read`, () => {
      assert.equal(recognise(sources), named(format));
      const read = named(format).read(sources, {});
      assert.deepEqual(told(read), cases);
      assert.deepEqual(
        read.losses.map(({ what }) => what),
        losses,
      );
    });
  }

  it('[TEST-53] ids come from what a case says, and stay when the file around it changes', () => {
    const [first] = SAMPLES.find(({ format }) => format === 'clinc150')!.sources;
    const ids = (text: string) =>
      named('clinc150')
        .read([{ file: 'x.json', text }], {})
        .suite.cases.map(({ id }) => id);
    const before = ids(first!.text);
    const after = ids(
      first!.text.replace(
        '[["is my card lost","card"]]',
        '[["my card is gone","card"],["is my card lost","card"]]',
      ),
    );
    assert.deepEqual(after.slice(1), before);
    assert.match(before[0]!, /^card-[0-9a-f]{8}$/);
  });

  const broken: readonly [string, SourceText, RegExp][] = [
    [
      'rasa',
      { file: 'a.yml', text: 'nlu:\n- intent: x\n  examples: |\n    - hi [Sara\n' },
      /^a\.yml:2:\d+: .*bracket/,
    ],
    ['rasa', { file: 'a.yml', text: 'nlu:\n- intent: [x\n' }, /^a\.yml:3:1: /],
    [
      'home-assistant',
      { file: 'a.yaml', text: 'tests:\n  - sentences: [a]\n    intent: {}\n' },
      /^a\.yaml:3:5: .*name/,
    ],
    ['nlu-devops', { file: 'a.json', text: '[\n {"text": "a", "intent": 3}\n]' }, /^a\.json:2:\d+: .*intent/],
    ['nlu-devops', { file: 'a.json', text: '[\n {"text": "a" "intent": "b"}\n]' }, /^a\.json:2:\d+: /],
    [
      'massive',
      { file: 'a.jsonl', text: '{"id": 1, "intent": "a", "utt": "b", "annot_utt": "[b"}\n' },
      /^a\.jsonl:1:1: .*bracket/,
    ],
    [
      'massive',
      { file: 'a.jsonl', text: '\n{"id": 1, "utt": "b", "annot_utt": "b"}\n' },
      /^a\.jsonl:2:1: .*intent/,
    ],
    ['slurp', { file: 'a.jsonl', text: '{"slurp_id": 1,,}\n' }, /^a\.jsonl:1:\d+: /],
    ['clinc150', { file: 'a.json', text: '{"train": [\n["a"]\n]}' }, /^a\.json:2:\d+: /],
    ['bio', { file: 'd/seq.in', text: 'a\n' }, /^d:1:1: seq\.out is missing/],
    ['botium', { file: 'x.utterances.txt', text: '\nhello\n' }, /^x\.utterances\.txt:1:1: .*name the intent/],
    [
      'csv',
      { file: 'a.csv', text: 'phrases,labels\na,b\n' },
      /^a\.csv:1:1: .*--columns text=NAME,intent=NAME/,
    ],
    ['csv', { file: 'a.csv', text: 'text,intent\na,b\nc,d,e\n' }, /^a\.csv:3:\d+: /],
    ['csv', { file: 'a.csv', text: 'text,intent,slots\n"a\nb",c,{x}\n' }, /^a\.csv:2:1: slots: .*not JSON/],
  ];
  for (const [format, source, message] of broken) {
    it(`[TEST-54] ${format}: a mistake is told with its place: ${message.source}`, () => {
      assert.throws(
        () => named(format).read([source], {}),
        (error) => {
          assert.ok(error instanceof SuiteError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  it('[TEST-54] files of BIO that do not match line by line are told', () => {
    const sources = (tags: string) => [
      { file: 'd/seq.in', text: 'a b\nc\n' },
      { file: 'd/seq.out', text: tags },
      { file: 'd/label', text: 'x\ny\n' },
    ];
    assert.throws(() => named('bio').read(sources('O O\n'), {}), /d\/seq\.out:1:1: has 1 lines/);
    assert.throws(() => named('bio').read(sources('O\nO\n'), {}), /d\/seq\.out:1:1: 1 tags for 2 tokens/);
    assert.throws(() => named('bio').read(sources('O O\nX-y\n'), {}), /d\/seq\.out:2:1: "X-y" is none of/);
  });

  it('[TEST-55] a map of labels makes a suite of the car of one in their own', () => {
    const map = readLabelMap(
      `intents:
  HassTurnOn:
    - {to: climate.ac.on, when: {domain: climate}}
    - light.interior.on
  HassNevermind: pass-through
slots:
  area: {to: zone, values: {back: rear}}
  domain: ignore
`,
      'map.yaml',
      ontology,
    );
    const { suite, losses } = relabel(
      {
        ontology: 'none',
        cases: [
          {
            id: 'a',
            text: 'ac in the back',
            expect: { intent: 'HassTurnOn', slots: { domain: 'climate', area: 'back' } },
          },
          { id: 'b', text: 'never mind', expect: 'HassNevermind' },
          { id: 'c', text: 'unlock', expect: 'HassUnlock' },
        ],
      },
      map,
    );
    assert.deepEqual(suite, {
      ontology: 'drivetalk',
      cases: [
        { id: 'a', text: 'ac in the back', expect: { intent: 'climate.ac.on', slots: { zone: 'rear' } } },
        { id: 'b', text: 'never mind', expect: [] },
      ],
    });
    assert.deepEqual(losses, [
      { what: 'whole cases: the map does not name the label "HassUnlock"', cases: ['c'] },
    ]);
  });
});
