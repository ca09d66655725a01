import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { openDrive, packageFile } from '../simulator/open-drive.ts';
import { startServer } from '../simulator/server/server.ts';
import { loadCity } from '../simulator/world/city.ts';
import { worldMap } from '../simulator/world/world.ts';
import type { CarWindow } from '../test/support/browser.ts';
import { requireTool } from '../test/support/tools.ts';

/** `npm run screenshots [name …]`: the pictures of README and docs, taken from the running product. */
const SIZE = { width: 1600, height: 900 };
const folder = join(import.meta.dirname, 'pictures');
/** A car that always begins the same. */
const SEED = 7;
const NOON = Date.UTC(2026, 5, 18, 11);
const NIGHT = Date.UTC(2026, 9, 8, 20, 30);
/** Software rendering takes its time until a view has come to rest, in milliseconds. */
const REST = 12_000;
/** A busy machine draws its first frame late, and says nothing before. */
const PATIENCE = 180_000;

interface Shot {
  readonly start: number;
  /** In pixels of the screen for each of the page. */
  readonly sharpness?: number;
  /** @returns what is shown; the whole page unless given */
  readonly prepare: (hand: Hand) => Promise<Locator | undefined>;
}

/** A person at the page. */
class Hand {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async say(text: string): Promise<void> {
    const done = this.page.locator('[data-testid=turn][data-stage=done]');
    const before = await done.count();
    await this.page.getByTestId('say-input').fill(text);
    await this.page.getByTestId('say-input').press('Enter');
    await done.nth(before).waitFor();
  }

  /** Drives off, and waits until the car is that fast, in km/h. */
  async drive(speed: number): Promise<void> {
    await this.page.getByTestId('pedals').click();
    await this.page.waitForFunction(
      (least) =>
        Number((window as unknown as CarWindow).drivetalk.store.state.signals['Vehicle.Speed']?.value) >=
        least,
      speed,
    );
  }

  async look(view: string): Promise<void> {
    await this.page.getByRole('button', { name: view, exact: true }).click();
  }

  async rest(): Promise<void> {
    await this.page.waitForTimeout(REST);
  }
}

const SHOTS: Record<string, Shot> = {
  'parked-studio': {
    start: NOON,
    prepare: async (hand) => {
      await hand.say('set the temperature to 21 degrees and play some jazz');
      await hand.look('Front');
      await hand.rest();
      return undefined;
    },
  },
  'night-in-rain': {
    start: NIGHT,
    prepare: async (hand) => {
      await hand.say('take me home');
      await hand.say('turn on the wipers');
      await hand.drive(30);
      await hand.look('Chase');
      await hand.rest();
      return hand.page.locator('.stage');
    },
  },
  cabin: {
    start: NOON,
    prepare: async (hand) => {
      await hand.say('turn on my seat heating');
      await hand.say('make it purple in here');
      await hand.look('Cabin');
      await hand.rest();
      return hand.page.locator('.stage');
    },
  },
  map: {
    start: NOON,
    prepare: async (hand) => {
      await hand.say('take me to the airport');
      await hand.page.getByTestId('map-expand').click();
      await hand.rest();
      return hand.page.getByTestId('big-map');
    },
  },
  refusal: {
    start: NOON,
    sharpness: 2,
    prepare: async (hand) => {
      await hand.say('take me home');
      await hand.drive(30);
      await hand.say('open the trunk');
      await hand.say('why');
      const refused = hand.page.locator('[data-testid=turn]', { hasText: 'open the trunk' });
      await refused.locator('details.latency summary').click();
      await refused.evaluate((turn) => {
        turn.scrollIntoView({ block: 'start' });
      });
      return hand.page.locator('.conversation');
    },
  },
};

async function take(name: string, { start, sharpness = 1, prepare }: Shot): Promise<void> {
  const drive = await openDrive({ start, utcOffset: 60, seed: SEED });
  const server = await startServer({
    drive,
    map: worldMap(loadCity()),
    page: packageFile('dist/dashboard'),
    host: '127.0.0.1',
    port: 0,
    clock: () => performance.now(),
  });
  const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: sharpness, locale: 'en-GB' });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(`${server.url}/?sharp`);
  await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
  const shown = await prepare(new Hand(page));
  const picture = { path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 84 } as const;
  await (shown ? shown.screenshot(picture) : page.screenshot(picture));
  await context.close();
  await server.close();
  await drive.close();
  console.log(picture.path);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SHOTS));
if (unknown.length > 0)
  throw new Error(`There is no picture ${unknown.join(', ')}. There are: ${Object.keys(SHOTS).join(', ')}.`);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: requireTool('browser'),
  args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
});
for (const [name, shot] of Object.entries(SHOTS))
  if (wanted.length === 0 || wanted.includes(name)) await take(name, shot);
await browser.close();
