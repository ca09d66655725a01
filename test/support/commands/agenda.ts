import { first, type Case } from './case.ts';

/** Clock, weather, calendar, reminders. */
export const AGENDA_COMMANDS: readonly Case[] = [
  {
    intent: 'weather.query',
    slots: { datetime: '2026-11-21T18:00' },
    status: 'answered',
    facts: { condition: 'rain', degrees: 9 },
  },
  { intent: 'clock.query', status: 'answered', facts: { time: '09:00', date: '2026-11-21' } },
  {
    intent: 'calendar.add',
    slots: { item: 'dentist', datetime: '2026-11-21T14:30' },
    facts: { text: 'dentist', time: '14:30' },
  },
  {
    intent: 'calendar.query',
    given: first('calendar.add', { item: 'dentist', datetime: '2026-11-21T14:30' }),
    status: 'answered',
    facts: { count: 1, names: ['dentist at 14:30'] },
  },
  {
    intent: 'calendar.remove',
    slots: { item: 'the dentist' },
    given: first('calendar.add', { item: 'dentist', datetime: '2026-11-21T14:30' }),
    facts: { text: 'dentist' },
  },
  {
    intent: 'reminder.add',
    slots: { item: 'buy milk', datetime: '17:00' },
    facts: { text: 'buy milk', at: '17:00' },
  },
  {
    intent: 'reminder.query',
    given: first('reminder.add', { duration: 'PT10M' }),
    status: 'answered',
    facts: { count: 1, names: ['timer at 09:10'] },
  },
  {
    intent: 'reminder.remove',
    slots: { item: 'the timer' },
    given: first('reminder.add', { duration: 'PT10M' }),
    facts: { count: 1 },
  },
];
