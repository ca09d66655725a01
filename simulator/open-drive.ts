import { fileURLToPath } from 'node:url';
import { openDialogueData, openReplies } from '../assistant/dialogue/dialogue-data.ts';
import { Dialogue } from '../assistant/dialogue/dialogue.ts';
import type { LargerModel } from '../assistant/dialogue/hand-over/larger-model.ts';
import { keptInMemory, type ProfileStore } from '../assistant/dialogue/profile/profile.ts';
import { openEmbeddedTranscriber } from '../assistant/speech/embedded.ts';
import type { ExtraVocabulary } from '../assistant/speech/moonshine/domain.ts';
import type { ModelName } from '../assistant/speech/moonshine/model-sizes.ts';
import type { Transcriber } from '../assistant/speech/transcriber.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import { openOntology, openPhraseBook } from '../assistant/understanding/open-phrase-book.ts';
import { openModel } from '../assistant/understanding/engines/open-model.ts';
import { withNamedSignals } from '../assistant/understanding/named-signal-interpreter.ts';
import { createNormaliser } from '../assistant/understanding/values/normalise.ts';
import { DEFAULT_CONTACTS, namesFor } from '../vehicle/controllers/contacts.ts';
import { loadCatalogue, loadRules } from '../vehicle/load.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { Drive } from './drive.ts';
import { createPhysics } from './physics/physics.ts';
import { loadCity, type City } from './world/city.ts';
import { mulberry32 } from './world/random.ts';
import { createWorld } from './world/world.ts';

/** Absolute path of a file of this package, from its source as well as from `dist/`. */
export const packageFile = (path: string): string => fileURLToPath(import.meta.resolve(`#package/${path}`));

export interface DriveOptions {
  /** File with a market's own rules for the safety gate. */
  readonly market?: string | undefined;
  /** Signal overlay files, laid over the car's own signals in this order. */
  readonly overlays?: readonly string[] | undefined;
  /** File of another city than Lindhaven, as `drivetalk map import` writes it. */
  readonly map?: string | undefined;
  /** Another language model than the shipped one: a directory or an address (`openModel`). */
  readonly model?: string | undefined;
  /** File that maps that model's own labels to the car's. */
  readonly labels?: string | undefined;
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
  /** Size of the embedded transcriber's model. */
  readonly speechModel?: ModelName | undefined;
  readonly openTranscriber?: () => Promise<Transcriber>;
  /** Stands around the transcriber, which it opens. */
  readonly hearing?:
    ((open: () => Promise<Transcriber>, interpreter: Interpreter) => Promise<Transcriber>) | undefined;
  /** Read once for many drives, instead of `overlays`, `market` and `map`. */
  readonly parts?: CarParts | undefined;
  /** Where drivers' profiles are kept; for this drive alone unless given. */
  readonly profiles?: ProfileStore | undefined;
  /** Answers what the car cannot. */
  readonly largerModel?: LargerModel | undefined;
}

/** Minutes that this machine's clock is ahead of UTC: "at seven" means seven here. */
export const utcOffsetHere = (): number => -new Date().getTimezoneOffset();
/** One of the 2³² seeds. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 32);

/**
 * The shipped model, or another. Labels of it that mean nothing to the car are reported on standard error.
 * @param model a directory or an address (`openModel`)
 * @param labels file that maps the model's own labels to the car's
 * @throws UnderstandingError
 */
export function openShippedInterpreter(
  model: string = packageFile('assistant/model'),
  utcOffset: number = utcOffsetHere(),
  labels?: string,
): Promise<Interpreter> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  return openModel(model, { utcOffset, labels, report });
}

/** The transcriber that expects what is said to a car in its city. @throws SpeechError */
export const openShippedTranscriber = (
  { book, contacts, city }: Pick<CarParts, 'book' | 'contacts' | 'city'>,
  speechModel?: ModelName,
): Promise<Transcriber> =>
  openEmbeddedTranscriber({
    book,
    corpus: true,
    vocabulary: { contact: contacts.flatMap(namesFor), ...namesOf(city) },
    ...(speechModel && { model: speechModel }),
  });

/** What a city's streets and places are called, by the lists in which such names are said. */
function namesOf({ streets, places }: City): ExtraVocabulary {
  const named = places.map(({ name }) => name);
  return {
    destination: [...new Set([...streets.map(({ name }) => name), ...named])],
    poi_name: [...new Set(named)],
  };
}

/** What files say of a car and its world; never changed, so that many drives can share it. */
export type CarParts = ReturnType<typeof readParts>;

/** @throws ConfigError when an overlay or the market cannot be used, CityError when the map cannot */
export function readParts({
  overlays = [],
  market,
  map,
}: Pick<DriveOptions, 'overlays' | 'market' | 'map'> = {}) {
  const catalogue = loadCatalogue(overlays);
  const ontology = openOntology();
  const book = openPhraseBook(ontology, catalogue);
  return {
    catalogue,
    rules: loadRules(catalogue, market),
    book,
    normaliser: createNormaliser(ontology, book),
    city: loadCity(map),
    dialogue: openDialogueData(ontology),
    /** Names that can be said. */
    contacts: DEFAULT_CONTACTS.map(({ name }) => name),
  };
}

/**
 * A car in the simulated city with its assistant: everything read from the package's files and put together.
 * @throws UnderstandingError when the language model cannot be used, ConfigError when an overlay or the market cannot, CityError when the map cannot
 */
export async function openDrive({
  model,
  labels,
  speed = 0,
  start: now = Date.now(),
  utcOffset = utcOffsetHere(),
  seed = newSeed(),
  gate = (interpreter) => interpreter,
  ...given
}: DriveOptions = {}): Promise<Drive> {
  const { catalogue, rules, book, normaliser, city, contacts, ...parts } = given.parts ?? readParts(given);
  const interpreter = withNamedSignals(
    given.interpreter ?? (await openShippedInterpreter(model, utcOffset, labels)),
    { book, normaliser, utcOffset },
  );
  // The city lives by the car's clock: shops open at eight here.
  const world = createWorld(city, { now: () => vehicle.now, utcOffset });
  const vehicle: Vehicle = new Vehicle({
    catalogue,
    rules,
    world,
    now,
    position: city.centre,
    utcOffset,
  });
  const physics = createPhysics({ world, route: () => vehicle.route, at: city.centre, now });
  const random = mulberry32(seed);
  const dialogue = new Dialogue({
    car: vehicle,
    replies: openReplies((count) => Math.floor(random() * count)),
    data: parts.dialogue,
    store: given.profiles ?? keptInMemory(),
    contacts,
    handsOver: given.largerModel !== undefined,
  });
  const openFirst =
    given.openTranscriber ?? (() => openShippedTranscriber({ book, contacts, city }, given.speechModel));
  const { hearing } = given;
  const turns = { car: 0, client: 0 };
  const drive = new Drive({
    vehicle,
    world,
    physics,
    interpreter: gate(interpreter),
    openTranscriber: hearing ? () => hearing(openFirst, interpreter) : openFirst,
    dialogue,
    utcOffset,
    largerModel: given.largerModel,
    clock: () => performance.now(),
    newId: (whose) => `${whose}-${++turns[whose]}`,
  });
  if (speed > 0) drive.accelerate(speed);
  return drive;
}
