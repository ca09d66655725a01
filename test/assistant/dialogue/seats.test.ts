import assert from 'node:assert/strict';
import { talk } from '../../support/talk.ts';

const DRIVER = 'Cabin.HVAC.Station.Row1.Driver.Temperature';
const PASSENGER = 'Cabin.HVAC.Station.Row1.Passenger.Temperature';

describe('dialogue: four seats', () => {
  it("[TALK-21] the driver's own side is changed from another seat only when the driver agrees", () => {
    const { say, from, target } = talk();
    const passenger = from('passenger');
    say('set it to 20', ['climate.temperature.set', { temperature: 20.5 }]);
    const { outcomes, reply } = passenger('set the driver side to 25', [
      'climate.temperature.set',
      { temperature: 25, zone: 'driver' },
    ]);
    assert.deepEqual(outcomes, []);
    assert.match(reply, /passenger.*driver/);
    assert.match(passenger('yes', ['dialogue.affirm.select']).reply, /sits there/);
    assert.equal(target(DRIVER), 20.5);
    passenger('set the driver side to 25', ['climate.temperature.set', { temperature: 25, zone: 'driver' }]);
    say('yes', ['dialogue.affirm.select']);
    assert.equal(target(DRIVER), 25);
  });

  it('[TALK-21] what nobody has set belongs to nobody, and so does what was set long ago', () => {
    const { say, from, target, car } = talk();
    const wish = ['climate.temperature.set', { temperature: 24, zone: 'driver' }] as const;
    from('passenger')('set the driver side to 24', [...wish]);
    assert.equal(target(DRIVER), 24);
    say('set it to 20', ['climate.temperature.set', { temperature: 20 }]);
    car.advance(16 * 60_000);
    from('passenger')('set the driver side to 24', [...wish]);
    assert.equal(target(DRIVER), 24);
  });

  it('[TALK-21] the driver changes anything', () => {
    const { say, from, target } = talk();
    from('passenger')('set mine to 24', ['climate.temperature.set', { temperature: 24, zone: 'speaker' }]);
    say('passenger to 20', ['climate.temperature.set', { temperature: 20, zone: 'passenger' }]);
    assert.equal(target(PASSENGER), 20);
  });

  it('[TALK-22] "my" is where the speaker sits, and "me too" is for who says it', () => {
    const { say, from, target } = talk();
    say('heat my seat', ['seat.heating.on', { zone: { value: 'speaker', text: 'my' } }]);
    from('passenger')('mine too', ['seat.heating.on', { zone: { value: 'speaker', text: 'mine' } }]);
    assert.ok(Number(target('Cabin.Seat.Row1.DriverSide.HeatingCooling')) > 0);
    assert.ok(Number(target('Cabin.Seat.Row1.PassengerSide.HeatingCooling')) > 0);
  });

  it('[TALK-22] rear seats do not get past the child lock by asking again, correcting or a routine', () => {
    const { say, from, car, target } = talk();
    const child = from('rear_left');
    say('child lock on', ['child_lock.on']);
    say('when i say fresh air, open the rear windows', ['window.open', { zone: 'rear' }]);
    const path = 'Cabin.Door.Row2.DriverSide.Window.Position';
    for (const turn of [
      child('open my window', ['window.open', { zone: 'speaker' }]),
      child('again', ['dialogue.again.select']),
      child('no, the rear ones', ['dialogue.correct.select', { zone: 'rear' }]),
      child('fresh air'),
    ]) {
      assert.equal(turn.outcomes[0]?.status, 'refused');
      assert.equal(target(path), 0);
    }
    assert.equal(car.read(`Vehicle.${path}`).value, 0);
  });

  it('[TALK-22] what only the driver may do is not done for a passenger who says yes to it', () => {
    const { say, from, car, target } = talk();
    car.sense('Vehicle.Speed', 80);
    say('lane assist on', ['drive.lane_assist.on']);
    from('passenger')('lane assist off', ['drive.lane_assist.off']);
    from('passenger')('yes', ['dialogue.affirm.select']);
    assert.equal(target('ADAS.LaneDepartureDetection.IsEnabled'), true);
  });

  it('[TALK-22] the driver’s question is not answered by a seat that may not do what it asks', () => {
    const { say, from, car, target } = talk();
    car.sense('Vehicle.Speed', 60);
    say('lane assist on', ['drive.lane_assist.on']);
    say('lane assist off', ['drive.lane_assist.off']);
    const child = from('rear_left')('yes', ['dialogue.affirm.select']);
    assert.equal(child.outcomes[0]?.status, 'refused');
    assert.equal(target('ADAS.LaneDepartureDetection.IsEnabled'), true);
    say('yes', ['dialogue.affirm.select']);
    assert.equal(target('ADAS.LaneDepartureDetection.IsEnabled'), false, 'the question was still open');
  });

  it('[TALK-21] what is asked of one seat stays open when another one answers', () => {
    const { from, target } = talk();
    const passenger = from('passenger');
    passenger('set mine to 25', ['climate.temperature.set', { temperature: 25, zone: 'speaker' }]);
    from('rear_left')('passenger to 18', ['climate.temperature.set', { temperature: 18, zone: 'passenger' }]);
    assert.match(from('rear_right')('yes', ['dialogue.affirm.select']).reply, /sits there/);
    assert.equal(target(PASSENGER), 25);
    passenger('yes', ['dialogue.affirm.select']);
    assert.equal(target(PASSENGER), 18);
  });

  it('[TALK-9] "it" is what the other seat spoke of, and stays theirs', () => {
    const { say, from, target } = talk();
    from('passenger')('open my window', ['window.open', { zone: { value: 'speaker', text: 'my' } }]);
    say('close it', ['window.close']);
    assert.equal(target('Cabin.Door.Row1.PassengerSide.Window.Position'), 0);
    from('passenger')('turn on the seat heating', ['seat.heating.on']);
    say('turn it off', ['seat.heating.off']);
    assert.equal(target('Cabin.Seat.Row1.PassengerSide.HeatingCooling'), 0);
  });

  it('[TALK-22] the driver’s undo is not agreed to by a seat that may not do what it does', () => {
    const { car, say, from, target } = talk();
    car.sense('Vehicle.Speed', 60);
    say('lane assist off', ['drive.lane_assist.off']);
    say('yes', ['dialogue.affirm.select']);
    say('lane assist on', ['drive.lane_assist.on']);
    assert.equal(say('undo that', ['dialogue.undo.select']).outcomes[0]?.status, 'confirm');
    from('rear_left')('yes', ['dialogue.affirm.select']);
    assert.equal(target('ADAS.LaneDepartureDetection.IsEnabled'), true);
  });

  it('[TALK-9] what is the whole car’s is so for whoever speaks of it next', () => {
    const { say, from, target } = talk();
    from('passenger')('turn on the climate', ['climate.power.on']);
    say('turn it off', ['climate.power.off']);
    assert.equal(target('Cabin.HVAC.IsPowered'), false);
  });
});
