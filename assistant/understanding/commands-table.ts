import type { CorpusExample } from './corpus.ts';
import type { Ontology } from './ontology.ts';
import type { PhraseBook } from './phrase-book.ts';

/**
 * Everything that can be asked, as a document: each command with its slots, how well it is covered, and how somebody
 * said it.
 * @returns the text of `docs/commands.md`
 */
export function commandsTable(
  ontology: Ontology,
  book: PhraseBook,
  corpus: readonly CorpusExample[],
): string {
  const said = new Map<string, CorpusExample[]>();
  for (const example of corpus)
    for (const { intent } of example.commands) said.set(intent, [...(said.get(intent) ?? []), example]);
  const row = (label: string, slots: readonly string[]): string => {
    const lines = said.get(label) ?? [];
    // The first that says nothing else, and needs nothing said before it.
    const alone = lines.find(({ commands, context }) => commands.length === 1 && context.length === 0);
    const cells = [
      `\`${label}\``,
      slots.length === Object.keys(ontology.slots).length
        ? 'any'
        : slots.map((slot) => `\`${slot}\``).join(' '),
      book.intents.get(label)?.length ?? 0,
      lines.length,
      (alone ?? lines[0])?.text.replaceAll('|', '\\|') ?? '',
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const domains = new Map<string, string[]>();
  for (const [label, { slots }] of ontology.labels) {
    const domain = ontology.domainOf(label);
    domains.set(domain, [...(domains.get(domain) ?? []), row(label, slots)]);
  }
  const sections = [...domains].map(([domain, rows]) =>
    [
      `## ${domain.replaceAll('_', ' ')}`,
      '',
      '| command | slots | patterns | lines by hand | for example |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n'),
  );
  return [
    '# What can be asked',
    '',
    `Written by \`npm run generate\` from the ontology, the phrase patterns and the corpus in \`assistant/understanding\`: ${ontology.labels.size} commands, ${corpus.length} utterances by hand.`,
    '',
    ...sections,
  ].join('\n');
}
