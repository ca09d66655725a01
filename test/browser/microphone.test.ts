import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, VIEWPORT } from '../support/browser.ts';
import { next, startCar, type RunningCar, type TestClient } from '../support/running-car.ts';
import { speakAfter } from '../support/speech-sample.ts';

declare global {
  interface Window {
    /** All sound that the page was given, and what it opened to take it. */
    heldSound?: { readonly tracks: MediaStreamTrack[]; readonly contexts: AudioContext[] };
  }
}

/** Runs in the page; functions with names would not arrive there. */
function watchSound(): void {
  const held = (window.heldSound = { tracks: [] as MediaStreamTrack[], contexts: [] as AudioContext[] });
  const devices = MediaDevices.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { getUserMedia } = devices;
  devices.getUserMedia = async function (this: MediaDevices, wanted) {
    const stream = await getUserMedia.call(this, wanted);
    held.tracks.push(...stream.getTracks());
    return stream;
  };
  window.AudioContext = class extends AudioContext {
    constructor(...options: [AudioContextOptions?]) {
      super(...options);
      held.contexts.push(this);
    }
  };
}

/** Runs in the page: a person who takes a second to allow the microphone, and a line on which half of that is a wait. */
function hesitate(): void {
  const worklets = AudioWorklet.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { addModule } = worklets;
  worklets.addModule = async function (this: AudioWorklet, ...module) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return addModule.apply(this, module);
  };
  const devices = MediaDevices.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { getUserMedia } = devices;
  devices.getUserMedia = async function (this: MediaDevices, wanted) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return getUserMedia.call(this, wanted);
  };
}

describe('the page’s microphone, in a real browser', function () {
  this.timeout(60_000);
  let car: RunningCar;
  let browser: Browser;

  before(async () => {
    car = await startCar();
    browser = await openBrowser({ microphone: speakAfter(200, 'open the trunk') });
  });
  after(async () => {
    await browser.close();
    await car.close();
  });
  const open = async (query: string, prepare = watchSound): Promise<Page> => {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(prepare);
    await page.goto(`${car.server.url}/${query}`);
    await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
    return page;
  };

  it('[WEB-24] what is said at once when the microphone opens is heard from its first word, however slow the line', async () => {
    const page = await open('', hesitate);
    await page.getByTestId('talk-button').focus();
    await page.keyboard.down('Enter');
    await page.locator('[data-testid=talk-button][data-state=talking]').waitFor();
    // The fake device plays its recording from the moment that it opens.
    await page.waitForTimeout(2_500);
    await page.keyboard.up('Enter');
    await page
      .getByTestId('turn-heard')
      .filter({ hasText: /^open the/i })
      .waitFor();
    await page.close();
  });

  it('[WEB-22] a problem that is not of the open microphone leaves hands-free on', async () => {
    const driver: TestClient = await car.board('driver');
    const page = await open('?as=passenger');
    await page.getByTestId('hands-free').click();
    await page.getByTestId('hands-free-state').getByText('Say “hey drive”').waitFor();
    await page.getByTestId('seat').selectOption('viewer');
    await page.locator('body[data-role=viewer]').waitFor();
    const asked = next(driver, 'patch', ({ presence }) => presence?.asksToDrive === 'viewer');
    await page.getByTestId('seat').selectOption('driver');
    await asked;
    driver.emit('handover', { yes: false });
    await page.getByTestId('notice').getByText('keep the wheel').waitFor();
    assert.equal(await page.getByTestId('hands-free').getAttribute('aria-checked'), 'true');
    await page.close();
  });

  it('[WEB-23] when the server is gone, that is told, and the microphone is given back', async () => {
    const page = await open('');
    await car.server.close();
    await page.getByTestId('talk-button').focus();
    await page.keyboard.down('Enter');
    await page.getByTestId('notice').getByText('out of reach').waitFor();
    await page.keyboard.up('Enter');
    const held = await page.evaluate(() => ({
      tracks: window.heldSound?.tracks.map(({ readyState }) => readyState),
      contexts: window.heldSound?.contexts.map(({ state }) => state),
    }));
    assert.deepEqual(held, { tracks: ['ended'], contexts: ['closed'] });
  });
});
