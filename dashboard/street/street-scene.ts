/** The city about the car: it stands at the origin, the streets move. Built in small slices, drawn in a dozen calls. */
import {
  BackSide,
  BoxGeometry,
  BufferGeometry,
  Color,
  CylinderGeometry,
  Float32BufferAttribute,
  Group,
  LineSegments,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  MeshBasicMaterial,
  Scene,
  type PerspectiveCamera,
  type ShaderMaterial,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { createGround, groundGeometry, raiseCorners } from './ground.ts';
import { areaCorners, GroundShapes, LAYERS, yardCorners } from './ground-shapes.ts';
import { createHouses, houseShape } from './houses.ts';
import { createLampGlow, createLampPools, createProps, lampShape, poolShape, treeShape } from './props.ts';
import { createRain } from './rain.ts';
import { HOUSE, LAMP, layRoadside, TREE, type Roadside } from './roadside.ts';
import { createSky } from './sky.ts';
import { createStreetUniforms, lightStreet, SIGHT, type StreetLook } from './street-light.ts';
import { TILE, type StreetPlan } from './street-plan.ts';

/** The surroundings are put together anew when the car has gone this far, metres. */
const FRESH = 70;
/** Tiles are kept until the car is this far away from them. */
const KEPT = SIGHT * 2;

/** Where the sun stands, on the plan: in the south-west, half high. A unit vector. */
const SUN = [-0.48, 0.6, 0.64] as const;

/** Street lamps that the paint mirrors: metres to the left, and ahead. */
const MIRRORED_LAMPS = [
  [5, 4],
  [-6, 13],
  [5, -16],
  [-6, -7],
] as const;

/**
 * The nearest of each are drawn, no more: so the picture keeps to its limit in any city. Triangles: 14 for a house (and
 * another 28 where a wet road mirrors it), 72 for a tree, 44 for a lamp.
 */
const MOST = { houses: 1_050, mirrored: 160, trees: 110, lamps: 90 } as const;

interface Tile extends Roadside {
  readonly ground: GroundShapes;
  readonly x: number;
  readonly y: number;
}

export class StreetScene {
  readonly group = new Group();
  readonly #plan: StreetPlan;
  readonly #turned = new Group();
  readonly #uniforms = createStreetUniforms();
  readonly #ground = createGround(this.#uniforms);
  readonly #houses = createHouses(this.#uniforms, 'upright');
  readonly #mirroredDepth = createHouses(this.#uniforms, 'depth');
  readonly #mirroredHouses = createHouses(this.#uniforms, 'mirrored');
  readonly #trees = createProps(this.#uniforms, 'tree');
  readonly #lamps = createProps(this.#uniforms, 'lamp');
  readonly #pools = createLampPools(this.#uniforms);
  readonly #glow = createLampGlow(this.#uniforms, false);
  readonly #streaks = createLampGlow(this.#uniforms, true);
  readonly #sky = createSky(this.#uniforms);
  readonly #rain = createRain(this.#uniforms);
  readonly #shapes = { house: houseShape(), tree: treeShape(), lamp: lampShape(), pool: poolShape() };
  readonly #tiles = new Map<number, Tile>();
  #work: Generator<void, void> | undefined;
  #builtX = Infinity;
  #builtY = Infinity;
  #x = 0;
  #y = 0;

  constructor(plan: StreetPlan) {
    this.#plan = plan;
    for (const part of [this.#glow, this.#streaks, this.#rain]) {
      part.material.uniforms.uPixels = this.#uniforms.uPixels;
    }
    this.#rain.material.uniforms.uSpeed = { value: 0 };
    this.#rain.material.uniforms.uDriven = { value: 0 };
    this.#turned.add(
      this.#ground,
      this.#houses,
      this.#mirroredDepth,
      this.#mirroredHouses,
      this.#trees,
      this.#lamps,
      this.#pools,
      this.#glow,
      this.#streaks,
    );
    this.group.add(this.#sky, this.#turned, this.#rain);
  }

  /** @param x metres on the plan @param heading degrees from north @param lane metres that the car is right of there */
  place(x: number, y: number, heading: number, lane: number): void {
    [this.#x, this.#y] = [x, y];
    const angle = (heading * Math.PI) / 180 + Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#turned.rotation.y = angle;
    this.#turned.position.set(-(x * cos + y * sin) + lane, 0, x * sin - y * cos);
    this.#uniforms.uTurn.value = -angle;
    this.#uniforms.uSunDirection.value.set(SUN[0] * cos + SUN[2] * sin, SUN[1], -SUN[0] * sin + SUN[2] * cos);
  }

  light(look: StreetLook): void {
    lightStreet(this.#uniforms, look);
    const [isNight, isWet] = [look.daylight < 0.3, look.rain > 0];
    this.#pools.visible = this.#glow.visible = isNight;
    this.#streaks.visible = isNight && isWet;
    this.#mirroredHouses.visible = this.#mirroredDepth.visible = isNight && isWet;
    this.#rain.visible = isWet;
  }

  /** @param share 0 nothing … 1 as far as one can see */
  reveal(share: number): void {
    this.#uniforms.uReveal.value = share * share * SIGHT * 1.6;
    this.group.visible = share > 0.005;
  }

  /** @param seconds that have passed @param speed metres per second */
  step(seconds: number, speed: number): void {
    this.#uniforms.uTime.value = (this.#uniforms.uTime.value + seconds) % 600;
    const { uSpeed, uDriven } = this.#rain.material.uniforms;
    if (uSpeed) uSpeed.value = speed;
    if (uDriven) uDriven.value = ((uDriven.value as number) + speed * seconds) % 3_600;
  }

  /** @param height of the picture, pixels */
  setCamera({ fov }: PerspectiveCamera, height: number): void {
    this.#uniforms.uPixels.value = height / (2 * Math.tan((fov * Math.PI) / 360));
  }

  /** What the car's paint reflects: this sky, the ground, at night street lamps. The caller renders and drops it. */
  mirrored(): { readonly scene: Scene; readonly dispose: () => void } {
    const scene = new Scene();
    const uniforms = { ...this.#uniforms, uReveal: { value: SIGHT * 2 } };
    const [sky, ground] = [createSky(uniforms), createGround(uniforms)];
    ground.geometry = groundGeometry(raiseCorners([yardCorners(0, 0, 90)]));
    ground.position.y = -0.5;
    const night = this.#uniforms.uNight.value;
    const lamps = new Mesh(
      mergeGeometries(MIRRORED_LAMPS.map(([x, z]) => new BoxGeometry(2.4, 0.3, 4.5).translate(x, 7, z))),
      new MeshBasicMaterial({ color: new Color(1, 0.74, 0.46).multiplyScalar(7 * night) }),
    );
    const fronts = new Mesh(
      new CylinderGeometry(16, 16, 5, 24, 1, true).translate(0, 2.2, 0),
      new MeshBasicMaterial({ color: new Color(0.2, 0.14, 0.085).multiplyScalar(night), side: BackSide }),
    );
    fronts.visible = lamps.visible = night > 0;
    scene.add(sky, ground, fronts, lamps);
    return {
      scene,
      dispose() {
        for (const part of [sky, ground, lamps, fronts]) {
          part.geometry.dispose();
          part.material.dispose();
        }
      },
    };
  }

  /** Works on what is missing about the car, for at most `budget` milliseconds. @returns whether something is left to do */
  build(budget: number, clock: () => number): boolean {
    if (!this.#work && Math.hypot(this.#x - this.#builtX, this.#y - this.#builtY) < FRESH) return false;
    this.#work ??= this.#compose(this.#x, this.#y);
    const until = clock() + budget;
    while (clock() < until) {
      if (this.#work.next().done) {
        this.#work = undefined;
        return false;
      }
    }
    return true;
  }

  dispose(): void {
    this.group.traverse((part) => {
      if (!(part instanceof Mesh) && !(part instanceof LineSegments)) return;
      const { geometry, material } = part as Mesh<BufferGeometry, ShaderMaterial>;
      geometry.dispose();
      material.dispose();
    });
    for (const shape of Object.values(this.#shapes)) shape.dispose();
  }

  *#compose(x: number, y: number): Generator<void, void> {
    const reach = Math.ceil(SIGHT / TILE);
    const [column, row] = [Math.floor(x / TILE), Math.floor(y / TILE)];
    const tiles: Tile[] = [];
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        const [c, r] = [column + dx, row + dy];
        const away = Math.hypot((c + 0.5) * TILE - x, (r + 0.5) * TILE - y);
        if (away > SIGHT + TILE / 2) continue;
        const key = c * 100_000 + r;
        let tile = this.#tiles.get(key);
        if (!tile) {
          tile = this.#layTile(c, r);
          this.#tiles.set(key, tile);
          yield;
        }
        tiles.push(tile);
      }
    }
    for (const [key, tile] of this.#tiles) {
      if (Math.hypot(tile.x - x, tile.y - y) > KEPT) this.#tiles.delete(key);
    }
    yield;
    this.#assemble(x, y, tiles);
    [this.#builtX, this.#builtY] = [x, y];
  }

  #layTile(column: number, row: number): Tile {
    const ground = new GroundShapes();
    for (const piece of this.#plan.piecesOf(column, row)) ground.addPiece(piece);
    const middle = { x: (column + 0.5) * TILE, y: (row + 0.5) * TILE };
    return { ground, ...middle, ...layRoadside(this.#plan, column, row) };
  }

  #assemble(x: number, y: number, tiles: Tile[]): void {
    const areas = (kind: 'park' | 'water') =>
      this.#plan.areas
        .filter(
          ({ kind: own, box: [left, top, right, bottom] }) =>
            own === kind && left < x + SIGHT && right > x - SIGHT && top < y + SIGHT && bottom > y - SIGHT,
        )
        .flatMap(areaCorners);
    const layers = LAYERS.map((name, i) => {
      if (name === 'yard') return yardCorners(x, y, SIGHT * 2.2);
      if (name === 'park' || name === 'water') return areas(name);
      return tiles.flatMap(({ ground }) => ground.layers[i] ?? []);
    });
    tiles.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
    const nearest = (what: keyof Roadside, stride: number, most: number) =>
      tiles.flatMap((tile) => tile[what]).slice(0, most * stride);
    const houses = nearest('houses', HOUSE, MOST.houses);
    const mirrored = houses.slice(0, MOST.mirrored * HOUSE);
    const lamps = nearest('lamps', LAMP, MOST.lamps);
    replace(this.#ground, groundGeometry(raiseCorners(layers)));
    replace(this.#houses, repeated(this.#shapes.house, houses, HOUSE));
    replace(this.#mirroredDepth, repeated(this.#shapes.house, mirrored, HOUSE));
    replace(this.#mirroredHouses, repeated(this.#shapes.house, mirrored, HOUSE));
    replace(this.#trees, repeated(this.#shapes.tree, nearest('trees', TREE, MOST.trees), TREE));
    replace(this.#lamps, repeated(this.#shapes.lamp, lamps, LAMP));
    replace(this.#pools, repeated(this.#shapes.pool, lamps, LAMP));
    replace(this.#glow, lampHeads(lamps));
    replace(this.#streaks, lampHeads(lamps));
  }
}

function replace(part: { geometry: BufferGeometry }, geometry: BufferGeometry): void {
  part.geometry.dispose();
  part.geometry = geometry;
}

/** A shape once for each group of numbers: the first four are its `stand`, the next four its `size`. */
function repeated(shape: BufferGeometry, numbers: readonly number[], stride: number): BufferGeometry {
  const geometry = new InstancedBufferGeometry();
  for (const [name, attribute] of Object.entries(shape.attributes)) geometry.setAttribute(name, attribute);
  const buffer = new InstancedInterleavedBuffer(Float32Array.from(numbers), stride, 1);
  geometry.setAttribute('stand', new InterleavedBufferAttribute(buffer, 4, 0));
  if (stride > 4) geometry.setAttribute('size', new InterleavedBufferAttribute(buffer, 4, 4));
  geometry.instanceCount = numbers.length / stride;
  return geometry;
}

/** x, y and angle of each lamp as its position, and how high it hangs. */
function lampHeads(lamps: readonly number[]): BufferGeometry {
  const [places, heights]: [number[], number[]] = [[], []];
  for (let i = 0; i < lamps.length; i += LAMP) {
    places.push(lamps[i] ?? 0, lamps[i + 1] ?? 0, lamps[i + 2] ?? 0);
    heights.push(lamps[i + 3] ?? 0);
  }
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(places, 3))
    .setAttribute('high', new Float32BufferAttribute(heights, 1));
}
