/** Cuts the two surfaces of the car into the parts that move, shine or are made of something else. */
import {
  ARCH_RADIUS,
  AXLES,
  BODY_US,
  BODY_VS,
  bodyPoint,
  CABIN_OUTLINE,
  GREENHOUSE_US,
  GREENHOUSE_VS,
  greenhousePoint,
  WALL,
  WHEEL_RADIUS,
} from './body-shape.ts';
import { both, circle, polygon, roundedBox, type Point2 } from './shapes.ts';
import { cut, cutPart, gridSkin, mirror, type Line, type Skin } from './skin.ts';

const GAP = 0.006;
const FINE = 0.014;
const COARSE = 0.03;

export const LAMPS = [
  'daytime',
  'low',
  'high',
  'fogFront',
  'indicatorLeft',
  'indicatorRight',
  'tail',
  'brake',
  'reverse',
  'fogRear',
] as const;
export type Lamp = (typeof LAMPS)[number];

/** A door of the left side; the right side's is its mirror image. */
export interface DoorSkins {
  readonly paint: Skin;
  readonly handle: Skin;
  readonly glass: Skin;
}

export interface CarParts {
  readonly paint: Skin;
  /** Gloss black: pillars, lenses, grille, sills. */
  readonly black: Skin;
  readonly glass: Skin;
  readonly frontDoor: DoorSkins;
  readonly rearDoor: DoorSkins;
  readonly frunk: Skin;
  readonly gate: { readonly paint: Skin; readonly glass: Skin };
  readonly sunroof: Skin;
  readonly flap: Skin;
  readonly lamps: Readonly<Record<Lamp, Skin>>;
}

const FRONT_DOOR: readonly Point2[] = [
  [0.92, 0.3],
  [0.94, 0.55],
  [0.86, 1.3],
  [-0.15, 1.3],
  [-0.12, 0.3],
];
const REAR_DOOR: readonly Point2[] = [
  [-0.165, 0.3],
  [-0.195, 1.3],
  [-1.22, 1.3],
  [-1.22, 0.3],
];
const FRUNK: readonly Point2[] = bothSides([
  [0, 1.285],
  [0.3, 1.27],
  [0.5, 1.225],
  [0.64, 1.12],
  [0.715, 1.03],
  [0.735, 1.5],
  [0.68, 1.95],
  [0.56, 2.085],
  [0.3, 2.13],
  [0, 2.14],
]);
const HEADLIGHT: readonly Point2[] = [
  [0.4, 0.598],
  [0.62, 0.632],
  [0.95, 0.672],
  [0.95, 0.6],
  [0.74, 0.57],
  [0.47, 0.567],
];
const INTAKE: readonly Point2[] = bothSides([
  [0, 0.27],
  [0.52, 0.27],
  [0.6, 0.36],
  [0.5, 0.4],
  [0, 0.4],
]);

/** A left outline and its mirror image, as one. */
function bothSides(left: readonly Point2[]): readonly Point2[] {
  return [...left, ...left.map(([x, y]): Point2 => [-x, y]).reverse()];
}

const symmetric = (left: Skin): Skin => [...left, ...mirror(left)];

/** Builds everything, from the form alone: nothing is loaded. */
export function cutCar(): CarParts {
  const body = cutBody(gridSkin(BODY_US, BODY_VS, bodyPoint, true));
  const house = cutGreenhouse(gridSkin(GREENHOUSE_US, GREENHOUSE_VS, greenhousePoint, true));
  return {
    paint: [...body.paint, ...symmetric(house.paint)],
    black: [...symmetric(body.black), ...symmetric(house.black)],
    glass: symmetric(house.glass),
    frontDoor: { ...body.frontDoor, glass: house.frontGlass },
    rearDoor: { ...body.rearDoor, glass: house.rearGlass },
    frunk: symmetric(body.frunk),
    gate: { paint: [...symmetric(body.gate), ...symmetric(house.gate)], glass: symmetric(house.gateGlass) },
    sunroof: symmetric(house.sunroof),
    flap: body.flap,
    lamps: body.lamps,
  };
}

/** Takes parts out of a skin, one after another. */
class Cutter {
  rest: Skin;

  constructor(skin: Skin) {
    this.rest = skin;
  }

  take(line: Line, detail: number, gap = 0): Skin {
    if (gap > 0) {
      const { part, rest } = cutPart(this.rest, line, detail, gap);
      this.rest = rest;
      return part;
    }
    const { inside, outside } = cut(this.rest, line, detail);
    this.rest = outside;
    return inside;
  }
}

const nowhere = 1;

/** Regions seen from the front, the back, the side and above; elsewhere on the body they do not exist. */
const onNose =
  (line: (x: number, y: number) => number): Line =>
  ({ at: [x, y, z] }) =>
    z > 1.95 ? line(x, y) : nowhere;
const onTail =
  (line: (x: number, y: number) => number): Line =>
  ({ at: [x, y, z] }) =>
    z < -2.05 ? line(x, y) : nowhere;

function cutBody(whole: Skin) {
  const body = new Cutter(whole);
  for (const axle of AXLES)
    body.take(
      ({ at: [x, y, z] }) => (x > 0.4 ? circle(z - axle, y - WHEEL_RADIUS, ARCH_RADIUS) : nowhere),
      FINE,
    );
  body.take(({ at: [x, y, z] }) => (y > 0.7 ? polygon(x, z, CABIN_OUTLINE) + 0.03 : nowhere), COARSE);

  const frunk = body.take(
    ({ at: [x, y, z] }) => (y > 0.6 && z > 0.9 ? polygon(x, z, FRUNK) : nowhere),
    COARSE,
    GAP,
  );
  const gate = body.take(
    ({ at: [x, y, z] }) => (z < -1.5 ? both(x - 0.705, 0.872 - y, 0.05) : nowhere),
    COARSE,
    GAP,
  );
  const front = cutFront(body);
  const back = cutBack(body);
  const sill = body.take(({ at: [, y, z] }) => both(y - 0.262, Math.abs(z) - 1.2), FINE);

  const frontDoor = new Cutter(
    body.take(({ at: [x, y, z] }) => (x > 0.5 ? polygon(z, y, FRONT_DOOR, 0.02) : nowhere), COARSE, GAP),
  );
  const rearDoor = new Cutter(
    body.take(
      ({ at: [x, y, z] }) =>
        x > 0.5
          ? both(
              polygon(z, y, REAR_DOOR, 0.02),
              -circle(z - AXLES[1], y - WHEEL_RADIUS, ARCH_RADIUS + 0.055),
              0.04,
            )
          : nowhere,
      COARSE,
      GAP,
    ),
  );
  const handle =
    (middle: number): Line =>
    ({ at: [, y, z] }) =>
      roundedBox(z - middle, y - 0.79, 0.11, 0.013, 0.012);
  const [frontHandle, rearHandle] = [frontDoor.take(handle(0.02), FINE), rearDoor.take(handle(-0.98), FINE)];

  // The charging port is on the left only: the right side is mirrored before it is cut.
  const right = mirror(body.rest);
  const flap = body.take(
    ({ at: [x, y, z] }) => (x > 0.5 ? roundedBox(z + 1.72, y - 0.84, 0.075, 0.055, 0.025) : nowhere),
    FINE,
    GAP,
  );
  return {
    paint: [...body.rest, ...right],
    black: [...front.black, ...back.black, ...sill],
    frontDoor: { paint: frontDoor.rest, handle: frontHandle },
    rearDoor: { paint: rearDoor.rest, handle: rearHandle },
    frunk,
    gate,
    flap,
    lamps: { ...front.lamps, ...back.lamps, ...bothIndicators(front.indicator, back.indicator) },
  };
}

function bothIndicators(front: Skin, back: Skin) {
  const left = [...front, ...back];
  return { indicatorLeft: left, indicatorRight: mirror(left) };
}

function cutFront(body: Cutter) {
  const lens = new Cutter(
    body.take(
      onNose((x, y) => polygon(x, y, HEADLIGHT, 0.006)),
      FINE,
    ),
  );
  const rise = (x: number) => 0.595 + 0.148 * (x - 0.4);
  const daytime = lens.take(
    onNose((x, y) => roundedBox(x - 0.64, y - rise(x) + 0.001, 0.3, 0.0065, 0.006)),
    0.01,
  );
  const low = lens.take(
    onNose((x, y) =>
      Math.min(
        roundedBox(x - 0.55, y - 0.59, 0.036, 0.011, 0.008),
        roundedBox(x - 0.64, y - 0.598, 0.036, 0.011, 0.008),
      ),
    ),
    0.008,
  );
  const high = lens.take(
    onNose((x, y) => roundedBox(x - 0.73, y - 0.607, 0.034, 0.011, 0.008)),
    0.008,
  );
  const indicator = lens.take(
    onNose((x, y) => roundedBox(x - 0.85, y - 0.622, 0.06, 0.009, 0.006)),
    0.008,
  );
  const curtain = new Cutter(
    body.take(
      onNose((x, y) => roundedBox(x - 0.75 - 0.18 * (y - 0.4), y - 0.4, 0.022, 0.095, 0.018)),
      FINE,
    ),
  );
  const fogFront = curtain.take(
    onNose((x, y) => roundedBox(x - 0.733, y - 0.325, 0.016, 0.008, 0.006)),
    0.008,
  );
  const intake = body.take(
    onNose((x, y) => polygon(x, y, INTAKE, 0.012)),
    FINE,
  );
  return {
    black: [...lens.rest, ...curtain.rest, ...intake],
    indicator,
    lamps: {
      daytime: symmetric(daytime),
      low: symmetric(low),
      high: symmetric(high),
      fogFront: symmetric(fogFront),
    },
  };
}

function cutBack(body: Cutter) {
  const lens = new Cutter(
    body.take(
      onTail((x, y) => roundedBox(x, y - 0.81, 1.2, 0.034, 0.01)),
      FINE,
    ),
  );
  const tail = lens.take(
    onTail((x, y) => roundedBox(x, y - 0.826, 0.95, 0.0065, 0.006)),
    0.012,
  );
  const brake = lens.take(
    onTail((x, y) => roundedBox(x - 0.53, y - 0.8, 0.2, 0.0085, 0.007)),
    0.01,
  );
  const indicator = lens.take(
    onTail((x, y) => roundedBox(x - 0.83, y - 0.8, 0.085, 0.0085, 0.007)),
    0.01,
  );
  const reverse = lens.take(
    onTail((x, y) => roundedBox(x - 0.24, y - 0.8, 0.06, 0.0085, 0.007)),
    0.01,
  );
  const diffuser = new Cutter(
    body.take(
      onTail((x, y) => both(y - 0.435, x - 0.68 + 0.4 * (0.435 - y), 0.04)),
      FINE,
    ),
  );
  const fogRear = diffuser.take(
    onTail((x, y) => roundedBox(x, y - 0.37, 0.07, 0.012, 0.01)),
    0.01,
  );
  return {
    black: [...lens.rest, ...diffuser.rest],
    indicator,
    lamps: {
      tail: symmetric(tail),
      brake: symmetric(brake),
      reverse: symmetric(reverse),
      fogRear: symmetric(fogRear),
    },
  };
}

/** About as many metres as one step of u or v is long on the greenhouse's wall. */
const U_METRES = 1.6;
const V_METRES = 0.75;
const B_PILLAR = { middle: -0.165, half: 0.035 };
const QUARTER_BAR = { middle: -1.16, half: 0.012 };

function cutGreenhouse(whole: Skin) {
  const house = new Cutter(whole);
  const roofGlass =
    (middle: number): Line =>
    ({ at: [x, , z], facing }) =>
      facing[1] > 0.8 ? roundedBox(x, z - middle, 0.475, 0.225, 0.05) : nowhere;
  const sunroof = house.take(roofGlass(-0.04), COARSE, 0.004);
  const roofPane = house.take(roofGlass(-0.51), COARSE);
  const below = (v: number, top: number) => (v - top) * V_METRES;
  const windscreen = house.take(
    ({ u, v }) => both((0.43 - u) * U_METRES, below(v, WALL - 0.035), 0.04),
    COARSE,
  );
  const gate = new Cutter(
    house.take(({ u, v }) => both((u + 0.43) * U_METRES, below(v, WALL - 0.01), 0.04), COARSE, GAP),
  );
  const gateGlass = gate.take(
    ({ u, v }) => both((u + 0.475) * U_METRES, Math.max(below(v, WALL - 0.05), below(0.1, v)), 0.04),
    COARSE,
  );

  const side = new Cutter(
    house.take(
      ({ u, v }) => both((Math.abs(u + 0.005) - 0.365) * U_METRES, below(v, WALL - 0.075), 0.05),
      COARSE,
    ),
  );
  const bar =
    ({ middle, half }: typeof B_PILLAR): Line =>
    ({ at: [, y, z] }) =>
      Math.abs(z - middle + 0.12 * (y - 1)) - half;
  const bars = [...side.take(bar(B_PILLAR), FINE), ...side.take(bar(QUARTER_BAR), FINE)];
  const behind =
    (z: number): Line =>
    ({ at }) =>
      at[2] - z;
  const quarter = side.take(behind(QUARTER_BAR.middle), COARSE);
  const rearGlass = side.take(behind(B_PILLAR.middle), COARSE);
  return {
    paint: house.rest,
    black: bars,
    glass: [...windscreen, ...roofPane, ...quarter],
    sunroof,
    gate: gate.rest,
    gateGlass,
    frontGlass: side.rest,
    rearGlass,
  };
}
