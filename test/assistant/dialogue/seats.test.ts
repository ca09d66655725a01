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
});
