import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Drivetalk's own version, as its package says it. */
export function drivetalkVersion(): string {
  const file = fileURLToPath(import.meta.resolve('#package/package.json'));
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
