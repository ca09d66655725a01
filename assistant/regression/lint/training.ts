import type { CorpusExample } from '../../understanding/corpus.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import type { Suite } from '../read-suite.ts';
import { phraseIndex } from './phrase-index.ts';
import { casesOf, type Finding } from './finding.ts';
import { expectedOf, spoken, textsOf } from './texts.ts';

/** Cases that a model has been taught word for word: it can know them by heart. */
export function leakage(suites: readonly Suite[], corpus: readonly CorpusExample[]): readonly Finding[] {
  const taught = new Map(
    corpus.map((example) => [
      lineOf(
        example.text,
        example.context.map(({ text }) => text),
      ),
      example,
    ]),
  );
  return casesOf(suites.filter(({ ontology }) => ontology === 'drivetalk')).flatMap(
    ({ case_ }): Finding[] => {
      if (case_.turns || case_.text === undefined) return [];
      const example = taught.get(
        lineOf(
          case_.text,
          (case_.context ?? []).map(({ text }) => text),
        ),
      );
      if (!example) return [];
      return [
        {
          ...case_.where,
          rule: 'leakage',
          severity: 'warning',
          message: `${case_.id} "${case_.text}" stands in the training data (${example.where})`,
          advice: 'say it in other words: a model may know this one by heart',
        },
      ];
    },
  );
}

const lineOf = (text: string, context: readonly string[]) =>
  JSON.stringify([spoken(text), context.map(spoken)]);

/**
 * Cases whose words are a phrase of the phrase book: of another label (that one steals the sentence), or of their own
 * (training may have drawn it).
 */
export function phraseMatches(suites: readonly Suite[], book: PhraseBook): readonly Finding[] {
  const labelsOf = phraseIndex(book);
  return casesOf(suites.filter(({ ontology }) => ontology === 'drivetalk')).flatMap(
    ({ case_ }): Finding[] => {
      const [only, ...others] = expectedOf(case_) ?? [];
      const [text] = textsOf(case_);
      // What was said before can change what words mean, and several commands are no single phrase.
      if (
        case_.turns ||
        case_.context ||
        text === undefined ||
        others.length > 0 ||
        case_.expect === undefined
      )
        return [];
      const labels = labelsOf(text);
      const thieves = labels.filter((label) => label !== only?.intent && !label.startsWith('none.'));
      const own = only !== undefined && labels.includes(only.intent);
      if (thieves.length > 0 && !(only?.intent.startsWith('none.') ?? false)) {
        return [
          {
            ...case_.where,
            rule: 'stolen',
            severity: 'warning',
            message: `${case_.id} "${text}" expects ${only?.intent ?? 'nothing'}, but is a phrase of ${thieves.join(', ')}${own ? ', too' : ''}`,
            advice: 'one of them is wrong: the case, or the phrase in assistant/understanding/phrases',
          },
        ];
      }
      if (!own) return [];
      return [
        {
          ...case_.where,
          rule: 'leakage-phrase',
          severity: 'note',
          message: `${case_.id} "${text}" is a phrase of the phrase book`,
          advice: 'training draws its sentences from there: cases of other words tell more',
        },
      ];
    },
  );
}
