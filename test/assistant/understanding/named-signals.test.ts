import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openOntology, openPhraseBook } from '../../../assistant/understanding/open-phrase-book.ts';
import { withNamedSignals } from '../../../assistant/understanding/named-signal-interpreter.ts';
import { createScriptedInterpreter } from '../../../assistant/understanding/scripted-interpreter.ts';
import { createNormaliser } from '../../../assistant/understanding/values/normalise.ts';
import { buildCatalogue, parseOverlay } from '../../../vehicle/signals/overlay.ts';
import { CATALOGUE, NINE } from '../../support/small-car.ts';

const FILE = 'docs/examples/fragrance.vspec.yaml';
const catalogue = buildCatalogue(CATALOGUE.all(), [parseOverlay(readFileSync(FILE, 'utf8'), FILE)]);
const ontology = openOntology();
const book = openPhraseBook(ontology, catalogue);
const open = { intent: 'window.open', slots: {}, confidence: 0.9, span: [0, 15] } as const;
const inner = createScriptedInterpreter(ontology, { 'open the window': { commands: [open] } });
const interpreter = withNamedSignals(inner, {
  book,
  normaliser: createNormaliser(ontology, book),
  utcOffset: 0,
});

async function understood(text: string) {
  const [interpretation] = await interpreter.interpret([{ text }], { now: NINE });
  return (interpretation?.commands ?? []).map(({ intent, slots, span }) => ({
    intent,
    said: text.slice(...span),
    values: Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, slot.value])),
  }));
}

describe('assistant: named signals', () => {
  for (const [text, intent, values] of [
    ['turn on karaoke mode please', 'signal.on', { item: 'Vehicle.Cabin.Karaoke.IsOn' }],
    ['could you switch the karaoke off', 'signal.off', { item: 'Vehicle.Cabin.Karaoke.IsOn' }],
    ['Set the fragrance to 40%.', 'signal.set', { item: 'Vehicle.Cabin.Fragrance.Intensity', level: 40 }],
    ['fragrance to forty percent', 'signal.set', { item: 'Vehicle.Cabin.Fragrance.Intensity', level: 40 }],
    [
      'set the fragrance to maximum',
      'signal.set',
      { item: 'Vehicle.Cabin.Fragrance.Intensity', level: 'max' },
    ],
    [
      'a bit more fragrance',
      'signal.increase',
      { item: 'Vehicle.Cabin.Fragrance.Intensity', amount: 'small' },
    ],
    [
      'turn down the fragrance by ten percent',
      'signal.decrease',
      { item: 'Vehicle.Cabin.Fragrance.Intensity', amount: 10 },
    ],
    [
      'change the perfume to ocean breeze',
      'signal.set',
      { item: 'Vehicle.Cabin.Fragrance.Kind', mode: 'OCEAN_BREEZE' },
    ],
    ["what's the wading depth", 'signal.query', { item: 'Vehicle.Exterior.WadingDepth' }],
  ] as const) {
    it(`[SIG-23] "${text}" is ${intent}`, async () => {
      assert.deepEqual(
        (await understood(text)).map(({ intent, values }) => ({ intent, values })),
        [{ intent, values }],
      );
    });
  }

  it('[SIG-24] the rest of an utterance is for the model, in the order in which it was said', async () => {
    assert.deepEqual(
      (await understood('turn on karaoke and open the window')).map(({ intent, said }) => [intent, said]),
      [
        ['signal.on', 'turn on karaoke'],
        ['window.open', 'open the window'],
      ],
    );
    assert.deepEqual(
      (await understood('open the window, and turn the fragrance up then karaoke on')).map(
        ({ intent, said }) => [intent, said],
      ),
      [
        ['window.open', 'open the window'],
        ['signal.increase', 'turn the fragrance up'],
        ['signal.on', 'karaoke on'],
      ],
    );
  });

  it('[SIG-24] a name in other talk is no wish: the model reads the whole', async () => {
    for (const text of ['my aunt gave me a perfume on sunday', 'karaoke', 'is there a karaoke bar near here'])
      assert.deepEqual(
        (await understood(text)).map(({ intent }) => intent),
        ['none.out_of_scope.select'],
        text,
      );
  });

  it('[SIG-23] without named signals the interpreter is the model itself, and the phrase book the car’s', () => {
    const own = openPhraseBook(ontology);
    assert.deepEqual([...openPhraseBook(ontology, CATALOGUE).intents.keys()], [...own.intents.keys()]);
    const parts = { book: own, normaliser: createNormaliser(ontology, own), utcOffset: 0 };
    assert.equal(withNamedSignals(inner, parts), inner);
  });
});
