import {
  CylinderGeometry,
  Group,
  InstancedMesh,
  LatheGeometry,
  Matrix4,
  Vector2,
  type BufferGeometry,
  type Material,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { AXLES, WHEEL_RADIUS } from './body-shape.ts';
import type { Materials } from './materials.ts';
import { RIM, SPOKES, type WheelDesign } from './wheel-designs.ts';

const TRACK = 0.8;
/** Front wheels turn this much less than the steering wheel. */
const STEERING_RATIO = 15;

export interface Wheels {
  readonly group: Group;
  /** @param roll radians turned since the start @param steering degrees of the steering wheel, positive to the left */
  turn(roll: number, steering: number): void;
}

/** Four wheels in three draw calls. */
export function createWheels({ tyre, chrome, barrel }: Materials, design: WheelDesign = 'turbine'): Wheels {
  const group = new Group();
  const parts: readonly (readonly [BufferGeometry, Material])[] = [
    [tyreGeometry(), tyre],
    [merged([barrelGeometry(), hubGeometry()]), barrel],
    [spokesGeometry(design), chrome],
  ];
  const meshes = parts.map(([geometry, material]) => new InstancedMesh(geometry, material, 4));
  group.add(...meshes);
  const [place, spin, steer, flip] = [new Matrix4(), new Matrix4(), new Matrix4(), new Matrix4()];
  const turn = (roll: number, steering: number) => {
    AXLES.forEach((z, axle) => {
      for (const side of [1, -1]) {
        const index = axle * 2 + (side > 0 ? 0 : 1);
        flip.makeRotationY(side > 0 ? 0 : Math.PI);
        steer.makeRotationY(axle === 0 ? (steering / STEERING_RATIO) * (Math.PI / 180) : 0);
        spin.makeRotationX(side * roll);
        place
          .makeTranslation(side * TRACK, WHEEL_RADIUS, z)
          .multiply(steer)
          .multiply(flip)
          .multiply(spin);
        for (const mesh of meshes) mesh.setMatrixAt(index, place);
      }
    });
    for (const mesh of meshes) mesh.instanceMatrix.needsUpdate = true;
  };
  turn(0, 0);
  for (const mesh of meshes) mesh.computeBoundingSphere();
  return { group, turn };
}

function lathe(outline: readonly (readonly [number, number])[], segments = 44): BufferGeometry {
  return new LatheGeometry(outline.map(([radius, x]) => new Vector2(radius, x)).reverse(), segments).rotateZ(
    -Math.PI / 2,
  );
}

/** Outlines are (radius, distance to the outside). */
function tyreGeometry(): BufferGeometry {
  const r = WHEEL_RADIUS;
  return lathe([
    [RIM, 0.1],
    [RIM + 0.012, 0.113],
    [RIM + 0.045, 0.122],
    [r - 0.022, 0.116],
    [r - 0.004, 0.096],
    [r, 0.07],
    [r, -0.07],
    [r - 0.004, -0.096],
    [r - 0.03, -0.118],
    [RIM, -0.1],
  ]);
}

function barrelGeometry(): BufferGeometry {
  const face = new CylinderGeometry(0.17, 0.17, 0.03, 40).rotateZ(Math.PI / 2).translate(-0.02, 0, 0);
  return merged([
    lathe([
      [RIM - 0.012, 0.1],
      [RIM - 0.02, 0.03],
      [RIM - 0.03, -0.1],
      [0.05, -0.1],
    ]),
    face,
  ]);
}

/** The spokes of a design, and the lip that they end in. */
function spokesGeometry(design: WheelDesign): BufferGeometry {
  const lip = lathe([
    [RIM - 0.02, 0.086],
    [RIM - 0.014, 0.106],
    [RIM + 0.004, 0.108],
    [RIM + 0.006, 0.096],
  ]);
  return merged([...SPOKES[design](), lip]);
}

function hubGeometry(): BufferGeometry {
  return lathe(
    [
      [0.001, 0.106],
      [0.03, 0.105],
      [0.052, 0.094],
      [0.056, 0.06],
    ],
    32,
  );
}

/** One geometry of several; they need not agree on having an index or texture coordinates. */
export function merged(geometries: readonly BufferGeometry[]): BufferGeometry {
  const plain = geometries.map((geometry) => {
    const { count } = geometry.getAttribute('position');
    if (!geometry.index) geometry.setIndex(Array.from({ length: count }, (_, i) => i));
    for (const name of Object.keys(geometry.attributes))
      if (name !== 'position' && name !== 'normal') geometry.deleteAttribute(name);
    return geometry;
  });
  return mergeGeometries(plain);
}
