/** A slice of a recorded drive as a dialogue of a regression suite. */
import { stringify } from 'yaml';
import { suiteSchema } from '../../assistant/regression/suite.ts';
import type { Catalogue } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { RecordingError } from './errors.ts';
import { readHeader, readLine, type RecordedTurn, type RecordingHeader } from './recording.ts';
import { clockTime } from './time.ts';

export interface SliceOptions {
  /** Milliseconds since the start; utterances from there on ... */
  readonly from: number;
  /** ... up to there. */
  readonly until: number;
  readonly catalogue: Catalogue;
}

const SPEED = 'Vehicle.Speed';
/** Actuators that follow from driving and from the route. */
const BY_ITSELF =
  /^Vehicle\.(Powertrain\.Transmission\.(?!PerformanceMode)|Chassis\.|Cabin\.Infotainment\.Navigation\.)/;

/**
 * The utterances of a slice with what they were understood as and what became of them. The car begins with the
 * actuators, the injected measurements and the speed that it had there; what is no signal (a route, an open question)
 * it begins without: a slice that is cut at a quiet moment says the same again.
 * @param lines of the recording
 * @returns the text of a suite
 * @throws RecordingError for what is no recording, is damaged, or has nothing said in the slice
 */
export async function sliceAsSuite(lines: AsyncIterable<string>, options: SliceOptions): Promise<string> {
  const { from, until, catalogue } = options;
  const state = new Map<string, SignalValue>();
  const targets = new Map<string, SignalValue>();
  const turns: { readonly t: number; readonly turn: RecordedTurn }[] = [];
  const injected = new Set<string>();
  const begun = new Set<string>();
  let header: RecordingHeader | undefined;
  let number = 0;
  for await (const text of lines) {
    number++;
    if (!header) {
      header = readHeader(text);
      continue;
    }
    // A line that was cut off holds no turn: whether it is the last one does not matter here.
    const line = readLine(text, number, true);
    if (!line || line.t > until) break;
    if (line.kind === 'input') {
      const { input } = line;
      if ((input.in === 'say' || input.in === 'heard') && line.t >= from) begun.add(input.id);
      if (input.in === 'sense') injected.add(input.path);
    }
    if (line.kind === 'turn' && line.turn.stage === 'done' && begun.has(line.turn.id))
      turns.push({ t: line.t, turn: line.turn });
    // What the first utterance finds is the state before it.
    if (begun.size > 0) continue;
    if (line.kind === 'signals') {
      for (const [path, value] of Object.entries(line.signals)) state.set(path, value);
      for (const [path, value] of Object.entries(line.targets)) targets.set(path, value);
    }
  }
  const [first] = turns;
  if (!header || !first) {
    throw new RecordingError(
      'nothing-said',
      `Nothing was said from ${clockTime(from)} on. Choose another slice with --from and --until.`,
    );
  }
  // What an actuator was told to reach says more than how far it has come.
  const told = [...new Map([...state, ...targets])].filter(([path, value]) =>
    isOfTheCar(path, value, catalogue, injected),
  );
  const at = Date.parse(header.start) + header.utcOffset * 60_000 + first.t;
  const id = `recorded-${header.start.slice(0, 16).replace(/\D/g, '')}-${Math.round(first.t / 1000)}`;
  const suite = {
    suite: id,
    description: `A slice of a recorded drive, from ${clockTime(first.t)} on.`,
    now: new Date(at).toISOString().slice(0, 19),
    cases: [
      {
        id,
        turns: turns.map(({ t, turn }, index) => ({
          text: turn.heard,
          ...(turn.seat !== 'driver' && { seat: turn.seat }),
          ...(index === 0
            ? told.length > 0 && { set: Object.fromEntries(told) }
            : { advance: Math.max(0, t - (turns[index - 1]?.t ?? t)) }),
          ...expectedOf(turn),
        })),
      },
    ],
  };
  suiteSchema.parse(suite);
  return stringify(suite, { lineWidth: 110 });
}

/** What a person or a tool may have set; the rest the physics measure again. */
function isOfTheCar(
  path: string,
  value: SignalValue,
  catalogue: Catalogue,
  injected: ReadonlySet<string>,
): boolean {
  const definition = catalogue.find(path);
  if (!definition || JSON.stringify(value) === JSON.stringify(catalogue.initial(definition))) return false;
  if (path === SPEED || injected.has(path)) return true;
  return definition.type === 'actuator' && !BY_ITSELF.test(path);
}

function expectedOf({ commands, outcomes }: RecordedTurn) {
  const targets = outcomes.flatMap(({ changes }) =>
    changes.flatMap(({ path, field, to }) => (field === 'target' ? [[path, to] as const] : [])),
  );
  const refusal = outcomes.flatMap((outcome) => ('decision' in outcome ? [outcome.decision.rule] : [])).at(0);
  return {
    expect: commands
      .filter(({ intent }) => !intent.startsWith('none.'))
      .map(({ intent, slots }) => ({
        intent,
        slots: Object.fromEntries(
          Object.entries(slots).map(([name, { value, unit }]) => [
            name,
            unit === undefined ? value : { value, unit },
          ]),
        ),
      })),
    ...(outcomes.length > 0 && { expectStatus: outcomes.map(({ status }) => status) }),
    ...(targets.length > 0 && { expectState: Object.fromEntries(targets) }),
    ...(refusal !== undefined && { expectRefusal: refusal }),
  };
}
