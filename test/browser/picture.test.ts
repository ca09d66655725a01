import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { LOOK } from '../../dashboard/car/attention.ts';
import type { CarStats } from '../../dashboard/car/car-stats.ts';
import type { Store } from '../../dashboard/store.ts';
import { openBrowser } from '../support/browser.ts';
import { startCar, type RunningCar } from '../support/running-car.ts';

/** What the page offers to the curious. */
declare global {
  interface Window {
    drivetalk: { readonly store: Store; stats: () => CarStats };
  }
}

const SMALL = { width: 480, height: 320 };
const connected = (page: Page) =>
  page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
const stats = (page: Page) => page.evaluate(() => window.drivetalk.stats());

describe('the picture on the page, in a real browser', function () {
  this.timeout(150_000);
  let car: RunningCar;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  before(async () => {
    car = await startCar();
    browser = await openBrowser({ picture: true });
    page = await browser.newPage({ viewport: SMALL });
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(car.server.url);
    await connected(page);
    await page.waitForFunction(() => window.drivetalk.stats().frames > 0);
  });
  after(async () => {
    await browser.close();
    await car.close();
  });

  it('[WEB-4] draws nothing while nothing changes, and keeps its context', async () => {
    await page.getByTestId('say-input').fill('turn on the interior lights');
    await page.getByTestId('say-input').press('Enter');
    await page.locator('[data-testid=turn][data-stage=done]', { hasText: 'interior' }).waitFor();
    await page.waitForTimeout(LOOK / 2);
    assert.equal((await stats(page)).isFinal, false, 'it is going to turn back');
    // The camera looks for a while at what the last command was about, and turns back: that has to be over.
    await page.waitForFunction(() => window.drivetalk.stats().isFinal, undefined, { timeout: 60_000 });
    const rest = await stats(page);
    await page.waitForTimeout(2_000);
    const later = await stats(page);
    assert.equal(later.frames, rest.frames);
    assert.equal(later.contextLost, false);
    assert.ok(later.drawCalls > 5 && later.drawCalls <= 60, `${later.drawCalls} draw calls`);
    assert.ok(later.triangles > 1_000 && later.triangles <= 120_000, `${later.triangles} triangles`);
  });

  it('[WEB-37] the car that drives off is shown on the street; button and key go back and there', async () => {
    const street = page.getByTestId('street');
    assert.equal(await street.getAttribute('aria-pressed'), 'false');
    const studio = await stats(page);
    car.drive.accelerate(20);
    await page.locator('[data-testid=street][aria-pressed=true]').waitFor();
    await page.waitForFunction(
      (before) => window.drivetalk.stats().triangles > before + 5_000,
      studio.triangles,
    );
    const moving = await stats(page);
    assert.ok(moving.drawCalls <= 60 && moving.triangles <= 120_000);
    await street.click();
    await page.locator('[data-testid=street][aria-pressed=false]').waitFor();
    await page.locator('.car-canvas').press('s');
    await page.locator('[data-testid=street][aria-pressed=true]').waitFor();
    car.drive.hold(0);
    car.drive.park();
    await page.locator('[data-testid=street][aria-pressed=false]').waitFor();
  });

  it('[WEB-35] a lost graphics context is told, the page goes on, and the picture comes back', async () => {
    const losing = page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.car-canvas');
      const extension = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      extension?.loseContext();
      return new Promise<void>((resolve) => {
        setTimeout(() => {
          extension?.restoreContext();
          resolve();
        }, 1_500);
      });
    });
    await page.locator('.notice', { hasText: 'graphics card' }).waitFor();
    assert.equal((await stats(page)).contextLost, true);
    const { frames } = await stats(page);
    await page.getByTestId('say-input').fill('set the temperature to 23 degrees');
    await page.getByTestId('say-input').press('Enter');
    await page
      .locator('[data-testid=turn][data-stage=done]', { hasText: '23 degrees' })
      .waitFor({ state: 'attached' });
    await losing;
    await page.waitForFunction((before) => {
      const now = window.drivetalk.stats();
      return !now.contextLost && now.frames > before && now.triangles > 1_000;
    }, frames);
  });

  it('[WEB-5] reports no error', () => {
    assert.deepEqual(errors, []);
  });

  it('[WEB-52] a still picture comes first, and the one that moves takes its place', async () => {
    const [first] = await page.evaluate(() =>
      performance.getEntriesByName('first-picture').map(({ startTime }) => startTime),
    );
    assert.ok(first !== undefined);
    assert.equal(await page.locator('.car-still').count(), 0);
  });

  it('[WEB-36] without WebGL the car is drawn standing still and told in words, and the page works', async () => {
    const plain = await openBrowser();
    try {
      const words = await plain.newPage({ viewport: SMALL });
      await words.goto(car.server.url);
      await connected(words);
      await words.locator('.car-missing', { hasText: 'no 3D' }).waitFor();
      await words.getByTestId('say-input').fill('turn on the hazard lights');
      await words.getByTestId('say-input').press('Enter');
      await words.locator('#car-text', { hasText: /hazard/i }).waitFor();
      const shown = () =>
        words.evaluate(() => document.querySelector<HTMLCanvasElement>('.car-still')?.toDataURL() ?? '');
      const final = () => words.waitForFunction(() => window.drivetalk.stats().isFinal);
      await final();
      const closed = await shown();
      assert.ok(closed.length > 10_000, 'there is a picture');
      await words.getByTestId('say-input').fill('open the trunk');
      await words.getByTestId('say-input').press('Enter');
      await words.locator('#car-text', { hasText: /trunk/i }).waitFor();
      await final();
      assert.notEqual(await shown(), closed);
    } finally {
      await plain.close();
    }
  });
});
