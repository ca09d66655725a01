import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  readReferences,
  writeReferences,
  type Reference,
} from '../../../../assistant/speech/evaluation/references.ts';

/** No tabs or line breaks, no spaces at the edge or in a row. */
const cell = fc
  .array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(' ').replace(/\s+/g, ' ').trim() || 'x');

describe('speech: lists of sounds', () => {
  it('[HEAR-43] a list is read as it was written, quotation marks and all', () => {
    const reference = fc
      .tuple(cell, cell, fc.option(cell, { nil: undefined }), cell, cell)
      .map(([file, text, commands, level, voice]): Reference => ({
        ...{ file, text, commands },
        groups: { level, voice },
      }));
    fc.assert(
      fc.property(fc.array(reference, { minLength: 1, maxLength: 6 }), (references) => {
        assert.deepEqual(readReferences(writeReferences(references), 'refs.tsv'), references);
      }),
      { numRuns: 100 },
    );
  });

  it('[HEAR-43] only file and text must be there; columns of others are groups', () => {
    const [row] = readReferences('\uFEFFtext\tfile\troad\r\nhello\ta.wav\tA7\r\n\r\n', 'my.tsv');
    assert.deepEqual(row, { file: 'a.wav', text: 'hello', commands: undefined, groups: { road: 'A7' } });
  });

  it('[HEAR-43] a line that is none is told with its number', () => {
    assert.throws(
      () => readReferences('file\tname\na.wav\tb\n', 'my.tsv'),
      /^ConfigError: my\.tsv:2: text: /,
    );
    assert.throws(
      () => readReferences('file\ttext\na.wav\tb\n\thello\n', 'my.tsv'),
      /my\.tsv:3: file: no file/,
    );
    assert.throws(() => readReferences('file\ttext\na.wav\n', 'my.tsv'), /my\.tsv:2: /);
    assert.throws(() => readReferences('', 'my.tsv'), /my\.tsv:1: no line names a sound/);
  });
});
