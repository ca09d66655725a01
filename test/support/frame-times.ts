import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { CarStats } from '../../dashboard/car/car-stats.ts';
import { describeFigure, percentile, type Figure } from '../../simulator/cli/bench-figure.ts';
import { openBrowser, type CarWindow } from './browser.ts';
import { startCar } from './running-car.ts';

const SIZE = { width: 1280, height: 800 };
/** Each moves, lights or darkens something; some fly the camera into the car and out again. */
const SAYINGS = [
  'turn on the headlights',
  'open my window',
  'turn off the headlights',
  'close my window',
  'open the sunroof',
  'close the sunroof',
  'turn on the reading light',
  'turn off the reading light',
  'open the trunk',
  'close the trunk',
  'turn on the high beam',
  'turn off the high beam',
];
/** Signals whose every change is seen. */
const SEEN = [
  'Vehicle.Body.Lights.Beam.Low.IsOn',
  'Vehicle.Body.Lights.Beam.High.IsOn',
  'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position',
  'Vehicle.Cabin.Sunroof.Position',
  'Vehicle.Body.Trunk.Rear.Position',
  'Vehicle.Cabin.Light.IsDomeOn',
];
/** Milliseconds for one saying, its motion and the rest after it. */
const TURN = 2_500;
/** Milliseconds in which a car is up to speed, and the street about it. */
const DEPARTURE = 12_000;
const PATIENCE = 120_000;

type Measured = Window & {
  readonly drivetalk: CarWindow['drivetalk'] & {
    readonly store: { onSignals(paths: readonly string[], hear: () => void): () => void };
    readonly stats: () => CarStats;
  };
  frameTimes: number[];
};

/** Notes for each change the milliseconds until the frame that shows it is drawn, all its pixels; one change at a time. */
const watch = (page: Page): Promise<void> =>
  page.evaluate((seen) => {
    const here = window as unknown as Measured;
    const { stats, store } = here.drivetalk;
    const gl = document.querySelector<HTMLCanvasElement>('.car-canvas')?.getContext('webgl2');
    here.frameTimes = [];
    const turns = new MessageChannel();
    let began = 0;
    let frames = 0;
    turns.port1.onmessage = () => {
      if (stats().frames === frames) {
        turns.port2.postMessage(0);
        return;
      }
      // A pixel can be read only of a frame that is drawn.
      gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      here.frameTimes.push(performance.now() - began);
      began = 0;
    };
    let isTold = false;
    store.onSignals(seen, () => {
      // What is told at once, when one begins to listen, is no change.
      if (began !== 0 || !isTold) {
        isTold = true;
        return;
      }
      began = performance.now();
      frames = stats().frames;
      turns.port2.postMessage(0);
    });
  }, SEEN);

/** `npm run frame-times`: how long the first picture takes in a real browser, and the frame after a change; `--street` drives. */
async function measure(): Promise<void> {
  const car = await startCar();
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(PATIENCE);
  // tsx names functions by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one');
  await page.goto(car.server.url);
  await page.waitForFunction(() => (window as unknown as Measured).drivetalk.stats().isFinal);
  const first = await page.evaluate(() => performance.getEntriesByName('first-picture')[0]?.startTime);
  if (process.argv.includes('--street')) {
    car.drive.accelerate(50);
    await page.waitForTimeout(DEPARTURE);
  }
  await watch(page);
  for (const [done, words] of SAYINGS.entries()) {
    console.error(`${done + 1} of ${SAYINGS.length}: ${words}`);
    await page.getByTestId('say-input').fill(words);
    await page.getByTestId('say-input').press('Enter');
    await page.waitForTimeout(TURN);
  }
  const times = await page.evaluate(() => (window as unknown as Measured).frameTimes);
  const figures: Figure[] = [
    { name: 'address entered → first picture', value: first ?? NaN, unit: 'ms' },
    { name: `change → frame, p50 of ${times.length}`, value: percentile(times, 0.5), unit: 'ms' },
    { name: `change → frame, p95 of ${times.length}`, value: percentile(times, 0.95), unit: 'ms' },
  ];
  console.log(
    process.argv.includes('--json') ? JSON.stringify(figures) : figures.map(describeFigure).join('\n'),
  );
  await browser.close();
  await car.close();
}

// Mocha loads every file below `test/`; only asked for by name does this one run.
if (process.argv[1] === fileURLToPath(import.meta.url)) await measure();
