import assert from 'node:assert/strict';
import { readAheadOf } from '../../../assistant/dialogue/routines/carry-out-ahead.ts';
import { currentProfile, keptInMemory, NEW_PROFILES } from '../../../assistant/dialogue/profile/profile.ts';
import { NEW_MEMORY } from '../../../assistant/dialogue/machine/memory.ts';
import { DATA, talk } from '../../support/talk.ts';

const BEACH = 'when i say beach mode, open the roof and set it to 24';
const BODY = [['sunroof.open'], ['climate.temperature.set', { temperature: 24 }]] as const;
const teach = () => {
  const conversation = talk();
  conversation.say(BEACH, ...BODY);
  return conversation;
};

describe('dialogue: routines', () => {
  it('[TALK-27] taught in words, told back, and run as one step', () => {
    const { say, target, dialogue } = talk();
    assert.equal(dialogue.hear(BEACH).utterance.text, 'open the roof and set it to 24');
    assert.match(say(BEACH, ...BODY).reply, /"beach mode".*open the sunroof.*24/);
    assert.equal(target('Cabin.Sunroof.Position'), 0);
    const { outcomes } = say('run beach mode please');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['done', 'done'],
    );
    assert.equal(target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 24);
    say('undo', ['dialogue.undo.select']);
    assert.equal(target('Cabin.Sunroof.Position'), 0);
  });

  it('[TALK-27] listed, described, changed, added to and forgotten', () => {
    const { say } = teach();
    assert.match(say('what routines do you know').reply, /beach mode/);
    assert.match(say('what does beach mode do').reply, /sunroof/);
    say('beach mode should also turn on the ac', ['climate.ac.on']);
    assert.equal(say('beach mode').outcomes.length, 3);
    say('change beach mode to close the windows', ['window.close', { zone: 'all' }]);
    assert.deepEqual(
      say('beach mode').outcomes.map(({ command }) => command.intent),
      ['window.close'],
    );
    say('forget beach mode');
    assert.match(say('list my routines').reply, /haven't taught/);
    assert.equal(
      say('beach mode', ['drive.mode.set', { mode: 'beach' }]).outcomes[0]?.command.intent,
      'drive.mode.set',
    );
  });

  it('[TALK-27] a routine without a body is asked for', () => {
    const { say } = talk();
    assert.match(say('create a routine called good night').reply, /"good night"/);
    assert.match(say('lock the doors', ['door.lock']).reply, /lock the doors/);
    assert.equal(say('good night').outcomes[0]?.command.intent, 'door.lock');
  });

  it('[TALK-27] the gate decides when it is run', () => {
    const { car, say } = talk();
    say('when i say unload, open the trunk', ['trunk.open']);
    car.sense('Vehicle.Speed', 80);
    assert.equal(say('unload').outcomes[0]?.status, 'refused');
  });

  it('[TALK-27] each driver has routines of their own', () => {
    const { say } = teach();
    say('create a profile for anna');
    assert.match(say('what routines do i have').reply, /haven't taught/);
    say('switch to driver profile');
    assert.match(say('what routines do i have').reply, /beach mode/);
  });

  it('[TALK-28] what was not understood, a name that means something, and too much are not kept', () => {
    const { say } = talk();
    assert.match(
      say('when i say fun, open the roof and dance', ['sunroof.open'], ['none.out_of_scope.select']).reply,
      /didn't understand/,
    );
    assert.match(say('when i say stop, open the roof', ['sunroof.open']).reply, /another name/);
    assert.match(
      say('when i say the long way home to our house by the lake, open the roof', ['sunroof.open']).reply,
      /too long/,
    );
    assert.match(
      say(
        'when i say everything, open it all',
        ...Array.from({ length: 13 }, () => ['sunroof.open'] as const),
      ).reply,
      /too much/,
    );
    assert.match(say('what routines do you know').reply, /haven't taught/);
  });

  it('[TALK-38] only whole utterances, and names only where they are known', () => {
    const ahead = (text: string) =>
      readAheadOf(DATA.ahead, text, {
        profile: currentProfile(NEW_PROFILES),
        profiles: NEW_PROFILES,
        memory: NEW_MEMORY,
      })?.kind;
    for (const text of [
      "i'm cold",
      'beach mode',
      'forget it',
      'not now',
      'later',
      'open the window',
      'switch to radio',
      'use eco mode',
      'remind me later',
      'set it to 70 fahrenheit',
      'what does lane assist do',
      'change the station',
      'when will i be there',
      'call me a taxi please someone',
      'start the car',
      'remove the stop',
      "don't tell me",
    ])
      assert.ok([undefined, 'new_profile'].includes(ahead(text)), text);
    assert.equal(ahead('use fahrenheit please'), 'units_f');
    assert.equal(ahead('What did you do?'), 'did');
  });
});

describe('dialogue: profiles', () => {
  it("[TALK-29] units, brevity and names are the driver's own", () => {
    const { say, target } = talk();
    say('create a profile for anna');
    say('use fahrenheit');
    say('use miles');
    say('my brother is tom fischer');
    assert.equal(target('Cabin.Infotainment.HMI.TemperatureUnit'), 'F');
    assert.equal(target('Cabin.Infotainment.HMI.SpeedUnit'), 'MILES_PER_HOUR');
    assert.equal(
      say('call my brother', ['phone.call.start', { contact: 'my brother' }]).outcomes[0]?.facts.name,
      'Tom Fischer',
    );
    say('hang up', ['phone.call.stop']);
    say("i'm driver");
    assert.equal(
      say('call my brother', ['phone.call.start', { contact: 'my brother' }]).outcomes[0]?.status,
      'refused',
    );
    say("i'm anna");
    assert.equal(target('Cabin.Infotainment.HMI.TemperatureUnit'), 'F');
  });

  it('[TALK-29] places that were named or saved are found by their name', () => {
    const store = keptInMemory();
    const { say } = talk({ store });
    say('my gym is at 5 Mill Lane');
    say('save this place as the cabin', ['navigation.location.add', { destination: 'the cabin' }]);
    const names = currentProfile(store.load()).names;
    assert.deepEqual(
      names.map(({ name }) => name),
      ['gym', 'the cabin'],
    );
    const { outcomes } = say('take me to the gym', ['navigation.route.start', { destination: 'the gym' }]);
    assert.equal(outcomes[0]?.command.slots.destination?.value, '5 Mill Lane');
  });

  it('[TALK-29] somebody who is in no phone is no contact', () => {
    const { say } = talk();
    assert.match(say('my boss is ebenezer').reply, /can't find Ebenezer/);
  });

  it('[TALK-39] what cannot be kept is known for this drive, and the car says so', () => {
    const store = {
      load: () => NEW_PROFILES,
      save: () => {
        throw new Error('the disk is full');
      },
    };
    const { say, target } = talk({ store });
    assert.match(say(BEACH, ...BODY).reply, /"beach mode".* for this drive only/);
    say('run beach mode');
    assert.equal(target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 24);
  });

  it('[TALK-30] "keep it short" shortens replies while parked, too', () => {
    const { say, dialogue } = talk();
    say('keep it short');
    assert.equal(currentProfile(dialogue.profiles).replies, 'brief');
    say('talk normally');
    assert.equal(currentProfile(dialogue.profiles).replies, 'normal');
  });
});
