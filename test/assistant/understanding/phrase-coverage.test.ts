import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandsTable } from '../../../assistant/understanding/commands-table.ts';
import {
  openCorpus,
  openOntology,
  openPhraseBook,
} from '../../../assistant/understanding/open-phrase-book.ts';

describe('what people say', () => {
  const ontology = openOntology();
  const labels = [...ontology.labels.keys()];

  it('[SAY-1] there are at least twelve ways to say every command', () => {
    const { intents } = openPhraseBook(ontology);
    assert.deepEqual(
      labels.filter((label) => (intents.get(label)?.length ?? 0) < 12),
      [],
    );
  });

  it('[SAY-10] the table of commands in the docs tells what the ontology, the phrases and the corpus have', () => {
    const table = commandsTable(ontology, openPhraseBook(ontology), openCorpus(ontology));
    assert.equal(readFileSync('docs/commands.md', 'utf8'), table, 'run npm run generate');
    for (const label of labels) assert.ok(table.includes(`| \`${label}\` |`), label);
  });

  it('[SAY-2] people were listened to for every command: the corpus has it at least twelve times', () => {
    const times = new Map<string, number>();
    for (const { commands } of openCorpus(ontology)) {
      for (const { intent } of commands) times.set(intent, (times.get(intent) ?? 0) + 1);
    }
    assert.deepEqual(
      labels.filter((label) => (times.get(label) ?? 0) < 12),
      [],
    );
  });

  it('[SAY-3] the same words after the same turns mean the same thing wherever the corpus has them', () => {
    const meanings = new Map<string, { meaning: string; where: string }>();
    const quarrels: string[] = [];
    for (const { text, context, commands, where } of openCorpus(ontology)) {
      const said = [...context.map((turn) => turn.text), text]
        .join('\n')
        .toLowerCase()
        .replace(/[.,!?]/g, '');
      const meaning = commands.map(({ intent }) => intent).join(' + ');
      const known = meanings.get(said);
      if (!known) meanings.set(said, { meaning, where });
      else if (known.meaning !== meaning)
        quarrels.push(`${where} ${meaning}, ${known.where} ${known.meaning}: ${text}`);
    }
    assert.deepEqual(quarrels, []);
  });
});
