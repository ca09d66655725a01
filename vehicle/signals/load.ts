import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vssSignals, type Catalogue } from './catalogue.ts';
import { buildCatalogue, OverlayError, parseOverlay } from './overlay.ts';

const OWN_OVERLAY = fileURLToPath(import.meta.resolve('#package/vehicle/signals/overlay.vspec.yaml'));

/**
 * The signals of the car: VSS, our overlay, then the given overlay files in order. The one place of `vehicle/` that
 * reads files.
 * @throws OverlayError for a file that cannot be read or used
 */
export function loadCatalogue(overlayFiles: readonly string[] = []): Catalogue {
  const overlays = [OWN_OVERLAY, ...overlayFiles].map((file) =>
    parseOverlay(readOverlay(file), basename(file)),
  );
  return buildCatalogue(vssSignals(), overlays);
}

/** A car has some thousand signals; what is longer is something else. */
const LONGEST_OVERLAY = 4 * 1024 * 1024;

function readOverlay(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OverlayError('not-readable', file, 0, `the overlay cannot be read: ${why}`, { cause: error });
  }
  if (text.length > LONGEST_OVERLAY)
    throw new OverlayError('not-readable', file, 0, 'the overlay is larger than 4 MB: this is another file');
  return text;
}
