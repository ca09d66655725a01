import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { align, learnPronunciations } from '../../../../assistant/speech/grammar/letters-to-sounds.ts';
import { Pronouncer } from '../../../../assistant/speech/grammar/pronunciation.ts';
import { MODEL_FOLDER } from '../../../../assistant/speech/recognizer.ts';

const dictionary = readFileSync(join(MODEL_FOLDER, 'dict.txt'), 'utf8');

describe('Pronouncer', () => {
  it('[HEAR-9] says words as the dictionary does, in all their variants', () => {
    const said = new Pronouncer(dictionary).pronounce(['hello', 'the']);
    assert.deepEqual(said.get('hello'), ['HH AH L OW', 'HH EH L OW']);
    assert.ok((said.get('the')?.length ?? 0) >= 2);
  });

  it('[HEAR-9] says a word that the dictionary lacks as words of like spelling', () => {
    const said = new Pronouncer(dictionary).pronounce(['windscreen', 'limiter', 'touchscreen']);
    assert.deepEqual(said.get('windscreen'), ['W IH N D S K R IY N']);
    assert.deepEqual(said.get('limiter'), ['L IH M IH T ER']);
    assert.deepEqual(said.get('touchscreen'), ['T AH CH S K R IY N']);
  });

  it('[HEAR-9] has no pronunciation for what has no letters', () => {
    assert.deepEqual(new Pronouncer(dictionary).pronounce(['###']).get('###'), []);
  });
});

describe('learnPronunciations', () => {
  it('[HEAR-9] gets at least 60 % of unseen dictionary words exactly right', () => {
    const known = new Map<string, string[]>();
    for (const line of dictionary.split('\n')) {
      const [, word, phones] = /^([a-z]+)(?:\(\d+\))? (.+)$/.exec(line) ?? [];
      if (word !== undefined && phones !== undefined)
        known.set(word, [...(known.get(word) ?? []), phones.trim()]);
    }
    const held = new Set([...known.keys()].filter((_, index) => index % 1000 === 7));
    const rest = [...known].flatMap(([word, variants]) =>
      held.has(word) ? [] : variants.map((phones) => [word, phones] as const),
    );
    const said = learnPronunciations(rest, held);
    const right = [...held].filter((word) => known.get(word)?.includes(said.get(word) ?? '')).length;
    assert.ok(right / held.size >= 0.6, `${right} of ${held.size}`);
  });

  it('[HEAR-9] aligns letters with the sounds they make', () => {
    assert.deepEqual(align('box', ['B', 'AA', 'K', 'S']), ['B', 'AA', 'K S']);
    assert.deepEqual(align('knight', ['N', 'AY', 'T']), ['', 'N', 'AY', '', '', 'T']);
  });
});
