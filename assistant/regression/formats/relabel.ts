import type { EngineSlot } from '../../understanding/engines/engine.ts';
import { IGNORE, PASS_THROUGH, type LabelMap } from '../../understanding/engines/label-map.ts';
import {
  framesOf,
  type CaseInFile,
  type ExpectedFrame,
  type SlotExpectation,
  type SuiteFile,
} from '../suite.ts';
import { expectOf, without, type Slots } from './canonical.ts';
import type { Carried } from './format.ts';
import { collectLosses } from './losses.ts';

/**
 * A suite in somebody's own labels → the same in the car's, by the map that their model is used with (`--labels`).
 * Cases with a label that the map does not name are left out, and told.
 */
export function relabel(suite: SuiteFile, map: LabelMap): Carried {
  const losses = collectLosses();
  const cases = suite.cases.flatMap((case_): CaseInFile[] => {
    const lose = (what: string) => losses.add(what, case_.id);
    const change = (expect: CaseInFile['expect']): CaseInFile['expect'] => {
      if (expect === undefined) return undefined;
      const frames = framesOf(expect).map((frame) => frameOf(frame, map, lose));
      return frames.includes(undefined)
        ? undefined
        : expectOf(frames.flatMap((frame) => (frame && frame !== PASS_THROUGH ? [frame] : [])));
    };
    const rest = without(case_, 'expect', 'turns');
    if (!case_.turns) {
      const expect = change(case_.expect);
      return expect === undefined ? [] : [{ ...rest, expect }];
    }
    const turns = case_.turns.map((turn) => ({ ...turn, expect: change(turn.expect) }));
    return turns.some(({ expect }) => expect === undefined) ? [] : [{ ...rest, turns: turns }];
  });
  return { suite: { ...suite, ontology: 'drivetalk', cases }, losses: losses.list() };
}

/** @returns undefined when the map does not name the label */
function frameOf(
  { intent, slots }: ExpectedFrame,
  map: LabelMap,
  lose: (what: string) => void,
): ExpectedFrame | typeof PASS_THROUGH | undefined {
  const theirs = Object.entries(slots ?? {}).map(([name, slot]) => engineSlot(name, slot));
  const mapped = map.intentOf({ intent, confidence: 1, span: [0, 0], slots: theirs });
  if (!mapped) {
    lose(`whole cases: the map does not name the label "${intent}"`);
    return undefined;
  }
  if (mapped.intent === PASS_THROUGH) return PASS_THROUGH;
  if (!slots && Object.keys(mapped.slots).length === 0) return { intent: mapped.intent };
  const own: Record<string, SlotExpectation> = {};
  for (const [name, { value, unit }] of Object.entries(mapped.slots)) own[name] = slotOf(value, unit);
  for (const [name, slot] of Object.entries(slots ?? {})) {
    const known = map.slotOf(name);
    if (!known) lose(`slots that the map does not name: "${name}"`);
    if (!known || known.slot === IGNORE) continue;
    const value = known.valueOf(engineSlot(name, slot));
    own[known.slot] = value ? slotOf(value.value, value.unit) : slot;
  }
  return { intent: mapped.intent, slots: own satisfies Slots };
}

const slotOf = (
  value: SlotExpectation & (string | number | readonly (string | number)[]),
  unit: string | undefined,
) => (unit === undefined ? value : { value, unit }) as SlotExpectation;

function engineSlot(name: string, slot: SlotExpectation): EngineSlot {
  if (typeof slot !== 'object') return { name, text: String(slot), value: slot };
  if (Array.isArray(slot)) return { name, text: slot.join(' ') };
  const { text, value } = slot;
  return {
    name,
    text: text ?? String(value ?? ''),
    ...(value !== undefined && !Array.isArray(value) && { value }),
  };
}
