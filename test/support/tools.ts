import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests need beyond npm: programs by any of their names, and the Debian package that brings them. */
const TOOLS = {
  browser: {
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'chrome',
      'msedge',
      'microsoft-edge',
    ],
    elsewhere: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    package: 'chromium',
  },
  'espeak-ng': { names: ['espeak-ng'], elsewhere: [], package: 'espeak-ng' },
  flite: { names: ['flite'], elsewhere: [], package: 'flite' },
  make: { names: ['make'], elsewhere: [], package: 'make' },
  'c++': { names: ['c++', 'g++', 'clang++'], elsewhere: [], package: 'g++' },
} as const;

export type Tool = keyof typeof TOOLS;

const runnable = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Absolute path of a program, if this machine has it. */
export function findTool(tool: Tool): string | undefined {
  const { names, elsewhere } = TOOLS[tool];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere].find(
    runnable,
  );
}

/** Absolute path of a program. @throws Error that says how to get it */
export function requireTool(tool: Tool): string {
  const path = findTool(tool);
  if (path === undefined)
    throw new Error(
      `The tests need ${tool}: install the package "${TOOLS[tool].package}" and run npm test again.`,
    );
  return path;
}

/**
 * Finds every tool, or installs Debian's package where that is possible (root on Debian).
 * @returns the lines that tell a person what is missing and what to do; empty when all is there
 */
export function installTools(): string[] {
  const missing = (Object.keys(TOOLS) as Tool[]).filter((tool) => findTool(tool) === undefined);
  if (missing.length === 0) return [];
  const packages = missing.map((tool) => TOOLS[tool].package);
  const debian = runnable('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (debian) {
    console.log(`Installing ${packages.join(', ')} for the tests ...`);
    const apt = (...args: string[]) =>
      spawnSync('apt-get', ['-qq', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  }
  return missing
    .filter((tool) => findTool(tool) === undefined)
    .map(
      (tool) =>
        `npm test needs ${tool === 'browser' ? 'Chromium, Chrome or Edge' : tool}: install it (Debian: sudo apt-get install ${TOOLS[tool].package}) and run npm test again.`,
    );
}
