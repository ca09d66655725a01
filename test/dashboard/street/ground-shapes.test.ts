import assert from 'node:assert/strict';
import { CORNER, GroundShapes, LAYERS } from '../../../dashboard/street/ground-shapes.ts';
import type { PlanStreet } from '../../../dashboard/street/street-plan.ts';

describe('dashboard: what lies flat', () => {
  it('[PAGE-70] nothing is painted on the round end of a street', () => {
    const street: PlanStreet = {
      index: 0,
      kind: 'primary',
      stations: [0, 60].map((along) => ({ x: 0, y: along, rightX: 1, rightY: 0, along })),
      junctions: [{ along: 0, clear: 8 }],
    };
    const shapes = new GroundShapes();
    shapes.addPiece({ street, from: 0 });
    const numbers = shapes.layers[LAYERS.indexOf('primary')] ?? [];
    const corners = Array.from({ length: numbers.length / CORNER }, (_, index) =>
      numbers.slice(index * CORNER, (index + 1) * CORNER),
    );
    // The ribbon is two triangles; all else is round ends, where "across" goes outwards: zebra bars would be rings.
    const [ribbon, ends] = [corners.slice(0, 6), corners.slice(6)];
    assert.ok(ends.length > 0);
    const zebra = (corner: readonly number[]) => {
      const clear = Math.min(corner[6] ?? 0, corner[7] ?? 0);
      return clear > -3.4 && clear < -0.6;
    };
    assert.ok(!ends.some(zebra));
    assert.ok(ribbon.some((corner) => (corner[6] ?? 0) > 0));
  });
});
