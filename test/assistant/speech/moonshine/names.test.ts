import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Names, type NamePlace } from '../../../../assistant/speech/moonshine/names.ts';

const lists = fc.array(
  fc.array(fc.constantFrom('new', "new's", 'newark', 'york', 'old', 'o', 'y'), {
    minLength: 1,
    maxLength: 4,
  }),
  { maxLength: 25 },
);

describe('the names of a list', () => {
  it('[HEAR-6] are as many as go on with the words so far, and as end with them', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (all, pick) => {
        const times = new Map<string, number>();
        for (const words of all) times.set(words.join(' '), (times.get(words.join(' ')) ?? 0) + 1);
        const names = new Names(times);
        const said = all[pick % Math.max(1, all.length)] ?? [];
        let place: NamePlace | undefined = names.begin;
        for (let length = 0; length <= said.length; length++) {
          assert.ok(place, said.join(' '));
          const words = said.slice(0, length);
          const those = all.filter((name) => words.every((word, at) => name[at] === word));
          const going = new Map<string, number>();
          for (const name of those) {
            const next = name[length];
            if (next !== undefined) going.set(next, (going.get(next) ?? 0) + 1);
          }
          assert.equal(names.through(place), those.length);
          assert.equal(
            names.ends(place),
            length === 0 ? 0 : those.filter((name) => name.length === length).length,
          );
          for (const beginning of ['n', 'new', 'y', 'o', 'x']) {
            const most = Math.max(
              0,
              ...[...going].map(([word, times]) => (word.startsWith(beginning) ? times : 0)),
            );
            const wanted = most === 0 ? -Infinity : Math.log(most / those.length);
            for (const again of [1, 2])
              assert.equal(names.ahead(place, beginning), wanted, `${again} ${beginning}`);
          }
          assert.equal(names.next(place, 'nobody'), undefined);
          place = names.next(place, said[length] ?? '');
        }
      }),
    );
  });
});
