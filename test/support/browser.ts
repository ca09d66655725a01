import { chromium, type Browser } from 'playwright-core';
import type { DashboardState } from '../../simulator/server/protocol.ts';
import { requireTool } from './tools.ts';

/** What the page tells the curious. */
export type CarWindow = Window & {
  readonly drivetalk: { readonly store: { readonly state: DashboardState } };
};

/** Software WebGL draws a frame in a tenth of a second or more: a small picture, and patience. */
export const VIEWPORT = { width: 1024, height: 640 };

/** @param wav what the browser's microphone hears, once, from when it opens */
export async function openBrowser(wav?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: requireTool('browser'),
    args: [
      '--no-sandbox',
      '--enable-unsafe-swiftshader',
      ...(wav === undefined
        ? []
        : [
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-audio-capture=${wav}%noloop`,
          ]),
    ],
  });
}
