import assert from 'node:assert/strict';
import { BoxGeometry, Group, Mesh, MeshBasicMaterial, MeshStandardMaterial } from 'three';
import { QuickMaterials } from '../../../dashboard/car/quick-materials.ts';

describe('dashboard/car/quick-materials', () => {
  const exact = new MeshStandardMaterial({
    color: 0x2040ff,
    roughness: 0.8,
    opacity: 0.6,
    transparent: true,
  });
  const other = new MeshBasicMaterial();
  const group = new Group();
  const [box, twin, plain] = [
    new Mesh(new BoxGeometry(), exact),
    new Mesh(new BoxGeometry(), exact),
    new Mesh(new BoxGeometry(), other),
  ] as Mesh[];
  assert.ok(box && twin && plain);
  group.add(box, twin, plain);
  const quick = new QuickMaterials(group);

  it('[WEB-38] what moves has its light painted on, what rests its own material again', () => {
    quick.use(true);
    assert.ok(box.material instanceof MeshBasicMaterial && box.material.vertexColors);
    assert.equal(box.material, twin.material);
    assert.equal(plain.material, other);
    quick.use(false);
    assert.equal(box.material, exact);
  });

  it('[WEB-38] the painted light has the colour of the surface, and follows the room’s power and the glass', () => {
    const colors = box.geometry.getAttribute('color');
    for (let i = 0; i < colors.count; i++) {
      assert.ok(colors.getX(i) > 0 && colors.getZ(i) > colors.getX(i), `corner ${i}`);
    }
    exact.opacity = 0.1;
    quick.light(0.5, 0);
    quick.use(true);
    assert.ok(box.material instanceof MeshBasicMaterial);
    assert.deepEqual([box.material.color.r, box.material.opacity], [0.5, 0.1]);
    quick.dispose();
    assert.equal(box.material, exact);
  });
});
