import { ExtrudeGeometry, Path, Shape, type BufferGeometry } from 'three';
import type { CarLook } from '../../simulator/server/protocol.ts';

export type WheelDesign = NonNullable<CarLook['wheels']>;

/** Radius of the rim, and of the hub that the spokes come from. */
export const RIM = 0.268;
const HUB = 0.035;
/** How far out the spokes' faces stand. */
const FACE = 0.072;

/** The bright part of a wheel, one for each design: what lies between hub and lip, axis along x. */
export const SPOKES: Record<WheelDesign, () => BufferGeometry[]> = {
  /** Five pairs of curved blades. */
  turbine: () => around(5, [blade(1), blade(-1)]),
  /** Seven straight ones that widen towards the rim. */
  star: () => around(7, [spoke()]),
  /** Almost closed, for the wind; narrow slots let the brakes breathe. */
  disc: () => [disc()],
};

const around = (count: number, parts: readonly BufferGeometry[]): BufferGeometry[] =>
  Array.from({ length: count }, (_, index) => (index / count) * 2 * Math.PI).flatMap((angle) =>
    parts.map((part) => part.clone().rotateX(angle)),
  );

/** Outlines lie in the plane of the wheel, y towards the rim. */
const plate = (outline: Shape, depth: number): BufferGeometry =>
  new ExtrudeGeometry(outline, {
    depth,
    bevelEnabled: true,
    bevelSize: 0.004,
    bevelThickness: 0.006,
    bevelSegments: 1,
    curveSegments: 5,
  })
    .rotateY(Math.PI / 2)
    .translate(FACE, 0, 0);

/** One half of a pair of blades. @param side 1 or −1: the other half is its mirror image */
function blade(side: 1 | -1): BufferGeometry {
  const outline = new Shape()
    .moveTo(side * -0.014, HUB)
    .lineTo(side * 0.02, 0.04)
    .bezierCurveTo(side * 0.03, 0.12, side * 0.066, 0.19, side * 0.083, RIM - 0.024)
    .lineTo(side * 0.046, RIM - 0.012)
    .bezierCurveTo(side * 0.034, 0.18, side * 0.004, 0.12, side * -0.014, HUB);
  return plate(outline, 0.012);
}

function spoke(): BufferGeometry {
  const outline = new Shape()
    .moveTo(-0.016, HUB)
    .lineTo(0.016, HUB)
    .lineTo(0.011, 0.15)
    .lineTo(0.036, RIM - 0.014)
    .lineTo(-0.036, RIM - 0.014)
    .lineTo(-0.011, 0.15);
  return plate(outline, 0.014);
}

const SLOTS = 12;

function disc(): BufferGeometry {
  const outline = new Shape().absarc(0, 0, RIM - 0.012, 0, 2 * Math.PI);
  for (let index = 0; index < SLOTS; index++) {
    const angle = (index / SLOTS) * 2 * Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const at = (across: number, out: number) => [out * cos - across * sin, out * sin + across * cos] as const;
    outline.holes.push(
      new Path()
        .moveTo(...at(-0.006, 0.17))
        .lineTo(...at(-0.013, RIM - 0.03))
        .lineTo(...at(0.013, RIM - 0.03))
        .lineTo(...at(0.006, 0.17))
        .closePath(),
    );
  }
  return plate(outline, 0.008);
}
