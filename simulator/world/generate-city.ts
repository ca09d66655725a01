/** `npx tsx simulator/world/generate-city.ts`: draws Lindhaven again and writes data/city.json. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { City } from './city.ts';
import { drawCity } from './generator/draw-city.ts';

/** The seed of the city that comes with the package. */
export const LINDHAVEN = 7;

/** One line per street and place, so that a change can be read in a diff. */
export function cityFile(city: City): string {
  const list = (items: readonly unknown[]) =>
    `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const { nodes, streets, areas, places, ...head } = city;
  const start = JSON.stringify(head).slice(0, -1);
  return `${start},\n"nodes":${JSON.stringify(nodes)},\n"streets":${list(streets)},\n"areas":${list(areas)},\n"places":${list(places)}}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('data/city.json', import.meta.url));
  writeFileSync(file, cityFile(drawCity(LINDHAVEN)));
}
