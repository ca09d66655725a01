import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './config-file.ts';
import { parseMarket } from './market.ts';
import { SAFETY_RULES } from './safety-rules.ts';
import type { SafetyRule } from './safety.ts';
import { vssSignals, type Catalogue } from './signals/catalogue.ts';
import { buildCatalogue, parseOverlay } from './signals/overlay.ts';

// The one place of `vehicle/` that reads files.

const OWN_OVERLAY = fileURLToPath(import.meta.resolve('#package/vehicle/signals/overlay.vspec.yaml'));
/** A car has some thousand signals and some hundred rules; what is longer is something else. */
const LONGEST_FILE = 4 * 1024 * 1024;

/**
 * The signals of the car: VSS, our overlay, then the given overlay files in order.
 * @throws ConfigError for a file that cannot be read or used
 */
export function loadCatalogue(overlayFiles: readonly string[] = []): Catalogue {
  const overlays = [OWN_OVERLAY, ...overlayFiles].map((file) => parseOverlay(read(file), basename(file)));
  return buildCatalogue(vssSignals(), overlays);
}

/**
 * The rules of the safety gate: those of a market's file, or the default ones.
 * @throws ConfigError for a file that cannot be read or used
 */
export function loadRules(catalogue: Catalogue, marketFile?: string): readonly SafetyRule[] {
  return marketFile === undefined
    ? SAFETY_RULES
    : parseMarket(read(marketFile), basename(marketFile), catalogue);
}

function read(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError('not-readable', file, 0, `cannot be read: ${why}`, { cause: error });
  }
  if (text.length > LONGEST_FILE)
    throw new ConfigError('not-readable', file, 0, 'larger than 4 MB: this is some other file');
  return text;
}
