import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../../simulator/open-drive.ts';
import { wantedLanguage } from '../../../dashboard/language/choice.ts';
import { speak, t } from '../../../dashboard/language/language.ts';
import {
  consumption,
  distance,
  METRIC,
  pressure,
  temperature,
  timeOfDay,
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

  it('[PAGE-100] no message is left over', () => {
    const folder = packageFile('dashboard');
    const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|html)$/.test(file) && !file.includes('messages'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    // `t(`seat.${seat}`)` uses all messages of that shape.
    const families = Array.from(
      code.matchAll(/(?:\bt\(|[?:])\s*`((?:[\w.]|\$\{[^}`]*\})+)`/g),
      ([, shape = '']) => new RegExp(`^${shape.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '\\w+')}$`),
    );
    const unused = Object.keys(messages).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !code.includes(`"${key}"`) &&
        !families.some((family) => family.test(key)),
    );
    assert.deepEqual(unused, []);
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

  it('[PAGE-106] a time is written as the car’s clock tells it, whatever the zone of the browser', () => {
    const here = process.env['TZ'];
    try {
      for (const zone of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']) {
        process.env['TZ'] = zone;
        const at = Date.parse('2026-11-21T06:45:59Z');
        assert.equal(timeOfDay(at, 60, METRIC), '07:45', zone);
        assert.equal(timeOfDay(at, -480, { ...METRIC, clock: 12 }), '10:45 PM', zone);
      }
    } finally {
      if (here === undefined) delete process.env['TZ'];
      else process.env['TZ'] = here;
    }
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
