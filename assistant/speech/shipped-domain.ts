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
/** The assistant's modules: as they were written, or as they were built. */
const ASSISTANT = fileURLToPath(new URL('..', import.meta.url));
const keptFile = (): string =>
  fileURLToPath(import.meta.resolve('#package/dist/assistant/speech/shipped-domain.bin'));

/** What is said in another domain than the shipped car's. */
export const ownDomain = (book: PhraseBook): Domain => learnDomain(book, [], seededRandom(SEED));

/**
 * What is said to the car that ships: read as the build has kept it, which is fast, or learnt, where the phrases are
 * others, for instance with an overlay, or a module was changed since.
 */
export const shippedDomain = (book: PhraseBook): Domain =>
  keptDomain(sourceOf(book)) ?? learnShippedDomain(book);

/** Learns what is said to the car that ships, and keeps it, unless that was done already. */
export function keepShippedDomain(book: PhraseBook): void {
  const source = sourceOf(book);
  if (keptDomain(source)) return;
  writeFileSync(keptFile(), domainAsBytes(learnShippedDomain(book), source));
}

export const learnShippedDomain = (book: PhraseBook): Domain =>
  learnDomain(book, eachOfCorpus(openOntology()), seededRandom(SEED));

/** What the build has kept. @param source see `sourceOf` */
export function keptDomain(source: string): Domain | undefined {
  const file = keptFile();
  return existsSync(file) && !isChangedSince(statSync(file).mtimeMs)
    ? domainFromBytes(readFileSync(file), source)
    : undefined;
}

/** A mark of the phrases and the corpus. */
export function sourceOf(book: PhraseBook): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(book, (_, value: unknown) => (value instanceof Map ? [...value] : value)));
  for (const { text } of corpusFiles()) hash.update(text);
  return hash.digest('hex');
}

/** @param time in milliseconds, as files have it */
function isChangedSince(time: number): boolean {
  return readdirSync(ASSISTANT, { recursive: true, withFileTypes: true })
    .filter(({ name }) => ['.ts', '.js'].includes(extname(name)))
    .some(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs > time);
}
