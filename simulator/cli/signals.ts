import { EXIT, UsageError } from './exit.ts';
import { VissClient, VissRefusal, type Node, type Point } from './viss-client.ts';

export interface SignalsOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly filter?: string;
  readonly watch?: boolean;
}

/** Where a car's signals begin. */
const ROOT = 'Vehicle';

/**
 * `drivetalk signals`: all signals of a running car that fit, and with `--watch` every new value until it is stopped.
 * Following begins before the list is read, so that no value is missed between the two.
 */
export async function listSignals(options: SignalsOptions): Promise<number> {
  const fits = filterOf(options.filter ?? '*');
  return withCar(options, async (car) => {
    const units = unitsOf(await car.describe(ROOT));
    const print = (points: readonly Point[]) => {
      for (const found of points.filter(({ path }) => fits(path)))
        console.log(options.json ? lineOfJson(found, units) : line(found, units));
    };
    if (options.watch) await car.follow(ROOT, print);
    const found = (await car.get(ROOT)).filter(({ path }) => fits(path));
    if (found.length === 0)
      throw new UsageError(`No signal fits "${options.filter ?? ''}". \`drivetalk signals\` lists them all.`);
    print(found);
    if (options.watch) await untilStopped(car);
    return EXIT.done;
  });
}

/** `drivetalk signals get`: the value of one signal, or those of a branch. */
export async function getSignal(path: string, options: SignalsOptions): Promise<number> {
  return withCar(options, async (car) => {
    const units = unitsOf(await car.describe(path), parentOf(path));
    const print = (points: readonly Point[]) => {
      for (const found of points) {
        if (options.json) console.log(lineOfJson(found, units));
        else console.log(found.path === path ? text(found) : line(found, units));
      }
    };
    if (options.watch) await car.follow(path, print);
    print(await car.get(path));
    if (options.watch) await untilStopped(car);
    return EXIT.done;
  });
}

/** `drivetalk signals set`: tells an actuator where to go; refused → 3, as for something said. */
export async function setSignal(path: string, value: string, options: SignalsOptions): Promise<number> {
  return withCar(options, async (car) => {
    const isList = (await datatypeOf(car, path)).endsWith('[]');
    await car.set(path, isList ? value.split(',') : value);
    const [now] = await car.get(path);
    if (now)
      console.log(options.json ? lineOfJson(now, new Map()) : `${path}: told ${value}, is ${text(now)}`);
    return EXIT.done;
  });
}

async function withCar(options: SignalsOptions, use: (car: VissClient) => Promise<number>): Promise<number> {
  const car = await VissClient.open(options.url);
  try {
    return await use(car);
  } catch (error) {
    if (!(error instanceof VissRefusal)) throw error;
    console.error(`drivetalk: ${error.message}`);
    if (error.number === 403) return EXIT.notDone;
    return error.number < 429 ? EXIT.usage : EXIT.failure;
  } finally {
    car.close();
  }
}

/** Until it is interrupted, or the car goes. */
async function untilStopped(car: VissClient): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await Promise.race([interrupted, car.lost]);
}

async function datatypeOf(car: VissClient, path: string): Promise<string> {
  const [found] = Object.values(await car.describe(path));
  return found?.datatype ?? '';
}

/** A shell's pattern for whole paths, `*` for anything; a plain word fits anywhere in them. */
export function filterOf(glob: string): (path: string) => boolean {
  const pattern = glob.includes('*') ? glob : `*${glob}*`;
  const expression = new RegExp(`^${pattern.split('*').map(escapeForRegExp).join('.*')}$`, 'i');
  return (path) => expression.test(path);
}

const escapeForRegExp = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const parentOf = (path: string) => path.split('.').slice(0, -1).join('.');

/** Units by full path. @param above the path of the nodes' parent; empty at the root */
function unitsOf(nodes: Readonly<Record<string, Node>>, above = ''): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const [name, { unit, children }] of Object.entries(nodes)) {
    const path = above ? `${above}.${name}` : name;
    if (unit !== undefined) units.set(path, unit);
    for (const [below, found] of unitsOf(children ?? {}, path)) units.set(below, found);
  }
  return units;
}

const text = ({ dp }: Point) => [dp.value].flat().join(',');

function line(found: Point, units: ReadonlyMap<string, string>): string {
  const unit = units.get(found.path);
  return `${found.path} = ${text(found)}${unit === undefined ? '' : ` ${unit}`}`;
}

/** One JSON object a line, so that a list and what follows it read alike. */
function lineOfJson({ path, dp }: Point, units: ReadonlyMap<string, string>): string {
  const unit = units.get(path);
  return JSON.stringify({ path, value: dp.value, ts: dp.ts, ...(unit !== undefined && { unit }) });
}
