import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suiteJsonSchema } from './suite.ts';

/** `npm run generate`: the suite format for editors. */
writeFileSync(
  fileURLToPath(import.meta.resolve('#package/assistant/regression/suite.schema.json')),
  `${JSON.stringify(suiteJsonSchema(), undefined, 2)}\n`,
);
