import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../training/random.ts';
import { corpusFiles, eachOfCorpus, openOntology } from '../understanding/open-phrase-book.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { learnDomain, type Domain } from './moonshine/domain.ts';
import { domainAsBytes, domainFromBytes } from './moonshine/domain-bytes.ts';

/** Drawn phrases are the same in each run. */
const SEED = 1;
/** Beside the built module; where the sources run there is none. */
const KEPT = fileURLToPath(new URL('./shipped-domain.bin', import.meta.url));
const ASSISTANT = fileURLToPath(new URL('..', import.meta.url));

/** What is said in another domain than the shipped car's. */
export const ownDomain = (book: PhraseBook): Domain => learnDomain(book, [], seededRandom(SEED));

/**
 * What is said to the car that ships: read as the build has kept it, which is fast, or learnt, where the phrases are
 * others, for instance with an overlay.
 */
export function shippedDomain(book: PhraseBook): Domain {
  const kept = existsSync(KEPT) ? domainFromBytes(readFileSync(KEPT), sourceOf(book)) : undefined;
  return kept ?? learnShipped(book);
}

/** Learns what is said to the car that ships, and keeps it beside this module, unless it is there already. */
export function keepShippedDomain(book: PhraseBook): void {
  const source = sourceOf(book);
  if (isOfThisCode() && domainFromBytes(readFileSync(KEPT), source)) return;
  writeFileSync(KEPT, domainAsBytes(learnShipped(book), source));
}

const learnShipped = (book: PhraseBook): Domain =>
  learnDomain(book, eachOfCorpus(openOntology()), seededRandom(SEED));

/** Whether no module of the assistant was built since. */
function isOfThisCode(): boolean {
  if (!existsSync(KEPT)) return false;
  const { mtimeMs } = statSync(KEPT);
  const modules = readdirSync(ASSISTANT, { recursive: true, withFileTypes: true });
  return modules
    .filter(({ name }) => extname(name) === '.js')
    .every((module) => statSync(join(module.parentPath, module.name)).mtimeMs < mtimeMs);
}

/** A mark of the phrases and the corpus. */
export function sourceOf(book: PhraseBook): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(book, (_, value: unknown) => (value instanceof Map ? [...value] : value)));
  for (const { text } of corpusFiles()) hash.update(text);
  return hash.digest('hex');
}
