import { z } from 'zod';
import type { Intent, SlotName } from '../../../vehicle/ontology.generated.ts';
import { UnderstandingError } from '../interpreter.ts';
import type { Ontology } from '../ontology.ts';

const probability = z.number().min(0).max(1);
const labelsFile = z.object({
  version: z.union([z.string(), z.number()]),
  intents: z.array(z.string()).nonempty(),
  slots: z.array(z.string()),
  /** Intent logits are divided by it, so that the softmax is a calibrated probability. */
  temperature: z.number().positive(),
  thresholds: z.object({ rejection: probability }),
});

/** What a model can say, in the order of its outputs, and how sure it must be. */
export interface Labels {
  readonly version: string;
  readonly intents: readonly Intent[];
  readonly slots: readonly SlotName[];
  readonly temperature: number;
  /** Below it a reading is rejected. */
  readonly rejection: number;
  /** By intent: the indices of the slots that it may carry. */
  readonly allowed: readonly (readonly number[])[];
  /** By intent: the indices of the intents that do the contrary to the same thing. */
  readonly opposites: readonly (readonly number[])[];
}

const CONTRARIES: readonly (readonly [string, string])[] = [
  ['on', 'off'],
  ['open', 'close'],
  ['lock', 'unlock'],
  ['increase', 'decrease'],
  ['start', 'stop'],
  ['add', 'remove'],
  ['next', 'previous'],
  ['pause', 'resume'],
];
const CONTRARY: ReadonlyMap<string, string> = new Map(
  CONTRARIES.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]),
);

/**
 * The label that does the contrary to the same thing: `window.open` → `window.close`. Confusing the two is the worst
 * that an assistant in a car can do.
 */
export function contraryOf(label: string): string | undefined {
  const dot = label.lastIndexOf('.');
  const contrary = CONTRARY.get(label.slice(dot + 1));
  return contrary === undefined ? undefined : `${label.slice(0, dot)}.${contrary}`;
}

/**
 * Checks a parsed `labels.json` against the ontology.
 * @throws UnderstandingError `labels-mismatch`, naming the first label or slot that the car does not have
 */
export function readLabels(parsed: unknown, ontology: Ontology): Labels {
  const checked = labelsFile.safeParse(parsed);
  if (!checked.success) throw mismatch(`labels.json is not as expected: ${z.prettifyError(checked.error)}`);
  const { version, intents, slots, temperature, thresholds } = checked.data;
  const strangers = [
    ...intents.filter((intent) => !ontology.labels.has(intent)),
    ...slots.filter((slot) => !(slot in ontology.slots)),
  ];
  if (strangers[0] !== undefined) {
    throw mismatch(
      `the model knows "${strangers[0]}"${strangers.length > 1 ? ` and ${strangers.length - 1} more` : ''}, which ontology.yaml does not have; train it anew or add them there`,
    );
  }
  for (const needed of ['none.out_of_scope.select', 'none.silence.select']) {
    if (!intents.includes(needed))
      throw mismatch(`the model has no "${needed}", so it could never say that it does not know`);
  }
  return {
    version: String(version),
    // Both checked above against the ontology, which the types are generated from.
    intents: intents as Intent[],
    slots: slots as SlotName[],
    temperature,
    rejection: thresholds.rejection,
    allowed: intents.map((intent) => {
      const own = ontology.labels.get(intent)?.slots ?? [];
      return slots.flatMap((slot, index) => (own.includes(slot) ? [index] : []));
    }),
    opposites: intents.map((intent) => {
      const contrary = contraryOf(intent);
      return intents.flatMap((other, index) => (other === contrary ? [index] : []));
    }),
  };
}

const mismatch = (message: string) => new UnderstandingError('labels-mismatch', message);
