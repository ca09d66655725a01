import {
  BufferAttribute,
  DynamicDrawUsage,
  FrontSide,
  Matrix3,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Vector3,
  type BufferGeometry,
  type Material,
  type Matrix4,
  type Object3D,
} from 'three';
import { coarse } from './coarse.ts';
import { Room, surfaceOf } from './room.ts';

/** How much of the cabin's lamp reaches what is inside. */
const LAMP = 0.5;
/** Paint, glass and what is glossy is seen from outside only: half of its triangles need not be drawn. */
const isOutside = ({ roughness }: MeshStandardMaterial): boolean => roughness < 0.4;
/** Where the eye is that sees the wall in a corner: outside of it, and a man's height above the floor. Metres. */
const EYE = { away: 9, height: 1.7 };
/** About a pixel of the car while it moves, metres: forms that are finer are not drawn. */
const PIXEL = 0.022;

interface Look {
  readonly geometry: BufferGeometry;
  readonly material: Material;
}

/**
 * The car once more, in coarser forms and with the light of the studio's wall painted on: where the processor draws, that is
 * several times quicker, for what moves. What is mirrored does not move with the eye, and seen from inside there are holes.
 */
export class QuickCar {
  readonly #meshes: (readonly [mesh: Mesh, exact: Look, quick: Look])[] = [];
  readonly #twins = new Map<MeshStandardMaterial, MeshBasicMaterial>();
  #isQuick = false;

  constructor(car: Object3D) {
    const room = new Room();
    car.updateMatrixWorld(true);
    car.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      const material: unknown = part.material;
      if (!(material instanceof MeshStandardMaterial)) return;
      const mesh = part as Mesh;
      const exact: Look = { geometry: mesh.geometry, material };
      const geometry = changesItsForm(mesh) ? mesh.geometry : coarse(mesh.geometry, PIXEL);
      paint(geometry, mesh.matrixWorld, material, room);
      this.#meshes.push([mesh, exact, { geometry, material: this.#twin(material) }]);
    });
  }

  /** Whether it is drawn in the exact one's stead. */
  use(quick: boolean): void {
    if (quick === this.#isQuick) return;
    this.#isQuick = quick;
    for (const [mesh, exact, twin] of this.#meshes) Object.assign(mesh, quick ? twin : exact);
  }

  /** @param power of the room's light @param lamp of the cabin's */
  light(power: number, lamp: number): void {
    for (const [exact, quick] of this.#twins) {
      // Lacquer and chrome are outside.
      quick.color.setScalar(power + (exact.metalness < 0.2 ? LAMP * lamp : 0));
      // Glass clears for an eye inside.
      quick.opacity = exact.opacity;
    }
  }

  /** The exact car is there again. */
  dispose(): void {
    this.use(false);
    for (const quick of this.#twins.values()) quick.dispose();
    for (const [, exact, { geometry }] of this.#meshes) if (geometry !== exact.geometry) geometry.dispose();
  }

  #twin(exact: MeshStandardMaterial): MeshBasicMaterial {
    const known = this.#twins.get(exact);
    if (known) return known;
    const { transparent, depthWrite, opacity } = exact;
    const side = isOutside(exact) ? FrontSide : exact.side;
    const quick = new MeshBasicMaterial({ vertexColors: true, transparent, depthWrite, opacity, side });
    this.#twins.set(exact, quick);
    return quick;
  }
}

/** A window that goes down has its corners moved one by one: both cars have the same. */
function changesItsForm({ geometry }: Mesh): boolean {
  const places = geometry.getAttribute('position');
  return places instanceof BufferAttribute && places.usage === DynamicDrawUsage;
}

/** Gives every corner of a form the light that it sends to the eye. @param place of the form in the room */
function paint(geometry: BufferGeometry, place: Matrix4, material: MeshStandardMaterial, room: Room): void {
  const places = geometry.getAttribute('position');
  const normals = geometry.getAttribute('normal');
  const surface = surfaceOf(material);
  const turn = new Matrix3().getNormalMatrix(place);
  const normal = new Vector3();
  const ray = new Vector3();
  const eye = new Vector3();
  const colors = new Float32Array(places.count * 3);
  for (let i = 0; i < places.count; i++) {
    ray.fromBufferAttribute(places, i).applyMatrix4(place);
    eye.set(ray.x, 0, ray.z).setLength(EYE.away).setY(EYE.height);
    ray.sub(eye).normalize();
    normal.fromBufferAttribute(normals, i).applyMatrix3(turn).normalize();
    colors.set(room.light(surface, true, normal, ray), i * 3);
  }
  geometry.setAttribute('color', new BufferAttribute(colors, 3));
}
