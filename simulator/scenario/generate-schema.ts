import { writeFileSync } from 'node:fs';
import { packageFile } from '../open-drive.ts';
import { scenarioJsonSchema } from './scenario.ts';

/** Part of `npm run generate`: the schema by which editors complete and check scenarios. */
writeFileSync(packageFile('scenarios/scenario.schema.json'), scenarioJsonSchema());
