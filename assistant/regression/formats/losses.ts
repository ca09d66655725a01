import type { Loss } from './format.ts';

/** Collects what does not come along. */
export interface Losses {
  /** @param id of the case; none: something of the suite */
  add(what: string, id?: string): void;
  list(): readonly Loss[];
}

export function collectLosses(): Losses {
  const found = new Map<string, Set<string>>();
  return {
    add(what, id) {
      const cases = found.get(what) ?? new Set();
      if (id !== undefined) cases.add(id);
      found.set(what, cases);
    },
    list: () => [...found].map(([what, cases]) => ({ what, cases: [...cases] })),
  };
}

/** The losses of two steps as one list. */
export function joinLosses(...lists: readonly (readonly Loss[])[]): readonly Loss[] {
  const all = collectLosses();
  for (const { what, cases } of lists.flat()) {
    all.add(what);
    for (const id of cases) all.add(what, id);
  }
  return all.list();
}
