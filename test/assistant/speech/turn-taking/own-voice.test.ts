import assert from 'node:assert/strict';
import { isBackchannel, isEcho } from '../../../../assistant/speech/turn-taking/own-voice.ts';

const REPLY = 'The temperature for the driver is now twenty one degrees. Shall I warm the seat, too?';

describe('own voice', () => {
  for (const heard of [
    'the temperature for the driver is now 21 degrees',
    'shall i warm the seat to',
    'temperature for a driver is now twenty',
    'degrees shall i want the seat',
  ])
    it(`[HEAR-69] "${heard}" is the reply that has come back`, () => {
      assert.equal(isEcho(heard.split(' '), REPLY), true);
    });

  for (const heard of [
    'stop',
    'no open the window instead',
    'hey drive play some jazz',
    'what about the back',
  ])
    it(`[HEAR-69] "${heard}" is somebody else`, () => {
      assert.equal(isEcho(heard.split(' '), REPLY), false);
    });

  it('[HEAR-69] nothing heard is nobody’s words', () => {
    assert.equal(isEcho([], REPLY), false);
    assert.equal(isEcho(['stop'], ''), false);
  });

  it('[HEAR-68] "uh-huh" and the like only say that somebody listens', () => {
    for (const text of ['uh-huh', 'mhm', 'ok', 'okay', 'ah i see', 'yeah right'])
      assert.equal(isBackchannel(text.split(' ')), true, text);
    for (const text of ['no', 'stop', 'yes', 'ok stop', 'okay but warmer', 'i see a deer over there'])
      assert.equal(isBackchannel(text.split(' ')), false, text);
  });
});
