import { z } from 'zod';

const operations = z.array(z.string()).nonempty();
const slotSchema = z.object({
  type: z.enum([
    'enum',
    'number',
    'quantity',
    'level',
    'position',
    'text',
    'digits',
    'color',
    'duration',
    'datetime',
    'ordinal',
  ]),
  values: z.array(z.string()).optional(),
  units: z.array(z.string()).optional(),
  words: z.array(z.string()).optional(),
});
const ontologySchema = z.object({
  operations,
  slots: z.record(z.string(), slotSchema),
  targets: z.record(z.string(), z.object({ operations, slots: z.array(z.string()) })),
  domains: z.record(z.string(), z.array(z.string())),
});

export type SlotDefinition = z.infer<typeof slotSchema>;

/** What a driver or passenger can ask of the car, as data. */
export interface Ontology {
  readonly operations: readonly string[];
  readonly slots: Readonly<Record<string, SlotDefinition>>;
  /** Every label `target.operation`, in the file's order, with the slots it may carry. */
  readonly labels: ReadonlyMap<
    string,
    { readonly target: string; readonly operation: string; readonly slots: readonly string[] }
  >;
  /** The coarse class of a label. */
  domainOf(label: string): string;
}

/**
 * Checks a parsed `ontology.yaml`.
 * @throws Error that names the target, operation or slot that does not fit
 */
export function readOntology(parsed: unknown): Ontology {
  const raw = ontologySchema.parse(parsed);
  const allSlots = Object.keys(raw.slots);
  const labels = new Map<string, { target: string; operation: string; slots: readonly string[] }>();
  for (const [target, { operations, slots }] of Object.entries(raw.targets)) {
    for (const slot of slots) {
      if (slot !== '*' && !(slot in raw.slots))
        throw new Error(`ontology: target ${target} names the slot "${slot}", which is not declared`);
    }
    for (const operation of operations) {
      if (!raw.operations.includes(operation)) {
        throw new Error(
          `ontology: target ${target} names the operation "${operation}", which is not declared`,
        );
      }
      labels.set(`${target}.${operation}`, {
        target,
        operation,
        slots: slots.includes('*') ? allSlots : slots,
      });
    }
  }
  const domains = Object.entries(raw.domains).flatMap(([domain, patterns]) =>
    patterns.map((pattern) => ({ domain, pattern })),
  );
  const fits = (label: string, pattern: string) =>
    pattern === '*' ||
    label === pattern ||
    (pattern.endsWith('.*') && label.startsWith(pattern.slice(0, -1)));
  return {
    operations: raw.operations,
    slots: raw.slots,
    labels,
    domainOf(label) {
      const hit = domains.find(({ pattern }) => fits(label, pattern));
      if (!hit) throw new Error(`ontology: no domain fits the label "${label}"`);
      return hit.domain;
    },
  };
}
