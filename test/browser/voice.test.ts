import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { FliteVoice } from '../../assistant/speech/synthesis/flite.ts';
import { openBrowser, VIEWPORT } from '../support/browser.ts';
import { startCar, type RunningCar } from '../support/running-car.ts';

declare global {
  interface Window {
    /** Hears all that the page connects to its loudspeaker. */
    ear?: AnalyserNode;
  }
}

/** Runs in the page; functions with names would not arrive there. */
function listenAtLoudspeaker(): void {
  // Its own two ways to be called are too many for one type.
  const { connect } = AudioNode.prototype as unknown as {
    connect: (this: AudioNode, to: AudioNode) => AudioNode;
  };
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to instanceof AudioDestinationNode) {
      window.ear ??= new AnalyserNode(this.context, { fftSize: 512 });
      connect.call(this, window.ear);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
}

/** How loud the page was in the last 10 ms, 0 to 1. */
const loudness = (page: Page) =>
  page.evaluate(() => {
    const heard = new Float32Array(512);
    window.ear?.getFloatTimeDomainData(heard);
    return Math.max(...heard.map(Math.abs));
  });

describe('the car’s voice, in a real browser', function () {
  this.timeout(120_000);
  let car: RunningCar;
  let browser: Browser;
  let page: Page;
  const voice = new FliteVoice();

  before(async () => {
    car = await startCar(0, { voice: { by: 'auto', synthesizer: voice } });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(listenAtLoudspeaker);
    await page.goto(car.server.url);
    await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
  });
  after(async () => {
    await browser.close();
    await car.close();
    await voice.close();
  });
  const state = (is: 'quiet' | 'speaking') => page.locator(`[data-testid=voice][data-state=${is}]`).waitFor();
  const say = async (text: string) => {
    await page.getByTestId('say-input').fill(text);
    await page.getByTestId('say-input').press('Enter');
  };
  const speaks = async () => {
    while ((await loudness(page)) < 0.02) await page.waitForTimeout(10);
  };

  it('[SAY-25] where the browser has no voice, the page plays the server’s, and shows the caption', async () => {
    assert.equal(await page.evaluate(() => speechSynthesis.getVoices().length), 0);
    await say('set the temperature to 24 degrees');
    await state('speaking');
    await speaks();
    assert.match((await page.locator('.caption-reply').textContent()) ?? '', /24/);
    await state('quiet');
    assert.ok((await loudness(page)) < 0.001);
  });

  it('[SAY-26] it is cut off within 100 ms', async () => {
    await say('what can you do');
    await speaks();
    const reply = await page.locator('.caption-reply').textContent();
    const { samples, rate } = await voice.say(reply ?? '');
    const wouldEnd = performance.now() + (samples.length / rate - 1) * 1000;
    // By the clock of the sound card: a busy machine looks later.
    const passed = await page.evaluate(async () => {
      const { context } = window.ear!;
      const cut = context.currentTime;
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      while (context.currentTime < cut + 0.1) await new Promise((resolve) => setTimeout(resolve, 2));
      return context.currentTime - cut;
    });
    assert.ok((await loudness(page)) < 0.001, `still loud after ${passed} s`);
    assert.ok(performance.now() < wouldEnd, 'too slow to tell: the reply would have ended by itself');
    await state('quiet');
  });

  it('[SAY-25] who wants no voice hears none', async () => {
    await page.getByTestId('voice').click();
    await say('set the temperature to 22 degrees');
    await page.locator('.caption-reply', { hasText: '22' }).waitFor();
    await page.waitForTimeout(500);
    assert.ok((await loudness(page)) < 0.001);
  });
});
