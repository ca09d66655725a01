import assert from 'node:assert/strict';
import { newCar, tell, type ShortSlots } from '../../support/small-car.ts';
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
    assert.deepEqual(asked.facts.names, ['dentist', 'lunch, Carla', 'lunch, Tom', 'all appointments']);
    assert.deepEqual(tell(car, 'calendar.remove', { item: 'lunch' }).facts.names, [
      'lunch, Carla',
      'lunch, Tom',
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
});
