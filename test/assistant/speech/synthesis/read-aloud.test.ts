import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAloud } from '../../../../assistant/speech/synthesis/read-aloud.ts';
import { LONGEST_TEXT } from '../../../../assistant/speech/synthesis/synthesizer.ts';

describe('assistant/speech/synthesis/read-aloud', () => {
  it('[SAY-20] signs are read in words, letters without accents', () => {
    const read: readonly [string, string][] = [
      ['21 °C for Zoë’s side – done', "21 degrees for Zoe's side, done"],
      ['70 °F', '70 degrees Fahrenheit'],
      ['50 km/h, 30 % and 12 kWh', '50 kilometres per hour, 30 percent and 12 kilowatt hours'],
      ['4 km, 7 min', '4 kilometres, 7 minutes'],
      ['“Café” & Straße', 'Cafe and Strasse'],
      ['Say twenty-one', 'Say twenty-one'],
    ];
    for (const [text, aloud] of read) assert.equal(readAloud(text), aloud);
  });

  it('[SAY-20] of a long text the first sentences are read', () => {
    const sentence = 'This is one of many sentences. ';
    const read = readAloud(sentence.repeat(50));
    assert.ok(read.length <= LONGEST_TEXT && read.endsWith('sentences.'));
    assert.ok(!readAloud('word '.repeat(300)).endsWith('wor'));
  });

  it('[SAY-20] whatever the text, a voice gets plain, short text, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
        const read = readAloud(text);
        assert.match(read, /^[ -~]*$/);
        assert.ok(read.length <= LONGEST_TEXT);
        assert.ok(read === '' || /[A-Za-z0-9]/.test(read));
      }),
    );
  });
});
