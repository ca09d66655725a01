import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BoxGeometry, BufferGeometry, Float32BufferAttribute, SphereGeometry } from 'three';
import { coarse } from '../../../dashboard/car/coarse.ts';

const cornersOf = (geometry: BufferGeometry): number => geometry.getAttribute('position').count;
const indexOf = (geometry: BufferGeometry): readonly number[] => [...(geometry.index?.array ?? [])];

describe('dashboard/car/coarse', () => {
  it('[WEB-38] a form keeps its corners where they are far apart, and its edges sharp', () => {
    const box = new BoxGeometry(1, 2, 3);
    assert.deepEqual(
      coarse(box, 0.02).getAttribute('position').array,
      box.getAttribute('position').array,
      'three faces meet in a corner and face three ways',
    );
  });

  it('[WEB-38] of a fine form few triangles are left, within a cell of where they were', () => {
    const sphere = new SphereGeometry(1, 200, 100);
    const few = coarse(sphere, 0.1);
    assert.ok(indexOf(few).length < 0.15 * indexOf(sphere).length);
    few.computeBoundingSphere();
    assert.ok(Math.abs((few.boundingSphere?.radius ?? 0) - 1) < 0.01);
  });

  it('[WEB-38] triangles without an index are read too; those that shrink to nothing are gone', () => {
    const loose = new BufferGeometry()
      .setAttribute(
        'position',
        new Float32BufferAttribute([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0.001, 0, 0, 0, 0.001, 0], 3),
      )
      .setAttribute('normal', new Float32BufferAttribute(new Array(6).fill([0, 0, 1]).flat(), 3));
    const made = coarse(loose, 0.02);
    assert.deepEqual(indexOf(made), [0, 1, 2]);
    assert.equal(cornersOf(made), 3);
  });

  it('[WEB-38] whatever the form, every triangle has three corners that exist', () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    const corner = fc.tuple(coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(fc.array(fc.tuple(corner, corner, corner), { maxLength: 20 }), (triangles) => {
        const positions = triangles.flat(2);
        const made = coarse(
          new BufferGeometry()
            .setAttribute('position', new Float32BufferAttribute(positions, 3))
            .setAttribute(
              'normal',
              new Float32BufferAttribute(
                positions.map((_, i) => Number(i % 3 === 1)),
                3,
              ),
            ),
          0.5,
        );
        const index = indexOf(made);
        assert.equal(index.length % 3, 0);
        assert.ok(index.length <= 3 * triangles.length);
        for (let i = 0; i < index.length; i += 3) {
          const [a, b, c] = index.slice(i, i + 3);
          assert.ok(a !== b && b !== c && c !== a);
        }
        assert.ok(index.every((i) => i < cornersOf(made)));
      }),
    );
  });
});
