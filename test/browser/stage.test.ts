import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { themesOf } from '../../simulator/cli/themes.ts';
import { packageFile } from '../../simulator/open-drive.ts';
import { loadScenario, openPlayer, type OpenPlayer } from '../../simulator/scenario/open-player.ts';
import { startServer, type DashboardServer, type ServerOptions } from '../../simulator/server/server.ts';
import { loadCity } from '../../simulator/world/city.ts';
import { worldMap } from '../../simulator/world/world.ts';
import { readParts } from '../../simulator/open-drive.ts';
import { openBrowser, VIEWPORT, type CarWindow } from '../support/browser.ts';
import { speakWithEspeak } from '../support/speech-sample.ts';

/** The name under which the audience reaches this machine. */
const OUTSIDE = 'car.example';

declare global {
  interface Window {
    /** Seconds of sound that were played. */
    heard?: number | undefined;
  }
}

const SHOW = `scenario: Morning
steps:
  - { caption: Good morning, note: Smile at the audience. }
  - { after: 10 min, caption: Much later, note: Breathe., say: play some jazz }
  - { after: 10 min, caption: The end }
`;

describe('a demonstration, in a real browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let shown: OpenPlayer;
  let server: DashboardServer;
  const contexts: BrowserContext[] = [];
  let count = 0;
  const options = (): ServerOptions => ({
    drive: shown.drive,
    player: shown.player,
    map: worldMap(loadCity()),
    page: packageFile('dist/dashboard'),
    host: '127.0.0.1',
    port: 0,
    clock: () => performance.now(),
    themes: themesOf(['aurora', 'signal'].map((name) => packageFile(`docs/examples/${name}.theme.yaml`))),
    share: { host: OUTSIDE, random: (bytes) => new Uint8Array(bytes).fill(++count) },
  });

  before(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'drivetalk-stage-')), 'show.yaml');
    writeFileSync(file, SHOW);
    shown = await openPlayer(loadScenario(file, readParts()), file);
    server = await startServer(options());
    browser = await openBrowser({ host: OUTSIDE });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  after(async () => {
    await browser.close();
    await server.close();
    await shown.close();
  });

  const connected = (page: Page) =>
    page.locator('[data-testid=connection][data-state=connected]').waitFor({ state: 'attached' });
  /** Each in a window of its own, with a memory of its own. */
  const open = async (address: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: VIEWPORT });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(new URL(address, server.url).href);
    await connected(page);
    return page;
  };
  const roleOf = (page: Page, role: string) => page.locator(`body[data-role=${role}]`).waitFor();
  const invitation = (access: string) => server.invitations.find((each) => each.access === access)!.url;
  /** What a telephone reads there. */
  const scan = async (page: Page, code: Locator): Promise<string | undefined> => {
    const picture = (await code.screenshot()).toString('base64');
    const { dots, width } = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, image.width, image.height);
      let dots = '';
      for (let at = 0; at < data.length; at += 4) dots += data[at]! < 128 ? '#' : ' ';
      return { dots, width: image.width };
    }, picture);
    const pixels = new Uint8ClampedArray(dots.length * 4).fill(255);
    for (let at = 0; at < dots.length; at++) if (dots[at] === '#') pixels.fill(0, at * 4, at * 4 + 3);
    return jsQR.default(pixels, width, dots.length / width)?.data;
  };

  it('[WEB-66] who comes first is told how to talk, until they have, or want it no more', async () => {
    const page = await open('/?theme=none');
    const hint = page.getByTestId('first-hint');
    await hint.getByText('Space').waitFor();
    await page.getByRole('button', { name: 'Close this hint' }).click();
    await page.reload();
    await connected(page);
    assert.equal(await hint.count(), 0);
    const other = await open('/');
    await other.getByTestId('first-hint').waitFor();
    await other.getByTestId('say-input').fill('turn off the ac');
    await other.getByTestId('say-input').press('Enter');
    await other.getByTestId('first-hint').waitFor({ state: 'detached' });
  });

  it('[WEB-60] a second page sits beside the driver, asks to drive, and is handed the wheel', async () => {
    const [one, two] = [await open('/'), await open('/')];
    await roleOf(one, 'driver');
    await roleOf(two, 'passenger');
    await one.getByTestId('presence').getByText('Driver, Passenger').waitFor({ state: 'attached' });
    assert.equal(await two.getByTestId('pedals').isVisible(), false);
    await two.getByTestId('seat').selectOption('driver');
    const question = one.getByTestId('handover');
    await question.getByText('Passenger would like to drive.').waitFor();
    await one.getByTestId('handover-yes').click();
    await Promise.all([
      roleOf(two, 'driver'),
      roleOf(one, 'passenger'),
      question.waitFor({ state: 'detached' }),
    ]);
    await two.getByTestId('notice').getByText('You drive now.').waitFor();
    // Who drives moves the show on, and gets its notes with the wheel.
    await two.getByTestId('show-note').getByText('Smile at the audience.').waitFor({ state: 'attached' });
    // Loaded again, it is what it was.
    await two.reload();
    await roleOf(two, 'driver');
  });

  it('[WEB-61] who is invited to look on sees all and cannot speak; another link is told', async () => {
    const driver = await open('/');
    const viewer = await open(invitation('viewer'));
    await roleOf(viewer, 'viewer');
    await viewer.getByTestId('looking-on').getByText('all that is said and done').waitFor();
    assert.equal(await viewer.getByTestId('say-input').isVisible(), false);
    assert.equal(await viewer.getByTestId('talk-button').isVisible(), false);
    assert.equal(await viewer.getByTestId('invite').isVisible(), false);
    await driver.getByTestId('say-input').fill('turn on the ac');
    await driver.getByTestId('say-input').press('Enter');
    await viewer.locator('[data-testid=turn][data-stage=done]', { hasText: 'turn on the ac' }).waitFor();

    const context = await browser.newContext();
    contexts.push(context);
    const stranger = await context.newPage();
    await stranger.goto(invitation('viewer').replace(/join=./, 'join=_'));
    await stranger.getByTestId('notice').getByText('Ask for a new one').waitFor();
    await stranger.getByTestId('connection').getByText('Not let in').waitFor();
  });

  it('[WEB-62] the codes read as the addresses that they stand for', async () => {
    const page = await open('/');
    await page.getByTestId('invite').click();
    for (const access of ['viewer', 'passenger']) {
      await page.getByTestId(`invite-${access}`).click();
      await page.locator(`[data-access=${access}][aria-pressed=true]`).waitFor();
      const code = page.locator('.invite-code svg');
      await page.getByTestId('invite-address').getByText(invitation(access)).waitFor();
      await page.waitForTimeout(50);
      assert.equal(await scan(page, code), invitation(access));
    }
  });

  it('[WEB-63] a kiosk has captions and a code and nothing to click; its pointer hides, a touch fills the screen', async () => {
    const page = await open('/?kiosk');
    await page.getByTestId('show-caption').getByText('Good morning').waitFor();
    for (const gone of ['open-signals', 'invite', 'say-input', 'show-pause', 'language'])
      assert.equal(await page.getByTestId(gone).isVisible(), false, gone);
    assert.equal(await scan(page, page.locator('.audience-code svg')), invitation('viewer'));
    await page.locator('body[data-idle]').waitFor({ timeout: 10_000 });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).cursor), 'none');
    await page.mouse.move(100, 100);
    await page.locator('body:not([data-idle])').waitFor();
    await page.mouse.click(300, 300);
    await page.waitForFunction(() => document.fullscreenElement !== null);
  });

  it('[WEB-64] the presenter reads notes and goes on; the audience sees captions only', async () => {
    const stage = await open('/');
    const presenter = await open('/?presenter');
    const audience = await open(invitation('viewer'));
    await roleOf(presenter, 'presenter');
    await presenter.getByTestId('presenter-note').getByText('Smile at the audience.').waitFor();
    await presenter.getByTestId('presenter-next').getByText('“play some jazz”').waitFor();
    await presenter.getByTestId('presenter-next').getByText('Breathe.').waitFor();
    assert.match(
      (await presenter.getByTestId('presenter-time').textContent()) ?? '',
      /^\d+:\d\d into the drive$/,
    );
    assert.equal(await audience.getByTestId('show-note').isVisible(), false);
    const sent = await audience.evaluate(() => (window as unknown as CarWindow).drivetalk.store.state.show);
    assert.deepEqual([sent?.caption, sent?.note, sent?.next?.note], ['Good morning', '', '']);
    await presenter.keyboard.press('PageDown');
    for (const page of [stage, audience])
      await page.getByTestId('show-caption').getByText('Much later').waitFor();
    await presenter.getByTestId('presenter-note').getByText('Breathe.').waitFor();
    assert.equal(await audience.getByTestId('show-next').isVisible(), false);
    await stage.locator('[data-testid=turn][data-stage=done]', { hasText: 'play some jazz' }).waitFor();
  });

  it('[WEB-67] a click tells which machines moved; what was spoken here can be played', async () => {
    const stage = await open('/?as=passenger');
    await stage.getByTestId('say-input').fill('take me home');
    await stage.getByTestId('say-input').press('Enter');
    const turn = stage.locator('[data-testid=turn][data-stage=done]', { hasText: 'take me home' });
    await turn.waitFor();
    assert.equal(await turn.getByTestId('turn-moved').locator('li').isVisible(), false);
    await turn.getByTestId('turn-heard').click();
    await turn.getByTestId('turn-moved').locator('code', { hasText: 'navigation' }).waitFor();
    await turn.getByTestId('turn-heard').click();
    assert.equal(await turn.getByTestId('turn-moved').locator('li').isVisible(), false);
    assert.equal(await turn.getByRole('button', { name: 'Play it' }).count(), 0);

    const wav = readFileSync(speakWithEspeak('play some jazz')).toString('base64');
    await stage.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dropped = new DataTransfer();
      dropped.items.add(new File([bytes], 'command.wav', { type: 'audio/wav' }));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
      );
    }, wav);
    const spoken = stage.locator('[data-testid=turn]', { hasText: 'spoke' });
    const playing = stage.waitForFunction(() => window.heard !== undefined && window.heard > 0.5);
    await stage.evaluate(() => {
      Object.defineProperty(AudioBufferSourceNode.prototype, 'start', {
        value(this: AudioBufferSourceNode) {
          window.heard = this.buffer?.duration;
          AudioScheduledSourceNode.prototype.start.call(this);
        },
      });
    });
    await spoken.getByRole('button', { name: 'Play it' }).click({ timeout: 60_000 });
    await playing;
  });

  it('[WEB-65] a brand gives the page its names, mark and colours; one that is not served is told', async () => {
    const colour = (page: Page) =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim());
    const page = await open('/');
    await page.locator('.brand', { hasText: 'Aurora' }).waitFor();
    assert.equal(await page.title(), 'Aurora One – voice demonstration');
    assert.equal(await colour(page), '#3ce0a6');
    const width = await page.locator('.brand-logo').evaluate((logo: HTMLImageElement) => logo.naturalWidth);
    assert.ok(width > 0);
    assert.equal(await page.getByTestId('say-input').getAttribute('placeholder'), 'Type to Borealis …');
    const other = await open('/?theme=signal');
    await other.locator('.brand', { hasText: 'Signal Motors' }).waitFor();
    assert.equal(await colour(other), '#ff8a66');
    const unknown = await open('/?theme=<img src=x onerror=alert(1)>');
    await unknown.getByTestId('notice').getByText('aurora, signal').waitFor();
    await unknown.locator('.brand', { hasText: 'Drivetalk' }).waitFor();
  });

  it('[WEB-68] after a restart each page sits where it sat, and shows the exact state', async () => {
    const pages = [await open('/'), await open('/?as=rear_left'), await open('/?as=viewer')] as const;
    const { port } = new URL(server.url);
    await server.close();
    await pages[2]
      .locator('[data-testid=connection]:not([data-state=connected])')
      .waitFor({ state: 'attached' });
    shown.drive.sense('Vehicle.Exterior.AirTemperature', -12, { stuck: true });
    server = await startServer({ ...options(), port: Number(port) });
    await Promise.all(pages.map(connected));
    for (const [index, role] of ['driver', 'rear_left', 'viewer'].entries()) {
      const page = pages[index]!;
      await roleOf(page, role);
      await page.waitForFunction(
        () =>
          (window as unknown as CarWindow).drivetalk.store.state.signals['Vehicle.Exterior.AirTemperature']
            ?.value === -12,
      );
    }
    const [versions] = await Promise.all([
      Promise.all(
        pages.map((page) =>
          page.evaluate(() =>
            JSON.stringify((window as unknown as CarWindow).drivetalk.store.state.presence),
          ),
        ),
      ),
    ]);
    assert.equal(new Set(versions).size, 1);
    assert.match(versions[0]!, /"taken":\["driver","rear_left"\],"viewers":1/);
  });
});
