import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { cityFile, loadCity, type City } from '../world/city.ts';
import { importMap } from '../world/import/import-map.ts';
import type { Bounds } from '../world/import/collect.ts';
import { createWorld } from '../world/world.ts';
import { EXIT, UsageError } from './exit.ts';
import { progressBar } from './progress.ts';

export interface MapImportOptions {
  readonly out?: string;
  readonly name?: string;
  readonly bounds?: Bounds;
  readonly attribution?: string;
}

/** `drivetalk map import`. @returns the exit status */
export function importFile(file: string, { out, name, bounds, attribution }: MapImportOptions): number {
  const stem = basename(file).replace(/(\.osm)?\.(pbf|geojson|json)$/i, '');
  const target = out ?? `${stem}.city.json`;
  if (existsSync(target) && out === undefined)
    throw new UsageError(`${target} exists already. Name another file with --out.`);
  const bar = progressBar('reading the map');
  const city = importMap(file, {
    name: name ?? stem,
    bounds,
    ...(attribution !== undefined && { attribution }),
    onProgress: (share) => {
      bar(Math.round(share * 100), 100);
    },
  });
  writeFileSync(target, cityFile(city));
  console.log(summary(city));
  console.log(`Drive there with: drivetalk serve --map ${target}`);
  return EXIT.done;
}

/** `drivetalk map info`. @returns the exit status */
export function describeMap(file: string | undefined, { json }: { readonly json?: boolean }): number {
  const began = processorTime();
  const city = loadCity(file);
  const world = createWorld(city, { now: () => Date.UTC(2026, 10, 23, 8, 10) });
  world.road(city.centre);
  const startUp = processorTime() - began;
  const routes = routeTimes(city, world);
  const figures = {
    ...counts(city),
    attribution: city.attribution ?? null,
    startUp: Math.round(startUp),
    routeP50: routes[Math.floor(routes.length / 2)] ?? null,
    routeP95: routes[Math.floor(routes.length * 0.95)] ?? null,
  };
  if (json) {
    console.log(JSON.stringify(figures));
    return EXIT.done;
  }
  console.log(summary(city));
  console.log(`Start-up ${figures.startUp} ms of processor time`);
  if (figures.routeP50 !== null && figures.routeP95 !== null)
    console.log(
      `Routes p50 ${figures.routeP50.toFixed(1)} ms, p95 ${figures.routeP95.toFixed(1)} ms of processor time (${routes.length} over the whole map)`,
    );
  return EXIT.done;
}

/** Milliseconds that this process has worked: the machine may be busy with other things. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const ROUTES = 200;

/** Milliseconds of processor time of routes between places all over the map, sorted; the first ones warm up. */
function routeTimes({ places }: City, world: ReturnType<typeof createWorld>): number[] {
  const times: number[] = [];
  for (let i = 0; i < ROUTES + 20 && places.length > 1; i++) {
    const [from, to] = [places[(i * 37) % places.length], places[(i * 101 + 7) % places.length]];
    if (!from || !to) continue;
    const before = processorTime();
    world.route({ from: from.at, to, stops: [], options: [] });
    if (i >= 20) times.push(processorTime() - before);
  }
  return times.sort((a, b) => a - b);
}

function counts({ name, nodes, streets, lights, places, areas }: City) {
  return {
    name,
    nodes: nodes.length,
    streets: streets.length,
    oneways: streets.filter(({ oneway }) => oneway).length,
    lights: lights.length,
    places: places.length,
    districts: areas.filter(({ kind }) => kind === 'district').length,
    houses: streets.reduce((sum, { houses = [] }) => sum + houses.length, 0),
  };
}

function summary(city: City): string {
  const { name, nodes, streets, oneways, lights, places, districts, houses } = counts(city);
  const numbers = city.numbering === 'plots' ? 'house numbers everywhere' : `${houses} house numbers`;
  const lines = [
    `${name}: ${nodes} road nodes, ${streets} streets (${oneways} one-way), ${lights} traffic lights, ${districts} districts, ${places} places, ${numbers}`,
  ];
  if (city.attribution !== undefined) lines.push(`Map data: ${city.attribution}`);
  return lines.join('\n');
}
