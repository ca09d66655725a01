import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markText } from '../../../dashboard/conversation/marked-text.ts';
import type { ConversationTurn } from '../../../simulator/server/protocol.ts';

type Said = Pick<ConversationTurn, 'heard' | 'commands' | 'words'>;
const command = (
  span: readonly [number, number],
  slots: Record<string, string>,
): ConversationTurn['commands'][number] => ({
  intent: 'climate.temperature.set',
  slots: Object.fromEntries(Object.entries(slots).map(([name, text]) => [name, { text, value: text }])),
  confidence: 1,
  span,
});

describe('dashboard/conversation/marked-text', () => {
  it('[PAGE-10] slots are marked where they were said, each in its own command', () => {
    const heard = 'set the driver to 21 and the passenger to 21';
    const said: Said = {
      heard,
      commands: [
        command([0, 20], { zone: 'driver', temperature: '21' }),
        command([25, 44], { zone: 'passenger', temperature: '21' }),
      ],
      words: [],
    };
    const marked = markText(said).filter(({ slot }) => slot !== undefined);
    assert.deepEqual(
      marked.map(({ text, slot, command: index }) => [text, slot, index]),
      [
        ['driver', 'zone', 0],
        ['21', 'temperature', 0],
        ['passenger', 'zone', 1],
        ['21', 'temperature', 1],
      ],
    );
  });

  it('[PAGE-10] a slot inside of a longer one does not take its letters', () => {
    const said: Said = {
      heard: 'play home on the range',
      commands: [command([0, 22], { song: 'home on the range', zone: 'home' })],
      words: [],
    };
    assert.deepEqual(
      markText(said).flatMap(({ text, slot }) => (slot === undefined ? [] : [[text, slot]])),
      [['home on the range', 'song']],
    );
  });

  it('[PAGE-11] each word carries how surely it was heard, in the order of speaking', () => {
    const words = [
      { text: 'the', start: 0, end: 1, confidence: 0.9 },
      { text: 'Door', start: 1, end: 2, confidence: 0.4 },
      { text: 'the', start: 2, end: 3, confidence: 0.2 },
    ];
    const pieces = markText({ heard: 'the door the', commands: [], words });
    assert.deepEqual(
      pieces.flatMap(({ text, confidence }) => (confidence === undefined ? [] : [[text, confidence]])),
      [
        ['the', 0.9],
        ['door', 0.4],
        ['the', 0.2],
      ],
    );
  });

  it('[PAGE-10] marking never changes, adds or loses a letter', () => {
    const span = fc.tuple(fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.array(fc.tuple(span, fc.string({ maxLength: 5 }))),
        fc.array(fc.string()),
        (heard, spans, spoken) => {
          const commands = spans.map(([at, text]) => command(at, { zone: text }));
          const words = spoken.map((text) => ({ text, start: 0, end: 0, confidence: 0.5 }));
          const pieces = markText({ heard, commands, words });
          assert.equal(pieces.map(({ text }) => text).join(''), heard);
        },
      ),
    );
  });
});
