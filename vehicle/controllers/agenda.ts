import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import { clockDate, clockTime, dayName, durationOf, momentOf } from '../time.ts';
import { plain, word } from '../slots.ts';
import { dayAfter, meant, named, spanOf, toldEntry, type Asking, type Entry } from './agenda-entries.ts';
import { placesFor } from './navigation-places.ts';
import { answered, done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Subsystem } from './subsystem.ts';
import { shownDegrees } from './units.ts';

const DUE = 'Vehicle.Cabin.Infotainment.Agenda.Due';
/** How long a reminder that has come due is shown. */
const SHOWN = 30_000;

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
      return forgetReminder(command, view, context);
    case 'reminder.query': {
      const names = context.reminders.map((reminder) => toldEntry(reminder, view));
      return answered('reminder.query', { count: names.length, names });
    }
    case 'calendar.add':
      return book(command, view, context);
    case 'calendar.remove':
      return cancel(command, view, context);
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
  // "Call Anna": what is to be done, then with whom.
  const text = [item, contact].filter((part) => part !== undefined).join(' ') || kind;
  const code = kind === 'timer' ? 'reminder.timer' : kind === 'alarm' ? 'reminder.alarm' : 'reminder.add';
  const seconds = Math.round((at - view.now) / 1000);
  // "90 seconds", as people set them.
  const minutes = seconds < 120 && seconds % 60 !== 0 ? 0 : Math.floor(seconds / 60);
  const facts = {
    text,
    day: dayName(at, view.now, view.utcOffset),
    at: clockTime(at, view.utcOffset),
    minutes,
    seconds: seconds - minutes * 60,
  };
  return done(code, facts, { event: { type: 'remind', reminder: { text, at, kind } } });
}

const ASKING_REMINDER: Asking<Reminder> = {
  which: 'reminder.which',
  none: 'reminder.none',
  group: ({ kind }) => `${kind}s`,
};
const ASKING_EVENT: Asking<Entry> = {
  which: 'calendar.which',
  none: 'calendar.none',
  group: () => 'appointments',
};

function forgetReminder(command: Command, view: View, { reminders }: AgendaContext): AgendaPlan {
  const gone = meant(command, reminders, view, ASKING_REMINDER);
  if ('code' in gone) return gone;
  const left = reminders.filter((each) => !gone.includes(each));
  return done(
    'reminder.remove',
    { count: gone.length, text: gone[0]?.text ?? '' },
    { event: { type: 'setReminders', reminders: left } },
  );
}

function book({ slots }: Command, view: View, { events }: AgendaContext): AgendaPlan {
  const [item, contact] = [word(slots, 'item'), word(slots, 'contact')];
  const what = item !== undefined && contact !== undefined ? `${item} with ${contact}` : (item ?? contact);
  const about = [what, word(slots, 'destination')].filter((part) => part !== undefined);
  if (about.length === 0) return needs('item', 'calendar.what');
  if (!slots.datetime) return needs('datetime', 'calendar.when');
  const at = momentOf(slots.datetime, view.now, view.utcOffset);
  if (at === undefined) return refused('time.not_understood');
  const entry = { text: about.join(', '), at };
  const facts = {
    text: entry.text,
    day: dayName(at, view.now, view.utcOffset),
    time: clockTime(at, view.utcOffset),
  };
  return done('calendar.add', facts, { event: { type: 'setEvents', events: [...events, entry] } });
}

function cancel(command: Command, view: View, { events }: AgendaContext): AgendaPlan {
  const gone = meant(command, events, view, ASKING_EVENT);
  if ('code' in gone) return gone;
  return done(
    'calendar.remove',
    { count: gone.length, text: gone[0]?.text ?? '' },
    { event: { type: 'setEvents', events: events.filter((each) => !gone.includes(each)) } },
  );
}

function agendaOf({ slots }: Command, view: View, { events }: AgendaContext): AgendaPlan {
  const span = slots.datetime
    ? spanOf(slots.datetime, view, 'hour')
    : { from: view.now, until: dayAfter(view.now, view.utcOffset) };
  if (!span) return refused('time.not_understood');
  const about = word(slots, 'item') ?? word(slots, 'contact');
  const day = (about === undefined ? events : named(about, events)).filter(
    ({ at }) => at >= span.from && at < span.until,
  );
  const names = day.map((event) => toldEntry(event, view));
  return answered('calendar.query', {
    count: names.length,
    names,
    date: clockDate(span.from, view.utcOffset),
  });
}

function weather({ slots }: Command, view: View): AgendaPlan {
  const asked = word(slots, 'destination');
  const when = slots.datetime ? momentOf(slots.datetime, view.now, view.utcOffset) : view.now;
  if (when === undefined) return refused('time.not_understood');
  const here = view.world.weather(view.position, when);
  // The city is none of its own places, though some are named after it.
  const isHere = asked === undefined || plain(asked) === plain(here.place);
  const place = isHere ? undefined : placesFor({ text: asked }, view)[0];
  if (!isHere && !place) return refused('navigation.no_place', { query: asked });
  const report = place ? view.world.weather(place.at, when) : here;
  const facts = {
    place: place?.name ?? report.place,
    condition: report.condition,
    degrees: shownDegrees(report.temperature, view),
    chance: Math.round(report.chanceOfRain),
  };
  const item = plain(word(slots, 'item') ?? '');
  return answered(/rain|umbrella|wet/.test(item) ? 'weather.rain' : 'weather.query', {
    ...facts,
    now: Math.abs(when - view.now) < 3_600_000,
  });
}
