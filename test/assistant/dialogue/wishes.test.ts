import assert from 'node:assert/strict';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import { sense } from '../../support/small-car.ts';
import { talk } from '../../support/talk.ts';

const WINDOW = 'Cabin.Door.Row1.DriverSide.Window.Position';
const SEAT = 'Cabin.Seat.Row1.DriverSide.HeatingCooling';

/** What somebody says in a state of the car, and the commands that follow. */
function inState(
  state: Record<string, SignalValue>,
  text: string,
  intent = 'none.out_of_scope.select' as const,
) {
  const conversation = talk();
  sense(conversation.car, state);
  return { ...conversation, ...conversation.say(text, [intent]) };
}
const COLD = 'climate.comfort.increase' as never;
const HOT = 'climate.comfort.decrease' as never;

describe('dialogue: wishes', () => {
  it('[TALK-19] "I\'m cold" closes the open window, else heats what helps, and says why', () => {
    const windy = inState({ [WINDOW]: 40 }, "i'm cold", COLD);
    assert.equal(windy.target(WINDOW), 0);
    assert.match(windy.reply, /12 degrees outside/);
    assert.match(windy.say('why', ['dialogue.why.query']).reply, /12 degrees.*window/);

    const warming = inState({ 'Cabin.HVAC.AmbientAirTemperature': 8 }, "i'm cold", COLD);
    assert.ok(Number(warming.target(SEAT)) > 60);
    assert.equal(warming.target('Cabin.HVAC.IsRecirculationActive'), true);

    const roof = inState({ 'Cabin.Sunroof.Position': 50 }, "i'm cold", COLD);
    assert.equal(roof.target('Cabin.Sunroof.Position'), 0);

    const plain = inState({}, "i'm cold", COLD);
    assert.equal(plain.target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 22);
  });

  it('[CAR-82] what the car saw is told in the units of its screens, also when it is asked why', () => {
    const windy = inState({ 'Cabin.Infotainment.HMI.TemperatureUnit': 'F', [WINDOW]: 40 }, "i'm cold", COLD);
    assert.match(windy.reply, /54 degrees outside/);
    const why = windy.say('why', ['dialogue.why.query']).reply;
    assert.match(why, /54 degrees.*window/);
    assert.doesNotMatch(why, /\b12\b/);
  });

  it('[TALK-19] "I\'m hot" ends the seat heating, lets cool air in, or cools', () => {
    const seat = talk();
    seat.say('heat my seat', ['seat.heating.on']);
    seat.say("i'm hot", ['climate.comfort.decrease']);
    assert.equal(seat.target(SEAT), 0);
    const air = inState({ 'Cabin.HVAC.AmbientAirTemperature': 30 }, "i'm hot", HOT);
    assert.ok(Number(air.target(WINDOW)) > 0);
    const hotter = inState(
      { 'Cabin.HVAC.AmbientAirTemperature': 30, 'Exterior.AirTemperature': 36, [WINDOW]: 60 },
      "i'm hot",
      HOT,
    );
    assert.equal(hotter.target(WINDOW), 0);
    assert.equal(hotter.target('Cabin.HVAC.IsAirConditioningActive'), true);
  });

  it('[TALK-19] a wish with an amount is as it was said', () => {
    const { say, target } = talk();
    say('a lot warmer', ['climate.comfort.increase', { amount: 'large' }]);
    assert.equal(target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 23);
  });

  it('[TALK-19] "it\'s loud" closes windows on the road, turns the music down, or the fan', () => {
    const wind = inState({ Speed: 90, [WINDOW]: 60 }, "it's so loud in here");
    assert.equal(wind.target(WINDOW), 0);
    const music = talk();
    music.say('play something', ['media.playback.start']);
    const before = Number(music.target('Cabin.Infotainment.Media.Volume'));
    music.say("it's loud", ['media.volume.decrease']);
    assert.ok(Number(music.target('Cabin.Infotainment.Media.Volume')) < before);
    assert.match(inState({}, "it's too loud in here").reply, /quiet/);
  });

  it('[TALK-19] "I can\'t see anything": wipers in rain, lights in the dark, defroster in the cold, else a proposal', () => {
    const first = (state: Record<string, SignalValue>) =>
      inState(state, "i can't see anything").outcomes.map(({ command }) => command.intent);
    assert.deepEqual(first({ 'Body.Raindetection.Intensity': 50 }), ['wiper.on']);
    assert.deepEqual(first({ 'Exterior.LightIntensity': 5, 'Body.Lights.LightSwitch': 'OFF' }), [
      'light.headlight.on',
    ]);
    assert.deepEqual(first({ 'Exterior.AirTemperature': -3 }), ['climate.defrost.on']);
    const proposal = inState({}, "i can't see anything");
    assert.deepEqual(proposal.outcomes, []);
    assert.match(proposal.reply, /Shall I/);
    const { outcomes } = proposal.say('yes', ['dialogue.affirm.select']);
    assert.equal(outcomes[0]?.command.intent, 'climate.defrost.on');
  });

  it('[TALK-19] sleeping children, hurry, hunger, an empty battery, a tired driver', () => {
    const intents = (text: string) => inState({}, text).outcomes.map(({ command }) => command.intent);
    assert.ok(intents('the kids are asleep').includes('media.volume.set'));
    assert.deepEqual(intents("i'm running late"), ['navigation.route.start']);
    assert.deepEqual(intents("i'm hungry"), ['navigation.poi.query']);
    assert.deepEqual(intents("we're low on battery"), ['energy.range.query', 'navigation.poi.query']);
    assert.ok(inState({ Speed: 60 }, "i'm tired").reply.includes('break'));
  });

  it('[TALK-19] in a hurry along a route, the fastest way is taken', () => {
    const { say } = talk();
    say('take me home', ['navigation.route.start', { destination: 'home' }]);
    const { outcomes } = say("we're late", ['navigation.eta.query']);
    assert.deepEqual(
      outcomes.map(({ command }) => command.intent),
      ['navigation.route.set', 'navigation.eta.query'],
    );
  });

  it('[TALK-19] the gate decides about wishes as about commands', () => {
    const { car, from } = talk();
    car.sense(`Vehicle.${WINDOW.replace('Row1', 'Row2')}`, 50);
    const { outcomes } = from('rear_left')("i'm cold", ['climate.comfort.increase']);
    assert.equal(outcomes[0]?.command.intent, 'window.close');
    const off = talk();
    sense(off.car, { LowVoltageSystemState: 'OFF', [WINDOW]: 50 });
    assert.equal(off.say("i'm cold", ['climate.comfort.increase']).outcomes[0]?.status, 'refused');
  });

  it('[TALK-19] a wish about somebody is fulfilled at their seat', () => {
    const { say, target } = talk();
    say('the passenger is cold', ['climate.comfort.increase', { zone: 'passenger' }]);
    assert.equal(target('Cabin.HVAC.Station.Row1.Passenger.Temperature'), 22);
    assert.equal(target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 20);
  });
});
