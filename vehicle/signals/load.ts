import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vssSignals, type Catalogue } from './catalogue.ts';
import { buildCatalogue, parseOverlay } from './overlay.ts';

const OWN_OVERLAY = fileURLToPath(import.meta.resolve('#package/vehicle/signals/overlay.vspec.yaml'));

/**
 * The signals of the car: VSS, our overlay, then the given overlay files in order. The one place of `vehicle/` that
 * reads files.
 * @throws OverlayError for a file that cannot be used; the system's error for one that cannot be read
 */
export function loadCatalogue(overlayFiles: readonly string[] = []): Catalogue {
  const overlays = [OWN_OVERLAY, ...overlayFiles].map((file) =>
    parseOverlay(readFileSync(file, 'utf8'), basename(file)),
  );
  return buildCatalogue(vssSignals(), overlays);
}
