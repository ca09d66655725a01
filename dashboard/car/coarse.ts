import { BufferAttribute, BufferGeometry } from 'three';

/** Cells to a side of the space about a part: with the cell in use, 2.2 cm, corners may lie 11 m from its own middle. */
const CELLS = 1024;

/**
 * The same form with fewer corners: those of one cell that face about the same way become one, and triangles that have
 * shrunk to nothing are gone (vertex clustering; Rossignac and Borrel 1993).
 * @param cell its side, in the units of the positions; smaller than a pixel, nobody sees the difference
 * @returns with positions and normals; the caller owns it
 */
export function coarse(geometry: BufferGeometry, cell: number): BufferGeometry {
  const places = geometry.getAttribute('position');
  const normals = geometry.getAttribute('normal');
  const firsts = new Map<number, number>();
  const kept: number[] = [];
  const standIn = Uint32Array.from({ length: places.count }, (_, i) => {
    const place = [places.getX(i), places.getY(i), places.getZ(i)];
    const facing = [normals.getX(i), normals.getY(i), normals.getZ(i)];
    // One number for both: joined texts take ten times as long.
    const at = place.reduce((key, value) => key * CELLS + Math.round(value / cell) + CELLS / 2, 0);
    const key = facing.reduce((sum, value) => sum * 3 + Math.round(value) + 1, at);
    const known = firsts.get(key);
    if (known !== undefined) return known;
    firsts.set(key, kept.length);
    return kept.push(i) - 1;
  });
  const corner = (i: number): number => standIn[geometry.index?.getX(i) ?? i] ?? 0;
  const triangles: number[] = [];
  for (let i = 0; i < (geometry.index?.count ?? places.count); i += 3) {
    const [a, b, c] = [corner(i), corner(i + 1), corner(i + 2)];
    if (a !== b && b !== c && c !== a) triangles.push(a, b, c);
  }
  const of = (from: typeof places): BufferAttribute =>
    new BufferAttribute(
      Float32Array.from(kept.flatMap((i) => [from.getX(i), from.getY(i), from.getZ(i)])),
      3,
    );
  const made = new BufferGeometry().setAttribute('position', of(places)).setAttribute('normal', of(normals));
  return made.setIndex(new BufferAttribute(Uint32Array.from(triangles), 1));
}
