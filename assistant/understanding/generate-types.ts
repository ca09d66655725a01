import { readOntology } from './ontology.ts';

const union = (names: Iterable<string>) => [...names].map((name) => `\n  | '${name}'`).join('');

/**
 * The TypeScript types that follow from the ontology. They live below `vehicle/`, because commands are the car's
 * language and the car imports nothing of the assistant.
 * @param parsed the parsed `ontology.yaml`
 * @returns the text of `vehicle/ontology.generated.ts`
 */
export function generateTypes(parsed: unknown): string {
  const ontology = readOntology(parsed);
  const targets = new Set([...ontology.labels.values()].map(({ target }) => target));
  const domains = new Set([...ontology.labels.keys()].map((label) => ontology.domainOf(label)));
  const enums = Object.entries(ontology.slots)
    .filter(([, slot]) => slot.values)
    .map(([name, slot]) => `  ${name}: ${JSON.stringify(slot.values)},`);
  return `// Generated from assistant/understanding/ontology.yaml by \`npm run generate\`; edit that file instead.

/** What a command is about. */
export type Target =${union(targets)};

/** What is to be done with it. */
export type Operation =${union(ontology.operations)};

/** A label \`target.operation\`. */
export const INTENTS = [
${[...ontology.labels.keys()].map((label) => `  '${label}',`).join('\n')}
] as const;
export type Intent = (typeof INTENTS)[number];

export type SlotName =${union(Object.keys(ontology.slots))};

/** Allowed values of the slots that have a closed set. */
export const SLOT_VALUES = {
${enums.join('\n')}
} as const;

/** Coarse class of an intent. */
export type Domain =${union(domains)};
`;
}
