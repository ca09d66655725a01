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
import { both, circle, outline, roundedBox, smoothstep, type Point2 } from './shapes.ts';
import { cut, cutPart, gridSkin, mirror, type Line, type Skin } from './skin.ts';

const GAP = 0.006;
/** How far a cut may stray from its line, metres. */
const FINE = 0.0016;
const COARSE = 0.0025;

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
  /** Part of the glass: what the wipers sweep. */
  readonly windscreen: Skin;
  readonly frontDoor: DoorSkins;
  readonly rearDoor: DoorSkins;
  readonly frunk: Skin;
  readonly gate: { readonly paint: Skin; readonly glass: Skin };
  readonly sunroof: Skin;
  readonly flap: Skin;
  readonly lamps: Readonly<Record<Lamp, Skin>>;
}

const FRONT_DOOR = outline(
  [
    [0.92, 0.33],
    [0.94, 0.55],
    [0.86, 1.3],
    [-0.15, 1.3],
    [-0.12, 0.33],
  ],
  0.02,
);
const REAR_DOOR = outline(
  [
    [-0.165, 0.33],
    [-0.195, 1.3],
    [-1.22, 1.3],
    [-1.22, 0.33],
  ],
  0.02,
);
const CABIN = outline(CABIN_OUTLINE);
const FRUNK = outline(
  bothSides([
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
  ]),
  0,
);
const HEADLIGHT = outline(
  [
    [0.42, 0.602],
    [0.62, 0.628],
    [0.95, 0.671],
    [0.95, 0.625],
    [0.72, 0.583],
    [0.48, 0.577],
  ],
  0.006,
);
const INTAKE = outline(
  bothSides([
    [0, 0.27],
    [0.52, 0.27],
    [0.6, 0.36],
    [0.5, 0.4],
    [0, 0.4],
  ]),
  0.012,
);

/** A left outline and its mirror image, as one. */
function bothSides(left: readonly Point2[]): readonly Point2[] {
  const right = left.filter(([x]) => x > 0).map(([x, y]): Point2 => [-x, y]);
  return [...left, ...right.reverse()];
}

const symmetric = (left: Skin): Skin => [...left, ...mirror(left)];

let cutOnce: CarParts | undefined;

/** Builds everything, from the form alone: nothing is loaded, and nothing is cut twice. */
export const cutCar = (): CarParts => (cutOnce ??= cutAll());

function cutAll(): CarParts {
  const body = cutBody(gridSkin(BODY_US, BODY_VS, bodyPoint));
  const house = cutGreenhouse(gridSkin(GREENHOUSE_US, GREENHOUSE_VS, greenhousePoint));
  return {
    paint: [...body.paint, ...symmetric(house.rail)],
    black: [...symmetric(body.black), ...symmetric(house.black)],
    glass: symmetric(house.glass),
    windscreen: symmetric(house.windscreen),
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

  take(line: Line, tolerance = FINE): Skin {
    const { inside, outside } = cut(this.rest, line, tolerance);
    this.rest = outside;
    return inside;
  }

  /** A part that moves: its gap is left open. */
  takeLoose(line: Line, tolerance = COARSE): Skin {
    const { part, rest } = cutPart(this.rest, line, tolerance, GAP);
    this.rest = rest;
    return part;
  }
}

/** Regions that are drawn as they are seen: from the front, from the back, from the side, from above. */
const onNose =
  (region: (x: number, y: number) => number): Line =>
  ({ at: [x, y, z] }) =>
    z < 1.5 ? 1 : both(region(x, y), 1.94 - z);
const onTail =
  (region: (x: number, y: number) => number): Line =>
  ({ at: [x, y, z] }) =>
    z > -1.6 ? 1 : both(region(x, y), z + 2.06);
const onSide =
  (region: (z: number, y: number) => number): Line =>
  ({ at: [, y, z] }) =>
    region(z, y);
/** Above `floor` only. */
const onTop =
  (region: (x: number, z: number) => number, floor: number): Line =>
  ({ at: [x, y, z] }) =>
    both(region(x, z), floor - y);

function cutBody(whole: Skin) {
  const body = new Cutter(whole);
  const arch = (axle: number, radius: number) => (z: number, y: number) =>
    circle(z - axle, y - WHEEL_RADIUS, radius);
  for (const axle of AXLES) body.take(({ at: [x, y, z] }) => both(arch(axle, ARCH_RADIUS)(z, y), 0.6 - x));
  body.take(
    onTop((x, z) => CABIN(x, z) + 0.03, 0.7),
    COARSE,
  );
  const frunk = body.takeLoose(onTop(FRUNK, 0.62));
  const gate = body.takeLoose(({ at: [x, y, z] }) => both(both(x - 0.705, 0.872 - y, 0.05), z + 1.4));
  const front = cutFront(body);
  const back = cutBack(body);
  // Black below, so that the body looks as slim as it is.
  const sill = body.take(onSide((z, y) => both(y - 0.3, Math.abs(z) - 1.2)));

  const frontDoor = new Cutter(body.takeLoose(onSide(FRONT_DOOR)));
  const behindArch = arch(AXLES[1], ARCH_RADIUS + 0.055);
  const rearDoor = new Cutter(
    body.takeLoose(onSide((z, y) => both(REAR_DOOR(z, y), -behindArch(z, y), 0.04))),
  );
  const handle = (middle: number) => onSide((z, y) => roundedBox(z - middle, y - 0.79, 0.11, 0.013, 0.012));
  const [frontHandle, rearHandle] = [frontDoor.take(handle(0.02)), rearDoor.take(handle(-0.98))];

  // The charging port is on the left only: the right side is mirrored before it is cut.
  const right = mirror(body.rest);
  const flap = body.takeLoose(
    onSide((z, y) => roundedBox(z + 1.72, y - 0.84, 0.075, 0.055, 0.025)),
    FINE,
  );
  const indicator = [...front.indicator, ...back.indicator];
  return {
    paint: [...body.rest, ...right],
    black: [...front.black, ...back.black, ...sill],
    frontDoor: { paint: frontDoor.rest, handle: frontHandle },
    rearDoor: { paint: rearDoor.rest, handle: rearHandle },
    frunk,
    gate,
    flap,
    lamps: { ...front.lamps, ...back.lamps, indicatorLeft: indicator, indicatorRight: mirror(indicator) },
  };
}

function cutFront(body: Cutter) {
  const lens = new Cutter(body.take(onNose(HEADLIGHT)));
  const rise = (x: number) => 0.594 + 0.148 * (x - 0.4);
  const module = (middle: number, height: number) => (x: number, y: number) =>
    roundedBox(x - middle, y - height, 0.036, 0.011, 0.008);
  const [inner, outer] = [module(0.55, 0.59), module(0.64, 0.598)];
  const daytime = lens.take(onNose((x, y) => roundedBox(x - 0.64, y - rise(x), 0.3, 0.0065, 0.006)));
  const low = lens.take(onNose((x, y) => Math.min(inner(x, y), outer(x, y))));
  const high = lens.take(onNose(module(0.73, 0.607)));
  const indicator = lens.take(onNose((x, y) => roundedBox(x - 0.85, y - 0.622, 0.06, 0.009, 0.006)));
  const curtain = new Cutter(
    body.take(onNose((x, y) => roundedBox(x - 0.75 - 0.18 * (y - 0.4), y - 0.4, 0.022, 0.095, 0.018))),
  );
  const fogFront = curtain.take(onNose((x, y) => roundedBox(x - 0.735, y - 0.325, 0.014, 0.012, 0.006)));
  const intake = body.take(onNose(INTAKE));
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
  const lens = new Cutter(body.take(onTail((x, y) => roundedBox(x, y - 0.81, 1.2, 0.034, 0.01))));
  const tail = lens.take(onTail((x, y) => roundedBox(x, y - 0.826, 0.95, 0.0065, 0.006)));
  const strip = (middle: number, half: number) =>
    onTail((x, y) => roundedBox(x - middle, y - 0.8, half, 0.0085, 0.007));
  const brake = lens.take(strip(0.53, 0.2));
  const indicator = lens.take(strip(0.83, 0.085));
  const reverse = lens.take(strip(0.24, 0.06));
  const plate = body.take(onTail((x, y) => roundedBox(x, y - 0.63, 0.27, 0.062, 0.02)));
  const diffuser = new Cutter(body.take(onTail((x, y) => both(y - 0.49, x - 0.72 + 0.4 * (0.49 - y), 0.05))));
  const fogRear = diffuser.take(onTail((x, y) => roundedBox(x, y - 0.4, 0.07, 0.012, 0.01)));
  return {
    black: [...lens.rest, ...plate, ...diffuser.rest],
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
  const pane = (middle: number) => onTop((x, z) => roundedBox(x, z - middle, 0.475, 0.225, 0.05), 1.2);
  const sunroof = house.takeLoose(pane(-0.04));
  const roofPane = house.take(pane(-0.51), COARSE);
  const below = (v: number, top: number) => (v - top) * V_METRES;
  const windscreen = house.take(
    ({ u, v }) => both((0.43 - u) * U_METRES, below(v, WALL - 0.035), 0.04),
    COARSE,
  );
  const gate = new Cutter(
    house.takeLoose(({ u, v }) => both((u + 0.43) * U_METRES, below(v, WALL - 0.01), 0.04)),
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
  const bar = ({ middle, half }: typeof B_PILLAR) =>
    onSide((z, y) => Math.abs(z - middle + 0.12 * (y - 1)) - half);
  const bars = [...side.take(bar(B_PILLAR)), ...side.take(bar(QUARTER_BAR))];
  const behind = (middle: number) => onSide((z) => z - middle);
  const quarter = side.take(behind(QUARTER_BAR.middle));
  const rearGlass = side.take(behind(B_PILLAR.middle));
  // The rail over the doors is painted; pillars and roof are black, as if all of it were glass.
  const rail = house.take(
    ({ u, v }) =>
      both(
        (Math.abs(u + 0.02) - 0.47) * U_METRES,
        Math.abs(v - WALL + 0.02) * V_METRES - 0.055 * smoothstep(0.49, 0.3, Math.abs(u + 0.02)),
        0.01,
      ),
    COARSE,
  );
  return {
    rail,
    black: [...bars, ...house.rest],
    glass: [...windscreen, ...roofPane, ...quarter],
    windscreen,
    sunroof,
    gate: gate.rest,
    gateGlass,
    frontGlass: side.rest,
    rearGlass,
  };
}
