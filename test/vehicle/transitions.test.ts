import assert from 'node:assert/strict';
import { transitionsBetween } from '../../vehicle/transitions.ts';
import { newCar, tell } from '../support/small-car.ts';

describe('how the machines moved', () => {
  it('[SERVE-47] a command tells which machine went from which state to which; one that changes no mode tells nothing', () => {
    const car = newCar();
    const before = car.modes();
    tell(car, 'media.playback.start');
    assert.deepEqual(
      transitionsBetween(before, car.modes()).map(({ machine, to }) => [machine, to]),
      [['media', 'playing']],
    );
    const playing = car.modes();
    tell(car, 'media.playback.start');
    assert.deepEqual(transitionsBetween(playing, car.modes()), []);
  });

  it('[SERVE-47] of regions only those that moved are told; a state inside another has both names', () => {
    const before = { climate: { power: 'off', blower: 'auto' }, phone: 'idle', lights: 'untimed' };
    const after = { climate: { power: 'on', blower: 'auto' }, phone: { call: 'ringing' }, lights: 'untimed' };
    assert.deepEqual(transitionsBetween(before, after), [
      { machine: 'climate.power', from: 'off', to: 'on' },
      { machine: 'phone', from: 'idle', to: 'call.ringing' },
    ]);
  });
});
