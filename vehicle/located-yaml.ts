import { isMap, isNode, LineCounter, parseDocument, visit } from 'yaml';

/** Where something stands in a text, both from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Keys and indices from the top of a document, as zod's issues give them. */
export type YamlPath = readonly PropertyKey[];

/** A YAML (or JSON) text that knows where each of its parts stands, so that a mistake can be shown to who wrote it. */
export interface LocatedYaml {
  /** What is not YAML about it, in order; empty for a good text. */
  readonly mistakes: readonly (Spot & { readonly message: string })[];
  /** As plain data; null for an empty text, and for one with mistakes. */
  readonly value: unknown;
  /**
   * Where a part stands: its key, or its value where that is asked for (an item of a list has no key). Of a path that
   * leads nowhere, the last part that is there; of nothing at all, the beginning.
   */
  readonly spotOf: (path: YamlPath, part?: 'key' | 'value') => Spot;
}

export function locateYaml(text: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const mistakes = document.errors.map(({ pos, message }) => ({ ...at(pos[0]), message }));
  // The parser leaves these to the conversion, which knows no lines.
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const message = `*${alias.source} stands for nothing that was named before with &${alias.source}; a text that begins with * needs quotes`;
      mistakes.push({ ...at(alias.range?.[0] ?? 0), message });
    },
  });
  let value: unknown = null;
  try {
    if (mistakes.length === 0) value = document.toJS() as unknown;
  } catch {
    // Aliases of aliases of aliases: a small file that becomes an endless one.
    mistakes.push({ ...at(0), message: 'it repeats itself too often with * and &; write it out' });
  }
  const nodeAt = (path: YamlPath): unknown =>
    path.length === 0 ? document.contents : document.getIn(path, true);
  return {
    mistakes,
    value,
    spotOf(path, part = 'key') {
      for (let length = path.length; length > 0; length--) {
        const node = nodeAt(path.slice(0, length));
        const parent = nodeAt(path.slice(0, length - 1));
        // A key tells more than its value: that is where the eye looks.
        const pair = isMap(parent)
          ? parent.items.find(({ key }) => String(key) === String(path[length - 1]))
          : undefined;
        const asked = part === 'key' ? [pair?.key, node] : [node, pair?.key];
        const found = asked.find((each) => isNode(each) && each.range);
        if (isNode(found) && found.range) return at(found.range[0]);
      }
      return at(0);
    },
  };
}
