import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WakeWord } from '../../../../assistant/speech/turn-taking/wake-word.ts';

const heyDrive = new WakeWord('Hey Drive');
const find = (text: string, word = heyDrive) => word.find(text.split(' '));

describe('WakeWord', () => {
  for (const [text, from] of [
    ['hey drive open the window', 2],
    ['hey drive', 2],
    ['heydrive open the window', 1],
    ['um so then i said hey drive open the window', 7],
  ] as const)
    it(`[HEAR-60] surely in "${text}"`, () => {
      assert.deepEqual(find(text), { from, is: 'sure', isNear: true });
    });

  for (const [text, from] of [
    ['they drive open the window', 2],
    ["he'd drive open the window", 2],
    ['hay drive play some jazz', 2],
    ['he drive open the window', 2],
    ['hey drives play some jazz', 2],
    ['k drive open the window', 2],
    ['kidrive open the window', 1],
    ['oh they drive set the temperature to twenty', 3],
  ] as const)
    it(`[HEAR-60] likely in "${text}"`, () => {
      const found = find(text);
      assert.equal(found?.from, from);
      assert.equal(found.is, 'likely');
    });

  for (const text of ['hey brian open the window', 'hey ryan open the window', 'the ride turn right'])
    it(`[HEAR-60] perhaps in "${text}"`, () => {
      assert.deepEqual(find(text), { from: 2, is: 'perhaps', isNear: false });
    });

  for (const text of [
    'open the window',
    'the weather is nice today',
    'on sundays they drive to the sea',
    'a long drive',
    'hey',
    '',
    'turn off the radio',
    'he tried to open the window',
    'i tried to turn it down',
    "i don't want to go home",
    'they drive to work every day',
    'stay dry open the window',
    'turn the radio on',
    'play some jazz',
    'set the temperature to twenty',
    'take me home',
    'drive me home now',
    'turn the radio off',
    'open the window',
    'call anna now',
    'next track please',
    'lower the volume',
  ])
    it(`[HEAR-60] not in "${text}"`, () => {
      assert.equal(find(text), undefined);
    });

  it('[HEAR-60] any phrase of two words can be one; a sound that is everywhere cannot', () => {
    const lindhaven = new WakeWord('hello Lindhaven');
    assert.equal(find('hello lindhaven take me home', lindhaven)?.from, 2);
    assert.equal(find('hello lind haven take me home', lindhaven)?.from, 3);
    for (const phrase of ['', 'a', 'hey', 'oh oh']) assert.throws(() => new WakeWord(phrase), /too short/);
  });

  it('[HEAR-60] what follows it begins after it, whatever was said before', () => {
    const word = fc.constantFrom('open', 'the', 'window', 'music', 'seven', 'please', 'warmer');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 6 }), (before, after) => {
        const found = heyDrive.find([...before, 'hey', 'drive', ...after]);
        assert.deepEqual(found, { from: before.length + 2, is: 'sure', isNear: true });
      }),
    );
  });
});
