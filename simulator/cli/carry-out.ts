import type { Drive } from '../drive.ts';
import type { ConversationTurn, SignalState } from '../server/protocol.ts';
import { reportOf, type ChangedSignal, type Report } from './report.ts';

/** Longest motion of the car, with a margin: a window takes five seconds, a seat ten. */
const LONGEST_MOTION = 30_000;
const STEP = 100;
/** In so many milliseconds every sensor has measured once, and the car has done what it does by itself: lamps, at night. */
const WAKING = 1_000;

/** Lets an utterance run, then lets virtual time pass until the car has come to rest, and compares. */
export async function carryOut(drive: Drive, utter: () => Promise<ConversationTurn>): Promise<Report> {
  drive.advance(WAKING);
  const changes = watchActuators(drive);
  const turn = await utter();
  for (let passed = 0; passed < LONGEST_MOTION && inMotion(drive); passed += STEP) drive.advance(STEP);
  return reportOf(turn, changes());
}

/** From now on. @returns a function that tells which actuators have, or are on the way to, another value by then */
export function watchActuators(drive: Drive): () => readonly ChangedSignal[] {
  const before = new Map(actuators(drive));
  return () => {
    const signals: ChangedSignal[] = [];
    for (const [path, { value, target = value }] of actuators(drive)) {
      const was = before.get(path);
      const from = was ? (was.target ?? was.value) : null;
      if (JSON.stringify(from) !== JSON.stringify(target)) signals.push({ path, from, to: target });
    }
    return signals;
  };
}

/** Sensors change by themselves; what a command did shows in the actuators. */
function* actuators(drive: Drive): Iterable<[string, SignalState]> {
  for (const [path, state] of drive.vehicle.signals()) {
    if (drive.vehicle.catalogue.get(path).type === 'actuator') yield [path, state];
  }
}

function inMotion(drive: Drive): boolean {
  for (const [, { value, target }] of actuators(drive)) {
    if (target !== undefined && JSON.stringify(target) !== JSON.stringify(value)) return true;
  }
  return false;
}
