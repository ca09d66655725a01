import assert from 'node:assert/strict';
import { wantedLanguage } from '../../../dashboard/language/choice.ts';
import { speak, t } from '../../../dashboard/language/language.ts';
import {
  consumption,
  distance,
  METRIC,
  pressure,
  temperature,
  written,
} from '../../../dashboard/language/measures.ts';
import { LANGUAGES, namesIn, type Message } from '../../../dashboard/language/message.ts';
import { messages } from '../../../dashboard/language/messages/index.ts';

describe('dashboard/language', () => {
  afterEach(() => {
    speak('en');
  });

  it('[PAGE-100] every message exists in both languages, with the same values', () => {
    for (const [key, message] of Object.entries<Message>(messages)) {
      const [english, german] = LANGUAGES.map((each) => namesIn(message[each]));
      assert.deepEqual(german, english, `${key} has other values in German`);
      for (const each of LANGUAGES) {
        const text = message[each];
        const forms = typeof text === 'string' ? [text] : [text.one, text.other];
        for (const form of forms) assert.notEqual(form.trim(), '', `${key} is empty in ${each}`);
      }
    }
  });

  it('[PAGE-101] the address chooses the language, then what was chosen before, then the browser', () => {
    const nothing = { getItem: () => null };
    const german = { getItem: () => 'de' };
    assert.equal(wantedLanguage('?lang=en', german, ['de-AT']), 'en');
    assert.equal(wantedLanguage('', german, ['en']), 'de');
    assert.equal(wantedLanguage('?lang=xx', nothing, ['fr', 'de-CH', 'en']), 'de');
    assert.equal(wantedLanguage('', nothing, ['fr']), 'en');
  });

  it('[PAGE-100] a message takes the form of its number, and writes numbers as its language does', () => {
    assert.equal(t('turn.rejected', { count: 1 }), '1 other reading, rejected');
    assert.equal(t('turn.rejected', { count: 3 }), '3 other readings, rejected');
    speak('de');
    assert.equal(t('turn.rejected', { count: 1 }), '1 andere Lesart, verworfen');
    assert.equal(temperature(21.5, METRIC), '21,5°');
    assert.equal(distance(4_240, METRIC), '4,2 km');
  });

  it('[PAGE-31] consumption and tyre pressure follow the units too', () => {
    const miles = { ...METRIC, distance: 'mi' } as const;
    assert.deepEqual(
      [consumption(16.7, METRIC), consumption(16.7, miles), consumption(undefined, miles)].map(written),
      ['16.7 kWh/100 km', '3.7 mi/kWh', '– mi/kWh'],
    );
    assert.deepEqual(
      [pressure(250, METRIC), pressure(250, miles), pressure(undefined, METRIC)].map(written),
      ['2.5 bar', '36 psi', '– bar'],
    );
    assert.equal(temperature(-0.04, METRIC), '0.0°');
  });
});
