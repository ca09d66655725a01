import {
  BoxGeometry,
  CatmullRomCurve3,
  Color,
  CylinderGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  TorusGeometry,
  TubeGeometry,
  Vector3,
  type BufferGeometry,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { ARCH_RADIUS, AXLES, WHEEL_RADIUS } from './body-shape.ts';
import { glowMaterial, type Materials } from './materials.ts';
import type { SeatPlace } from './pose.ts';
import { createScreens, type ScreenText } from './screens.ts';
import { merged } from './wheels.ts';

const SEAT_PLACES: Readonly<
  Record<SeatPlace, { readonly at: readonly [number, number, number]; readonly width: number }>
> = {
  frontLeft: { at: [0.38, 0.36, 0.05], width: 1 },
  frontRight: { at: [-0.38, 0.36, 0.05], width: 1 },
  rearLeft: { at: [0.42, 0.38, -0.86], width: 0.86 },
  rearMiddle: { at: [0, 0.38, -0.86], width: 0.68 },
  rearRight: { at: [-0.42, 0.38, -0.86], width: 0.86 },
};
const NAMES = Object.keys(SEAT_PLACES) as SeatPlace[];
const WARM = new Color(0xff4a12);
const COOL = new Color(0x1e9bff);

export interface Interior {
  readonly group: Group;
  /** @param warmth how strongly a seat glows, −1 … 1 */
  showSeat(seat: SeatPlace, warmth: number): void;
  /** @param power 0 … 1 */
  showAmbient(side: 'left' | 'right', color: string | undefined, power: number): void;
  showScreens(text: ScreenText): void;
  /** @param angle of the steering wheel, degrees, positive to the left */
  steer(angle: number): void;
}

/**
 * Everything behind the glass: floor, seats, dashboard, wheel, screens, the lines of ambient light.
 * @param frames the folded edges of the body, which are as dark and as still as the floor
 */
export function createInterior({ inner, trim, seat, black }: Materials, frames: BufferGeometry): Interior {
  const group = new Group();
  group.add(new Mesh(merged([shell(), frames]), inner), new Mesh(dashboard(), trim));

  const seats = new InstancedMesh(seatGeometry(), seat, NAMES.length);
  const glow = new InstancedMesh(seatGlow(), glowMaterial(0xffffff), NAMES.length);
  NAMES.forEach((name, i) => {
    const { at, width } = SEAT_PLACES[name];
    const place = new Matrix4().compose(new Vector3(...at), new Quaternion(), new Vector3(width, 1, 1));
    seats.setMatrixAt(i, place);
    glow.setMatrixAt(i, place);
    glow.setColorAt(i, new Color(0));
  });
  glow.visible = false;
  group.add(seats, glow);

  const wheel = new Mesh(steeringWheel(), black);
  const column = new Group();
  column.position.set(0.38, 0.79, 0.5);
  column.rotation.x = -0.42;
  column.add(wheel);
  const screens = createScreens();
  group.add(column, screens.mesh);

  const strips = { left: ambientStrip(1), right: ambientStrip(-1) };
  group.add(strips.left, strips.right);

  const shade = new Color();
  const warmth = NAMES.map(() => 0);
  return {
    group,
    showScreens: screens.show,
    showSeat(name, power) {
      const index = NAMES.indexOf(name);
      if (warmth[index] === power) return;
      warmth[index] = power;
      glow.setColorAt(index, shade.copy(power > 0 ? WARM : COOL).multiplyScalar(Math.abs(power) * 0.5));
      if (glow.instanceColor) glow.instanceColor.needsUpdate = true;
      glow.visible = warmth.some((one) => one !== 0);
    },
    showAmbient(side, color, power) {
      const strip = strips[side];
      strip.visible = color !== undefined;
      if (color !== undefined) strip.material.color.set(color).multiplyScalar(0.5 + 2.5 * power);
    },
    steer(angle) {
      wheel.rotation.z = (-angle * Math.PI) / 180;
    },
  };
}

const box = (width: number, height: number, depth: number, x: number, y: number, z: number): BufferGeometry =>
  new BoxGeometry(width, height, depth).translate(x, y, z);

/** Floor, walls and the wells in which the wheels turn. */
function shell(): BufferGeometry {
  const wells = AXLES.flatMap((z) =>
    [1, -1].flatMap((side) => {
      const [radius, half] = [ARCH_RADIUS + 0.012, [Math.PI / 2, Math.PI] as const];
      const liner = new CylinderGeometry(radius, radius, 0.3, 28, 1, true, ...half);
      const wall = new CylinderGeometry(radius, radius, 0.01, 28, 1, false, ...half);
      return [liner.translate(0, side * 0.78, 0), wall.translate(0, side * 0.63, 0)].map((part) =>
        part
          .rotateZ(-Math.PI / 2)
          .rotateX(Math.PI / 2)
          .translate(0, WHEEL_RADIUS, z),
      );
    }),
  );
  return merged([
    ...wells,
    box(1.66, 0.1, 2.1, 0, 0.25, 0.02),
    box(1.2, 0.12, 4.1, 0, 0.27, -0.05),
    box(1.5, 0.45, 0.05, 0, 0.52, 1.02),
    box(1.36, 0.5, 0.06, 0, 0.5, -1.12),
    box(1.2, 0.05, 0.9, 0, 0.86, -1.56),
    box(1.24, 0.05, 0.72, 0, 0.56, 1.74),
    box(0.24, 0.22, 1.2, 0, 0.4, 0.28),
    box(1.1, 0.3, 0.2, 0, 0.42, 2.12),
    box(1.1, 0.3, 0.2, 0, 0.5, -2.22),
  ]);
}

function dashboard(): BufferGeometry {
  return merged([
    new RoundedBoxGeometry(1.46, 0.13, 0.4, 3, 0.06).rotateX(0.1).translate(0, 0.85, 0.86),
    new RoundedBoxGeometry(1.42, 0.2, 0.14, 2, 0.05).translate(0, 0.71, 0.8),
    new RoundedBoxGeometry(0.22, 0.1, 0.7, 2, 0.04).translate(0, 0.56, 0.24),
    // The hood over the cluster, the frame of the middle screen, the mirror.
    new RoundedBoxGeometry(0.36, 0.15, 0.03, 2, 0.012).rotateX(0.3).translate(0.38, 0.955, 0.682),
    new RoundedBoxGeometry(0.43, 0.28, 0.02, 2, 0.009)
      .rotateY(-0.12)
      .rotateX(0.24)
      .translate(-0.02, 0.903, 0.615),
    new RoundedBoxGeometry(0.24, 0.065, 0.03, 2, 0.014).rotateX(-0.1).translate(0, 1.3, 0.4),
  ]);
}

/** One seat, from its runners up; the bench behind is three of them, narrower. */
function seatGeometry(): BufferGeometry {
  const back = (geometry: BufferGeometry) => geometry.rotateX(-0.3).translate(0, 0.14, -0.2);
  // Bolsters are turned towards who sits there, so that they grow out of the seat.
  const bolster = (side: 1 | -1) =>
    new RoundedBoxGeometry(0.13, 0.5, 0.13, 1, 0.045).rotateY(side * -0.5).translate(side * 0.2, 0.26, 0.035);
  const edge = (side: 1 | -1) =>
    new RoundedBoxGeometry(0.13, 0.12, 0.5, 1, 0.04).rotateZ(side * 0.45).translate(side * 0.215, 0.12, 0.02);
  return merged([
    new RoundedBoxGeometry(0.46, 0.16, 0.53, 2, 0.07).rotateX(-0.08).translate(0, 0.08, 0.02),
    edge(1),
    edge(-1),
    back(new RoundedBoxGeometry(0.46, 0.6, 0.13, 2, 0.06).translate(0, 0.26, 0)),
    back(bolster(1)),
    back(bolster(-1)),
    back(new RoundedBoxGeometry(0.26, 0.17, 0.1, 2, 0.048).translate(0, 0.67, 0.02)),
    back(new BoxGeometry(0.1, 0.1, 0.02).translate(0, 0.57, 0)),
  ]);
}

/** The cushions that warm or cool, a hand above the leather. */
function seatGlow(): BufferGeometry {
  return merged([
    new RoundedBoxGeometry(0.3, 0.17, 0.42, 1, 0.06).rotateX(-0.08).translate(0, 0.09, 0.02),
    new RoundedBoxGeometry(0.28, 0.44, 0.14, 1, 0.05)
      .translate(0, 0.26, 0.01)
      .rotateX(-0.3)
      .translate(0, 0.14, -0.2),
  ]);
}

function steeringWheel(): BufferGeometry {
  return merged([
    new TorusGeometry(0.18, 0.017, 10, 40),
    new RoundedBoxGeometry(0.34, 0.045, 0.02, 2, 0.009),
    new RoundedBoxGeometry(0.13, 0.1, 0.05, 3, 0.02),
    new RoundedBoxGeometry(0.04, 0.17, 0.018, 2, 0.008).translate(0, -0.09, 0),
  ]);
}

function ambientStrip(side: 1 | -1): Mesh<TubeGeometry, MeshBasicMaterial> {
  const points = [
    [0.02, 0.885, 0.645],
    [0.5, 0.88, 0.65],
    [0.71, 0.86, 0.56],
    [0.745, 0.82, 0.2],
    [0.75, 0.8, -0.4],
    [0.73, 0.8, -1.0],
  ] as const;
  const curve = new CatmullRomCurve3(points.map(([x, y, z]) => new Vector3(side * x, y, z)));
  const strip = new Mesh(
    new TubeGeometry(curve, 60, 0.009, 6),
    new MeshBasicMaterial({ color: 0, toneMapped: false }),
  );
  strip.visible = false;
  return strip;
}
