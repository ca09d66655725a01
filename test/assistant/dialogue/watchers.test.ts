import assert from 'node:assert/strict';
import { readWatchers, watch, type WatchMemory } from '../../../assistant/dialogue/watchers/watch.ts';
import { sense } from '../../support/small-car.ts';
import { DATA, talk } from '../../support/talk.ts';

const HOT = { 'Cabin.HVAC.AmbientAirTemperature': 34 };
const COOL = { 'Cabin.HVAC.AmbientAirTemperature': 22 };

describe('dialogue: watchers', () => {
  it('[TALK-23] speaks once, after its time, and again only after it was over', () => {
    const { car, wait } = talk();
    wait(10_000);
    sense(car, HOT);
    assert.deepEqual(wait(4000), []);
    assert.equal(wait(60_000).length, 1);
    assert.deepEqual(wait(300_000), []);
    sense(car, COOL);
    wait(5000);
    sense(car, HOT);
    assert.equal(wait(60_000).length, 1);
  });

  it('[TALK-23] inside the band nobody speaks: an hour of a plain drive is quiet', () => {
    const { car, wait } = talk();
    sense(car, {
      Speed: 80,
      'Powertrain.Transmission.SelectedGear': 127,
      'Powertrain.Transmission.CurrentGear': 127,
    });
    assert.deepEqual(wait(3_600_000), []);
  });

  it('[TALK-26] "yes" carries out the offer, "no" does not', () => {
    for (const [answer, on] of [
      ['dialogue.affirm.select', true],
      ['dialogue.deny.select', false],
    ] as const) {
      const { car, wait, say, target } = talk();
      wait(10_000);
      sense(car, HOT);
      assert.match(wait(20_000).join(), /34 degrees.*Shall I/);
      say('answer', [answer]);
      assert.equal(target('Cabin.HVAC.IsAirConditioningActive'), on);
    }
  });

  it('[TALK-26] "later" brings it back after a while, "don\'t tell me again" never', () => {
    const { car, wait, say } = talk();
    wait(10_000);
    sense(car, HOT);
    assert.equal(wait(20_000).length, 1);
    assert.match(say('remind me in five minutes', ['reminder.add']).reply, /5 minutes/);
    assert.deepEqual(wait(290_000), []);
    assert.equal(wait(40_000).length, 1);
    say("don't tell me again", ['none.out_of_scope.select']);
    assert.deepEqual(wait(3_600_000), []);
  });

  it('[TALK-24] waits for the end of a call, an open question, a turn just spoken, and the next manoeuvre', () => {
    const PHONE = 'Cabin.Infotainment.Phone.IncomingCall';
    const call = talk();
    call.wait(10_000);
    sense(call.car, { [PHONE]: '+12025550103' });
    call.say('answer', ['phone.call.open']);
    sense(call.car, HOT);
    assert.deepEqual(call.wait(30_000), []);
    call.say('hang up', ['phone.call.stop']);
    assert.deepEqual(call.wait(6000), []);
    assert.equal(call.wait(10_000).length, 1);

    const asked = talk();
    asked.wait(10_000);
    sense(asked.car, HOT);
    asked.say('call', ['phone.call.start']);
    assert.deepEqual(asked.wait(25_000), []);
    assert.equal(asked.wait(20_000).length, 1);
  });

  it('[TALK-24] what is urgent does not wait; in the middle of words nothing is said', () => {
    const { car, wait, say, dialogue } = talk();
    wait(10_000);
    sense(car, { Speed: 70, 'Driver.FatigueLevel': 80 });
    say('call', ['phone.call.start']);
    for (let second = 0; second < 20; second++) {
      car.advance(1000);
      assert.equal(dialogue.step(car.now, true), '');
    }
    assert.equal(wait(10_000).length, 1);
  });

  it('[TALK-25] a tyre that loses air is noticed before it is low', () => {
    const { car, wait } = talk();
    const said: string[] = [];
    for (let second = 0; second < 90; second++) {
      sense(car, { 'Chassis.Axle.Row2.Wheel.Left.Tire.Pressure': Math.round(260 - second / 6) });
      said.push(...wait(1000));
    }
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /rear left tire is losing air/);
  });

  it('[TALK-23] why? after the car spoke up tells the reading', () => {
    const { car, wait, say } = talk();
    wait(10_000);
    sense(car, { 'Cabin.CO2': 1700 });
    wait(20_000);
    assert.match(say('why', ['dialogue.why.query']).reply, /stale/);
  });

  it('[CAR-82] a watcher tells degrees as the screens show them', () => {
    const { car, wait } = talk();
    sense(car, { 'Cabin.Infotainment.HMI.TemperatureUnit': 'F' });
    wait(10_000);
    sense(car, HOT);
    assert.match(wait(60_000).join(), /(9|1\d)\d degrees/);
  });

  it('[TALK-31] what watchers say, with every offer, is in the catalogue', () => {
    const { dialogue } = talk();
    for (const { say, id, offer } of DATA.watchers) {
      assert.ok(dialogue.replies.has(say), say);
      if (offer.length > 0)
        assert.doesNotMatch(dialogue.replies.say('dialogue.watch.offer', { watcher: id }), /something/, id);
    }
  });

  it('[TALK-36] what watchers remember stays bounded', () => {
    let memory: WatchMemory = {};
    for (let now = 0; now < 3_600_000; now += 1000) {
      ({ memory } = watch(DATA.watchers, memory, { read: () => 100 + (now % 7), isFitting: true, now }));
    }
    assert.ok(JSON.stringify(memory).length < 10_000, String(JSON.stringify(memory).length));
  });

  it('[TALK-23] a rule that does not fit is named', () => {
    assert.throws(() => readWatchers('- {id: x, say: y, moment: sometimes}'), /moment/);
  });
});
