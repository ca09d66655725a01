import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { align } from '../../../../../assistant/understanding/engines/hugging-face/align.ts';
import { ExportTokenizer } from '../../../../../assistant/understanding/engines/hugging-face/export-tokenizer.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../fixtures/hugging-face/${path}`, import.meta.url), 'utf8'));

/** What the Python tokenizers say of the same files: `make_exports.py`. */
interface Expected {
  readonly text: string;
  readonly ids: readonly number[];
  readonly places: readonly (readonly [number, number] | null)[];
}
const expected = read('tokens.json') as Record<string, readonly Expected[]>;
const FILES = {
  wordpiece: 'sequence/tokenizer.json',
  'byte-level': 'pair/intent/tokenizer.json',
  unigram: 'pair/slots/tokenizer.json',
};

describe('tokenizer of an export', () => {
  for (const [kind, file] of Object.entries(FILES)) {
    const tokenizer = new ExportTokenizer(read(file), {}, 512);
    for (const { text, ids, places } of expected[kind] ?? []) {
      it(`[NLU-34] ${kind}: tokens of ${JSON.stringify(text)} stand where they stand`, () => {
        const encoded = tokenizer.encode(text);
        assert.deepEqual(encoded.ids, ids);
        // A letter may be several tokens: one of them has the place.
        const theirs = new Map(places.map((place) => [String(place), place]));
        for (const place of theirs.values()) {
          if (place === null || !/[\p{L}\p{N}]/u.test(text.slice(...place))) continue;
          const ours = encoded.places.filter((_, index) => String(places[index]) === String(place));
          assert.ok(
            ours.some((own) => own && text.slice(...own).trim() === text.slice(...place).trim()),
            `${text.slice(...place)}: ${JSON.stringify(ours)} is not ${place.join('–')}`,
          );
        }
        for (const [index, place] of places.entries())
          if (place === null) assert.equal(encoded.places[index], undefined);
      });
    }

    it(`[NLU-36] ${kind}: of a long text as much is read as there is room, special tokens included`, () => {
      const short = new ExportTokenizer(read(file), {}, 8);
      const { ids } = short.encode('turn on the air conditioning '.repeat(20));
      const whole = tokenizer.encode('turn on the air conditioning turn on');
      assert.equal(ids.length, 8);
      assert.deepEqual(ids.slice(0, 7), whole.ids.slice(0, 7));
      assert.equal(ids.at(-1), whole.ids.at(-1));
    });
  }

  it('[NLU-34] places go forward and stay in the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.option(fc.string(), { nil: null })),
        (text, tokens) => {
          let end = 0;
          for (const place of align(tokens, text)) {
            if (!place) continue;
            assert.ok(place[0] >= 0 && place[0] < place[1] && place[1] <= text.length);
            assert.ok(place[1] >= end);
            end = place[1];
          }
        },
      ),
    );
  });

  it('[NLU-34] the letters of a text are found again, one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'B', 'é', 'ﬁ', '가', '打', '7', ' ', '\t', '🥶')),
        (symbols) => {
          const text = symbols.join('');
          const letters = symbols.filter((symbol) => /\S/.test(symbol));
          const found = align(
            letters.map((letter) => letter.toLowerCase()),
            text,
          );
          assert.deepEqual(
            found.map((place) => place && text.slice(...place)),
            letters,
          );
        },
      ),
    );
  });
});
