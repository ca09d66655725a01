import {
  BufferAttribute,
  DynamicDrawUsage,
  Float32BufferAttribute,
  Group,
  Mesh,
  type Material,
  type Object3D,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import type { CarLook } from '../../simulator/server/protocol.ts';
import { greenhousePoint } from './body-shape.ts';
import { cutCar, LAMPS, type CarParts, type DoorSkins, type Lamp } from './car-parts.ts';
import { createInterior, type Interior } from './interior.ts';
import { paintWith } from './look.ts';
import { createMaterials, LampMaterial, type Materials } from './materials.ts';
import type { Side } from './pose.ts';
import { lerp } from './shapes.ts';
import { cornersOf, edges, mirror, offset, toGeometry, type Skin } from './skin.ts';
import { createWindscreenWater, type WindscreenWater } from './windscreen-water.ts';
import { createWipers } from './wipers.ts';
import { createWheels, merged, type Wheels } from './wheels.ts';

const DOOR_ANGLE = 1.05;
const GATE_ANGLE = 0.72;
const FRUNK_ANGLE = 0.75;
const SHEET = 0.05;

/** How far each door's hinge stands ahead, and how far out. */
const HINGES = { front: { x: 0.87, z: 0.9 }, rear: { x: 0.88, z: -0.17 } };

export interface Car {
  readonly group: Group;
  readonly wheels: Wheels;
  readonly interior: Interior;
  readonly windscreen: WindscreenWater;
  readonly materials: Materials;
  /** @param power 0 … 1 */
  shine(lamp: Lamp, power: number): void;
  /** All 0 closed … 1 open; the sunroof from −1, tilted. */
  setDoor(side: Side, open: number): void;
  setWindow(side: Side, open: number): void;
  setSunroof(open: number): void;
  setGate(open: number): void;
  setFrunk(open: number): void;
  setFlap(open: number): void;
  setMirror(side: 'left' | 'right', folded: number): void;
  /** 0 at rest … 1 at the other end. */
  setWipers(place: number): void;
  /** @param share 1 for an eye inside: tinted glass is dark from outside only */
  setInside(share: number): void;
}

/** The whole car, closed, dark and parked. @param look of a brand */
export function createCar({ paint: wish, wheels: design }: CarLook = {}): Car {
  const materials = createMaterials();
  if (wish) paintWith(materials.paint, wish);
  const parts = cutCar();
  const group = new Group();
  const { paint, black, glass, roof } = materials;
  group.add(mesh(parts.paint, paint), mesh(parts.black, black), mesh(parts.glass, glass, 2));

  const doors: Record<Side, Door> = {
    frontLeft: createDoor(parts.frontDoor, HINGES.front, 1, materials, true),
    frontRight: createDoor(parts.frontDoor, HINGES.front, -1, materials, true),
    rearLeft: createDoor(parts.rearDoor, HINGES.rear, 1, materials, false),
    rearRight: createDoor(parts.rearDoor, HINGES.rear, -1, materials, false),
  };
  for (const { pivot } of Object.values(doors)) group.add(pivot);

  const gate = hinged(
    [0, 1.325, -0.86],
    [sheet(parts.gate.paint, materials), mesh(parts.gate.glass, glass, 2)],
  );
  const frunk = hinged([0, 0.9, 1.06], [sheet(parts.frunk, materials)]);
  const flap = hinged([0.93, 0.84, -1.65], [mesh(parts.flap, paint)]);
  const sunroof = new Group();
  sunroof.add(mesh(parts.sunroof, roof));
  const wheels = createWheels(materials, design);
  const interior = createInterior(materials, toGeometry(edges(parts.paint, SHEET)));
  const wipers = createWipers(black);
  const windscreen = createWindscreenWater(parts.windscreen);
  group.add(gate, frunk, flap, sunroof, wheels.group, interior.group, wipers.mesh, windscreen.mesh);

  const lamps = createLamps(parts);
  group.add(lamps.mesh);
  return {
    group,
    wheels,
    interior,
    windscreen,
    materials,
    shine: lamps.shine,
    setDoor(side, open) {
      const { pivot, left } = doors[side];
      pivot.rotation.y = -left * DOOR_ANGLE * open;
    },
    setWindow(side, open) {
      lower(doors[side].pane, open);
    },
    setSunroof(open) {
      const away = Math.max(0, open);
      const tilt = Math.max(0, -open);
      sunroof.position.set(0, 0.03 * Math.min(1, away * 6) + 0.055 * tilt, -0.44 * away);
      sunroof.rotation.x = 0.16 * tilt;
      sunroof.position.y -= tilt > 0 ? 1.43 * (1 - Math.cos(0.16 * tilt)) - 0.01 : 0;
      sunroof.position.z -= 1.43 * Math.sin(0.16 * tilt);
    },
    setGate(open) {
      gate.rotation.x = GATE_ANGLE * open;
    },
    setFrunk(open) {
      frunk.rotation.x = -FRUNK_ANGLE * open;
    },
    setFlap(open) {
      flap.rotation.y = 1.5 * open;
    },
    setWipers: wipers.set,
    setInside(share) {
      glass.opacity = lerp(0.6, 0.1, share);
      roof.opacity = lerp(1, 0.55, share);
    },
    setMirror(side, folded) {
      const { mirrorPivot, left } = doors[side === 'left' ? 'frontLeft' : 'frontRight'];
      if (mirrorPivot) mirrorPivot.rotation.y = left * 1.15 * folded;
    },
  };
}

function mesh(skin: Skin, material: Material, order = 0): Mesh {
  const made = new Mesh(toGeometry(skin), material);
  made.renderOrder = order;
  return made;
}

/** Painted outside, folded edges and a dark inside. */
function sheet(skin: Skin, { paint, inner }: Materials): Group {
  const group = new Group();
  group.add(mesh(skin, paint), mesh([...edges(skin, SHEET), ...offset(skin, -SHEET * 0.9)], inner));
  return group;
}

/** Turns about a point that is not its own middle. */
function hinged([x, y, z]: readonly [number, number, number], parts: readonly Object3D[]): Group {
  const pivot = new Group();
  pivot.position.set(x, y, z);
  for (const part of parts) {
    part.position.set(-x, -y, -z);
    pivot.add(part);
  }
  return pivot;
}

interface Pane {
  readonly mesh: Mesh;
  /** Where each corner stands when the window is closed, and when it is open. */
  readonly closed: Float32Array;
  readonly open: Float32Array;
  /** How far it is lowered: a pane that stays is not computed again for every frame. */
  share: number;
}

interface Door {
  readonly pivot: Group;
  readonly left: 1 | -1;
  readonly pane: Pane;
  readonly mirrorPivot: Group | undefined;
}

function createDoor(
  skins: DoorSkins,
  hinge: { readonly x: number; readonly z: number },
  left: 1 | -1,
  materials: Materials,
  withMirror: boolean,
): Door {
  const own = (skin: Skin) => (left > 0 ? skin : mirror(skin));
  const { paint, inner, glass } = materials;
  const skin = own(skins.paint);
  const lining = offset(skin, -0.1);
  const pane = createPane(own(skins.glass), left, glass);
  const mirrorPivot = withMirror ? createMirror(left, materials) : undefined;
  const parts: Object3D[] = [
    mesh(skin, paint),
    mesh([...edges(skin, 0.1), ...lining, ...offset(own(skins.handle), -0.004)], inner),
    pane.mesh,
  ];
  const pivot = hinged([left * hinge.x, 0, hinge.z], parts);
  if (mirrorPivot) {
    mirrorPivot.position.x -= left * hinge.x;
    mirrorPivot.position.z -= hinge.z;
    pivot.add(mirrorPivot);
  }
  return { pivot, left, pane, mirrorPivot };
}

/** A window goes down along its own surface: each corner slides towards the belt line below it. */
function createPane(skin: Skin, left: 1 | -1, glass: Material): Pane {
  const geometry = toGeometry(skin);
  const places = geometry.getAttribute('position');
  if (places instanceof BufferAttribute) places.setUsage(DynamicDrawUsage);
  const corners = cornersOf(skin);
  const closed = new Float32Array(corners.flatMap(({ at }) => at));
  const open = new Float32Array(
    corners.flatMap(({ u }) => {
      const [x, y, z] = greenhousePoint(u, 0);
      return [left * (x + 0.01), y - 0.03, z];
    }),
  );
  const pane = new Mesh(geometry, glass);
  pane.renderOrder = 2;
  return { mesh: pane, closed, open, share: 0 };
}

function lower(door: Pane, share: number): void {
  if (share === door.share) return;
  door.share = share;
  const { mesh: pane, closed, open } = door;
  const position = pane.geometry.getAttribute('position');
  if (!(position instanceof BufferAttribute)) return;
  for (let i = 0; i < closed.length; i++) position.array[i] = lerp(closed[i] ?? 0, open[i] ?? 0, share);
  position.needsUpdate = true;
  pane.visible = share < 0.995;
}

/** Gloss black like the pillars: a blade that tapers outwards, on a foot in the door. */
function createMirror(left: 1 | -1, { black }: Materials): Group {
  const pivot = new Group();
  pivot.position.set(left * 0.86, 0.95, 0.62);
  const housing = new RoundedBoxGeometry(0.21, 0.115, 0.11, 3, 0.045);
  const corners = housing.getAttribute('position');
  for (let i = 0; i < corners.count; i++) {
    const [x, y, z] = [corners.getX(i), corners.getY(i), corners.getZ(i)];
    const outwards = 0.5 + x / 0.21;
    // Round towards the wind, slimmer and further back outside.
    corners.setXYZ(
      i,
      x,
      y * (1 - 0.25 * outwards) * (z > 0 ? 0.8 : 1),
      z * (1 - 0.3 * outwards) - 0.035 * outwards,
    );
  }
  housing.computeVertexNormals();
  const foot = new RoundedBoxGeometry(0.13, 0.022, 0.05, 1, 0.01).rotateZ(0.25).translate(0.02, -0.028, 0);
  const shape = merged([housing.translate(0.16, 0.02, 0), foot]).scale(left, 1, 1);
  // A mirrored shape's triangles run the other way round.
  const index = shape.getIndex();
  if (left < 0 && index)
    shape.setIndex(Array.from(index.array, (_, i) => index.getX(i - (i % 3) + ((3 - (i % 3)) % 3))));
  pivot.add(new Mesh(shape, black));
  return pivot;
}

/** All lamps in one draw call. */
function createLamps(parts: CarParts): { readonly mesh: Mesh; readonly shine: Car['shine'] } {
  // A hair outside of the lens, so that the two never fight for the same pixel.
  const skins = LAMPS.map((name) => offset(parts.lamps[name], 0.002));
  const numbers = skins.flatMap((skin, lamp) => new Array<number>(cornersOf(skin).length).fill(lamp));
  const geometry = toGeometry(skins.flat()).setAttribute('lamp', new Float32BufferAttribute(numbers, 1));
  const material = new LampMaterial();
  return {
    mesh: new Mesh(geometry, material),
    shine(lamp, share) {
      material.power[LAMPS.indexOf(lamp)] = share;
    },
  };
}
