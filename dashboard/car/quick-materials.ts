import {
  BufferAttribute,
  FrontSide,
  Matrix3,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Vector3,
  type BufferGeometry,
  type Material,
  type Object3D,
} from 'three';
import { Room, surfaceOf } from './room.ts';

/** How much of the cabin's lamp reaches what is inside. */
const LAMP = 0.5;
/** Paint, glass and what is glossy is seen from outside only: half of its triangles need not be drawn. */
const isOutside = ({ roughness }: MeshStandardMaterial): boolean => roughness < 0.4;
/** Where the eye is that sees the wall in a corner: outside of it, and a man's height above the floor. Metres. */
const EYE = { away: 9, height: 1.7 };

/**
 * The car's materials once more, with the light of the studio's wall painted on: where the processor draws, that is
 * several times quicker, for what moves. What is mirrored does not move with the eye, and seen from inside there are holes.
 */
export class QuickMaterials {
  readonly #meshes: (readonly [mesh: Mesh, exact: Material, quick: Material])[] = [];
  readonly #twins = new Map<MeshStandardMaterial, MeshBasicMaterial>();
  #isQuick = false;

  constructor(car: Object3D) {
    const room = new Room();
    car.updateMatrixWorld(true);
    car.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      const exact: unknown = part.material;
      if (!(exact instanceof MeshStandardMaterial)) return;
      paint(part as Mesh, exact, room);
      this.#meshes.push([part as Mesh, exact, this.#twin(exact)]);
    });
  }

  /** Whether the quick ones are on. */
  use(quick: boolean): void {
    if (quick === this.#isQuick) return;
    this.#isQuick = quick;
    for (const [mesh, exact, twin] of this.#meshes) mesh.material = quick ? twin : exact;
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

  dispose(): void {
    this.use(false);
    for (const quick of this.#twins.values()) quick.dispose();
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

/** Gives every corner of a mesh the light that it sends to the eye. */
function paint(mesh: Mesh, material: MeshStandardMaterial, room: Room): void {
  const geometry: BufferGeometry = mesh.geometry;
  const places = geometry.getAttribute('position');
  const normals = geometry.getAttribute('normal');
  const surface = surfaceOf(material);
  const turn = new Matrix3().getNormalMatrix(mesh.matrixWorld);
  const normal = new Vector3();
  const ray = new Vector3();
  const eye = new Vector3();
  const colors = new Float32Array(places.count * 3);
  for (let i = 0; i < places.count; i++) {
    ray.fromBufferAttribute(places, i).applyMatrix4(mesh.matrixWorld);
    eye.set(ray.x, 0, ray.z).setLength(EYE.away).setY(EYE.height);
    ray.sub(eye).normalize();
    normal.fromBufferAttribute(normals, i).applyMatrix3(turn).normalize();
    colors.set(room.light(surface, true, normal, ray), i * 3);
  }
  geometry.setAttribute('color', new BufferAttribute(colors, 3));
}
