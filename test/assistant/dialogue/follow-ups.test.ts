import assert from 'node:assert/strict';
import { reading, talk } from '../../support/talk.ts';

const DRIVER = 'Cabin.HVAC.Station.Row1.Driver.Temperature';
const PASSENGER = 'Cabin.HVAC.Station.Row1.Passenger.Temperature';
const REAR = 'Cabin.HVAC.Station.Row2.Driver.Temperature';
const SEAT = 'Cabin.Seat.Row1.DriverSide.HeatingCooling';
const WINDOW = 'Cabin.Door.Row1.DriverSide.Window.Position';

describe('dialogue: follow-ups', () => {
  it('[TALK-4] "and the passenger too" takes the missing value from the turn before', () => {
    const { say, target } = talk();
    say('set it to 25', ['climate.temperature.set', { temperature: 25 }]);
    say('and the passenger too', [
      'climate.temperature.set',
      { zone: { value: 'passenger', text: 'the passenger' } },
    ]);
    assert.equal(target(PASSENGER), 25);
  });

  it('[TALK-4] a wish without its value is asked for, whatever was set before', () => {
    const { say } = talk();
    say('set it to 25', ['climate.temperature.set', { temperature: 25 }]);
    const { outcomes } = say('set the temperature', ['climate.temperature.set']);
    assert.equal(outcomes[0]?.status, 'needs');
  });

  it('[TALK-4] "no, 22" replaces the value, "again" repeats the step', () => {
    const { say, target } = talk();
    say('set it to 25', ['climate.temperature.set', { temperature: 25 }]);
    say('no, 22', ['dialogue.correct.select', { temperature: 22 }]);
    assert.equal(target(DRIVER), 22);
    say('warmer', ['climate.temperature.increase', { amount: { value: 1, unit: 'degree' } }]);
    say('again', ['dialogue.again.select']);
    assert.equal(target(DRIVER), 24);
  });

  it('[TALK-4] an elliptical sentence that was read as another thing is about the last one', () => {
    const { say, target } = talk();
    say('turn on my seat heating', ['seat.heating.on', { zone: { value: 'speaker', text: 'my' } }]);
    say('and in the back', ['climate.power.on', { zone: { value: 'rear', text: 'the back' } }]);
    assert.ok(Number(target('Cabin.Seat.Row2.DriverSide.HeatingCooling')) > 0);
  });

  it('[TALK-4] "and 22 in the back" keeps the set point in front', () => {
    const { say, target } = talk();
    say('set it to 21', ['climate.temperature.set', { temperature: 21 }]);
    say('and 24 in the back', [
      'climate.temperature.set',
      { temperature: { value: 24, text: '24' }, zone: { value: 'rear', text: 'the back' } },
    ]);
    assert.equal(target(DRIVER), 21);
    assert.equal(target(REAR), 24);
  });

  it('[TALK-9] "it" is the last thing to which that can be done, and the same one', () => {
    const { say, target } = talk();
    say('turn on my seat heating', ['seat.heating.on']);
    say('turn it off', ['climate.ac.off']);
    assert.equal(target(SEAT), 0);
    say('open the rear windows', ['window.open', { zone: 'rear' }]);
    say('close it', ['window.close']);
    assert.equal(target('Cabin.Door.Row2.DriverSide.Window.Position'), 0);
  });

  it('[TALK-9] music is turned down by its volume', () => {
    const { say } = talk();
    say('play something', ['media.playback.start']);
    const { outcomes } = say('turn it down', ['climate.temperature.decrease']);
    assert.equal(outcomes[0]?.command.intent, 'media.volume.decrease');
  });

  it('[TALK-9] when two things fit, the car asks which, and the name of one answers', () => {
    const { say, target } = talk();
    say('turn on the seat heating and the ac', ['seat.heating.on'], ['climate.ac.on']);
    const asked = say('turn it off', ['climate.ac.off']);
    assert.deepEqual(asked.outcomes, []);
    assert.match(asked.reply, /seat heating.*air conditioning/);
    say('the seat heating', ['seat.heating.on']);
    assert.equal(target(SEAT), 0);
    assert.equal(target('Cabin.HVAC.IsAirConditioningActive'), true);
  });

  it('[TALK-10] "a bit more" after a fixed value is a step from there, "less" a step down', () => {
    const { say, target } = talk();
    say('set it to 21', ['climate.temperature.set', { temperature: 21 }]);
    say('a bit more', ['dialogue.again.select', { amount: 'small' }]);
    assert.equal(target(DRIVER), 21.5);
    say('less', ['dialogue.again.select']);
    assert.equal(target(DRIVER), 20.5);
  });

  it('[TALK-10] "a bit more" goes on in the direction of what was done', () => {
    const { say, target, wait } = talk();
    say('open the window halfway', ['window.open', { position: 'half' }]);
    wait(10_000);
    say('close the window a bit', ['window.close', { amount: 'small' }]);
    wait(10_000);
    const before = Number(target(WINDOW));
    say('a bit more', ['window.open', { amount: 'small' }]);
    assert.ok(Number(target(WINDOW)) < before);
  });

  it('[TALK-11] "there" is the place last spoken of, "her" the person', () => {
    const { say } = talk();
    const found = say('find a charging station', [
      'navigation.poi.query',
      { poi_category: 'charging_station' },
    ]);
    const { ids, name } = found.outcomes[0]?.facts ?? {};
    const going = say('take me there', [
      'navigation.route.start',
      { destination: { value: 'there', text: 'there' } },
    ]);
    assert.equal(going.outcomes[0]?.command.slots.destination?.value, (ids as string[])[0]);
    assert.equal(going.outcomes[0]?.facts.destination, name);
    say('call mom', ['phone.call.start', { contact: 'mom' }]);
    say('hang up', ['phone.call.stop']);
    const { outcomes } = say('text her hello', [
      'message.start',
      { contact: { value: 'her', text: 'her' }, message_text: 'hello' },
    ]);
    assert.equal(outcomes[0]?.facts.name, 'Mom');
  });

  it('[TALK-5] "stop" with nothing open stops the media; a cancel with nothing open changes nothing', () => {
    const { say } = talk();
    say('play some jazz', ['media.playback.start', { genre: 'jazz' }]);
    assert.equal(say('stop', ['dialogue.cancel.select']).outcomes[0]?.command.intent, 'media.playback.stop');
    assert.deepEqual(say('never mind', ['dialogue.cancel.select']).outcomes, []);
  });

  it('[TALK-18] "stop" while the last thing moves stops it where it is', () => {
    const { say, wait, target } = talk();
    say('open the window', ['window.open']);
    wait(2000);
    say('stop', ['dialogue.cancel.select']);
    const place = Number(target(WINDOW));
    assert.ok(place > 20 && place < 60, String(place));
  });

  it('[TALK-2] several wishes are carried out in order, a refusal stops none, and one undo takes all back', () => {
    const { car, say, target } = talk();
    car.sense('Vehicle.Speed', 80);
    const before = target(DRIVER);
    const { outcomes } = say(
      'open the trunk, set it to 23 and turn on the ac',
      ['trunk.open'],
      ['climate.temperature.set', { temperature: 23 }],
      ['climate.ac.on'],
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['refused', 'done', 'done'],
    );
    assert.equal(target(DRIVER), 23);
    say('undo', ['dialogue.undo.select']);
    assert.equal(target(DRIVER), before);
  });

  it('[TALK-7] silence has no reply and is forgotten', () => {
    const { say, memory } = talk();
    say('set it to 25', ['climate.temperature.set', { temperature: 25 }]);
    const before = memory();
    assert.equal(say('', ['none.silence.select']).reply, '');
    assert.deepEqual(memory(), before);
  });

  it('[TALK-7] the context holds the last three turns, never more', () => {
    const { say, memory } = talk();
    for (let index = 0; index < 10; index++) say(`hello ${index}`, ['dialogue.greet.select']);
    assert.equal(memory().context.length, 3);
    assert.equal(memory().context.at(-2)?.text, 'hello 9');
  });

  it('[TALK-4] a sentence that stands for itself stays as it was read', () => {
    const { say } = talk();
    say('turn on my seat heating', ['seat.heating.on']);
    const { outcomes } = say('open the rear windows', [
      'window.open',
      { zone: { value: 'rear', text: 'rear' } },
    ]);
    assert.equal(outcomes[0]?.command.intent, 'window.open');
    const { outcomes: second } = talk().hear('driver', reading('turn it off', [['climate.ac.off']]));
    assert.equal(second[0]?.command.intent, 'climate.ac.off');
  });

  it('[TALK-9] "it" is first what was spoken of in the same breath; degrees are never a position', () => {
    const { hear, say, target } = talk();
    say('open the sunroof', ['sunroof.open']);
    const text = 'turn on the ac and set it to 19';
    const meant = [
      ['climate.ac.on'],
      ['climate.temperature.set', { temperature: { value: 19, text: '19' } }],
    ] as const;
    hear('driver', reading(text, meant, ['turn on the ac', 'and set it to 19']));
    assert.equal(target('Cabin.Sunroof.Position'), 100);
    assert.equal(target(DRIVER), 19);
    say('open the window', ['window.open']);
    say('set it to 21 degrees', [
      'climate.temperature.set',
      { temperature: { value: 21, text: '21 degrees' } },
    ]);
    assert.equal(target(WINDOW), 100);
    assert.equal(target(DRIVER), 21);
  });

  it('[TALK-9] of lamps, "it" is the same one', () => {
    const { car, say } = talk();
    say('turn on the reading light', [
      'light.interior.on',
      { mode: { value: 'reading', text: 'reading light' } },
    ]);
    const path = 'Vehicle.Cabin.Light.Spotlight.Row1.DriverSide.IsLightOn';
    assert.equal(car.read(path).value, true);
    say('turn it off', ['light.interior.off']);
    assert.equal(car.read(path).value, false);
  });
});
