import assert from 'node:assert/strict';
import { QUESTION_LIFETIME } from '../../../assistant/dialogue/conversation.ts';
import { chooseOption } from '../../../assistant/dialogue/questions/choose.ts';
import type { Option } from '../../../assistant/dialogue/machine/memory.ts';
import { DATA, reading, talk } from '../../support/talk.ts';

const LANE = 'ADAS.LaneDepartureDetection.IsEnabled';

function asked() {
  const { car, say, ...rest } = talk();
  car.sense('Vehicle.Speed', 80);
  say('turn on lane assist', ['drive.lane_assist.on']);
  assert.equal(say('turn off lane assist', ['drive.lane_assist.off']).outcomes[0]?.status, 'confirm');
  return { car, say, ...rest };
}

describe('dialogue: questions', () => {
  it('[TALK-3] yes carries out what had to be confirmed, once', () => {
    const { say, target } = asked();
    assert.equal(target(LANE), true);
    assert.equal(say('yes', ['dialogue.affirm.select']).outcomes[0]?.status, 'done');
    assert.equal(target(LANE), false);
    assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
  });

  it('[TALK-3] no drops the question, and so does time', () => {
    for (const drop of ['dialogue.deny.select', 'dialogue.cancel.select', undefined] as const) {
      const { say, car, target, memory } = asked();
      if (drop) say('no', [drop]);
      else car.advance(QUESTION_LIFETIME + 1);
      assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
      assert.equal(target(LANE), true);
      assert.equal(memory().question, null);
    }
  });

  it('[TALK-3] a missing value is asked for and filled by the answer', () => {
    for (const answer of [
      ['dialogue.choose.select', { contact: 'tom' }],
      ['phone.call.start', { contact: 'tom' }],
      ['none.out_of_scope.select'],
    ] as const) {
      const { say, memory } = talk();
      assert.equal(say('call', ['phone.call.start']).outcomes[0]?.status, 'needs');
      assert.equal(memory().question?.kind, 'slot');
      const { outcomes } = say('tom', [answer[0], answer[1] ?? {}]);
      assert.equal(outcomes[0]?.facts.name, 'Tom Fischer');
    }
  });

  it('[TALK-3] who it goes to is corrected while a message is dictated, and its text is still asked for', () => {
    const { say } = talk();
    say('text anna berger', ['message.start', { contact: 'anna berger' }]);
    const [asked] = say('no, to tom', ['dialogue.correct.select', { contact: 'tom' }]).outcomes;
    assert.equal(asked?.status, 'needs');
    const [sent] = say('no milk today, ask tom', ['dialogue.correct.select', { contact: 'tom' }]).outcomes;
    assert.equal(sent?.status, 'done');
    assert.equal(sent.facts.name, 'Tom Fischer');
    assert.equal(sent.command.slots.message_text?.value, 'no milk today, ask tom');
  });

  it('[TALK-3] a number that was read as another kind is the value asked for', () => {
    const { say, target } = talk();
    say('set the temperature', ['climate.temperature.set']);
    say('twenty two', ['dialogue.choose.select', { level: 22 }]);
    assert.equal(target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 22);
  });

  it('[TALK-3] the text of a message is whatever is said next', () => {
    const { say } = talk();
    say('text tom', ['message.start', { contact: 'tom' }]);
    const { outcomes } = say('tell him turn off the oven', ['climate.power.off']);
    assert.equal(outcomes[0]?.command.intent, 'message.start');
    assert.equal(outcomes[0].facts.text, 'turn off the oven');
  });

  it('[TALK-3] "never mind" drops the question, and "play Nevermind" plays', () => {
    const { say, memory } = talk();
    say('call', ['phone.call.start']);
    assert.deepEqual(say('never mind', ['dialogue.cancel.select']).outcomes, []);
    assert.equal(memory().question, null);
    const { outcomes } = say('play nevermind', ['media.playback.start', { album: 'nevermind' }]);
    assert.equal(outcomes[0]?.command.intent, 'media.playback.start');
  });

  it('[TALK-3] "yes, and open the window" answers and goes on; "no, turn it down" does the other thing', () => {
    const first = asked();
    const { outcomes } = first.say('yes and open the window', ['dialogue.affirm.select'], ['window.open']);
    assert.deepEqual(
      outcomes.map(({ command }) => command.intent),
      ['drive.lane_assist.off', 'window.open'],
    );
    const second = asked();
    const { outcomes: others } = second.say('no, open the window', ['dialogue.deny.select'], ['window.open']);
    assert.deepEqual(
      others.map(({ command }) => command.intent),
      ['window.open'],
    );
    assert.equal(second.target(LANE), true);
  });

  it('[TALK-12] one of several people is chosen by ordinal or by name', () => {
    for (const [said, slots, name] of [
      ['the second one', { ordinal: 2 }, 'Anna Klein'],
      ['the last', { ordinal: 'last' }, 'Anna Klein'],
      ['berger', {}, 'Anna Berger'],
      ['anna klein please', { contact: 'anna klein' }, 'Anna Klein'],
    ] as const) {
      const { say } = talk();
      const { reply } = say('call anna', ['phone.call.start', { contact: 'anna' }]);
      assert.match(reply, /Anna Berger or Anna Klein/);
      assert.equal(say(said, ['dialogue.choose.select', slots]).outcomes[0]?.facts.name, name);
    }
  });

  it('[TALK-12] places are chosen by what sets them apart', () => {
    const place = (id: string, attributes: object, distance: number): Option => ({
      label: `Place ${id}`,
      value: id,
      place: {
        id,
        name: `Place ${id}`,
        category: 'charging_station',
        at: [0, 0],
        address: `${id} Mill Lane`,
        attributes: { ...attributes },
        distance,
      } as Option['place'] & object,
    });
    const options = [
      place('a', { power: 22, price: 0.5, district: 'Northfield' }, 900),
      place('b', { power: 150, price: 0.7, district: 'Old Town' }, 1500),
      place('c', { power: 50, price: 0.3, district: 'Harbour' }, 400),
    ];
    for (const [text, id] of [
      ['the closer one', 'c'],
      ['the cheapest', 'c'],
      ['the one with fast chargers', 'b'],
      ['the farthest', 'b'],
      ['the one in northfield', 'a'],
      ['whatever', 'a'],
    ] as const)
      assert.equal(chooseOption(options, text, {}, DATA.attributes)?.value, id, text);
    assert.equal(chooseOption(options, 'the green one', {}, DATA.attributes), undefined);
  });

  it('[TALK-12] of the places found one may be taken, within a minute', () => {
    const { say, car } = talk();
    const find = () =>
      say('find a charging station', ['navigation.poi.query', { poi_category: 'charging_station' }]);
    const [found] = find().outcomes;
    const ids = found?.facts.ids as string[];
    const taken = say('the second one', ['dialogue.choose.select', { ordinal: 2 }]);
    assert.equal(taken.outcomes[0]?.command.slots.destination?.value, ids[1]);
    find();
    car.advance(61_000);
    assert.deepEqual(say('the second one', ['dialogue.choose.select', { ordinal: 2 }]).outcomes, []);
  });

  it('[TALK-13] another command is carried out, and what the speaker wanted is asked again, once', () => {
    const { say, memory } = talk();
    say('call', ['phone.call.start']);
    const between = say('turn on the ac', ['climate.ac.on']);
    assert.equal(between.outcomes[0]?.status, 'done');
    assert.match(between.reply, /Whom/);
    assert.doesNotMatch(say('open the window', ['window.open']).reply, /Whom/);
    assert.equal(memory().question, null);
  });

  it('[TALK-13] a confirmation does not wait for another command', () => {
    const { say, target } = asked();
    say('open the window', ['window.open']);
    assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
    assert.equal(target(LANE), true);
  });

  it('[TALK-13] a question about the question leaves it open; two answers that fit nothing end it', () => {
    const { say, memory } = talk();
    say('call anna', ['phone.call.start', { contact: 'anna' }]);
    assert.match(say('what was that', ['dialogue.repeat.select']).reply, /Anna Berger/);
    assert.match(say('why', ['dialogue.why.query']).reply, /Anna Berger/);
    say('the tall one', ['dialogue.choose.select']);
    assert.equal(memory().question?.kind, 'choice');
    say('the tall one', ['dialogue.choose.select']);
    assert.equal(memory().question, null);
  });

  it('[TALK-14] what was nearly understood is asked back, contraries by both names', () => {
    const doubtful = (text: string, ...rejected: Parameters<typeof reading>[1]) => ({
      ...reading(text, [['none.out_of_scope.select']]),
      rejected: reading(text, rejected).commands.map((command) => ({ ...command, confidence: 0.45 })),
    });
    const { hear, say, target } = talk();
    const { reply } = hear('driver', doubtful('roof wide', ['sunroof.open']));
    assert.match(reply, /open the sunroof/);
    say('yes', ['dialogue.affirm.select']);
    assert.ok(Number(target('Cabin.Sunroof.Position')) > 0);
    const which = hear('driver', doubtful('the trunk', ['trunk.open'], ['trunk.close']));
    assert.match(which.reply, /open the trunk.*close the trunk/);
    assert.equal(say('open it', ['trunk.open']).outcomes[0]?.command.intent, 'trunk.open');
  });

  it('[TALK-40] of two questions in one breath the second waits for the answer to the first', () => {
    const { car, say, target } = talk();
    car.sense('Vehicle.Speed', 60);
    say('lane assist on', ['drive.lane_assist.on']);
    const { reply } = say(
      'lane assist off and cruise at 150',
      ['drive.lane_assist.off'],
      ['drive.cruise.set', { speed: 150 }],
    );
    assert.equal(reply.split('?').length, 2, reply);
    assert.equal(say('yes', ['dialogue.affirm.select']).outcomes.length, 2);
    assert.equal(target(LANE), false);
    assert.notEqual(target('ADAS.CruiseControl.SpeedSet'), 150);
    say('yes', ['dialogue.affirm.select']);
    assert.equal(target('ADAS.CruiseControl.SpeedSet'), 150);
  });

  it('[TALK-40] who says something else is not asked what was waiting', () => {
    const { car, say, memory } = talk();
    car.sense('Vehicle.Speed', 60);
    say('lane assist on', ['drive.lane_assist.on']);
    say('lane assist off and cruise at 150', ['drive.lane_assist.off'], ['drive.cruise.set', { speed: 150 }]);
    say('open my window', ['window.open']);
    assert.equal(memory().question, null);
    assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
  });

  it('[TALK-40] what was waiting is given up when nobody answers, and is no part of another question', () => {
    const { car, say, memory, wait } = talk();
    car.sense('Vehicle.Speed', 60);
    say('lane assist on', ['drive.lane_assist.on']);
    say('lane assist off and cruise at 150', ['drive.lane_assist.off'], ['drive.cruise.set', { speed: 150 }]);
    assert.equal(memory().held.length, 1);
    wait(QUESTION_LIFETIME + 1_000);
    assert.deepEqual(memory().held, []);
  });

  it('[TALK-40] two wishes for what belongs to somebody else are asked one by one', () => {
    const { say, from, memory } = talk();
    say('set it to 20', ['climate.temperature.set', { temperature: 20 }]);
    say('fan two', ['climate.fan.set', { level: 2 }]);
    const { reply } = from('passenger')(
      'driver side to 25 and the fan to 3',
      ['climate.temperature.set', { temperature: 25, zone: 'driver' }],
      ['climate.fan.set', { level: 3, zone: 'driver' }],
    );
    assert.equal(reply.split('?').length, 2, reply);
    assert.equal(memory().held.length, 1);
  });
});
