import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReplies } from '../assistant/dialogue/replies.ts';
import { openEmbeddedTranscriber } from '../assistant/speech/embedded.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import { openOntology, openPhraseBook } from '../assistant/understanding/open-phrase-book.ts';
import { openInterpreter } from '../assistant/understanding/slm-interpreter.ts';
import { loadCatalogue } from '../vehicle/signals/load.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { Drive } from './drive.ts';
import { createPhysics } from './physics/physics.ts';
import { loadCity } from './world/city.ts';
import { createWorld } from './world/world.ts';

/** Absolute path of a file of this package, from its source as well as from `dist/`. */
export const packageFile = (path: string): string => fileURLToPath(import.meta.resolve(`#package/${path}`));

export interface DriveOptions {
  /** Directory of another language model than the shipped one. */
  readonly model?: string;
  /** km/h; above 0 the car is on the road when the drive begins. */
  readonly speed?: number;
}
