import assert from 'node:assert/strict';
import { talk } from '../../support/talk.ts';

const DRIVER = 'Cabin.HVAC.Station.Row1.Driver.Temperature';

describe('dialogue: repair', () => {
  it('[TALK-15] a correction takes back what the last turn changed', () => {
    const { say, target } = talk();
    say('open the window', ['window.open']);
    say('i meant the rear', ['dialogue.correct.select', { zone: 'rear' }]);
    assert.equal(target('Cabin.Door.Row1.DriverSide.Window.Position'), 0);
    assert.equal(target('Cabin.Door.Row2.DriverSide.Window.Position'), 100);
  });

  it('[TALK-15] after a refusal there is nothing to take back', () => {
    const { car, say, target } = talk();
    say('set it to 24', ['climate.temperature.set', { temperature: 24 }]);
    car.sense('Vehicle.Speed', 80);
    say('open my door', ['door.open', { zone: 'driver' }]);
    say('no, the passenger door', ['dialogue.correct.select', { zone: 'passenger' }]);
    assert.equal(target(DRIVER), 24);
  });

  it('[TALK-15] "the other one" is the other of two', () => {
    const { say, target } = talk();
    say('heat my seat', ['seat.heating.on', { zone: 'speaker' }]);
    say('no, the other one', ['dialogue.correct.select']);
    assert.equal(target('Cabin.Seat.Row1.DriverSide.HeatingCooling'), 0);
    assert.ok(Number(target('Cabin.Seat.Row1.PassengerSide.HeatingCooling')) > 0);
  });

  it('[TALK-15] a correction without any value is asked for', () => {
    const { say, target } = talk();
    say('set it to 24', ['climate.temperature.set', { temperature: 24 }]);
    assert.match(say('no', ['dialogue.correct.select']).reply, /instead/);
    say('21', ['dialogue.choose.select', { level: 21 }]);
    assert.equal(target(DRIVER), 21);
  });

  it('[TALK-15] what was taken back already is not taken back again', () => {
    const { say, target } = talk();
    say('set it to 24', ['climate.temperature.set', { temperature: 24 }]);
    say('open my window', ['window.open', { zone: 'driver' }]);
    say('undo that', ['dialogue.undo.select']);
    say('no, i meant the passenger window', ['dialogue.correct.select', { zone: 'passenger' }]);
    assert.equal(target(DRIVER), 24);
    assert.equal(target('Cabin.Door.Row1.PassengerSide.Window.Position'), 100);
  });

  it('[TALK-15] of two wishes the other one stays', () => {
    const { say, target } = talk();
    say(
      'open the sunroof and set the temperature to 24',
      ['sunroof.open'],
      ['climate.temperature.set', { temperature: 24 }],
    );
    say('no, 22', ['dialogue.correct.select', { temperature: 22 }]);
    assert.equal(target(DRIVER), 22);
    assert.equal(target('Cabin.Sunroof.Position'), 100);
  });

  it('[TALK-15] a value replaces the amount of before; after a question it sets what was asked about', () => {
    const { say, target } = talk();
    say('open my window 30 percent', ['window.set', { position: { value: 30, unit: 'percent' } }]);
    say('a bit more', ['dialogue.again.select', { amount: 'small' }]);
    say('no, 60', ['dialogue.correct.select', { level: 60 }]);
    assert.equal(target('Cabin.Door.Row1.DriverSide.Window.Position'), 60);
    say('what is the temperature', ['climate.temperature.query']);
    say('no, 24', ['dialogue.correct.select', { temperature: 24 }]);
    assert.equal(target(DRIVER), 24);
  });

  it('[CAR-43] an undo that the gate asks back is done after the yes', () => {
    const { car, say, target } = talk();
    car.sense('Vehicle.Speed', 60);
    const path = 'ADAS.LaneDepartureDetection.IsEnabled';
    say('lane assist off', ['drive.lane_assist.off']);
    say('yes', ['dialogue.affirm.select']);
    say('lane assist on', ['drive.lane_assist.on']);
    assert.equal(say('undo that', ['dialogue.undo.select']).outcomes[0]?.status, 'confirm');
    say('yes', ['dialogue.affirm.select']);
    assert.equal(target(path), false);
  });

  it('[TALK-6] why? names the reason of the refusal', () => {
    const { car, say } = talk();
    car.sense('Vehicle.Speed', 80);
    say('open the trunk', ['trunk.open']);
    assert.match(say('why', ['dialogue.why.query']).reply, /moving|stop|park/i);
  });

  it('[TALK-16] why? tells the rule and its readings as they are now', () => {
    const { car, say } = talk();
    car.sense('Vehicle.Speed', 10);
    say('cruise at 50', ['drive.cruise.set', { speed: 50 }]);
    car.sense('Vehicle.Speed', 21);
    const { reply } = say('why not', ['dialogue.why.query']);
    assert.match(reply, /SAFE-20.*speed 21/);
  });

  it('[TALK-16] why? after what was done tells what was understood; after a limit, the limit', () => {
    const { say } = talk();
    say('ac on', ['climate.ac.on']);
    assert.match(say('why', ['dialogue.why.query']).reply, /ac on.*air conditioning/);
    say('set it to 50', ['climate.temperature.set', { temperature: 50 }]);
    assert.match(say('why', ['dialogue.why.query']).reply, /16.*28/);
    assert.match(talk().say('why', ['dialogue.why.query']).reply, /nothing/i);
  });

  it('[TALK-17] what did you do? tells the last commands in words', () => {
    const { say } = talk();
    assert.match(say('what did you do').reply, /anything|nothing/);
    say('ac on and open the roof', ['climate.ac.on'], ['sunroof.open']);
    assert.match(say('what did you just do').reply, /air conditioning and open the sunroof/);
  });

  it('[TALK-17] what can I say? gives what the gate would allow now', () => {
    const { car, say } = talk();
    const about = (words: string) => say('what can i say', ['dialogue.help.query', { item: words }]).reply;
    assert.match(about('the trunk'), /open the trunk/);
    car.sense('Vehicle.Speed', 80);
    assert.doesNotMatch(about('the trunk'), /open the trunk/);
    assert.match(about('the windows'), /window/);
    assert.ok(say('help', ['dialogue.help.query']).reply.length > 20);
  });

  it('[TALK-4] "say that again" repeats the reply', () => {
    const { say } = talk();
    const { reply } = say('ac on', ['climate.ac.on']);
    assert.equal(say('pardon', ['dialogue.repeat.select']).reply, reply);
  });
});
