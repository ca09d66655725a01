import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { replayFile } from '../../simulator/cli/replay.ts';
import { packageFile } from '../../simulator/open-drive.ts';
import { loadScenario, openPlayer } from '../../simulator/scenario/open-player.ts';
import { openRecordedDrive, type RecordedDrive } from '../../simulator/scenario/record-file.ts';
import type { Player } from '../../simulator/scenario/player.ts';
import { startServer, type RunningServer } from '../../simulator/server/server.ts';
import { loadCity } from '../../simulator/world/city.ts';
import { worldMap } from '../../simulator/world/world.ts';
import { readParts } from '../../simulator/open-drive.ts';
import { openBrowser, VIEWPORT } from '../support/browser.ts';
import { speakAfter } from '../support/speech-sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'drivetalk-show-'));

function serve({ drive }: RecordedDrive, player?: Player): Promise<RunningServer> {
  return startServer({
    drive,
    player,
    map: worldMap(loadCity()),
    page: packageFile('dist/dashboard'),
    host: '127.0.0.1',
    port: 0,
    clock: () => performance.now(),
  });
}

async function openPage(browser: Browser, server: RunningServer): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(server.url);
  await page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
  return page;
}

describe('recordings and shows, in a real browser', function () {
  this.timeout(180_000);
  let browser: Browser;
  before(async () => {
    browser = await openBrowser({
      microphone: speakAfter(500, 'set the temperature to twenty one degrees'),
    });
  });
  after(() => browser.close());

  it('[REC-10] what is spoken and typed into the page is recorded, and replays exactly', async () => {
    const record = join(folder, 'session.jsonl');
    const drive = await openRecordedDrive({}, { record });
    const server = await serve(drive);
    const page = await openPage(browser, server);
    const turns = page.locator('[data-testid=turn][data-stage=done]');
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.down('Space');
    // The recording lasts three and a half seconds; the fake device plays it from the moment the microphone opens, which
    // a busy machine takes a while for.
    await page.locator('[data-testid=turn][data-stage=listening]').waitFor();
    await page.waitForTimeout(4_500);
    await page.keyboard.up('Space');
    await turns.filter({ hasText: /twenty.* one.* degrees/ }).waitFor({ timeout: 60_000 });
    await page.getByTestId('say-input').fill('take me home');
    await page.getByTestId('say-input').press('Enter');
    await turns.filter({ hasText: 'take me home' }).waitFor({ timeout: 60_000 });
    await page.getByTestId('pedals').click();
    await page.waitForTimeout(3_000);
    await page.close();
    await server.close();
    await drive.close();
    assert.equal(await replayFile(record, { json: true }), 0);
  });

  it('[SCENE-10] the page shows a scripted drive: caption, note and place; pauses it, goes on, completes and jumps', async () => {
    const scenario = join(folder, 'show.yaml');
    const steps = [
      '  - { caption: Good morning, camera: rear, note: Smile at the audience. }',
      '  - { after: 10 min, caption: Much later }',
      '  - { after: 10 min, caption: Later still }',
      '  - { after: 10 min, caption: The end, say: open the window }',
    ];
    writeFileSync(scenario, `scenario: Morning\nsteps:\n${steps.join('\n')}\n`);
    const opened = await openPlayer(loadScenario(scenario, readParts()), scenario);
    const server = await serve(opened, opened.player);
    const page = await openPage(browser, server);
    const caption = page.getByTestId('show-caption');
    await caption.getByText('Good morning').waitFor();
    await page.getByTestId('show-note').getByText('Smile').waitFor();
    await page.getByTestId('show-place').getByText('Morning · step 1 of 4').waitFor();
    await page.getByTestId('show-pause').click();
    await page.getByTestId('show-pause').getByText('Go on').waitFor();
    assert.equal(opened.player.show.paused, true);
    await page.getByTestId('show-pause').click();
    await page.getByTestId('show-pause').getByText('Pause').waitFor();
    await page.getByTestId('show-next').click();
    await caption.getByText('Much later').waitFor();
    await page.getByTestId('show-jump').selectOption('4');
    await caption.getByText('The end').waitFor();
    await page.locator('[data-testid=turn][data-stage=done]', { hasText: 'open the window' }).waitFor();
    assert.equal(await page.getByTestId('show-next').isDisabled(), true);
    await page.screenshot({ path: join(folder, 'show.png') });
    await page.close();
    await server.close();
    await opened.close();
  });
});
