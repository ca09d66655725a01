import assert from 'node:assert/strict';
import { paintWith } from '../../../dashboard/car/look.ts';
import { createMaterials } from '../../../dashboard/car/materials.ts';
import { SPOKES } from '../../../dashboard/car/wheel-designs.ts';
import { PAINT_FINISHES, WHEEL_DESIGNS } from '../../../simulator/server/protocol.ts';

describe('how a brand’s car looks', () => {
  it('[PAGE-143] every wheel design is built whole, inside the rim, of few triangles, and unlike the others', () => {
    const sizes = WHEEL_DESIGNS.map((design) => {
      let triangles = 0;
      for (const geometry of SPOKES[design]()) {
        geometry.computeBoundingSphere();
        assert.ok(Number.isFinite(geometry.boundingSphere!.radius), design);
        const place = geometry.getAttribute('position');
        triangles += (geometry.index?.count ?? place.count) / 3;
        for (let index = 0; index < place.count; index++)
          assert.ok(Math.hypot(place.getY(index), place.getZ(index)) <= 0.275, design);
      }
      assert.ok(triangles > 100 && triangles <= 1_200, `${design}: ${triangles} triangles`);
      return triangles;
    });
    assert.equal(new Set(sizes).size, WHEEL_DESIGNS.length);
  });

  it('[PAGE-143] the paint has the brand’s colour and its finish', () => {
    for (const finish of PAINT_FINISHES) {
      const { paint } = createMaterials();
      assert.notEqual(paint.color.getHexString(), 'b3200f');
      paintWith(paint, { colour: '#b3200f', finish });
      assert.equal(paint.color.getHexString(), 'b3200f');
      assert.equal(paint.clearcoat, finish === 'matte' ? 0 : 1);
    }
  });
});
