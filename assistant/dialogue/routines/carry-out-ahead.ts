/** What the grammar ahead of the model understands, and what becomes of it. */
import type { Command } from '../../../vehicle/command.ts';
import { durationOf } from '../../../vehicle/time.ts';
import type { Interpretation } from '../../understanding/interpreter.ts';
import { duration } from '../../understanding/values/time.ts';
import type { Memory } from '../machine/memory.ts';
import { named, newProfile, withName, withProfile, type Profile, type Profiles } from '../profile/profile.ts';
import { tellWhatWasDone } from '../repair/repair.ts';
import { inWords } from '../replies/wording.ts';
import type { Turn } from '../turn.ts';
import { muted, snoozed } from '../watchers/watch.ts';
import { aheadReadings, type AheadGrammar, type AheadKind } from './ahead.ts';
import {
  commandsOf,
  forgotten,
  LONGEST_ROUTINE,
  routineNamed,
  routineSchema,
  taught,
  unfit,
} from './routine.ts';

/** An utterance that needs no label. */
export interface Ahead {
  readonly kind: AheadKind;
  readonly said: string;
  /** A name: of a routine, a person, or what somebody calls somebody. */
  readonly name: string;
  readonly other: string;
  /** Words that the model has to read first: what a routine shall do. */
  readonly body?: { readonly text: string; readonly start: number };
}

/**
 * Reads an utterance without the model; undefined when it is for the model. Names must be known where a bare name
 * would say too little: "I'm Anna" is a driver, "I'm cold" is none.
 */
export function readAheadOf(
  grammar: AheadGrammar,
  text: string,
  {
    profile,
    profiles,
    memory,
  }: { readonly profile: Profile; readonly profiles: Profiles; readonly memory: Memory },
): Ahead | undefined {
  const isRoutine = (name: string) => routineNamed(profile.routines, name) !== undefined;
  const isPerson = (name: string) => named(profiles, ofPerson(name)) !== undefined;
  for (const { kind, slots } of aheadReadings(grammar, text)) {
    const name = trimmed(slots.name?.text ?? slots.person?.text ?? slots.time?.text ?? '');
    const other = trimmed(slots.person?.text ?? slots.place?.text ?? '');
    const ahead = { kind, said: text, name, other };
    switch (kind) {
      case 'teach': {
        const heard = slots.name;
        // The body begins where the name ends: with its verb. A comma says so better than any verb.
        if (!heard) continue;
        const comma = text.indexOf(',', heard.start);
        const end = comma > 0 && comma < (slots.body?.start ?? 0) ? comma : heard.start + heard.text.length;
        return { ...ahead, name: trimmed(text.slice(heard.start, end)), body: bodyFrom(text, end) };
      }
      case 'append':
      case 'change':
        if (!slots.body || !isRoutine(name)) continue;
        return { ...ahead, body: { text: slots.body.text, start: slots.body.start } };
      case 'run':
      case 'remove':
      case 'describe':
        if (!isRoutine(name)) continue;
        return ahead;
      case 'switch_profile':
        if (!isPerson(name)) continue;
        return ahead;
      case 'snooze':
      case 'mute':
        if (lastWatcher(memory) === undefined) continue;
        return ahead;
      default:
        return ahead;
    }
  }
  return undefined;
}

function bodyFrom(text: string, end: number): { readonly text: string; readonly start: number } {
  const lead = /^[\s,:;.-]*(?:then\s+|please\s+|and\s+)*/i.exec(text.slice(end))?.[0].length ?? 0;
  return { text: text.slice(end + lead), start: end + lead };
}

const trimmed = (text: string) => text.replace(/^[\s"'“”]+|[\s"'“”,.!?]+$/gu, '');
const ofPerson = (name: string) => name.replace(/['’]s$/i, '');
/** The watcher that spoke last, while its question is open or nothing else has been said. */
const lastWatcher = ({ question, reason }: Memory): string | undefined =>
  question?.kind === 'offer' && question.watcher !== undefined
    ? question.watcher
    : reason?.facts.watcher === undefined
      ? undefined
      : String(reason.facts.watcher);

export function carryOutAhead(turn: Turn, ahead: Ahead, heard: Interpretation): void {
  if (turn.question && turn.question.kind !== 'list') turn.settle();
  const { name, other } = ahead;
  const { routines } = turn.profile;
  switch (ahead.kind) {
    case 'teach':
    case 'change':
      return teach(turn, name, heard);
    case 'append':
      return teach(
        turn,
        name,
        heard,
        commandsOf(routineNamed(routines, name) ?? { name, said: '', commands: [] }),
      );
    case 'ask_teach': {
      const why = unfit(name);
      return why
        ? turn.say(`dialogue.routine.${why}`, { name })
        : turn.askWords({ kind: 'teach', name }, 'dialogue.routine.what', { name });
    }
    case 'run': {
      const routine = routineNamed(routines, name);
      if (routine) for (const command of commandsOf(routine)) turn.execute(command);
      return;
    }
    case 'remove':
      turn.change((profile) => ({ ...profile, routines: [...forgotten(profile.routines, name)] }));
      return turn.say('dialogue.routine.forgotten', { name });
    case 'describe': {
      const routine = routineNamed(routines, name);
      return turn.say('dialogue.routine.does', {
        name,
        what: routine ? listed(commandsOf(routine), turn) : '',
      });
    }
    case 'list':
      return turn.say('dialogue.routine.list', {
        count: routines.length,
        names: routines.map((routine) => routine.name),
      });
    case 'switch_profile':
      return switchProfile(turn, ofPerson(name));
    case 'new_profile':
      return newDriver(turn, ofPerson(name));
    case 'which_profile':
      return turn.say('dialogue.profile.current', { name: turn.profile.name });
    case 'units_f':
    case 'units_c':
      return useUnits(turn, { temperature: ahead.kind === 'units_f' ? 'F' : 'C' });
    case 'units_miles':
    case 'units_km':
      return useUnits(turn, { distance: ahead.kind === 'units_miles' ? 'MILES' : 'KILOMETERS' });
    case 'brief':
    case 'chatty':
      turn.change((profile) => ({ ...profile, replies: ahead.kind === 'brief' ? 'brief' : 'normal' }));
      return turn.say(`dialogue.profile.${ahead.kind}`);
    case 'name_contact':
      return nameContact(turn, ahead.name, other);
    case 'name_place':
      turn.change((profile) => withName(profile, { name, is: 'place', means: other }));
      return turn.say('dialogue.profile.place', { name, place: other });
    case 'did':
      return tellWhatWasDone(turn);
    case 'privacy':
      return tellPrivacy(turn);
    case 'snooze':
    case 'mute':
      return quieten(turn, ahead);
  }
}

/** Stores what was read as a routine; what is nothing for the car, or about the talk itself, cannot be in one. */
export function teach(
  turn: Turn,
  name: string,
  heard: Interpretation,
  before: readonly Command[] = [],
): void {
  const why = unfit(name);
  if (why) return turn.say(`dialogue.routine.${why}`, { name });
  const fits = heard.commands.filter(({ intent }) => !/^(dialogue|none|question|news)\./.test(intent));
  const lost = heard.commands.find((command) => !fits.includes(command));
  if (fits.length === 0 || lost) {
    const part = lost ? heard.text.slice(...lost.span) : heard.text;
    return turn.say('dialogue.routine.unclear', { part });
  }
  const commands = [...before, ...fits].map(({ intent, slots }) => ({ intent, slots }));
  const routine = routineSchema.safeParse({ name, said: heard.text, commands });
  if (!routine.success) return turn.say('dialogue.routine.too_much', { most: LONGEST_ROUTINE });
  turn.change((profile) => ({ ...profile, routines: [...taught(profile.routines, routine.data)] }));
  turn.say('dialogue.routine.taught', { name, what: listed(commands, turn) });
}

const listed = (commands: readonly Command[], turn: Turn) =>
  turn.replies.list(commands.map((command) => inWords(command, turn.replies)));

const UNITS = {
  temperature: 'Vehicle.Cabin.Infotainment.HMI.TemperatureUnit',
  distance: 'Vehicle.Cabin.Infotainment.HMI.DistanceUnit',
  speed: 'Vehicle.Cabin.Infotainment.HMI.SpeedUnit',
} as const;

function useUnits(turn: Turn, units: Profile['units']): void {
  turn.change((profile) => ({ ...profile, units: { ...profile.units, ...units } }));
  showUnits(turn, units);
  turn.say('dialogue.profile.units', { unit: units.temperature ?? units.distance ?? '' });
}

/** The screens, and with them the replies, in the units of a profile. */
export function showUnits(turn: Turn, { temperature, distance }: Profile['units']): void {
  const { car, seat } = turn.by;
  if (temperature) car.write(UNITS.temperature, temperature, { seat });
  if (!distance) return;
  car.write(UNITS.distance, distance, { seat });
  car.write(UNITS.speed, distance === 'MILES' ? 'MILES_PER_HOUR' : 'KILOMETERS_PER_HOUR', { seat });
}

function switchProfile(turn: Turn, name: string): void {
  const profile = named(turn.profiles, name);
  if (!profile) return turn.say('dialogue.profile.unknown', { name });
  turn.keep({ ...turn.profiles, current: profile.name });
  showUnits(turn, profile.units);
  turn.say('dialogue.profile.hello', { name: profile.name });
}

function newDriver(turn: Turn, name: string): void {
  if (named(turn.profiles, name)) return switchProfile(turn, name);
  const given = name.charAt(0).toUpperCase() + name.slice(1);
  const before = turn.profiles;
  turn.keep(withProfile(before, newProfile(given)));
  turn.say(turn.profiles === before ? 'dialogue.profile.full' : 'dialogue.profile.new', { name: given });
}

function nameContact(turn: Turn, name: string, person: string): void {
  const contact = { text: person, value: person };
  const known = turn.by.car.execute(
    { intent: 'phone.contact.query', slots: { contact } },
    { seat: turn.by.seat },
  );
  const means =
    typeof known.facts.name === 'string' && known.status === 'answered' ? known.facts.name : undefined;
  if (means === undefined) return turn.tell(known);
  turn.change((profile) => withName(profile, { name, is: 'contact', means }));
  turn.say('dialogue.profile.contact', { name, person: means });
}

/** "Later", "don't tell me again". */
function quieten(turn: Turn, { kind, name }: Ahead): void {
  const watcher = lastWatcher(turn.before);
  const rule = turn.by.data.watchers.find(({ id }) => id === watcher);
  if (!rule) return turn.say('dialogue.deny');
  if (kind === 'mute') {
    turn.learn({ watch: muted(turn.before.watch, rule.id) });
    return turn.say('dialogue.watch.muted');
  }
  const spoken = name === '' ? undefined : duration(name);
  const wait = (spoken && durationOf({ text: name, value: spoken.value })) ?? rule.snooze;
  turn.learn({ watch: snoozed(turn.before.watch, rule.id, turn.by.now + wait) });
  turn.say('dialogue.watch.snoozed', { minutes: Math.max(1, Math.round(wait / 60_000)) });
}

function tellPrivacy(turn: Turn): void {
  const { handsOver, data } = turn.by;
  turn.say(handsOver ? 'dialogue.privacy.on' : 'dialogue.privacy.off', { what: data.privacy.sends });
}
