import type { Command, Slots, SlotValue } from '../../../vehicle/command.ts';
import type { SlotName } from '../../../vehicle/ontology.generated.ts';
import type { Ontology as WholeOntology } from '../../understanding/ontology.ts';

/** What the dialogue asks of the ontology. */
export type Ontology = Pick<WholeOntology, 'labels' | 'slots'>;

export const targetOf = (intent: string): string => intent.slice(0, intent.lastIndexOf('.'));
export const operationOf = (intent: string): string => intent.slice(intent.lastIndexOf('.') + 1);

/** The command with these slots in place of its own of the same names. */
export const withSlots = (command: Command, slots: Slots): Command => ({
  intent: command.intent,
  slots: { ...command.slots, ...slots },
});

/** Slots that may stand for one another when a short answer leaves open what it is: "no, 22", "the left one". */
const KINDS: readonly (readonly SlotName[])[] = [
  ['temperature', 'level', 'speed', 'position', 'amount', 'frequency', 'ordinal'],
  ['duration', 'datetime'],
  ['zone', 'side', 'direction'],
  ['destination', 'poi_name', 'poi_category', 'waypoint', 'road'],
  ['song', 'artist', 'album', 'genre', 'playlist', 'podcast', 'station'],
  ['contact', 'item', 'message_text'],
  ['mode', 'item', 'app', 'source', 'genre'],
];

/**
 * Slots as the command can carry them: one that it cannot carry becomes another of its kind.
 * @param wanted the slot that was asked for; it takes precedence
 */
export function fitted(slots: Slots, command: Command, ontology: Ontology, wanted?: string): Slots {
  const allowed = ontology.labels.get(command.intent)?.slots ?? [];
  const result: Record<string, SlotValue> = {};
  for (const [name, slot] of Object.entries(slots)) {
    const kinds = KINDS.filter((kind) => kind.includes(name as SlotName)).flat();
    const asked = wanted !== undefined && kinds.includes(wanted as SlotName) ? wanted : undefined;
    const own = Object.keys(command.slots).find((other) => kinds.includes(other as SlotName));
    const target =
      asked ?? (allowed.includes(name) ? name : (own ?? kinds.find((other) => allowed.includes(other))));
    if (target === undefined || !isOfType(slot, target, ontology)) continue;
    result[target] =
      target === name ? slot : { text: slot.text, value: slot.value, ...unitFor(slot, target, ontology) };
  }
  return result;
}

/** A number for a number, one of its values for a closed list. */
function isOfType({ value }: SlotValue, target: string, { slots }: Ontology): boolean {
  const definition = slots[target];
  const [first] = typeof value === 'object' ? value : [value];
  if (definition?.type === 'enum') return definition.values?.includes(String(first)) ?? false;
  if (definition?.type === 'number') return typeof first === 'number';
  if (definition?.type === 'level' || definition?.type === 'position' || definition?.type === 'quantity')
    return typeof first === 'number' || (definition.words?.includes(String(first)) ?? false);
  return true;
}

function unitFor({ unit }: SlotValue, target: string, { slots }: Ontology): { unit?: string } {
  return unit !== undefined && slots[target]?.units?.includes(unit) ? { unit } : {};
}
