import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  converse,
  NEW_CONVERSATION,
  QUESTION_LIFETIME,
  type ConversationState,
} from '../../../assistant/dialogue/conversation.ts';
import { createReplies } from '../../../assistant/dialogue/replies.ts';
import type { Slots } from '../../../vehicle/command.ts';
import type { Intent } from '../../../vehicle/ontology.generated.ts';
import { newCar } from '../../support/small-car.ts';

const english = readFileSync(
  fileURLToPath(import.meta.resolve('#package/assistant/dialogue/replies/en.yaml')),
  'utf8',
);
const DRIVER = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature';
const PASSENGER = 'Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature';

/** A person in the driver's seat of a real vehicle, who has been understood perfectly. */
function start() {
  const car = newCar();
  const replies = createReplies(english, 'en', () => 0);
  let state: ConversationState = NEW_CONVERSATION;
  const say = (text: string, ...commands: [intent: Intent, slots?: Slots][]) => {
    const heard = {
      text,
      commands: commands.map(([intent, slots = {}]) => ({
        intent,
        slots,
        confidence: 1,
        span: [0, text.length] as const,
      })),
      rejected: [],
      domain: 'vehicle' as const,
      ms: 0,
    };
    const exchange = converse(state, heard, { seat: 'driver', now: car.now, car, replies });
    state = exchange.state;
    return exchange;
  };
  const target = (path: string) => car.read(path).target ?? car.read(path).value;
  return { car, say, target, state: () => state };
}
const slot = (value: string | number, unit?: string) => ({
  text: String(value),
  value,
  ...(unit && { unit }),
});

describe('conversation', () => {
  it('[TALK-2] several wishes are carried out in order, a refusal stops none, and one undo takes all back', () => {
    const { car, say, target } = start();
    car.sense('Vehicle.Speed', 80);
    const before = target(DRIVER);
    const { outcomes, reply } = say(
      'open the trunk, set it to 23 and turn on the ac',
      ['trunk.open'],
      ['climate.temperature.set', { temperature: slot(23) }],
      ['climate.ac.on'],
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['refused', 'done', outcomes[2]?.status === 'unchanged' ? 'unchanged' : 'done'],
    );
    assert.equal(target(DRIVER), 23);
    assert.ok(reply.length > 10);
    say('undo', ['dialogue.undo.select']);
    assert.equal(target(DRIVER), before);
  });

  it('[TALK-3] yes carries out what had to be confirmed, once', () => {
    const { say, car, target } = start();
    const lane = 'Vehicle.ADAS.LaneDepartureDetection.IsEnabled';
    car.sense('Vehicle.Speed', 80);
    say('turn on lane assist', ['drive.lane_assist.on']);
    assert.equal(say('turn off lane assist', ['drive.lane_assist.off']).outcomes[0]?.status, 'confirm');
    assert.equal(target(lane), true);
    assert.equal(say('yes', ['dialogue.affirm.select']).outcomes[0]?.status, 'done');
    assert.equal(target(lane), false);
    assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
  });

  it('[TALK-3] no drops the question, and so does time', () => {
    for (const drop of ['dialogue.deny.select', 'dialogue.cancel.select', undefined] as const) {
      const { say, car, target, state } = start();
      const lane = 'Vehicle.ADAS.LaneDepartureDetection.IsEnabled';
      car.sense('Vehicle.Speed', 80);
      say('turn on lane assist', ['drive.lane_assist.on']);
      say('turn off lane assist', ['drive.lane_assist.off']);
      if (drop) say('no', [drop]);
      else car.advance(QUESTION_LIFETIME + 1);
      assert.deepEqual(say('yes', ['dialogue.affirm.select']).outcomes, []);
      assert.equal(target(lane), true);
      assert.equal(state().question, null);
    }
  });

  it('[TALK-3] a missing value is asked for and filled by the answer', () => {
    const { say } = start();
    const { outcomes, state } = say('call', ['phone.call.start']);
    assert.equal(outcomes[0]?.status, 'needs');
    assert.equal(state.question?.kind, 'slot');
    const answer = say('anna', ['dialogue.choose.select', { contact: slot('anna') }]);
    assert.equal(answer.outcomes[0]?.command.intent, 'phone.call.start');
    assert.equal(answer.outcomes[0].command.slots.contact?.value, 'anna');
  });

  it('[TALK-4] "and the passenger too" takes the missing value from the turn before', () => {
    const { say, target } = start();
    say('set it to 25', ['climate.temperature.set', { temperature: slot(25) }]);
    say('and the passenger too', ['climate.temperature.set', { zone: slot('passenger') }]);
    assert.equal(target(PASSENGER), 25);
  });

  it('[TALK-4] "no, 22" replaces the value, "again" repeats the step', () => {
    const { say, target } = start();
    say('set it to 25', ['climate.temperature.set', { temperature: slot(25) }]);
    say('no, 22', ['dialogue.correct.select', { temperature: slot(22) }]);
    assert.equal(target(DRIVER), 22);
    say('warmer', ['climate.temperature.increase', { amount: slot(1, 'degree') }]);
    say('again', ['dialogue.again.select']);
    assert.equal(target(DRIVER), 24);
  });

  it('[TALK-5] "stop" with nothing open stops the media; a cancel with nothing open changes nothing', () => {
    const { say } = start();
    say('play some jazz', ['media.playback.start', { genre: slot('jazz') }]);
    assert.equal(say('stop', ['dialogue.cancel.select']).outcomes[0]?.command.intent, 'media.playback.stop');
    assert.deepEqual(say('never mind', ['dialogue.cancel.select']).outcomes, []);
  });

  it('[TALK-6] why? names the reason of the refusal', () => {
    const { car, say } = start();
    car.sense('Vehicle.Speed', 80);
    say('open the trunk', ['trunk.open']);
    const { reply } = say('why', ['dialogue.why.query']);
    assert.match(reply, /park|stop|moving|driv|still/i);
  });

  it('[TALK-7] silence has no reply and is forgotten', () => {
    const { say, state } = start();
    say('set it to 25', ['climate.temperature.set', { temperature: slot(25) }]);
    const before = state();
    assert.equal(say('', ['none.silence.select']).reply, '');
    assert.deepEqual(state().context, before.context);
  });

  it('[TALK-7] the context holds the last three turns, never more', () => {
    const { say, state } = start();
    for (let index = 0; index < 10; index++) say(`hello ${index}`, ['dialogue.greet.select']);
    assert.equal(state().context.length, 3);
    assert.equal(state().context.at(-2)?.text, 'hello 9');
  });
});
