import assert from 'node:assert/strict';
import { readSuite } from '../../assistant/regression/read-suite.ts';
import { locateYaml } from '../../vehicle/located-yaml.ts';
import { parseOverlay } from '../../vehicle/signals/overlay.ts';

describe('vehicle: YAML that knows its lines', () => {
  const TEXT = 'a: 1\nlist:\n  - { name: x, deep: [1, 2] }\n  - { name: y }\n';

  it('[ARCH-4] tells where a key, a value and an item stand; of what is missing, the nearest around it', () => {
    const { spotOf, mistakes, value } = locateYaml(TEXT);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(value, { a: 1, list: [{ name: 'x', deep: [1, 2] }, { name: 'y' }] });
    assert.deepEqual(spotOf(['a']), { line: 1, column: 1 });
    assert.deepEqual(spotOf(['a'], 'value'), { line: 1, column: 4 });
    assert.deepEqual(spotOf(['list', 1, 'name']), { line: 4, column: 7 });
    assert.deepEqual(spotOf(['list', 0, 'deep', 1]), { line: 3, column: 26 });
    assert.deepEqual(spotOf(['list', 1, 'other', 'yet']), spotOf(['list', 1]));
    assert.deepEqual(spotOf(['nothing']), { line: 1, column: 1 });
  });

  it('[ARCH-4] an alias without its anchor is a mistake of its line', () => {
    const { mistakes, value } = locateYaml('a: 1\nb: { c: *hello }\n');
    assert.deepEqual(
      mistakes.map(({ line, column }) => [line, column]),
      [[2, 9]],
    );
    assert.match(mistakes[0]?.message ?? '', /\*hello.*quotes/);
    assert.equal(value, null);
  });

  it('[ARCH-4] a text that unfolds endlessly is a mistake', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghij'.split('').map((key, index) => {
        const below = 'abcdefghi'[index] ?? '';
        return `${key}: &${key} [${Array(9).fill(`*${below}`).join(', ')}]`;
      }),
    ].join('\n');
    assert.match(locateYaml(bomb).mistakes[0]?.message ?? '', /write it out/);
  });

  it('[ARCH-4] whoever reads it says so with file and line', () => {
    assert.throws(() => parseOverlay('Vehicle.A: *b\n', 'o.vspec.yaml'), /o\.vspec\.yaml:1: .*\*b/);
    const text = 'cases:\n  - { id: a, text: *hello*, expect: [] }\n';
    assert.throws(() => readSuite({ file: 's.yaml', text }, () => undefined), /s\.yaml:2:20: .*\*hello\*/);
  });
});
