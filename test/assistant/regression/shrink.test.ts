import assert from 'node:assert/strict';
import { blame, type GoldRuns } from '../../../assistant/regression/blame.ts';
import { expand } from '../../../assistant/regression/checks.ts';
import { judge, type Observation } from '../../../assistant/regression/judge.ts';
import { readSuite } from '../../../assistant/regression/read-suite.ts';
import type { Frame } from '../../../assistant/regression/result.ts';
import { shrink, type Ask } from '../../../assistant/regression/shrink.ts';

const frame = (intent: string, slots: Frame['slots'] = {}, confidence = 0.9): Frame => ({
  intent,
  slots,
  confidence,
});
const DECLINED = frame('none.out_of_scope.select');
/** An understanding as a rule over words. */
const asking =
  (read: (words: readonly string[]) => Frame | Observation): Ask =>
  (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const found = read(text.split(' '));
        return 'got' in found ? found : { got: [found], rejected: [] };
      }),
    );

const TEXT = 'could you please open the window a bit for me';

describe('blame', () => {
  it('[TEST-31] shrinks to the words that are taken wrongly, and names them', async () => {
    const candidate = asking((words) =>
      words.includes('open') && words.includes('bit') ? frame('window.close') : frame('window.open'),
    );
    const shrunk = await shrink({ text: TEXT, expected: [{ intent: 'window.open' }], candidate });
    assert.deepEqual(shrunk, {
      text: 'open bit',
      flipped: 'intent',
      tokens: ['open', 'bit'],
      got: [frame('window.close')],
    });
  });

  it('[TEST-31] with the model before at hand the text stays one that it reads rightly', async () => {
    const candidate = asking((words) => (words.includes('bit') ? DECLINED : frame('window.open')));
    const baseline = asking((words) =>
      words.includes('open') && words.includes('window') ? frame('window.open') : DECLINED,
    );
    const shrunk = await shrink({ text: TEXT, expected: [{ intent: 'window.open' }], candidate, baseline });
    assert.deepEqual([shrunk?.text, shrunk?.tokens], ['open window bit', ['bit']]);
  });

  it('[TEST-31] tells slots and thresholds from intents, and finds nothing in what is right', async () => {
    const zone = (value: string) => ({ zone: { text: value, value } });
    const slot = await shrink({
      text: 'open the rear window',
      expected: [{ intent: 'window.open', slots: { zone: 'rear' } }],
      candidate: asking((words) => frame('window.open', words.includes('rear') ? zone('driver') : {})),
    });
    assert.deepEqual([slot?.flipped, slot?.text], ['slot', 'rear']);
    const unsure: Observation = { got: [DECLINED], rejected: [frame('window.open', {}, 0.4)] };
    const threshold = await shrink({
      text: TEXT,
      expected: [{ intent: 'window.open' }],
      candidate: asking((words) => (words.includes('bit') ? unsure : frame('window.open'))),
    });
    assert.deepEqual([threshold?.flipped, threshold?.text, threshold?.tokens], ['threshold', TEXT, ['bit']]);
    const right = asking(() => frame('window.open'));
    assert.equal(
      await shrink({ text: TEXT, expected: [{ intent: 'window.open' }], candidate: right }),
      undefined,
    );
  });

  const suite = `
ontology: none
cases:
  - id: a
    turns:
      - {text: open it, audio: a.wav, expect: roof.open, expectState: {Vehicle.Roof: 100}, expectReply: open}
`;
  const [check] = expand([readSuite({ file: 's.yaml', text: suite }, () => undefined)], {
    seed: 0,
    synonyms: { verbs: [], values: new Map() },
    sound: (path) => ({ path, digest: path }),
  });
  const right: Observation = {
    got: [frame('roof.open')],
    rejected: [],
    outcomes: [{ intent: 'roof.open', status: 'done' }],
    reply: 'Opening.',
    state: { 'Vehicle.Roof': 100 },
  };
  const misheard: Observation = { ...right, got: [DECLINED], reply: 'Pardon?', state: { 'Vehicle.Roof': 0 } };
  const rude: Observation = { ...right, reply: 'No.', state: { 'Vehicle.Roof': 0 } };

  const blamed = async (
    fromSound: Observation,
    fromWords: Observation,
    understood: Observation,
    commands: Observation,
  ) => {
    const runs: GoldRuns = {
      play: ({ turns }) => Promise.resolve([turns[0]?.audio === undefined ? fromWords : fromSound]),
      playUnderstood: () => Promise.resolve([understood]),
      playCommands: () => Promise.resolve([commands]),
      ask: () => asking(() => DECLINED),
    };
    return (await blame(check!, judge(check!, { turns: [fromSound] }), runs))?.stage;
  };

  it('[TEST-32] the first stage at fault is named', async () => {
    assert.equal(await blamed(right, right, right, right), undefined);
    assert.equal(await blamed(misheard, right, right, right), 'transcriber');
    assert.equal(await blamed(misheard, misheard, right, right), 'understanding');
    assert.equal(await blamed(rude, rude, rude, right), 'dialogue');
    assert.equal(await blamed(rude, rude, rude, rude), 'vehicle');
  });
});
