import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startCar } from '../test/support/running-car.ts';
import { requireTool } from '../test/support/tools.ts';

/** `npm run screenshots`: the README's pictures, taken from the running product. */
const folder = import.meta.dirname;
const car = await startCar();
const browser = await chromium.launch({
  executablePath: requireTool('browser'),
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
await page.goto(car.server.url);
await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });

const say = async (text: string) => {
  const done = page.locator('[data-testid=turn][data-stage=done]');
  const before = await done.count();
  await page.getByTestId('say-input').fill(text);
  await page.getByTestId('say-input').press('Enter');
  await done.nth(before).waitFor();
};
await say('set the temperature to 21 degrees and take me home');
await say('play some jazz');
await say('open my window');
await page.getByTestId('pedals').click();
// The car gathers speed, and the window comes down.
await page.waitForTimeout(8_000);
await say('open the trunk');
await say('why');
await page.waitForTimeout(3_000);
await page.screenshot({ path: join(folder, 'dashboard.png') });

await browser.close();
await car.close();
