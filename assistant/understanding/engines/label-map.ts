import { z } from 'zod';
import type { SlotAtom, SlotValue } from '../../../vehicle/command.ts';
import type { Intent, SlotName } from '../../../vehicle/ontology.generated.ts';
import { locateYaml, type Spot, type YamlPath } from '../../../vehicle/located-yaml.ts';
import { UnderstandingError } from '../interpreter.ts';
import { didYouMean } from '../nearest.ts';
import type { Ontology } from '../ontology.ts';
import type { EngineReading, EngineSlot } from './engine.ts';

/** What a label or slot becomes that means nothing to the car, on purpose. */
export const PASS_THROUGH = 'pass-through';
export const IGNORE = 'ignore';

type MappedValue = Pick<SlotValue, 'value' | 'unit'>;

export interface MappedIntent {
  readonly intent: Intent | typeof PASS_THROUGH;
  /** Slots that their label says by itself: `open_driver_window` has the zone in its name. */
  readonly slots: Readonly<Partial<Record<SlotName, MappedValue>>>;
}

export interface MappedSlot {
  readonly slot: SlotName | typeof IGNORE;
  /** The value of their value or words, if there is a table and they stand in it. */
  valueOf(slot: EngineSlot): MappedValue | undefined;
}

/** How a model's own labels become the car's. */
export interface LabelMap {
  /** Readings of less confidence are declined. */
  readonly threshold: number;
  /** Their labels and slots, as far as the file names them. */
  readonly intents: readonly string[];
  readonly slots: readonly string[];
  /** Undefined when the file does not name their label. */
  readonly intentOf: (reading: EngineReading) => MappedIntent | undefined;
  /** Undefined when the file does not name their slot. */
  readonly slotOf: (name: string) => MappedSlot | undefined;
}

/** Without a file, only labels that are the car's own mean something. */
export const NO_MAP: LabelMap = {
  threshold: 0,
  intents: [],
  slots: [],
  intentOf: () => undefined,
  slotOf: () => undefined,
};

const atom = z.union([z.string(), z.number()]);
const mappedValue = z.union([
  atom.transform((value) => ({ value })),
  z
    .strictObject({ value: atom, unit: z.string().optional() })
    .transform(({ value, unit }) => ({ value, ...(unit !== undefined && { unit }) })),
]);
const target = z.strictObject({
  to: z.string(),
  slots: z.record(z.string(), mappedValue).default({}),
});
const conditional = target.extend({
  when: z.record(z.string(), z.union([atom.transform((one) => [one]), z.array(atom).nonempty()])).default({}),
});
const short = z.string().transform((to) => ({ to, slots: {}, when: {} }));
const rule = z.union([short, conditional]);
const fileSchema = z.strictObject({
  threshold: z.number().min(0).max(1).default(0),
  intents: z
    .record(z.string(), z.union([rule.transform((one) => [one]), z.array(rule).nonempty()]))
    .default({}),
  slots: z
    .record(
      z.string(),
      z.union([
        z.string().transform((to) => ({ to, values: {} })),
        z.strictObject({ to: z.string(), values: z.record(z.string(), mappedValue).default({}) }),
      ]),
    )
    .default({}),
});
type MapFile = z.infer<typeof fileSchema>;

/**
 * Reads a `--labels` file (docs/models.md).
 * @param file name for error messages
 * @throws UnderstandingError `labels-mismatch` with file, line and column
 */
export function readLabelMap(text: string, file: string, ontology: Ontology): LabelMap {
  const yaml = locateYaml(text);
  const fail = ({ line, column }: Spot, message: string) =>
    new UnderstandingError('labels-mismatch', `${file}:${line}:${column}: ${message}`);
  const [broken] = yaml.mistakes;
  if (broken) throw fail(broken, broken.message);
  const checked = fileSchema.safeParse(yaml.value ?? {});
  if (!checked.success) {
    const issue = deepest(checked.error.issues);
    const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const at = unknown === undefined ? issue.path : [...issue.path, unknown];
    const where = at.length > 0 ? `${at.join('.')}: ` : '';
    throw fail(yaml.spotOf(at), `${where}${issue.message}. See docs/models.md.`);
  }
  checkNames(checked.data, ontology, (path, message) => fail(yaml.spotOf(path), message));
  return createLabelMap(checked.data);
}

/** A union's own issue says nothing; the one of the branch that got furthest does. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const flat = (issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] =>
    issue.code === 'invalid_union' && issue.errors.length > 0
      ? issue.errors.flatMap((branch) =>
          branch.flatMap((inner) => flat({ ...inner, path: [...issue.path, ...inner.path] })),
        )
      : [issue];
  const all = issues.flatMap(flat);
  return all.reduce((best, issue) => (issue.path.length > best.path.length ? issue : best));
}

function checkNames(
  { intents, slots }: MapFile,
  ontology: Ontology,
  fail: (path: YamlPath, message: string) => UnderstandingError,
): void {
  const slotNames = Object.keys(ontology.slots);
  const checkSlot = (path: YamlPath, name: string, extra: readonly string[] = []) => {
    if (!slotNames.includes(name) && !extra.includes(name))
      throw fail(path, `the car has no slot "${name}"${didYouMean(name, slotNames)}`);
  };
  const checkValue = (path: YamlPath, name: string, { value }: MappedValue) => {
    const { type, values = [] } = ontology.slots[name] ?? {};
    if (type === 'enum' && !values.includes(String(value)))
      throw fail(path, `${name} cannot be "${String(value)}"; it is one of ${values.join(', ')}`);
  };
  for (const [theirs, rules] of Object.entries(intents)) {
    for (const { to, slots: fixed } of rules) {
      const path = ['intents', theirs];
      const label = ontology.labels.get(to);
      if (!label && to !== PASS_THROUGH)
        throw fail(path, `the car has no label "${to}"${didYouMean(to, ontology.labels.keys())}`);
      for (const [name, value] of Object.entries(fixed)) {
        checkSlot(path, name);
        checkValue(path, name, value);
        if (label && !label.slots.includes(name)) throw fail(path, `${to} takes no slot "${name}"`);
      }
    }
  }
  for (const [theirs, { to, values }] of Object.entries(slots)) {
    checkSlot(['slots', theirs], to, [IGNORE]);
    for (const [said, value] of Object.entries(values))
      checkValue(['slots', theirs, 'values', said], to, value);
  }
}

function createLabelMap({ threshold, intents, slots }: MapFile): LabelMap {
  const rules = new Map(Object.entries(intents));
  const tables = new Map(
    Object.entries(slots).map(([name, { to, values }]): [string, MappedSlot] => {
      const table = new Map(Object.entries(values).map(([said, value]) => [plain(said), value]));
      return [
        name,
        {
          // Checked against the ontology, which the types are generated from.
          slot: to as MappedSlot['slot'],
          valueOf: ({ text, value }) =>
            (value === undefined ? undefined : table.get(plain(value))) ?? table.get(plain(text)),
        },
      ];
    }),
  );
  return {
    threshold,
    intents: [...rules.keys()],
    slots: [...tables.keys()],
    intentOf(reading) {
      const own = rules.get(reading.intent ?? '');
      if (!own) return undefined;
      const fits = own.find(({ when }) =>
        Object.entries(when).every(([name, wanted]) => says(reading.slots, name, wanted)),
      );
      return { intent: (fits?.to ?? PASS_THROUGH) as MappedIntent['intent'], slots: fits?.slots ?? {} };
    },
    slotOf: (name) => tables.get(name),
  };
}

const says = (slots: readonly EngineSlot[], name: string, wanted: readonly SlotAtom[]) =>
  slots.some(
    (slot) =>
      slot.name === name &&
      wanted.some(
        (one) =>
          plain(one) === plain(slot.text) || (slot.value !== undefined && plain(one) === plain(slot.value)),
      ),
  );

const plain = (value: SlotAtom) => String(value).trim().toLowerCase();
