/** The largest part of a road network in which every place can be reached from every other (Tarjan 1972, without recursion). */

/** @param next ways out of each node @returns which nodes belong to it */
export function largestStrongPart(next: readonly (readonly number[])[]): Uint8Array {
  const count = next.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const isOpen = new Uint8Array(count);
  const open: number[] = [];
  let visited = 0;
  let best: readonly number[] = [];
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [{ node: root, way: 0 }];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step;
      if (step.way === 0) {
        order[node] = low[node] = visited++;
        open.push(node);
        isOpen[node] = 1;
      }
      const to = next[node]?.[step.way++];
      if (to !== undefined) {
        if (order[to] === -1) path.push({ node: to, way: 0 });
        else if (isOpen[to]) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const part = open.splice(open.indexOf(node));
      for (const member of part) isOpen[member] = 0;
      if (part.length > best.length) best = part;
    }
  }
  const isPart = new Uint8Array(count);
  for (const node of best) isPart[node] = 1;
  return isPart;
}
