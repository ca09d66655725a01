import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReplies } from '../assistant/dialogue/replies.ts';
import { openEmbeddedTranscriber } from '../assistant/speech/embedded.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import { openOntology, openPhraseBook } from '../assistant/understanding/open-phrase-book.ts';
import { openInterpreter } from '../assistant/understanding/slm-interpreter.ts';
import { DEFAULT_CONTACTS } from '../vehicle/controllers/contacts.ts';
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
  readonly model?: string | undefined;
  /** km/h; above 0 the car is on the road when the drive begins. */
  readonly speed?: number;
}

/** Minutes that this machine's clock is ahead of UTC: "at seven" means seven here. */
const utcOffset = () => -new Date().getTimezoneOffset();

/**
 * The shipped model, or another of the same kind.
 * @param directory holds `model.onnx`, `tokenizer.json` and `labels.json`
 * @throws UnderstandingError
 */
export function openShippedInterpreter(
  directory: string = packageFile('assistant/model'),
): Promise<Interpreter> {
  return openInterpreter(directory, { utcOffset: utcOffset() });
}

/**
 * A car in the simulated city with its assistant: everything read from the package's files and put together.
 * @throws UnderstandingError when the language model cannot be used
 */
export async function openDrive({ model, speed = 0 }: DriveOptions = {}): Promise<Drive> {
  const interpreter = await openShippedInterpreter(model);
  const now = Date.now();
  const city = loadCity();
  // The city lives by this machine's clock: shops open at eight here.
  const world = createWorld(city, { now: () => vehicle.now + utcOffset() * 60_000 });
  const vehicle: Vehicle = new Vehicle({
    catalogue: loadCatalogue(),
    world,
    now,
    position: city.centre,
    utcOffset: utcOffset(),
  });
  const physics = createPhysics({ world, route: () => vehicle.route, at: city.centre, now });
  const vocabulary = { contact: DEFAULT_CONTACTS.map(({ name }) => name) };
  const drive = new Drive({
    vehicle,
    physics,
    interpreter,
    openTranscriber: () => openEmbeddedTranscriber({ book: openPhraseBook(openOntology()), vocabulary }),
    replies: createReplies(
      readFileSync(packageFile('assistant/dialogue/replies/en.yaml'), 'utf8'),
      'en',
      (count) => Math.floor(Math.random() * count),
    ),
    clock: () => performance.now(),
    newId: randomUUID,
  });
  if (speed > 0) drive.accelerate(speed);
  return drive;
}
