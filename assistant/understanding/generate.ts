import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { commandsTable } from './commands-table.ts';
import { generateTypes } from './generate-types.ts';
import { openCorpus, openOntology, openPhraseBook } from './open-phrase-book.ts';

/** `npm run generate`: writes everything that follows from the ontology. */
const file = (path: string) => fileURLToPath(import.meta.resolve(`#package/${path}`));
const ontology: unknown = parse(readFileSync(file('assistant/understanding/ontology.yaml'), 'utf8'));
writeFileSync(file('vehicle/ontology.generated.ts'), generateTypes(ontology));

const own = openOntology();
writeFileSync(file('docs/commands.md'), commandsTable(own, openPhraseBook(own), openCorpus(own)));
