import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReplies } from '../assistant/dialogue/replies.ts';
import { openEmbeddedTranscriber } from '../assistant/speech/embedded.ts';
import type { Transcriber } from '../assistant/speech/transcriber.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import { openOntology, openPhraseBook } from '../assistant/understanding/open-phrase-book.ts';
import { withNamedSignals } from '../assistant/understanding/named-signal-interpreter.ts';
import { createNormaliser } from '../assistant/understanding/values/normalise.ts';
import { openInterpreter } from '../assistant/understanding/slm-interpreter.ts';
import { DEFAULT_CONTACTS } from '../vehicle/controllers/contacts.ts';
import { loadCatalogue } from '../vehicle/signals/load.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { Drive } from './drive.ts';
import { createPhysics } from './physics/physics.ts';
import { loadCity } from './world/city.ts';
import { mulberry32 } from './world/random.ts';
import { createWorld } from './world/world.ts';

/** Absolute path of a file of this package, from its source as well as from `dist/`. */
export const packageFile = (path: string): string => fileURLToPath(import.meta.resolve(`#package/${path}`));

export interface DriveOptions {
  /** Signal overlay files, laid over the car's own signals in this order. */
  readonly overlays?: readonly string[] | undefined;
  /** Directory of another language model than the shipped one. */
  readonly model?: string | undefined;
  /** km/h; above 0 the car is on the road when the drive begins. */
  readonly speed?: number;
  /** Epoch milliseconds of virtual time at which the drive begins; now unless given. */
  readonly start?: number;
  /** Minutes that the city's clocks are ahead of UTC; those of this machine unless given. */
  readonly utcOffset?: number;
  /** Chooses among the ways to say a reply; the same seed, start and inputs give the same drive. */
  readonly seed?: number;
  /** Another interpreter than the one of `model`; the drive closes it. */
  readonly interpreter?: Interpreter;
  /** Stands before the interpreter, and decides when its answers come. */
  readonly gate?: (interpreter: Interpreter) => Interpreter;
  readonly openTranscriber?: () => Promise<Transcriber>;
}

/** Minutes that this machine's clock is ahead of UTC: "at seven" means seven here. */
export const utcOffsetHere = (): number => -new Date().getTimezoneOffset();
/** One of the 2³² seeds. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 32);

/**
 * The shipped model, or another of the same kind.
 * @param directory holds `model.onnx`, `tokenizer.json` and `labels.json`
 * @throws UnderstandingError
 */
export function openShippedInterpreter(
  directory: string = packageFile('assistant/model'),
  utcOffset: number = utcOffsetHere(),
): Promise<Interpreter> {
  return openInterpreter(directory, { utcOffset });
}

/**
 * A car in the simulated city with its assistant: everything read from the package's files and put together.
 * @throws UnderstandingError when the language model cannot be used, OverlayError when an overlay cannot
 */
export async function openDrive({
  model,
  speed = 0,
  start: now = Date.now(),
  utcOffset = utcOffsetHere(),
  seed = newSeed(),
  overlays = [],
  gate = (interpreter) => interpreter,
  ...given
}: DriveOptions = {}): Promise<Drive> {
  const catalogue = loadCatalogue(overlays);
  const ontology = openOntology();
  const book = openPhraseBook(ontology, catalogue);
  const interpreter = withNamedSignals(
    given.interpreter ?? (await openShippedInterpreter(model, utcOffset)),
    {
      book,
      normaliser: createNormaliser(ontology, book),
      utcOffset,
    },
  );
  const city = loadCity();
  // The city lives by this machine's clock: shops open at eight here.
  const world = createWorld(city, { now: () => vehicle.now + utcOffset * 60_000 });
  const vehicle: Vehicle = new Vehicle({
    catalogue,
    world,
    now,
    position: city.centre,
    utcOffset,
  });
  const physics = createPhysics({ world, route: () => vehicle.route, at: city.centre, now });
  const vocabulary = { contact: DEFAULT_CONTACTS.map(({ name }) => name) };
  const random = mulberry32(seed);
  let turns = 0;
  const drive = new Drive({
    vehicle,
    world,
    physics,
    interpreter: gate(interpreter),
    openTranscriber: given.openTranscriber ?? (() => openEmbeddedTranscriber({ book, vocabulary })),
    replies: createReplies(
      readFileSync(packageFile('assistant/dialogue/replies/en.yaml'), 'utf8'),
      'en',
      (count) => Math.floor(random() * count),
    ),
    clock: () => performance.now(),
    newId: () => `turn-${++turns}`,
  });
  if (speed > 0) drive.accelerate(speed);
  return drive;
}
