import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { loadCity } from '../../../simulator/world/city.ts';
import { worldMap } from '../../../simulator/world/world.ts';
import { openBrowser } from '../browser.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Builds the picture alone and opens it. Small: software WebGL takes its time for every pixel. */
export async function openScene(): Promise<{
  readonly page: Page;
  readonly errors: readonly string[];
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'drivetalk-scene-'));
  await build({
    root: import.meta.dirname,
    base: './',
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      minify: false,
      modulePreload: { polyfill: false },
    },
  });
  const city = JSON.stringify(
    worldMap(loadCity(join(import.meta.dirname, '../../../simulator/world/data/city.json'))),
  );
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const body = path === '/world.json' ? Promise.resolve(city) : readFile(join(folder, path));
    body.then(
      (found) =>
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/json' }).end(found),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser: Browser = await openBrowser({ picture: true });
  const page = await browser.newPage({ viewport: { width: 256, height: 160 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon|404/.test(message.text())) errors.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'scene' in window);
  return {
    page,
    errors,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
