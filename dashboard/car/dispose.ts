import { InstancedMesh, Mesh, Points, Texture, type Material, type Object3D } from 'three';

/** Gives back what the graphics card holds for a tree of things: shapes, materials and their pictures. */
export function disposeTree(root: Object3D): void {
  root.traverse((part) => {
    if (part instanceof InstancedMesh) part.dispose();
    if (!(part instanceof Mesh || part instanceof Points)) return;
    const { geometry, material } = part as Mesh;
    geometry.dispose();
    for (const one of Array.isArray(material) ? material : [material]) disposeMaterial(one);
  });
}

function disposeMaterial(material: Material): void {
  for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
  material.dispose();
}
