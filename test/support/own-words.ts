import { openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';

/** The project's own ontology and phrase book, read once for all tests. */
export const ontology = openOntology();
export const book = openPhraseBook(ontology);
