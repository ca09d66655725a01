/** `npx tsx simulator/world/generate-city.ts`: draws Lindhaven again and writes data/city.json. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cityFile } from './city.ts';
import { drawCity } from './generator/draw-city.ts';

/** The seed of the city that comes with the package. */
export const LINDHAVEN = 7;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('data/city.json', import.meta.url));
  writeFileSync(file, cityFile(drawCity(LINDHAVEN)));
}
