import assert from 'node:assert/strict';
import { taggedSpans } from '../../../../../assistant/understanding/engines/hugging-face/spans.ts';

/** Tokens, each with its tag: `take_me O`, `new+york`: two tokens of one word. */
function spansOf(tagged: string, goesOn?: (name: string) => boolean): Record<string, string>[] {
  const pairs = [...tagged.matchAll(/(\S+)\/(\S+)/g)].map(([, token = '', tag = '']) => ({ token, tag }));
  const places: [number, number][] = [];
  let text = '';
  for (const { token } of pairs) {
    const joined = token.startsWith('+');
    if (!joined && text !== '') text += ' ';
    places.push([text.length, text.length + token.length - (joined ? 1 : 0)]);
    text += joined ? token.slice(1) : token;
  }
  const tags = [...new Set(pairs.map(({ tag }) => tag))];
  const probabilities = new Float32Array(pairs.length * tags.length);
  for (const [index, { tag }] of pairs.entries()) probabilities[index * tags.length + tags.indexOf(tag)] = 1;
  return taggedSpans({ places }, text, probabilities, tags, goesOn).map(({ name, place, confidence }) => {
    assert.equal(confidence, 1);
    return { [name]: text.slice(...place) };
  });
}

describe('tags of a token classifier', () => {
  const cases: [what: string, tagged: string, spans: Record<string, string>[]][] = [
    ['IOB2', 'to/O new/B-place york/I-place city/B-place', [{ place: 'new york' }, { place: 'city' }]],
    ['IOB1', 'to/O new/I-place york/I-place now/O', [{ place: 'new york' }]],
    ['BIOES', 'a/S-x b/B-y c/I-y d/E-y e/S-y', [{ x: 'a' }, { y: 'b c d' }, { y: 'e' }]],
    ['BILOU', 'a/U-x b/B-y c/L-y', [{ x: 'a' }, { y: 'b c' }]],
    ['bare names', 'to/O new/place york/place at/O nine/time', [{ place: 'new york' }, { time: 'nine' }]],
    ['a new name without B', 'new/B-place nine/I-time', [{ place: 'new' }, { time: 'nine' }]],
    ['a gap', 'new/B-place to/O york/I-place', [{ place: 'new' }, { place: 'york' }]],
    [
      'a word has the tag of its first token',
      'new/B-place yo/I-place +rk/O +ers/B-time',
      [{ place: 'new yorkers' }],
    ],
    ['a mark behind a word stands alone', 'york/B-place +,/O +boston/B-place', [{ place: 'york,boston' }]],
    [
      'and so does one before a space',
      'york/B-place +,/O boston/B-place',
      [{ place: 'york' }, { place: 'boston' }],
    ],
    ["an apostrophe within is the word's", "anna/B-who +'/O +s/O phone/O", [{ who: "anna's" }]],
    ['nothing', 'a/O b/O', []],
  ];
  for (const [what, tagged, spans] of cases)
    it(`[NLU-35] ${what}`, () => {
      assert.deepEqual(spansOf(tagged), spans);
    });

  it('[NLU-35] what goes on around a slot is one', () => {
    const tagged = 'turn/B-on it/I-on low/B-level on/I-on off/B-off';
    assert.deepEqual(
      spansOf(tagged, (name) => name !== 'level'),
      [{ on: 'turn it low on' }, { level: 'low' }, { off: 'off' }],
    );
  });
});
