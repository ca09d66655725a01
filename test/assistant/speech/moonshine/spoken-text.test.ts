import assert from 'node:assert/strict';
import { spokenText } from '../../../../assistant/speech/moonshine/spoken-text.ts';

describe('spokenText', () => {
  const cases: readonly [string, string][] = [
    ['Set the volume to 35%, please.', 'set the volume to thirty five percent please'],
    ['Set it to 21.5 degrees.', 'set it to twenty one point five degrees'],
    ["It's 22°C!", "it's twenty two degrees c"],
    ['Play the 2nd one.', 'play the second one'],
    ['Wake me at 7:30.', 'wake me at seven thirty'],
    ['At 7:00?', "at seven o'clock"],
    ['At 10:05', 'at ten oh five'],
    ['Drive 1,200 km', 'drive one thousand two hundred km'],
    ['Café Zoë', 'cafe zoe'],
    ['...', ''],
  ];
  for (const [written, said] of cases) {
    it(`[HEAR-9] "${written}" is told as "${said}"`, () => {
      assert.equal(spokenText(written), said);
    });
  }
});
