import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import { clockDate, clockTime, durationOf, momentOf } from '../time.ts';
import { atoms, plain, word } from '../slots.ts';
import { placesFor } from './navigation-places.ts';
import { answered, done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Subsystem } from './subsystem.ts';

const DUE = 'Vehicle.Cabin.Infotainment.Agenda.Due';
/** How long a reminder that has come due is shown. */
const SHOWN = 30_000;
const DAY = 86_400_000;

interface Entry {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}
interface Reminder extends Entry {
  readonly kind: 'reminder' | 'alarm' | 'timer';
}
interface AgendaContext {
  readonly reminders: readonly Reminder[];
  readonly events: readonly Entry[];
  readonly due: string;
  readonly dueUntil: number;
}
type AgendaEvent =
  | { type: 'remind'; reminder: Reminder }
  | { type: 'setReminders'; reminders: readonly Reminder[] }
  | { type: 'setEvents'; events: readonly Entry[] }
  | { type: 'tick'; now: number };

const inOrder = <T extends Entry>(entries: readonly T[]) => entries.toSorted((a, b) => a.at - b.at);

const machine = setup({ types: { context: {} as AgendaContext, events: {} as AgendaEvent } }).createMachine({
  context: { reminders: [], events: [], due: '', dueUntil: 0 },
  initial: 'quiet',
  on: {
    remind: {
      actions: assign({ reminders: ({ context, event }) => inOrder([...context.reminders, event.reminder]) }),
    },
    setReminders: { actions: assign({ reminders: ({ event }) => event.reminders }) },
    setEvents: { actions: assign({ events: ({ event }) => inOrder(event.events) }) },
    tick: [
      {
        guard: ({ context, event }) => (context.reminders[0]?.at ?? Infinity) <= event.now,
        target: '.reminding',
        actions: assign(({ context, event }) => ({
          due: context.reminders[0]?.text ?? '',
          dueUntil: event.now + SHOWN,
          reminders: context.reminders.slice(1),
        })),
      },
      {
        guard: ({ context, event }) => context.dueUntil <= event.now,
        target: '.quiet',
        actions: assign({ due: '' }),
      },
    ],
  },
  states: { quiet: {}, reminding: {} },
});
type AgendaState = ReturnType<typeof machine.resolveState>;
type AgendaPlan = Plan<AgendaEvent>;

/** Reminders, timers, the calendar, the clock, and the weather that one plans by. */
export function agenda(): Subsystem {
  return subsystem({
    name: 'agenda',
    targets: ['reminder', 'calendar', 'clock', 'weather'],
    machine,
    plan,
    project: ({ context }) => [write(DUE, context.due)],
    wakeAt: (state) =>
      Math.min(
        state.context.reminders[0]?.at ?? Infinity,
        state.matches('reminding') ? state.context.dueUntil : Infinity,
      ),
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

function plan(command: Command, view: View, { context }: AgendaState): AgendaPlan {
  const { intent, slots } = command;
  switch (intent) {
    case 'reminder.add':
      return remind(command, view);
    case 'reminder.remove':
      return forgetReminder(word(slots, 'item'), context);
    case 'reminder.query': {
      const names = context.reminders.map(({ text, at }) => `${text} at ${clockTime(at, view.utcOffset)}`);
      return answered('reminder.query', { count: names.length, names });
    }
    case 'calendar.add':
      return book(command, view, context);
    case 'calendar.remove':
      return cancel(word(slots, 'item') ?? word(slots, 'contact'), context);
    case 'calendar.query':
      return agendaOf(command, view, context);
    case 'clock.query':
      if (slots.destination) return unavailable('clock.elsewhere', { place: slots.destination.text });
      return answered('clock.query', {
        time: clockTime(view.now, view.utcOffset),
        date: clockDate(view.now, view.utcOffset),
      });
    default:
      return weather(command, view);
  }
}

function remind({ slots }: Command, view: View): AgendaPlan {
  const duration = durationOf(slots.duration);
  const moment = slots.datetime && momentOf(slots.datetime, view.now, view.utcOffset);
  if ((slots.duration && duration === undefined) || (slots.datetime && moment === undefined))
    return refused('time.not_understood');
  const at = duration === undefined ? moment : view.now + duration;
  if (at === undefined) return needs('datetime', 'reminder.when');
  if (at <= view.now) return refused('time.past');
  const item = word(slots, 'item');
  const contact = word(slots, 'contact');
  const kind =
    item !== undefined || contact !== undefined ? 'reminder' : duration === undefined ? 'alarm' : 'timer';
  const text = [item, contact].filter((part) => part !== undefined).join(', ') || kind;
  const code = kind === 'timer' ? 'reminder.timer' : kind === 'alarm' ? 'reminder.alarm' : 'reminder.add';
  const facts = {
    text,
    at: clockTime(at, view.utcOffset),
    minutes: Math.round((at - view.now) / 60_000),
    seconds: Math.round((at - view.now) / 1000),
  };
  return done(code, facts, { event: { type: 'remind', reminder: { text, at, kind } } });
}

/** Entries that these words name; all of them when nothing was named. */
function named<T extends Entry>(said: string | undefined, entries: readonly T[]): readonly T[] {
  if (said === undefined) return entries;
  const wanted = plain(said);
  return entries.filter(({ text }) => plain(text).includes(wanted) || wanted.includes(plain(text)));
}

function forgetReminder(item: string | undefined, { reminders }: AgendaContext): AgendaPlan {
  const said = item === undefined ? '' : plain(item);
  const kind = /timer|alarm/.exec(said)?.[0];
  const gone = /^all|every/.test(said)
    ? reminders
    : kind === undefined
      ? named(item, reminders)
      : reminders.filter((each) => each.kind === kind);
  if (gone.length === 0) return refused('reminder.none');
  const event = {
    type: 'setReminders',
    reminders: reminders.filter((each) => !gone.includes(each)),
  } as const;
  return done('reminder.remove', { count: gone.length, text: gone[0]?.text ?? '' }, { event });
}

function book({ slots }: Command, view: View, { events }: AgendaContext): AgendaPlan {
  const about = [word(slots, 'item'), word(slots, 'contact'), word(slots, 'destination')].filter(
    (part) => part !== undefined,
  );
  if (about.length === 0) return needs('item', 'calendar.what');
  if (!slots.datetime) return needs('datetime', 'calendar.when');
  const at = momentOf(slots.datetime, view.now, view.utcOffset);
  if (at === undefined) return refused('time.not_understood');
  const entry = { text: about.join(', '), at };
  const facts = {
    text: entry.text,
    date: clockDate(at, view.utcOffset),
    time: clockTime(at, view.utcOffset),
  };
  return done('calendar.add', facts, { event: { type: 'setEvents', events: [...events, entry] } });
}

function cancel(item: string | undefined, { events }: AgendaContext): AgendaPlan {
  const [gone] = named(item, events);
  if (!gone) return refused('calendar.none');
  return done(
    'calendar.remove',
    { text: gone.text },
    { event: { type: 'setEvents', events: events.filter((each) => each !== gone) } },
  );
}

function agendaOf({ slots }: Command, view: View, { events }: AgendaContext): AgendaPlan {
  const from = slots.datetime ? momentOf(slots.datetime, view.now, view.utcOffset) : view.now;
  if (from === undefined) return refused('time.not_understood');
  const isDay = slots.datetime === undefined || !String(atoms(slots.datetime)[0]).includes('T');
  const until = isDay
    ? Math.floor((from + view.utcOffset) / DAY + 1) * DAY - view.utcOffset
    : from + DAY / 24;
  const day = named(word(slots, 'item') ?? word(slots, 'contact'), events).filter(
    ({ at }) => at >= from && at < until,
  );
  const names = day.map(({ text, at }) => `${text} at ${clockTime(at, view.utcOffset)}`);
  return answered('calendar.query', { count: names.length, names, date: clockDate(from, view.utcOffset) });
}

function weather({ slots }: Command, view: View): AgendaPlan {
  const asked = word(slots, 'destination');
  const place = asked === undefined ? undefined : placesFor({ text: asked }, view)[0];
  if (asked !== undefined && !place) return refused('navigation.no_place', { query: asked });
  const when = slots.datetime ? momentOf(slots.datetime, view.now, view.utcOffset) : view.now;
  if (when === undefined) return refused('time.not_understood');
  const report = view.world.weather(place?.at ?? view.position, when);
  const fahrenheit = view.text('Vehicle.Cabin.Infotainment.HMI.TemperatureUnit') === 'F';
  const degrees = Math.round(fahrenheit ? report.temperature * 1.8 + 32 : report.temperature);
  const facts = {
    place: place?.name ?? report.place,
    condition: report.condition,
    degrees,
    chance: Math.round(report.chanceOfRain),
  };
  const item = plain(word(slots, 'item') ?? '');
  return answered(/rain|umbrella|wet/.test(item) ? 'weather.rain' : 'weather.query', {
    ...facts,
    now: Math.abs(when - view.now) < 3_600_000,
  });
}
