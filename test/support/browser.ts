import { chromium, type Browser } from 'playwright-core';
import type { DashboardState } from '../../simulator/server/protocol.ts';
import { requireTool } from './tools.ts';

/** What the page tells the curious. */
export type CarWindow = Window & {
  readonly drivetalk: { readonly store: { readonly state: DashboardState } };
};

/** Software WebGL draws a frame in a tenth of a second or more: a small picture, and patience. */
export const VIEWPORT = { width: 1024, height: 640 };

/** What a test needs of its browser. */
export interface BrowserOptions {
  /** Draws with WebGL, on the processor. It has its own tests: without it ten pages cost what one costs with it. */
  readonly picture?: boolean;
  /** A WAV file: what the microphone hears, once, from when it opens. */
  readonly microphone?: string;
  /** A host that is found at this machine. */
  readonly host?: string;
}

export function openBrowser({ picture = false, microphone, host }: BrowserOptions = {}): Promise<Browser> {
  const hears = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}%noloop`,
  ];
  return chromium.launch({
    executablePath: requireTool('browser'),
    args: [
      '--no-sandbox',
      picture ? '--enable-unsafe-swiftshader' : '--disable-3d-apis',
      ...(microphone === undefined ? [] : hears),
      ...(host === undefined ? [] : [`--host-resolver-rules=MAP ${host} 127.0.0.1`]),
    ],
  });
}
