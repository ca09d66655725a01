import type { Catalogue, SignalDefinition } from '../../vehicle/signals/catalogue.ts';

/** A node of the VSS tree: a branch has children, a leaf is a signal. */
interface Node {
  readonly path: string;
  readonly children: Map<string, Node>;
  readonly signal?: SignalDefinition;
}

/** Metadata of a node as VSS writes it in JSON. */
export interface Metadata {
  readonly type: 'branch' | SignalDefinition['type'];
  readonly children?: Readonly<Record<string, Metadata>>;
  readonly datatype?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
  readonly description?: string;
}

/** The catalogue's flat paths as the tree that VISS addresses: branches, wildcards, metadata. */
export class SignalTree {
  readonly #root: Node = { path: '', children: new Map() };

  constructor(catalogue: Pick<Catalogue, 'all'>) {
    for (const signal of catalogue.all()) {
      let node = this.#root;
      const names = signal.path.split('.');
      for (const [index, name] of names.entries()) {
        const path = names.slice(0, index + 1).join('.');
        const isLeaf = index === names.length - 1;
        const child = node.children.get(name) ?? {
          path,
          children: new Map<string, Node>(),
          ...(isLeaf && { signal }),
        };
        node.children.set(name, child);
        node = child;
      }
    }
  }

  has(path: string): boolean {
    return this.#match(path).length > 0;
  }

  /**
   * Paths of all signals at or below what a path addresses, in the order of the catalogue; none for an unknown path.
   * @param path in which `*` stands for one segment
   */
  signals(path: string): readonly string[] {
    return this.#match(path).flatMap((node) => [...leaves(node)]);
  }

  /**
   * Metadata of each node that a path addresses, by the node's path.
   * @param generations how many levels are given, the node's own being the first; 0 for all
   */
  metadata(path: string, generations: number): ReadonlyMap<string, Metadata> {
    return new Map(
      this.#match(path).map((node) => [
        node.path,
        describe(node, generations === 0 ? Infinity : generations),
      ]),
    );
  }

  #match(path: string): readonly Node[] {
    return path.split('.').reduce<readonly Node[]>(
      (nodes, name) =>
        nodes.flatMap(({ children }) => {
          if (name === '*') return [...children.values()];
          const child = children.get(name);
          return child ? [child] : [];
        }),
      [this.#root],
    );
  }
}

function* leaves(node: Node): IterableIterator<string> {
  if (node.signal) yield node.path;
  for (const child of node.children.values()) yield* leaves(child);
}

function describe({ signal, children }: Node, generations: number): Metadata {
  if (signal) {
    const { type, datatype, unit, min, max, allowed, description } = signal;
    return {
      type,
      datatype,
      ...(unit !== undefined && { unit }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(allowed && { allowed }),
      description,
    };
  }
  if (generations <= 1) return { type: 'branch' };
  const below = [...children].map(([name, child]) => [name, describe(child, generations - 1)] as const);
  return { type: 'branch', children: Object.fromEntries(below) };
}
