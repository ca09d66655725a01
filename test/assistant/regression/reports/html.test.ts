import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { htmlReport } from '../../../../assistant/regression/reports/html.ts';
import { requireTool } from '../../../support/tools.ts';
// Where modules of the package are looked up by their name, tests have to be loaded as modules themselves.
import '../../../support/own-words.ts';
import { domainOf, HOSTILE, sampleRun } from './sample-run.ts';

describe('the report as a page, in a real browser', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-report-'));
  const file = join(folder, 'report.html');
  const address = pathToFileURL(file).href;
  const { assessment, run } = sampleRun(5000);
  const html = htmlReport(assessment, run, domainOf);
  const errors: string[] = [];
  const requests: string[] = [];
  let browser: Browser;
  let page: Page;

  before(async () => {
    writeFileSync(file, html);
    browser = await chromium.launch({ executablePath: requireTool('browser'), args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('request', (request) => requests.push(request.url()));
    // tsx names functions by a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (one) => one');
    await page.goto(address);
    if (process.env['SCREENSHOT'])
      await page.screenshot({
        path: process.env['SCREENSHOT'],
        clip: { x: 0, y: 0, width: 1280, height: 1800 },
        fullPage: true,
      });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const shown = async () => Number(/^(\d+) of/.exec((await page.locator('#shown').textContent()) ?? '')?.[1]);

  it('[TEST-66] 5,000 cases are under 5 MB, in one file that asks for nothing', () => {
    assert.ok(html.length < 5_000_000, `${html.length} characters`);
    assert.doesNotMatch(
      html.replace(/<script type="application\/json".*?<\/script>/s, ''),
      /\b(src|href)="(?!#)/,
    );
    assert.deepEqual(requests, [address]);
    assert.deepEqual(errors, []);
  });

  it('[TEST-66] filters by text, status, tag and severity; each in less than 200 ms', async () => {
    assert.equal(await shown(), 5001);
    const broken = assessment.flips.filter(({ change }) => change === 'broken');
    await page.locator('#filter-state').selectOption('broken');
    assert.equal(await shown(), broken.length);
    await page.locator('#filter-severity').selectOption('5');
    assert.equal(await shown(), broken.filter(({ after }) => after!.severity === 5).length);
    await page.locator('#filter-tag').selectOption('noise');
    assert.equal(
      await shown(),
      broken.filter(({ after }) => after!.severity === 5 && after!.tags.includes('noise')).length,
    );
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await shown(), 5001);
    const took = await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#filter-text')!;
      const times = ['c', 'ca', 'case-0001', ''].map((text) => {
        const began = performance.now();
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - began;
      });
      return times.sort((a, b) => a - b)[1]!;
    });
    assert.ok(took < 200, `${took} ms`);
    await page.locator('#filter-text').fill('case-00012');
    assert.equal(await shown(), 1);
  });

  it('[TEST-66] shows old and new side by side, and opens a case by its address whatever the filter', async () => {
    await page.locator('#filter-text').fill('nothing like this');
    assert.equal(await shown(), 0);
    await page.evaluate(() => (location.hash = `case-${encodeURIComponent('odd/case:1~politeness')}`));
    const row = page.locator('[id="case-odd/case:1~politeness"]');
    await row.getByText('Before').waitFor();
    assert.equal(await row.getAttribute('open'), '');
    assert.match((await row.textContent()) ?? '', /Beforewindow\.open — 90\.0 %Nowwindow\.close — 50\.0 %/);
    const other = await browser.newPage();
    await other.goto(`${address}#case-case-04999`);
    await other.locator('[id="case-case-04999"][open]').waitFor();
    await other.close();
  });

  it('[TEST-63] a hostile utterance is text, and nothing else', async () => {
    const said = await page.locator('[id="case-odd/case:1~politeness"] .answer p').allTextContents();
    assert.ok(said.some((text) => text.includes(HOSTILE.slice(0, 40))));
    assert.equal(await page.locator('#list img').count(), 0);
    assert.match(await page.title(), /^drivetalk test: regression$/);
    assert.equal(await page.locator('header b').count(), 0);
  });

  it('[TEST-65] the matrix opens domain, target and operation by keyboard, and its last cell shows its cases', async () => {
    const cells = () => page.locator('#matrix td:not(.same) button');
    const press = async () => {
      await cells().first().focus();
      await page.keyboard.press('Enter');
    };
    const wanted = async () => Number(await cells().first().textContent());
    await press();
    assert.match((await page.locator('#crumbs').textContent()) ?? '', /^all › .* \(target\)$/);
    await press();
    assert.match((await page.locator('#crumbs').textContent()) ?? '', /\(operation\)$/);
    const count = await wanted();
    await press();
    assert.equal(await shown(), count);
    await page.locator('#crumbs button').first().click();
    assert.match((await page.locator('#crumbs').textContent()) ?? '', /^all \(domain\)$/);
  });

  it('[TEST-66] texts have the contrast of WCAG AA in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const worst = await page.evaluate(() => {
        const rgb = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
        const light = (color: readonly number[]) =>
          color
            .slice(0, 3)
            .map((part) =>
              part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
            )
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index]!, 0);
        const behind = (node: Element | null): readonly number[] => {
          if (!node) return [255, 255, 255];
          const color = rgb(getComputedStyle(node).backgroundColor);
          const alpha = color[3] ?? 1;
          if (alpha === 1) return color;
          const below = behind(node.parentElement);
          return [0, 1, 2].map((part) => color[part]! * alpha + below[part]! * (1 - alpha));
        };
        const texts = [
          ...document.querySelectorAll(
            'h1,h2,p,dt,dd,th,td,label,button,summary,.state,.id,.name,.bad,figcaption',
          ),
        ];
        return Math.min(
          ...texts.slice(0, 1500).map((node) => {
            const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          }),
        );
      });
      assert.ok(worst >= 4.5, `${colorScheme}: ${worst}`);
    }
  });
});
