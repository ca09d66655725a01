import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { withPeak } from '../../assistant/speech/synthetic/mix.ts';
import { writeWav } from '../../assistant/speech/synthetic/write-wav.ts';
import { SAMPLE_RATE } from '../../assistant/speech/transcriber.ts';
import type { ConversationTurn } from '../../simulator/server/protocol.ts';
import type { Intent } from '../../vehicle/ontology.generated.ts';
import { openBrowser, VIEWPORT } from '../support/browser.ts';
import { startCar, type RunningCar } from '../support/running-car.ts';
import { talkSound, underNoise } from '../support/talk-sound.ts';

/** Ten wishes, and what each is to become. */
const WISHES: readonly (readonly [text: string, intent: Intent])[] = [
  ['open the window', 'window.open'],
  ['turn on the air conditioning', 'climate.ac.on'],
  ['set the temperature to twenty one degrees', 'climate.temperature.set'],
  ['turn on the headlights', 'light.headlight.on'],
  ['take me home', 'navigation.route.start'],
  ['close the window', 'window.close'],
  ['turn up the volume', 'media.volume.increase'],
  ['open the sunroof', 'sunroof.open'],
  ['turn on the seat heating', 'seat.heating.on'],
  ['close the sunroof', 'sunroof.close'],
];
/** Milliseconds between one wish and the next. */
const GAP = 1400;
/** Milliseconds that a busy machine may be behind. */
const PATIENCE = 40_000;
/** Decibels by which speech is louder than the motor. */
const SNR = 15;

/** What the page has drawn at a time, and whether it knew that somebody spoke. */
interface Look {
  readonly at: number;
  readonly frames: number;
  readonly isSpoken: boolean;
}
type WatchedWindow = Window & { looks: Look[] };

/** Runs in the page: looks at it many times a second from now on. */
function watchFrames(): void {
  const page = window as unknown as WatchedWindow;
  page.looks = [];
  setInterval(() => {
    const isSpoken = page.drivetalk.store.state.conversation.some(({ stage }) => stage === 'listening');
    page.looks.push({ at: performance.now(), frames: page.drivetalk.stats().frames, isSpoken });
  }, 50);
}

describe('hands-free, in a real browser', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-hands-free-'));
  let car: RunningCar;
  let browser: Browser;
  let page: Page;
  let seconds = 0;
  const turns = new Map<string, ConversationTurn>();

  before(async () => {
    car = await startCar();
    car.drive.onTurn((turn) => turns.set(turn.id, turn));
    await car.drive.warmUp();
    const said = await talkSound([2000, ...WISHES.flatMap(([text]) => [`hey drive, ${text}`, GAP])]);
    const samples = withPeak(underNoise(said, 'motor', SNR), 0.6);
    seconds = samples.length / SAMPLE_RATE;
    const file = join(folder, 'cabin.wav');
    writeFileSync(file, writeWav({ samples, rate: SAMPLE_RATE }));
    browser = await openBrowser({ picture: true, microphone: file });
    page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(car.server.url);
    await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
  });
  after(async () => {
    await browser.close();
    await car.close();
    rmSync(folder, { recursive: true });
  });

  const state = () => page.getByTestId('hands-free-state');

  it('[WEB-20] ten wishes in a row in a driving car, each introduced by the wake word alone, nothing touched', async () => {
    const button = page.getByTestId('hands-free');
    assert.equal(await button.getAttribute('aria-checked'), 'false');
    await button.focus();
    await page.keyboard.press('Enter');
    await state().getByText('Say “hey drive”').waitFor();
    const seen = new Set<string>();
    const looking = setInterval(() => {
      void state()
        .getAttribute('data-state')
        .then((now) => now !== null && seen.add(now));
    }, 150);
    await page.evaluate(watchFrames);
    const done = () => [...turns.values()].filter(({ stage }) => stage === 'done');
    const end = performance.now() + seconds * 1000 + PATIENCE;
    while (done().length < WISHES.length && performance.now() < end) await page.waitForTimeout(200);
    clearInterval(looking);

    const became = done().map(({ commands, outcomes }) =>
      outcomes.every(({ status }) => status === 'done' || status === 'unchanged')
        ? commands.map(({ intent }) => intent).join()
        : 'refused',
    );
    const right = WISHES.filter(([, intent]) => became.includes(intent));
    const heard = done().map(({ heard: words, latency }) => `${words} ${JSON.stringify(latency)}`);
    assert.ok(right.length >= 9, `${right.length} of ${WISHES.length} right; heard:\n${heard.join('\n')}`);
    for (const wanted of ['asleep', 'hearing', 'awake']) assert.ok(seen.has(wanted), [...seen].join());
    // Whichever of the ten was missed, and whichever word was in doubt, which is told beside it.
    const last = done().at(-1)?.heard.split(' ').at(-1) ?? '';
    assert.notEqual(last, '');
    await page.getByTestId('turn-heard').filter({ hasText: last }).last().waitFor();
  });

  it('[WEB-53] while somebody speaks, a processor that draws leaves the time to what hears', async () => {
    const looks = await page.evaluate(() => (window as unknown as WatchedWindow).looks);
    const spells: Look[][] = [];
    for (const [at, look] of looks.entries()) {
      if (!look.isSpoken) continue;
      if (looks[at - 1]?.isSpoken === true) spells.at(-1)?.push(look);
      else spells.push([look]);
    }
    const long = spells.map(([first, ...more]) => ({ first, last: more.at(-1) }));
    let watched = 0;
    for (const { first, last } of long) {
      if (!first || !last) continue;
      const ms = last.at - first.at;
      watched += ms;
      const frames = last.frames - first.frames;
      assert.ok(frames <= ms / 200 + 2, `${frames} frames in ${ms} ms`);
    }
    assert.ok(watched > 2000, `${watched} ms of speech were watched`);
  });

  it('[WEB-21] the choice is remembered; switched off, the microphone is closed', async () => {
    await page.reload();
    const button = page.getByTestId('hands-free');
    await page.locator('[data-testid=hands-free][aria-checked=true]').waitFor();
    await state().getByText('Click or press a key').waitFor();
    await page.keyboard.press('Shift');
    await page.locator('[data-testid=hands-free-state][data-state=asleep]').waitFor();
    await button.click();
    await page.locator('[data-testid=hands-free-state][data-state=off]').waitFor({ state: 'attached' });
    assert.equal(await button.getAttribute('aria-checked'), 'false');
  });
});
