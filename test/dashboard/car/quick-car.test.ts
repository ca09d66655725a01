import assert from 'node:assert/strict';
import {
  BoxGeometry,
  BufferAttribute,
  DynamicDrawUsage,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
} from 'three';
import { cutCar } from '../../../dashboard/car/car-parts.ts';
import { QuickCar } from '../../../dashboard/car/quick-car.ts';
import { toGeometry } from '../../../dashboard/car/skin.ts';

describe('dashboard/car/quick-car', () => {
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
  const quick = new QuickCar(group);

  it('[WEB-38] what moves has its light painted on, what rests its own material again', () => {
    quick.use(true);
    assert.ok(box.material instanceof MeshBasicMaterial && box.material.vertexColors);
    assert.equal(box.material, twin.material);
    assert.equal(plain.material, other);
    quick.use(false);
    assert.equal(box.material, exact);
  });

  it('[WEB-38] the painted light has the colour of the surface, and follows the room’s power and the glass', () => {
    quick.use(true);
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

  it('[WEB-38] what moves has fewer triangles; a pane whose corners move keeps its own', () => {
    const pane = new Mesh(new BoxGeometry(0.01, 0.01, 0.01, 4, 4, 4), new MeshStandardMaterial());
    const places = pane.geometry.getAttribute('position');
    assert.ok(places instanceof BufferAttribute);
    places.setUsage(DynamicDrawUsage);
    const car = new Group().add(new Mesh(toGeometry(cutCar().paint), exact), pane);
    const before = trianglesOf(car);
    const moving = new QuickCar(car);
    const form = pane.geometry;
    moving.use(true);
    assert.ok(trianglesOf(car) < 0.75 * before, `${trianglesOf(car)} of ${before}`);
    assert.equal(pane.geometry, form);
    moving.dispose();
    assert.equal(trianglesOf(car), before);
  });
});

function trianglesOf(group: Group): number {
  let sum = 0;
  group.traverse((part) => {
    if (part instanceof Mesh) sum += ((part as Mesh).geometry.index?.count ?? 0) / 3;
  });
  return sum;
}
