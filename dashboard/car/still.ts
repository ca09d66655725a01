import {
  AdditiveBlending,
  InstancedMesh,
  Matrix3,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  MeshBasicMaterial,
  Vector3,
  Vector4,
  type BufferAttribute,
  type InterleavedBufferAttribute,
  type Material,
  type Object3D,
  type PerspectiveCamera,
} from 'three';
import { lightOf, LINING, Room, surfaceOf, type Surface } from './room.ts';
import { clamp, lerp, roundedBox, smoothstep } from './shapes.ts';
import { LampMaterial } from './materials.ts';
import type { Light } from './wall.ts';

type Values = BufferAttribute | InterleavedBufferAttribute;

/** How a mesh looks: it answers the room's light, or shines by itself. */
interface Look {
  readonly opacity: number;
  readonly surface?: Surface;
  /** Of what shines, by the number of a corner. */
  readonly colorAt?: (corner: number) => Light;
}

/** One mesh where it stands. Its triangles are numbered from `first` on. */
interface Piece {
  readonly first: number;
  readonly look: Look;
  readonly corners: Uint32Array;
  readonly normals: Values;
  readonly turn: Matrix3;
  /** Column, row and depth of each corner on the picture. */
  readonly seen: Float32Array;
}

/** What is nearest in each pixel: how far, and which triangle. */
class Layer {
  readonly depth: Float32Array;
  readonly triangle: Int32Array;

  constructor(pixels: number) {
    this.depth = new Float32Array(pixels).fill(1);
    this.triangle = new Int32Array(pixels).fill(-1);
  }
}

/** Dark of the floor under the car: half its width and length, how round, how soft, in metres. */
const SHADOW = { halfWidth: 0.98, halfLength: 2.35, radius: 0.6, soft: 0.55, power: 0.8 };

/**
 * The car in the light of the studio's wall, computed here and not by a graphics card: which triangle is nearest in
 * each pixel first, then the light of those that are seen (Burns and Hunt 2013, "The Visibility Buffer"). It takes a
 * tenth of a second: enough for the first picture, and for the only one where there is no WebGL.
 * @param daylight 0 … 1
 */
export function paintStill(
  g: CanvasRenderingContext2D,
  car: Object3D,
  camera: PerspectiveCamera,
  daylight: number,
): void {
  const { width, height } = g.canvas;
  const solid = new Layer(width * height);
  const clear = new Layer(width * height);
  const pieces = piecesOf(car, camera, width, height);
  for (const piece of pieces) fill(piece, piece.look.opacity < 1 ? clear : solid, width, height);
  g.putImageData(shade({ width, height, solid, clear, pieces, camera, daylight }), 0, 0);
}

function piecesOf(car: Object3D, camera: PerspectiveCamera, width: number, height: number): readonly Piece[] {
  car.updateMatrixWorld(true);
  camera.updateMatrixWorld(true);
  const view = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  const pieces: Piece[] = [];
  let first = 0;
  car.traverseVisible((part) => {
    if (!(part instanceof Mesh)) return;
    const { geometry, material } = part as Mesh;
    const look = lookOf(material as Material, geometry.getAttribute('lamp'));
    if (!look) return;
    const positions = geometry.getAttribute('position');
    const index = geometry.getIndex();
    const corners = index
      ? Uint32Array.from(index.array)
      : Uint32Array.from({ length: positions.count }, (_, i) => i);
    const normals = geometry.getAttribute('normal');
    for (let copy = 0; copy < (part instanceof InstancedMesh ? part.count : 1); copy++) {
      const place = part.matrixWorld.clone();
      if (part instanceof InstancedMesh) {
        const own = new Matrix4();
        part.getMatrixAt(copy, own);
        place.multiply(own);
      }
      const seen = project(positions, new Matrix4().multiplyMatrices(view, place), width, height);
      pieces.push({ first, look, corners, normals, turn: new Matrix3().getNormalMatrix(place), seen });
      first += corners.length / 3;
    }
  });
  return pieces;
}

/** @returns undefined for what only adds to the light of others, or needs a shader of its own */
function lookOf(material: Material, lamps: Values | undefined): Look | undefined {
  if (material instanceof MeshStandardMaterial)
    return { surface: surfaceOf(material), opacity: material.opacity };
  if (material instanceof MeshBasicMaterial && material.blending !== AdditiveBlending) {
    const color = material.map ? LINING : lightOf(material.color);
    return { opacity: 1, colorAt: () => color };
  }
  if (!(material instanceof LampMaterial)) return undefined;
  const lenses = material.shown().map(lightOf);
  return { opacity: 1, colorAt: (corner) => lenses[lamps?.getX(corner) ?? -1] ?? LINING };
}

/** Column, row and depth of each corner; depth 2 for what is behind the camera. */
function project(positions: Values, view: Matrix4, width: number, height: number): Float32Array {
  const seen = new Float32Array(positions.count * 3);
  const corner = new Vector4();
  for (let i = 0; i < positions.count; i++) {
    corner.set(positions.getX(i), positions.getY(i), positions.getZ(i), 1).applyMatrix4(view);
    const { x, y, z, w } = corner;
    seen[3 * i] = (x / w / 2 + 0.5) * width;
    seen[3 * i + 1] = (0.5 - y / w / 2) * height;
    seen[3 * i + 2] = w > 0.01 ? z / w : 2;
  }
  return seen;
}

/** A corner of a triangle on the picture. */
class Corner {
  index = 0;
  x = 0;
  y = 0;
  z = 0;

  read({ corners, seen }: Piece, place: number): void {
    this.index = corners[place] ?? 0;
    this.x = seen[3 * this.index] ?? 0;
    this.y = seen[3 * this.index + 1] ?? 0;
    this.z = seen[3 * this.index + 2] ?? 0;
  }
}

/** A triangle on the picture. One for all: a picture has a hundred thousand. */
class Facet {
  readonly a = new Corner();
  readonly b = new Corner();
  readonly c = new Corner();
  /** Twice its area, negative where its front is seen: rows of a picture are counted downwards. */
  area = 0;

  read(piece: Piece, number: number): void {
    const { a, b, c } = this;
    a.read(piece, 3 * number);
    b.read(piece, 3 * number + 1);
    c.read(piece, 3 * number + 2);
    this.area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  }

  /** How much corner b counts at a place. */
  shareOfB(x: number, y: number): number {
    const { a, c, area } = this;
    return ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
  }

  shareOfC(x: number, y: number): number {
    const { a, b, area } = this;
    return ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
  }
}

/** Enters a piece's triangles where they are nearer than what is there. */
function fill(piece: Piece, { depth, triangle }: Layer, width: number, height: number): void {
  const facet = new Facet();
  for (let number = 0; 3 * number < piece.corners.length; number++) {
    facet.read(piece, number);
    const { a, b, c } = facet;
    if (facet.area === 0 || a.z > 1 || b.z > 1 || c.z > 1) continue;
    const top = Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y) - 0.5));
    const bottom = Math.min(height, Math.max(a.y, b.y, c.y) + 0.5);
    const left = Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x) - 0.5));
    const right = Math.min(width, Math.max(a.x, b.x, c.x) + 0.5);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const ofB = facet.shareOfB(x + 0.5, y + 0.5);
        const ofC = facet.shareOfC(x + 0.5, y + 0.5);
        if (ofB < 0 || ofC < 0 || ofB + ofC > 1) continue;
        const z = a.z + ofB * (b.z - a.z) + ofC * (c.z - a.z);
        const pixel = y * width + x;
        if (z >= (depth[pixel] ?? 0)) continue;
        depth[pixel] = z;
        triangle[pixel] = piece.first + number;
      }
    }
  }
}

interface Shading {
  readonly width: number;
  readonly height: number;
  readonly solid: Layer;
  readonly clear: Layer;
  readonly pieces: readonly Piece[];
  readonly camera: PerspectiveCamera;
  readonly daylight: number;
}

/** The light of every pixel, glass over what is behind it, and the floor's dark where there is no car. */
function shade({ width, height, solid, clear, pieces, camera, daylight }: Shading): ImageData {
  const image = new ImageData(width, height);
  const room = new Room();
  const mixed = new Pixel(daylight);
  const facet = new Facet();
  const normal = new Vector3();
  const ray = new Vector3();
  const far = new Matrix4().multiplyMatrices(camera.matrixWorld, camera.projectionMatrixInverse);
  const pieceOf = finder(pieces);
  /** Puts a triangle over the pixel. */
  const cover = (triangle: number, x: number, y: number) => {
    const piece = pieceOf(triangle);
    if (!piece) return;
    const { look, normals, turn } = piece;
    facet.read(piece, triangle - piece.first);
    if (!look.surface) {
      mixed.shine(look.colorAt?.(facet.a.index) ?? LINING);
      return;
    }
    const b = facet.shareOfB(x, y);
    const c = facet.shareOfC(x, y);
    const mix = (get: 'getX' | 'getY' | 'getZ') =>
      normals[get](facet.a.index) * (1 - b - c) +
      normals[get](facet.b.index) * b +
      normals[get](facet.c.index) * c;
    normal.set(mix('getX'), mix('getY'), mix('getZ')).applyMatrix3(turn).normalize();
    mixed.cover(room.light(look.surface, facet.area < 0, normal, ray), look.opacity);
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const back = solid.triangle[pixel] ?? -1;
      const front =
        (clear.depth[pixel] ?? 1) < (solid.depth[pixel] ?? 1) ? (clear.triangle[pixel] ?? -1) : -1;
      ray.set(((x + 0.5) / width) * 2 - 1, 1 - ((y + 0.5) / height) * 2, 1).applyMatrix4(far);
      ray.sub(camera.position).normalize();
      mixed.clear(back < 0 ? dark(camera.position, ray) : 1);
      if (back >= 0) cover(back, x + 0.5, y + 0.5);
      if (front >= 0) cover(front, x + 0.5, y + 0.5);
      mixed.write(image.data, 4 * pixel);
    }
  }
  return image;
}

/** @returns which piece a triangle belongs to */
function finder(pieces: readonly Piece[]): (triangle: number) => Piece | undefined {
  let last: Piece | undefined;
  const holds = (piece: Piece, triangle: number) =>
    triangle >= piece.first && triangle < piece.first + piece.corners.length / 3;
  return (triangle) => {
    // Neighbours mostly belong to the same one.
    if (!last || !holds(last, triangle)) last = pieces.find((piece) => holds(piece, triangle));
    return last;
  };
}

/** How dark the floor is where a ray meets it, 0 … 1. */
function dark(eye: Vector3, ray: Vector3): number {
  if (ray.y >= 0) return 0;
  const way = -eye.y / ray.y;
  const { halfWidth, halfLength, radius, soft, power } = SHADOW;
  const away = roundedBox(eye.x + ray.x * way, eye.z + ray.z * way, halfWidth, halfLength, radius);
  return power * (1 - smoothstep(-soft, soft, away));
}

/** Steps in which the screen's answer to light is tabulated. */
const STEPS = 1024;
/** The wall shines for the studio's lamps too, which no still picture computes. */
const EXPOSURE = 1.8;

/** The pixel that is being mixed. */
class Pixel {
  readonly #power: number;
  readonly #screen = new Uint8ClampedArray(STEPS + 1);
  #red = 0;
  #green = 0;
  #blue = 0;
  #alpha = 0;

  constructor(daylight: number) {
    // As dark as the picture that moves is then.
    this.#power = EXPOSURE * lerp(0.16, 1, Math.sqrt(daylight));
    for (let i = 0; i <= STEPS; i++) this.#screen[i] = 255 * onScreen(i / STEPS);
  }

  /** @param alpha how much of the page behind is covered already, by dark */
  clear(alpha: number): void {
    this.#red = this.#green = this.#blue = 0;
    this.#alpha = alpha;
  }

  /** Puts what the room's light shows over it. */
  cover([red, green, blue]: Light, opacity: number): void {
    this.#red = lerp(this.#red, red * this.#power, opacity);
    this.#green = lerp(this.#green, green * this.#power, opacity);
    this.#blue = lerp(this.#blue, blue * this.#power, opacity);
    this.#alpha = lerp(this.#alpha, 1, opacity);
  }

  /** Puts what shines by itself over it. */
  shine([red, green, blue]: Light): void {
    this.#red = red;
    this.#green = green;
    this.#blue = blue;
    this.#alpha = 1;
  }

  write(data: Uint8ClampedArray, at: number): void {
    data[at] = this.#shown(this.#red);
    data[at + 1] = this.#shown(this.#green);
    data[at + 2] = this.#shown(this.#blue);
    data[at + 3] = 255 * this.#alpha;
  }

  #shown(part: number): number {
    return this.#screen[Math.min(STEPS, Math.round(part * STEPS))] ?? 255;
  }
}

/** From light to the share of white on a screen: a film's shoulder (Narkowicz 2015, "ACES Filmic Tone Mapping Curve"), then sRGB. */
function onScreen(light: number): number {
  const film = clamp((light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14));
  return film <= 0.0031308 ? 12.92 * film : 1.055 * film ** (1 / 2.4) - 0.055;
}
