import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, type Message } from '../../dashboard/language/message.ts';
import { messages } from '../../dashboard/language/messages/index.ts';
import { openBrowser } from '../support/browser.ts';
import { visibleTexts, weakContrasts } from '../support/page-audit.ts';
import { startCar, type RunningCar } from '../support/running-car.ts';
import { openDrive } from '../../simulator/open-drive.ts';
import { loadCity } from '../../simulator/world/city.ts';

describe('the panels, in a real browser', function () {
  this.timeout(120_000);
  let car: RunningCar;
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];
  const errors: string[] = [];

  /** The car's day is long over, and the page is opened on the other side of the earth. */
  const start = Date.parse('2025-03-04T06:30:00Z');
  const open = async (query: string, by = browser): Promise<Page> => {
    const opened = await by.newPage({
      viewport: { width: 1280, height: 720 },
      reducedMotion: 'reduce',
      timezoneId: 'Pacific/Auckland',
    });
    // tsx wraps named functions in a helper of its own, which a page does not have.
    await opened.addInitScript('globalThis.__name ??= (each) => each');
    opened.on('request', (request) => {
      if (!request.url().startsWith(car.server.url) && !/^(data|blob):/.test(request.url()))
        foreign.push(request.url());
    });
    opened.on('pageerror', (error) => errors.push(error.message));
    await opened.goto(`${car.server.url}/${query}`);
    await opened.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
    return opened;
  };
  const goal = (path: string) => {
    const { target, value } = car.drive.vehicle.read(`Vehicle.${path}`);
    return target ?? value;
  };
  const until = async (path: string, wanted: unknown) => {
    for (let patience = 0; goal(path) !== wanted && patience < 100; patience++) await page.waitForTimeout(50);
    assert.equal(goal(path), wanted);
  };

  before(async () => {
    car = await startCar(0, { drive: await openDrive({ start, utcOffset: 60 }) });
    browser = await openBrowser();
    page = await open('');
  });
  after(async () => {
    await browser.close();
    await car.close();
  });

  it('[WEB-40] a finger on a panel does what a voice would do, and the gate’s answer is told', async () => {
    await page.getByTestId('climate-driver-warmer').click();
    await until('Cabin.HVAC.Station.Row1.Driver.Temperature', 20.5);
    await page.getByTestId('climate-driver-seat').click();
    await until('Cabin.Seat.Row1.DriverSide.HeatingCooling', 33);
    await page.getByTestId('climate-driver-air').click();
    await until('Cabin.HVAC.Station.Row1.Driver.AirDistribution', 'DOWN');
    await page.getByTestId('tab-energy').click();
    await page.getByRole('button', { name: 'Start charging' }).click();
    // Without a cable the car says why not.
    await page.getByTestId('notice').first().waitFor();
    await page.getByRole('button', { name: 'Dismiss this notice' }).click();
  });

  it('[WEB-41] a call comes to the front, is told and can be ended there', async () => {
    car.drive.sense('Vehicle.Cabin.Infotainment.Phone.IncomingCall', '+12025550103');
    await page.getByTestId('call-answer').waitFor();
    assert.match(
      await page.locator('#phone').ariaSnapshot(),
      /Mom[\s\S]*Incoming call[\s\S]*button "Answer"[\s\S]*button "Decline"/,
    );
    await page.getByTestId('call-answer').click();
    await page.getByTestId('call-state').getByText('In a call').waitFor();
    await page.getByTestId('call-hangUp').click();
    await until('Cabin.Infotainment.Phone.CallState', 'IDLE');
  });

  it('[WEB-42] every panel tells its state to a screen reader', async () => {
    const told = async (name: string) => page.locator(`#${name}`).ariaSnapshot();
    assert.match(
      await told('climate'),
      /group "Driver":[\s\S]*20\.5°[\s\S]*button "Fan 30 %, to the feet"[\s\S]*slider "Fan, Driver"[\s\S]*"Driver: Heat 33 %"/,
    );
    assert.match(await told('climate'), /button "On" \[pressed\]/);
    assert.match(await told('map'), /img "Map\. The car heads north\. No destination set"/);
    assert.match(await told('energy'), /72 %[\s\S]*figure "Power over time"[\s\S]*Charge to[\s\S]*80 %/);
    await page.getByTestId('tab-vehicle').click();
    assert.match(
      await told('vehicle'),
      /img "Tyre front left: 2\.5 bar"[\s\S]*All doors and lids closed[\s\S]*Washer fluid/,
    );
    await page.getByTestId('tab-status').click();
    assert.match(
      await told('status'),
      /0 km\/h[\s\S]*img "Gear P"[\s\S]*meter "Battery"[\s\S]*list "Tell-tales"[\s\S]*Parking brake/,
    );
    await page.getByTestId('tab-media').click();
    assert.match(
      await told('media'),
      /Nothing is playing[\s\S]*group "Playback"[\s\S]*button "Play"[\s\S]*slider "Volume"/,
    );
  });

  it('[WEB-43] by keyboard alone: tabs by arrows, a slider by arrows, the big map opened and closed', async () => {
    await page.getByTestId('tab-status').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#energy').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'energy-tab');
    await page.getByRole('slider', { name: 'Volume' }).focus();
    await page.keyboard.press('ArrowRight');
    await until('Cabin.Infotainment.Media.Volume', 40);
    const ring = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    assert.equal(ring, 'solid', 'the focus is seen');
    await page.getByTestId('map-expand').focus();
    await page.keyboard.press('Enter');
    // Without WebGL the drawing takes the place.
    await page.locator('#big-map[data-drawn=svg]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'map-close');
    await page.getByTestId('map-nearer').press('Enter');
    await until('Cabin.Infotainment.Navigation.Map.Zoom', 15);
    await page.keyboard.press('Escape');
    await page.locator('#big-map').waitFor({ state: 'hidden' });
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'map-expand',
    );
  });

  it('[WEB-44] the units of the car’s screens are chosen on the page, and all numbers follow', async () => {
    await page.getByTestId('units').selectOption('imperial');
    await page.getByTestId('climate-driver-target').getByText('69°F').waitFor();
    await page.getByTestId('tab-status').click();
    await page
      .getByTestId('range')
      .getByText(/^\d+ mi$/)
      .waitFor();
    await page.getByText('mph').waitFor();
    await page.getByTestId('tab-vehicle').click();
    await page.getByTestId('tyre-driver').getByText('36 psi').waitFor();
    await page.getByTestId('units').selectOption('metric');
    await page.getByTestId('tyre-driver').getByText('2.5 bar').waitFor();
  });

  it('[WEB-50] the arrival on the panel is the one that the car says, and turns carry its time', async () => {
    const ask = async (text: string) => {
      await page.getByTestId('say-input').fill(text);
      await page.getByTestId('say-input').press('Enter');
      const turn = page.locator('[data-testid=turn][data-stage=done]', { hasText: text }).last();
      return {
        reply: await turn.getByTestId('turn-reply').innerText(),
        at: await turn.locator('time').innerText(),
      };
    };
    const minuteIn = (words: string) => {
      const [, hour, minute] = /(\d\d):(\d\d)/.exec(words) ?? [];
      return Number(hour) * 60 + Number(minute);
    };
    const panel = async () => minuteIn(await page.getByTestId('arrival').innerText());
    const { at } = await ask('take me home');
    assert.match(at, /^07:3\d$/);
    await page.getByTestId('arrival').getByText('min').waitFor();
    const { reply } = await ask('when do we arrive');
    // The minute may end between the two.
    assert.ok(Math.abs((await panel()) - minuteIn(reply)) <= 1, `${await panel()} and “${reply}”`);
    const before = await panel();
    const told = await page.getByTestId('arrival').innerText();
    car.drive.advance(5 * 60_000);
    await page.waitForFunction(
      (words) => document.querySelector('[data-testid=arrival]')?.textContent !== words,
      told,
    );
    assert.ok((await panel()) - before >= 4);
  });

  it('[WEB-51] a control whose change did not take shows the car’s value again', async () => {
    const viewer = await open('?as=viewer');
    await viewer.locator('body[data-role=viewer]').waitFor();
    const volume = viewer.getByRole('slider', { name: 'Volume' });
    const before = await volume.inputValue();
    await volume.press('ArrowRight');
    await viewer.getByTestId('notice').first().waitFor();
    assert.equal(await volume.inputValue(), before);
    assert.equal(
      await volume.evaluate((element) => element.style.getPropertyValue('--filled')),
      `${before}%`,
    );
    await viewer.getByTestId('units').selectOption('imperial');
    await viewer.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('[data-testid=units]')?.value === 'metric',
    );
    await viewer.close();
  });

  it('[WEB-45] text stands out from its ground as WCAG AA asks', async () => {
    for (const tab of ['energy', 'vehicle', 'status', 'phone', 'media']) {
      await page.getByTestId(`tab-${tab}`).click();
      assert.deepEqual(await weakContrasts(page, '.bar, .panels, .talk'), [], tab);
    }
  });

  it('[WEB-46] nothing is cut off or lies over something else, on a desk, a tablet or a phone', async () => {
    const sizes = [
      [1920, 1080],
      [1600, 900],
      [1280, 720],
      [1024, 768],
      [820, 1180],
      [390, 844],
    ] as const;
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      const found = await page.evaluate(() => {
        const cards = [...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());
        const wide = [...document.querySelectorAll('.panel')]
          .filter((panel) => panel.checkVisibility() && panel.scrollWidth > panel.clientWidth)
          .map(({ id }) => id);
        const over = cards.some((one, at) =>
          cards
            .slice(at + 1)
            .some(
              (other) =>
                one.right > other.left &&
                other.right > one.left &&
                one.bottom > other.top &&
                other.bottom > one.top,
            ),
        );
        // What sticks out, but for what is pushed along inside of something.
        const sideways = [...document.querySelectorAll('body *')]
          .filter(
            (element) =>
              element.checkVisibility() &&
              !element.closest('.panels > *, .chips > *, .visually-hidden, .car-view'),
          )
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.getAttribute('class'));
        return { wide, over, sideways };
      });
      assert.deepEqual(found, { wide: [], over: false, sideways: [] }, `${width} × ${height}`);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it('[WEB-47] in German no word of the page is English, but for what is said and what the car answers', async () => {
    await page.close();
    page = await open('?lang=de');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    await page.getByTestId('say-input').fill('play some jazz and take me home');
    await page.getByTestId('say-input').press('Enter');
    await page.locator('[data-testid=turn][data-stage=done]', { hasText: 'play some jazz' }).waitFor();
    const texts = new Set<string>();
    const collect = async () => {
      for (const text of await visibleTexts(page)) texts.add(text);
    };
    for (const tab of ['energy', 'vehicle', 'status', 'phone', 'media']) {
      await page.getByTestId(`tab-${tab}`).click();
      await collect();
    }
    await page.getByTestId('map-expand').click();
    await collect();
    await page.getByTestId('map-close').click();
    await page.getByTestId('open-signals').click();
    await page.getByTestId('signal-search').waitFor();
    await collect();
    assert.ok(texts.size > 80, `only ${texts.size} texts`);
    assert.deepEqual(
      [...texts].filter((text) => !isGerman(text)),
      [],
    );
  });

  it('[WEB-48] the big map goes with the car, draws nothing while nothing changes, and asks nobody else', async () => {
    const drawing = await openBrowser({ picture: true });
    try {
      const page = await open('', drawing);
      await page.setViewportSize({ width: 480, height: 320 });
      await page.getByTestId('map-expand').click();
      const map = page.locator('#big-map');
      await page.locator('#big-map[data-drawn=webgl][data-frames]').waitFor({ timeout: 60_000 });
      const frames = async () => Number(await map.getAttribute('data-frames'));
      let [before, quiet] = [-1, 0];
      // On a busy machine one frame can take longer than a second.
      for (let patience = 0; quiet < 3 && patience < 40; patience++) {
        await page.waitForTimeout(1_000);
        const now = await frames();
        quiet = now === before ? quiet + 1 : 0;
        before = now;
      }
      assert.equal(quiet, 3, 'it comes to rest');
      await page.getByTestId('map-farther').click();
      await page.waitForFunction(
        (count) => Number(document.getElementById('big-map')?.dataset['frames']) > count,
        before,
      );
      assert.deepEqual(foreign, []);
      assert.deepEqual(errors, []);
    } finally {
      await drawing.close();
    }
  });
});

/** What a number with its unit may look like; the gear; signs. */
const NUMBERS = /^[\s\d.,:;·%°/()[\]–−+×★←→…-]*(km\/h|km|m|kWh\/100 km|kWh|kW|bar|ms|s|mm|°C|min|[PRND])?$/;

const german = Object.values<Message>(messages).flatMap((message) => {
  const text = message[LANGUAGES[1]];
  return (typeof text === 'string' ? [text] : [text.one, text.other]).map(
    (form) =>
      new RegExp(
        `^${form
          .trim()
          .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
          .replace(/\{\w+\}/g, '.{1,60}')
          .replace(/\\\.$/, '\\.?')}$`,
      ),
  );
});

/** Between words that stand side by side. */
const JOINTS = / · |, |: |\. /;
/** Places keep their names. */
const names = new Set(loadCity().places.map(({ name }) => name));

const isGerman = (text: string): boolean =>
  names.has(text) ||
  NUMBERS.test(text) ||
  german.some((pattern) => pattern.test(text)) ||
  (JOINTS.test(text) && text.split(JOINTS).every(isGerman));
