import assert from 'node:assert/strict';
import {
  openCorpus,
  openOntology,
  openPhraseBook,
} from '../../../../assistant/understanding/open-phrase-book.ts';
import { createNormaliser } from '../../../../assistant/understanding/values/normalise.ts';
import type { Intent, SlotName } from '../../../../vehicle/ontology.generated.ts';

const ontology = openOntology();
const normaliser = createNormaliser(ontology, openPhraseBook(ontology));
const MOMENT = { now: Date.parse('2026-11-21T08:00:00Z'), utcOffset: 0 };

/** @param text with slots in brackets: `[my side](zone)` */
function read(intent: Intent, marked: string) {
  let text = '';
  const spoken: { name: SlotName; text: string; start: number; end: number }[] = [];
  for (const [, before = '', words = '', name = ''] of marked.matchAll(
    /([^[]*)(?:\[([^\]]+)\]\((\w+)\))?/g,
  )) {
    text += before;
    if (name !== '')
      spoken.push({
        name: name as SlotName,
        text: words,
        start: text.length,
        end: text.length + words.length,
      });
    text += words;
  }
  return normaliser.normalise(intent, spoken, text, MOMENT);
}
const valueOf = (intent: Intent, slot: SlotName, words: string) =>
  read(intent, `[${words}](${slot})`).slots[slot]?.value;

describe('slot values', () => {
  for (const [intent, slot, words, value] of [
    ['climate.temperature.set', 'zone', 'my side', 'speaker'],
    ['climate.temperature.set', 'zone', 'The Kids', 'rear'],
    ['climate.temperature.set', 'zone', 'in the back', 'rear'],
    ['climate.temperature.set', 'zone', 'everyone', 'all'],
    ['window.open', 'zone', 'rear left', 'rear_left'],
    ['window.open', 'zone', 'the rear left one', 'rear_left'],
    ['window.open', 'zone', 'pasenger side', 'passenger'],
    ['window.open', 'zone', 'driver and rear right', ['driver', 'rear_right']],
    ['window.open', 'position', 'half way', 'half'],
    ['window.set', 'position', 'a third', 33],
    ['climate.fan.set', 'level', 'maximum', 'max'],
    ['climate.fan.increase', 'amount', 'a little bit', 'small'],
    ['climate.fan.increase', 'amount', 'quite a lot', 'large'],
    ['media.volume.decrease', 'channel', 'music', 'media'],
    ['light.ambient.set', 'color', 'dark red', '#8b0000'],
    ['light.ambient.set', 'color', '#FF8800', '#ff8800'],
    ['drive.mode.set', 'mode', 'economy', 'eco'],
    ['wiper.set', 'mode', 'intermittent', 'interval'],
    ['light.headlight.set', 'mode', 'automatic', 'auto'],
    ['light.headlight.set', 'mode', 'automatically', 'auto'],
    ['seat.massage.set', 'mode', 'the Hot Stone program', 'hot stone'],
    ['media.repeat.on', 'mode', 'it', 'one'],
    ['wiper.washer.start', 'direction', 'back', 'rear'],
    ['seat.position.decrease', 'direction', 'back', 'back'],
    ['window.close', 'position', 'all the way', 'closed'],
    ['window.open', 'position', 'all the way', 'open'],
    ['seat.heating.on', 'zone', 'my', 'speaker'],
    ['seat.heating.on', 'zone', "my wife's side", 'passenger'],
    ['drive.mode.set', 'mode', 'eek oh', 'eco'],
    ['drive.mode.set', 'mode', 'come fort', 'comfort'],
    ['light.ambient.set', 'color', 'blew', '#0000ff'],
    ['media.playback.start', 'artist', 'cold play', 'coldplay'],
    ['media.playback.start', 'genre', 'classical music', 'classical'],
    ['media.playback.start', 'genre', 'chamber music', 'chamber music'],
    ['media.playback.start', 'genre', 'some unheard of music', 'some unheard of music'],
    ['media.playback.start', 'playlist', 'the workout playlist', 'workout'],
    ['climate.temperature.set', 'temperature', 'eight teen degrees', 18],
    ['climate.temperature.set', 'temperature', 'two two', 22],
    ['climate.temperature.set', 'temperature', 'double two', 22],
    ['climate.temperature.set', 'temperature', 'one eight point five', 18.5],
    ['climate.temperature.set', 'temperature', 'twenty one five', 21.5],
    ['climate.temperature.set', 'temperature', 'nineteen five degrees', 19.5],
    ['climate.temperature.set', 'zone', 'row two', 'rear'],
    ['climate.temperature.set', 'zone', 'my nan', 'passenger'],
    ['light.ambient.set', 'color', 'burgundy', '#800020'],
    ['navigation.route.set', 'route_option', 'toll roads', 'avoid_tolls'],
    ['dialogue.choose.select', 'ordinal', 'the second one', 2],
    ['dialogue.choose.select', 'ordinal', 'the last one', 'last'],
    ['media.playback.start', 'artist', 'the beatles', 'the beatles'],
    ['navigation.route.start', 'destination', 'the Alexanderplatz.', 'Alexanderplatz'],
    ['phone.call.start', 'phone_number', 'double four five oh one', '44501'],
    ['navigation.route.set', 'route_option', 'quickest', 'fastest'],
  ] as const) {
    it(`[NLU-19] ${slot} "${words}" of ${intent} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(valueOf(intent, slot, words), value);
    });
  }

  it('[NLU-19] a slot said twice has a list of values, and its text spans both', () => {
    const { slots } = read(
      'navigation.route.set',
      'take the [fastest](route_option) route [without tolls](route_option)',
    );
    assert.deepEqual(slots.route_option, {
      text: 'fastest route without tolls',
      value: ['fastest', 'avoid_tolls'],
    });
  });

  it('[NLU-19] an article that stands alone is no mention', () => {
    const { slots } = read('window.open', 'open [the](zone) [passenger](zone) window');
    assert.deepEqual(slots.zone, { text: 'passenger', value: 'passenger' });
    assert.deepEqual(read('window.open', 'open [the](zone) window').slots, {});
  });

  it('[NLU-19] the unit stands beside the value, the words stay as they were said', () => {
    const { slots } = read('climate.temperature.set', 'make it [Seventy degrees Fahrenheit](temperature)');
    assert.deepEqual(slots.temperature, {
      text: 'Seventy degrees Fahrenheit',
      value: 70,
      unit: 'fahrenheit',
    });
  });

  it('[NLU-22] words without a value stay as they are and are reported', () => {
    const { slots, unclear } = read(
      'climate.temperature.set',
      'make it [bananas](temperature) for [everyone](zone)',
    );
    assert.deepEqual(slots.temperature, { text: 'bananas', value: 'bananas' });
    assert.deepEqual(unclear, ['temperature']);
  });

  it('[NLU-19] what the corpus’ authors wrote down as value is what the words mean', () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const { text, commands, where } of openCorpus(ontology)) {
      for (const { intent, slots } of commands) {
        for (const { name, start, end, value } of slots) {
          // Names are compared with what there is where they are looked up: in the library, the phone book, the map.
          if (value === undefined || (ontology.slots[name]?.type === 'text' && name !== 'mode')) continue;
          checked++;
          const said = text.slice(start, end);
          const { slots: found } = normaliser.normalise(
            intent,
            [{ name, text: said, start, end }],
            text,
            MOMENT,
          );
          if (
            ![
              String(found[name]?.value),
              `${String(found[name]?.value)} ${found[name]?.unit ?? ''}`,
            ].includes(value.replace('%', ' percent'))
          )
            wrong.push(`${where}: "${said}" (${name}) is ${String(found[name]?.value)}, not ${value}`);
        }
      }
    }
    assert.ok(checked > 0);
    // What only the sentence around them makes clear ("him" = rear left) is left to the dialogue.
    assert.ok(wrong.length <= checked * 0.1, `${wrong.length} of ${checked}\n${wrong.join('\n')}`);
  });
});
