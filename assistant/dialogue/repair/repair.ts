/** Taking back, doing again, putting right, and answering for what was done. */
import type { Command, SlotValue, Slots } from '../../../vehicle/command.ts';
import { INTENTS, type Intent } from '../../../vehicle/ontology.generated.ts';
import type { SignalReading } from '../../../vehicle/outcome.ts';
import { atoms } from '../../../vehicle/slots.ts';
import { fitted, operationOf, targetOf, withSlots } from '../follow-ups/fit.ts';
import { inWords } from '../replies/wording.ts';
import type { Turn } from '../turn.ts';
import { examples } from './help.ts';

const KNOWN = new Map<string, Intent>(INTENTS.map((intent) => [intent, intent]));

/** "Again", "a bit more", "less": the last wish once more; of a fixed value, the step beyond it. */
export function again(turn: Turn, slots: Slots, text: string): void {
  const { last } = turn.before;
  if (last.length === 0) return turn.say('dialogue.nothing_before');
  const less = /\b(less|lower|down|fewer)\b/i.test(text);
  const more = slots.amount !== undefined || /\b(more|further|enough|higher)\b/i.test(text);
  for (const command of last) {
    const target = targetOf(command.intent);
    const step = KNOWN.get(`${target}.${less ? 'decrease' : 'increase'}`);
    const isFixed = /\.(set|on)$/.test(command.intent) || (less && command.intent.endsWith('.increase'));
    if ((more || less) && isFixed && step)
      turn.execute({ intent: step, slots: { ...whose(command), ...slots } });
    else turn.execute(withSlots(command, fitted(slots, command, turn.by.data.ontology)));
  }
}

const whose = ({ slots: { zone, channel, mode } }: Command): Slots => ({
  ...(zone && { zone }),
  ...(channel && { channel }),
  ...(mode && { mode }),
});

/** What a value alone can only be about. */
const WISHES: Readonly<Record<string, Intent>> = {
  temperature: 'climate.temperature.set',
  color: 'light.ambient.set',
  contact: 'phone.call.start',
  destination: 'navigation.route.start',
  genre: 'media.playback.start',
  artist: 'media.playback.start',
  song: 'media.playback.start',
  station: 'media.radio.start',
  frequency: 'media.radio.start',
};

/** Where there are two, the other one. */
const OTHER: Readonly<Record<string, string>> = {
  driver: 'passenger',
  passenger: 'driver',
  front: 'rear',
  rear: 'front',
  rear_left: 'rear_right',
  rear_right: 'rear_left',
  left: 'right',
  right: 'left',
};

/**
 * "No, the rear one", "I meant 22", "the other one": the last wish with the new values, instead of the first try.
 * What the first try changed is taken back; what was refused or asked changed nothing.
 */
export function correct(turn: Turn, slots: Slots, text: string): void {
  const { last, lastOutcomes } = turn.before;
  const tried = last.at(-1);
  if (!tried) return turn.say('dialogue.nothing_before');
  const command = asSetting(tried);
  const other = Object.keys(slots).length === 0 && /\bother\b|\bwrong (one|side)\b/i.test(text);
  const values = other ? otherOne(command, turn) : fitted(slots, command, turn.by.data.ontology);
  if (Object.keys(values).length === 0) {
    // "Make it 19 degrees" after something without degrees is a wish of its own.
    const named = Object.keys(slots).find((name) => name in WISHES);
    if (named !== undefined) return void turn.execute({ intent: WISHES[named] ?? command.intent, slots });
    const asked = Object.keys(command.slots)[0];
    if (asked === undefined) return turn.say('dialogue.correct.unclear');
    return turn.askWords({ kind: 'slot', command, slot: asked }, 'dialogue.correct.what');
  }
  const done = lastOutcomes.filter(({ status }) => status === 'done').map((outcome) => outcome.command);
  if (done.some(({ intent }) => intent === command.intent)) {
    turn.by.car.undo({ seat: turn.by.seat });
    // An undo takes back the whole breath; what was right in it is done again, without a word unless that fails.
    const seat = turn.before.lastSeat;
    for (const other of done.filter(({ intent }) => intent !== command.intent)) {
      const again = turn.by.car.execute(other, { seat });
      if (again.status !== 'done') turn.tell(again, seat);
    }
  }
  turn.execute(withSlots(withoutAmount(command, values), values));
}

/** "No, 24" after a question sets what was asked about. */
function asSetting(command: Command): Command {
  const setting = KNOWN.get(`${targetOf(command.intent)}.set`);
  return setting && operationOf(command.intent) === 'query' ? { ...command, intent: setting } : command;
}

/** A value that is said takes the place of "a bit" and of any other value. */
function withoutAmount({ intent, slots }: Command, values: Slots): Command {
  if (!VALUES.some((name) => values[name])) return { intent, slots };
  const kept = Object.entries(slots).filter(([name]) => !(VALUES as readonly string[]).includes(name));
  return { intent, slots: Object.fromEntries(kept) };
}
const VALUES = ['temperature', 'level', 'position', 'speed', 'amount'] as const;

function otherOne(command: Command, turn: Turn): Slots {
  for (const name of ['zone', 'side', 'direction'] as const) {
    const said = atoms(command.slots[name])[0];
    const meant = said === 'speaker' ? turn.by.seat : said;
    const other = meant === undefined ? undefined : OTHER[meant];
    if (other !== undefined) return { [name]: { text: other, value: other } satisfies SlotValue };
  }
  const zoned = turn.by.data.ontology.labels.get(command.intent)?.slots.includes('zone');
  const other = zoned && !command.slots.zone ? OTHER[turn.by.seat] : undefined;
  return other === undefined ? {} : { zone: { text: other, value: other } };
}

/** "Why?", "why not?": the rule and its readings as they are now, what the car saw, or what it understood. */
export function why(turn: Turn): void {
  const { question, before } = turn;
  const [decision] = before.lastOutcomes.flatMap((outcome) =>
    'decision' in outcome ? [outcome.decision] : [],
  );
  if (before.reason) {
    const { code, facts, because } = before.reason;
    return turn.say('dialogue.why.because', {
      reason: turn.by.replies.say(code, facts),
      readings: readingsNow(because, turn),
    });
  }
  if (decision) {
    return turn.say('dialogue.why.rule', {
      reason: turn.by.replies.reason(decision),
      rule: decision.rule,
      readings: readingsNow(decision.because, turn),
    });
  }
  const failed = before.lastOutcomes.find(({ status }) => status === 'refused' || status === 'unavailable');
  if (failed) return turn.say('dialogue.why.failed', { reason: turn.by.replies.of(failed) });
  if (question) return turn.say('dialogue.why.asking', { asks: question.asks || before.lastReply });
  if (before.last.length === 0) return turn.say('dialogue.nothing_before');
  turn.say('dialogue.why.understood', { heard: before.lastHeard, what: lastInWords(turn) });
}

/** "Speed is 62": what decided, as it is now. */
function readingsNow(because: readonly SignalReading[], turn: Turn): string {
  const now = because.map(({ path, value }) => {
    const present = turn.shown({ path, value: turn.read(path) ?? value });
    const shown = typeof present === 'number' ? Math.round(present * 10) / 10 : String(present);
    return `${spokenPath(path)} ${shown}`;
  });
  return now.length === 0 ? 'none' : turn.replies.list(now);
}

/** "Vehicle.Cabin.Sunroof.Position" → "sunroof position". */
const spokenPath = (path: string) =>
  path
    .split('.')
    .slice(-2)
    .filter((part) => !/^(Vehicle|Current|Cabin|Body)$/.test(part))
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

const lastInWords = (turn: Turn): string =>
  turn.replies.list(turn.before.last.map((command) => inWords(command, turn.replies)));

/** "What did you do?" */
export function tellWhatWasDone(turn: Turn): void {
  if (turn.before.last.length === 0) return turn.say('dialogue.did.nothing');
  const done = turn.before.lastOutcomes.some(({ status }) => status === 'done' || status === 'answered');
  turn.say(done ? 'dialogue.did' : 'dialogue.did.not', { what: lastInWords(turn) });
}

export function help(turn: Turn, slots: Slots): void {
  const about = slots.item?.text;
  const { data, car, seat, now } = turn.by;
  const found = examples(data.help, car, { seat, about, turn: Math.floor(now / 1000) });
  if (found.length > 0) return turn.say('dialogue.help', { examples: found });
  turn.say('dialogue.help.unknown', { about: about ?? 'none' });
}

/** "Stop" while something moves stops it; else it means the music. */
export function stop(turn: Turn): void {
  const { car, seat } = turn.by;
  if (
    turn.before.last.some(({ intent }) => MOVES.test(targetOf(intent)) && operationOf(intent) !== 'query')
  ) {
    const halted = car.halt({ seat });
    if (halted.status === 'done') return turn.tell(halted);
  }
  turn.execute({ intent: 'media.playback.stop', slots: {} });
}
const MOVES = /^(window|sunroof|sunshade|trunk|frunk|mirror|seat\.(position|backrest|memory))$/;
