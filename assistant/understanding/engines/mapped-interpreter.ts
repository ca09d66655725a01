import type { SlotAtom, SlotValue } from '../../../vehicle/command.ts';
import type { Domain, Intent, SlotName } from '../../../vehicle/ontology.generated.ts';
import type {
  InterpretedCommand,
  Interpretation,
  Interpreter,
  InterpreterOptions,
  RawFrame,
  Utterance,
} from '../interpreter.ts';
import type { Ontology } from '../ontology.ts';
import { isSilent, refuseTooLong } from '../text-limits.ts';
import { UNCLEAR_SLOT, type Normaliser, type SpokenSlot } from '../values/normalise.ts';
import type { Engine, EngineAnswer, EngineReading, EngineSlot } from './engine.ts';
import { didYouMean } from '../nearest.ts';
import { IGNORE, PASS_THROUGH, type LabelMap } from './label-map.ts';

export interface MappedInterpreterParts {
  readonly engine: Engine;
  readonly labels: LabelMap;
  readonly ontology: Ontology;
  readonly normaliser: Normaliser;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Minutes by which the car's clock is ahead of UTC. */
  readonly utcOffset: number;
  /** Takes a line about each label that means nothing to the car, once. */
  readonly report: (line: string) => void;
}

const OUT_OF_SCOPE: Intent = 'none.out_of_scope.select';
const SILENCE: Intent = 'none.silence.select';
/** The raw frame's intent of a model that finds slots and no intents. */
export const ENTITIES_ONLY = 'entities';
const MOST_REJECTED = 5;
const NOTHING: EngineAnswer = { readings: [], others: [] };

/**
 * Makes an interpreter of a model with labels of its own: labels become the car's by a map or because they are the
 * same, slots get values from their words. What the model said itself stays beside it (`raw`), so that a team can
 * test a model whose labels the car does not know at all.
 */
export function createMappedInterpreter(parts: MappedInterpreterParts): Interpreter {
  const { engine, clock } = parts;
  const known = createKnownLabels(parts);
  return {
    name: engine.name,
    capabilities: engine.capabilities,
    async interpret(utterances, options) {
      for (const [index, { text }] of utterances.entries()) refuseTooLong(text, index, utterances.length);
      const began = clock();
      const spoken = utterances.filter(({ text }) => !isSilent(text));
      const answers = (spoken.length > 0 ? await engine.read(spoken) : []).values();
      const found = utterances.map((utterance) =>
        isSilent(utterance.text)
          ? interpretation(utterance, NOTHING, SILENCE)
          : interpretation(utterance, answers.next().value ?? NOTHING, OUT_OF_SCOPE, options),
      );
      // Of a batch, each utterance took its share.
      const ms = (clock() - began) / Math.max(1, utterances.length);
      return found.map((own) => ({ ...own, ms }));
    },
    close: () => engine.close(),
  };

  function interpretation(
    { text }: Utterance,
    { readings, others }: EngineAnswer,
    otherwise: Intent,
    options: InterpreterOptions = { now: 0 },
  ): Omit<Interpretation, 'ms'> {
    const mapped = readings.map((reading) => commandOf(reading, text, options));
    const sure = mapped.filter(({ confidence }) => confidence >= parts.labels.threshold);
    const unsure = mapped.filter((command) => !sure.includes(command));
    const meant = sure.filter(({ intent }) => !intent.startsWith('none.'));
    // Noise beside a command is no command of its own.
    const commands = meant.length > 0 ? meant : sure.slice(0, 1);
    const nothing: InterpretedCommand = {
      intent: otherwise,
      slots: {},
      confidence: 1,
      span: [0, text.length],
    };
    const [first = nothing] = commands;
    const rejected = [...unsure, ...others.map((reading) => commandOf(reading, text, options))];
    return {
      text,
      commands: commands.length > 0 ? commands : [nothing],
      rejected: rejected.filter(({ intent }) => intent !== OUT_OF_SCOPE).slice(0, MOST_REJECTED),
      raw: readings.map((reading) => rawFrame(reading, text)),
      // The type is generated from the ontology's own domains.
      domain: parts.ontology.domainOf(first.intent) as Domain,
    };
  }

  function commandOf(reading: EngineReading, text: string, { now }: InterpreterOptions): InterpretedCommand {
    const { intent, slots: fixed } = known.intent(reading);
    const allowed = parts.ontology.labels.get(intent)?.slots ?? [];
    const spoken: SpokenSlot[] = [];
    const values = new Map<SlotName, SlotValue>();
    const given = new Map<SlotName, SlotAtom>();
    let unclear = false;
    for (const slot of reading.slots) {
      const { name, value } = known.slot(slot);
      if (name === undefined || !allowed.includes(name)) continue;
      const place = slot.place ?? placeOf(slot.text, text);
      if (!place) {
        // Words that nobody said have no value.
        unclear = true;
        continue;
      }
      const words = text.slice(...place);
      if (value) values.set(name, joined(values.get(name), { text: words, ...value }));
      else spoken.push({ name, text: words, start: place[0], end: place[1] });
      if (slot.value !== undefined && !given.has(name)) given.set(name, slot.value);
    }
    const moment = { now, utcOffset: parts.utcOffset };
    const read = parts.normaliser.normalise(intent, spoken, text, moment);
    const slots: { -readonly [K in keyof InterpretedCommand['slots']]: SlotValue } = { ...read.slots };
    for (const name of read.unclear) {
      const better = valueOfGiven(name);
      if (better) slots[name] = { ...better, text: slots[name]?.text ?? better.text };
      else unclear = true;
    }
    for (const [name, value] of values) slots[name] = joined(slots[name], value);
    for (const [name, value] of Object.entries(fixed))
      slots[name as SlotName] = { text: text.slice(...reading.span), ...value };
    return {
      intent,
      slots,
      confidence: reading.confidence * (unclear ? UNCLEAR_SLOT : 1),
      span: reading.span,
    };

    /** Words that say nothing to the car ("my side" in their synonyms) may have a value of the engine's that does. */
    function valueOfGiven(name: SlotName): SlotValue | undefined {
      const value = String(given.get(name) ?? '');
      if (value === '') return undefined;
      const own = [{ name, text: value, start: 0, end: value.length }];
      const { slots: found, unclear: still } = parts.normaliser.normalise(intent, own, value, moment);
      return still.length === 0 ? found[name] : undefined;
    }
  }
}

/** What labels and slots become; says of each unknown one, once, that it means nothing. */
function createKnownLabels({ engine, labels, ontology, report }: MappedInterpreterParts) {
  const told = new Set<string>();
  const unknown = (what: 'label' | 'slot', name: string, names: Iterable<string>) => {
    if (told.has(`${what} ${name}`)) return;
    told.add(`${what} ${name}`);
    const guess = didYouMean(name, names);
    report(
      `${engine.name}: the car has no ${what} "${name}"${guess || '.'} ${
        what === 'label' ? 'It is taken as out of scope' : 'It is left out'
      }; map it with --labels (docs/models.md).`,
    );
  };
  return {
    intent(reading: EngineReading): {
      intent: Intent;
      slots: Partial<Record<SlotName, Omit<SlotValue, 'text'>>>;
    } {
      const nothing = { intent: OUT_OF_SCOPE, slots: {} };
      const { intent: theirs } = reading;
      if (theirs === undefined) return nothing;
      const mapped = labels.intentOf(reading);
      if (mapped)
        return mapped.intent === PASS_THROUGH ? nothing : { intent: mapped.intent, slots: mapped.slots };
      // The ontology's labels are what the type is generated from.
      if (ontology.labels.has(theirs)) return { intent: theirs as Intent, slots: {} };
      unknown('label', theirs, ontology.labels.keys());
      return nothing;
    },
    slot(slot: EngineSlot): { name?: SlotName; value?: Omit<SlotValue, 'text'> } {
      const mapped = labels.slotOf(slot.name);
      if (mapped) {
        if (mapped.slot === IGNORE) return {};
        const value = mapped.valueOf(slot);
        return { name: mapped.slot, ...(value && { value }) };
      }
      if (slot.name in ontology.slots) return { name: slot.name as SlotName };
      unknown('slot', slot.name, Object.keys(ontology.slots));
      return {};
    },
  };
}

/** Said twice, a slot has both values. */
function joined(before: SlotValue | undefined, more: SlotValue): SlotValue {
  if (!before) return more;
  const value = [...new Set([before.value, more.value].flat())];
  return { ...before, value: value.length > 1 ? value : before.value };
}

function rawFrame(
  { intent = ENTITIES_ONLY, confidence, span, slots }: EngineReading,
  text: string,
): RawFrame {
  const own: Record<string, SlotValue> = {};
  for (const { name, text: words, place, value } of slots) {
    const said = place ? text.slice(...place) : words;
    own[name] = joined(own[name], { text: said, value: value ?? said });
  }
  return { intent, slots: own, confidence, span };
}

/** Where words stand in a text, whatever their case. */
export function placeOf(words: string, text: string): readonly [number, number] | undefined {
  if (words.trim() === '') return undefined;
  // Lower case may have another length ("İ"); then places in it are none in the text.
  const lower = text.toLowerCase();
  const at = lower.length === text.length ? lower.indexOf(words.toLowerCase()) : text.indexOf(words);
  return at < 0 ? undefined : [at, at + words.length];
}
