import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Catalogue } from '../../vehicle/signals/catalogue.ts';
import { eachExample, type CorpusExample } from './corpus.ts';
import { addNamedSignals } from './named-signals.ts';
import { readOntology, type Ontology } from './ontology.ts';
import { readPhraseBook, type PhraseBook, type SourceFile } from './phrase-book.ts';

const packageFile = (path: string) =>
  fileURLToPath(import.meta.resolve(`#package/assistant/understanding/${path}`));

/** What the package says does not change while the process runs: it is read once, however many cars there are. */
let ownOntology: Ontology | undefined;
const ownBooks = new WeakMap<Ontology, PhraseBook>();

/** The project's own ontology. @throws Error naming what does not fit */
export function openOntology(): Ontology {
  ownOntology ??= readOntology(parse(readFileSync(packageFile('ontology.yaml'), 'utf8')));
  return ownOntology;
}

/**
 * The project's own phrases and lexicons, and what people say about the signals of a car that have names.
 * @throws PatternError naming the file and the phrase that is wrong
 */
export function openPhraseBook(ontology: Ontology, catalogue?: Catalogue): PhraseBook {
  const book =
    ownBooks.get(ontology) ??
    readPhraseBook(ontology, [...sourceFiles('phrases', '.yaml')], [...sourceFiles('lexicons', '.yaml')]);
  ownBooks.set(ontology, book);
  if (!catalogue) return book;
  return addNamedSignals(book, catalogue, readFileSync(packageFile('named-signals.yaml'), 'utf8'));
}

/** The project's own corpus: what the language model learns from, and what the transcriber expects. @throws CorpusError naming file and line */
export function openCorpus(ontology: Ontology): readonly CorpusExample[] {
  return [...eachOfCorpus(ontology)];
}

/** The files of the corpus, unread. */
export const corpusFiles = (): Iterable<SourceFile> => sourceFiles('corpus', '.txt');

/** The corpus, one example after the other and one file at a time. @throws CorpusError naming file and line */
export function* eachOfCorpus(ontology: Ontology): IterableIterator<CorpusExample> {
  for (const file of corpusFiles())
    yield* eachExample(ontology, { ...file, name: `corpus/${file.name}.txt` });
}

function* sourceFiles(folder: string, extension: string): IterableIterator<SourceFile> {
  const path = packageFile(folder);
  if (!existsSync(path)) return;
  for (const file of readdirSync(path).sort()) {
    if (extname(file) !== extension) continue;
    yield { name: basename(file, extension), text: readFileSync(join(path, file), 'utf8') };
  }
}
