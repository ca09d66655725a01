import assert from 'node:assert/strict';
import type { FoundPlace, PlaceQuery } from '../../../vehicle/world.ts';
import { newCar, tell, type ShortSlots } from '../../support/small-car.ts';
import { SmallWorld } from '../../support/small-world.ts';
import { talk } from '../../support/talk.ts';

/** A car that has been told to remember these, each with its time. */
function reminded(...reminders: readonly ShortSlots[]) {
  const car = newCar();
  for (const slots of reminders) tell(car, 'reminder.add', slots);
  return { car, left: () => tell(car, 'reminder.query').facts.names };
}

const MILK = { item: 'buy milk', datetime: '17:00' };
const BANK = { item: 'ring the bank', datetime: '16:00' };
const TIMER = { duration: 'PT10M' };

describe('vehicle: agenda', () => {
  it('[CAR-80] the only reminder goes, of several the car asks which', () => {
    const { car, left } = reminded(MILK);
    assert.equal(tell(car, 'reminder.remove').status, 'done');
    assert.deepEqual(left(), []);
    const several = reminded(MILK, TIMER);
    const asked = tell(several.car, 'reminder.remove');
    assert.equal(asked.status, 'needs');
    assert.equal(asked.code, 'reminder.which');
    assert.deepEqual(asked.facts.names, ['timer', 'buy milk']);
    assert.equal(tell(several.car, 'reminder.remove', { item: 'buy milk' }).status, 'done');
    assert.deepEqual(several.left(), ['timer at 09:10']);
  });

  it('[CAR-80] all go when that was said, of one kind when that was said', () => {
    for (const [item, names] of [
      ['all', []],
      ['all of them', []],
      ['everything', []],
      ['all my timers', ['ring the bank at 16:00', 'buy milk at 17:00']],
      ['all reminders', ['timer at 09:10', 'timer at 09:20']],
    ] as const) {
      const { car, left } = reminded(MILK, BANK, TIMER, { duration: 'PT20M' });
      assert.equal(tell(car, 'reminder.remove', { item }).status, 'done', item);
      assert.deepEqual(left(), names, item);
    }
    const { car, left } = reminded({ item: 'alloy wheels', datetime: '17:00' }, MILK);
    tell(car, 'reminder.remove', { item: 'alloy wheels' });
    assert.deepEqual(left(), ['buy milk at 17:00']);
  });

  it('[CAR-80] entries of one name are told apart by their time, and by the time that was said', () => {
    const { car, left } = reminded({ datetime: '10:00' }, { datetime: '12:00' }, MILK);
    const asked = tell(car, 'reminder.remove', { item: 'the alarm' });
    assert.deepEqual(asked.facts.names, ['alarm at 10:00', 'alarm at 12:00', 'all alarms']);
    tell(car, 'reminder.remove', { item: 'alarm at 12:00' });
    assert.deepEqual(left(), ['alarm at 10:00', 'buy milk at 17:00']);
    tell(car, 'reminder.remove', { datetime: '10:00' });
    assert.deepEqual(left(), ['buy milk at 17:00']);
    assert.equal(tell(car, 'reminder.remove', { datetime: '10:00' }).code, 'reminder.none');
    assert.equal(tell(car, 'reminder.remove', { datetime: 'soonish' }).code, 'time.not_understood');
  });

  it('[CAR-80] the same holds for appointments', () => {
    const car = newCar();
    const book = (slots: ShortSlots) => tell(car, 'calendar.add', slots);
    const day = (datetime: string) => tell(car, 'calendar.query', { datetime }).facts.count;
    book({ item: 'dentist', datetime: '2026-11-21T14:30' });
    book({ item: 'lunch', contact: 'Carla', datetime: '2026-11-22T12:00' });
    book({ item: 'lunch', contact: 'Tom', datetime: '2026-11-23T12:00' });
    const asked = tell(car, 'calendar.remove');
    assert.equal(asked.code, 'calendar.which');
    assert.deepEqual(asked.facts.names, [
      'dentist',
      'lunch with Carla',
      'lunch with Tom',
      'all appointments',
    ]);
    assert.deepEqual(tell(car, 'calendar.remove', { item: 'lunch' }).facts.names, [
      'lunch with Carla',
      'lunch with Tom',
    ]);
    tell(car, 'calendar.remove', { item: 'lunch', contact: 'Tom' });
    assert.equal(day('2026-11-23'), 0);
    tell(car, 'calendar.remove', { datetime: '2026-11-22' });
    assert.equal(day('2026-11-22'), 0);
    book({ item: 'choir', datetime: '2026-11-21T19:00' });
    tell(car, 'calendar.remove', { item: 'all appointments' });
    assert.equal(day('2026-11-21'), 0);
  });

  it('[CAR-80] in a conversation the words say which, or the answer does', () => {
    const life = () => {
      const { say, car } = talk();
      tell(car, 'reminder.add', MILK);
      tell(car, 'reminder.add', BANK);
      tell(car, 'reminder.add', TIMER);
      return { say, left: () => tell(car, 'reminder.query').facts.names };
    };
    const timer = life();
    timer.say('cancel the timer', ['reminder.remove']);
    assert.deepEqual(timer.left(), ['ring the bank at 16:00', 'buy milk at 17:00']);
    const all = life();
    all.say('delete all my reminders', ['reminder.remove']);
    assert.deepEqual(all.left(), ['timer at 09:10']);
    const second = life();
    assert.match(
      second.say('delete it', ['reminder.remove']).reply,
      /^Which one: timer, ring the bank, buy milk, or all reminders\?$/,
    );
    second.say('the second one', ['dialogue.choose.select', { ordinal: 2 }]);
    assert.deepEqual(second.left(), ['timer at 09:10', 'buy milk at 17:00']);
    second.say('delete it', ['reminder.remove']);
    second.say('the milk', ['dialogue.choose.select', {}]);
    assert.deepEqual(second.left(), ['timer at 09:10']);
  });

  it('[CAR-81] a timer is told to the second', () => {
    for (const [duration, told] of [
      ['PT1S', 'one second'],
      ['PT45S', '45 seconds'],
      ['PT1M', 'one minute'],
      ['PT90S', '90 seconds'],
      ['PT2M30S', '2 minutes and 30 seconds'],
      ['PT5M', '5 minutes'],
    ] as const)
      assert.equal(
        talk().say('set a timer', ['reminder.add', { duration }]).reply,
        `Timer set: ${told}.`,
        duration,
      );
  });

  it('[CAR-81] a reminder, an alarm or an appointment is told with its day', () => {
    for (const [datetime, when] of [
      ['2026-11-21T17:00', 'at 17:00'],
      ['08:00', 'tomorrow at 08:00'],
      ['2026-11-24T15:00', 'on Tuesday at 15:00'],
      ['2026-11-27T15:00', 'on Friday at 15:00'],
      ['2026-11-28T15:00', 'on November 28 at 15:00'],
      ['2027-07-19T15:00', 'on July 19, 2027 at 15:00'],
    ] as const) {
      const { say } = talk();
      const reply = say('remind me', ['reminder.add', { item: 'milk', datetime }]).reply;
      assert.equal(reply, `I'll remind you ${when}: milk.`);
      assert.equal(say('alarm', ['reminder.add', { datetime }]).reply, `Alarm set for ${said(when)}.`);
      assert.equal(
        say('what reminders are there', ['reminder.query']).reply,
        `2 reminders: milk ${when} and alarm ${when}.`,
      );
      const day = when.startsWith('at') ? `today ${when}` : when;
      assert.equal(
        say('enter tea', ['calendar.add', { item: 'tea', datetime }]).reply,
        `tea is in your calendar, ${day}.`,
      );
      assert.equal(
        say('what is on', ['calendar.query', { datetime }]).reply,
        `One appointment: tea ${when}.`,
      );
    }
  });

  it('[CAR-81] a reminder or an appointment with somebody reads as it was said', () => {
    const { car, left } = reminded({ item: 'call', contact: 'Anna', datetime: '17:00' });
    assert.deepEqual(left(), ['call Anna at 17:00']);
    tell(car, 'calendar.add', { item: 'tea', contact: 'Anna', datetime: '17:00' });
    assert.deepEqual(tell(car, 'calendar.query').facts.names, ['tea with Anna at 17:00']);
  });

  it('[CAR-81] days are those of the car, not of UTC', () => {
    const car = newCar({ utcOffset: 15 * 60 });
    // Here it is midnight, and Sunday.
    tell(car, 'reminder.add', { item: 'milk', duration: 'PT23H' });
    tell(car, 'reminder.add', { item: 'tea', duration: 'PT24H' });
    assert.deepEqual(tell(car, 'reminder.query').facts.names, ['milk at 23:00', 'tea tomorrow at 00:00']);
  });

  it('[CAR-85] the weather in the city is that of the city, not of a place that is named after it', () => {
    class WithAirport extends SmallWorld {
      override places(query: PlaceQuery): readonly FoundPlace[] {
        const [museum] = super.places({ ...query, text: 'Ship Museum' });
        return museum && /smallville/i.test(query.text ?? '')
          ? [{ ...museum, name: 'Smallville Airport' }]
          : super.places(query);
      }
    }
    const car = newCar({ world: new WithAirport() });
    const at = (destination: string) => tell(car, 'weather.query', { destination }).facts.place;
    assert.equal(at('smallville'), 'Smallville');
    assert.equal(at('Smallville Airport'), 'Smallville Airport');
    assert.equal(at('Copper Cup'), 'Copper Cup');
  });
});

/** "Alarm set for 17:00", "for tomorrow at 08:00", "for Friday at 15:00" */
const said = (when: string) => when.replace(/^(at|on) /, '');
