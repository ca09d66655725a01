import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, VIEWPORT } from '../support/browser.ts';
import { startCar, type RunningCar } from '../support/running-car.ts';
import { speakAfter } from '../support/speech-sample.ts';

describe('the page, in a real browser', function () {
  this.timeout(120_000);
  let car: RunningCar;
  let browser: Browser;
  const pages: Page[] = [];
  const foreign: string[] = [];
  const errors: string[] = [];

  before(async () => {
    car = await startCar();
    browser = await openBrowser({
      microphone: speakAfter(500, 'set the temperature to twenty one degrees'),
    });
    for (let index = 0; index < 2; index++) {
      const page = await browser.newPage({ viewport: VIEWPORT });
      page.on('request', (request) => {
        if (!request.url().startsWith(car.server.url) && !/^(data|blob):/.test(request.url()))
          foreign.push(request.url());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        // Three.js complains of what the page then tells in words: here there is no picture.
        if (message.type() === 'error' && !/WebGL/.test(message.text())) errors.push(message.text());
      });
      await page.goto(car.server.url);
      await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
      pages.push(page);
    }
  });
  after(async () => {
    await browser.close();
    await car.close();
  });

  const type = async (page: Page, text: string) => {
    const turns = page.getByTestId('turn');
    const before = await turns.count();
    await page.getByTestId('say-input').fill(text);
    await page.getByTestId('say-input').press('Enter');
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid=turn][data-stage=done]').length > count,
      before,
    );
  };

  it('[WEB-1] a typed command changes the car in both browsers', async () => {
    const [one, two] = pages as [Page, Page];
    await type(one, 'set the temperature to 24 degrees');
    for (const page of [one, two]) {
      await page.getByTestId('climate-driver-target').getByText('24').waitFor();
    }
    assert.match(
      (await two.getByTestId('turn-heard').last().textContent()) ?? '',
      /set the temperature to 24 degrees/,
    );
    assert.notEqual((await two.getByTestId('turn-reply').last().textContent())?.trim(), '');
  });

  it('[WEB-2] a route appears on the map when asked for', async () => {
    const [one, two] = pages as [Page, Page];
    assert.equal(await two.getByTestId('map-route').count(), 0);
    await type(one, 'take me home');
    await two.getByTestId('map-route').waitFor({ state: 'attached' });
    await two.close();
  });

  it('[WEB-3] [WEB-53] speaking into the microphone with Space held changes the page', async () => {
    const [page] = pages as [Page];
    const heard = page.locator('[data-testid=turn][data-stage=done]', {
      hasText: /temperature.* to.* twenty.* one.* degrees/,
    });
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.down('Space');
    // The recording lasts three and a half seconds; the fake device plays it from the moment the microphone opens.
    await page.waitForTimeout(4_500);
    await page.keyboard.up('Space');
    await heard.waitFor({ timeout: 30_000 });
    await page.getByTestId('climate-driver-target').getByText('21').waitFor();
  });

  it('[WEB-7] the signal browser: search, live values, set by keyboard, the gate’s answer, a question back', async () => {
    const [page] = pages as [Page];
    const answer = page.getByTestId('signal-answer');
    const pick = async (path: string) => {
      await page.getByTestId('signal-search').fill(path);
      await page.locator(`[data-path="${path}"]`).press('Enter');
      assert.equal(await page.getByTestId('signal-path').textContent(), path);
    };
    await page.getByTestId('open-signals').focus();
    await page.keyboard.press('Enter');
    await pick('Vehicle.Cabin.Seat.Row1.PassengerSide.Position');
    await page.getByTestId('signal-value').fill('100');
    await page.keyboard.press('Enter');
    await page
      .getByTestId('signal-now')
      .getByText(/^100 mm$/)
      .waitFor();
    assert.equal(await answer.getAttribute('data-status'), 'done');

    car.drive.accelerate(60);
    await pick('Vehicle.Cabin.Door.Row1.DriverSide.IsOpen');
    await page.getByTestId('signal-value').selectOption('true');
    await page.getByRole('button', { name: 'Set', exact: true }).press('Enter');
    await answer.getByText('SAFE-2').waitFor();

    await pick('Vehicle.ADAS.LaneDepartureDetection.IsEnabled');
    await page.getByTestId('signal-value').selectOption('false');
    await page.getByRole('button', { name: 'Set', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Yes, do it' }).press('Enter');
    await page.getByTestId('signal-now').getByText('false').waitFor();
    car.drive.park();
    await page.keyboard.press('Escape');
    await page.getByTestId('signal-search').waitFor({ state: 'hidden' });
  });

  it('[WEB-5] asks no other host for anything, and reports no error', () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(errors, []);
  });

  it('[WEB-6] after the server came back the page shows its state', async () => {
    const [page] = pages as [Page];
    const port = Number(new URL(car.server.url).port);
    errors.length = 0;
    await car.close();
    await page.locator('[data-testid=connection]:not([data-state=connected])').waitFor({ state: 'attached' });
    car = await startCar(port);
    await page
      .locator('[data-testid=connection][data-state=connected]')
      .waitFor({ state: 'attached', timeout: 30_000 });
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=turn]').length === 0);
    assert.equal(await page.getByTestId('map-route').count(), 0);
  });
});
