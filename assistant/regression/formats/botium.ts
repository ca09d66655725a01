import { SuiteError } from '../problems.ts';
import { framesOf, type TurnInFile } from '../suite.ts';
import { oneLine } from './annotated.ts';
import { assemble, type ReadCase, type ReadUtterance } from './assemble.ts';
import { uniqueIds } from './canonical.ts';
import type { Format } from './format.ts';
import type { SourceText } from '../parse.ts';
import { collectLosses, type Losses } from './losses.ts';

/**
 * BotiumScript: a `.utterances.txt` for each intent (its name, then a line for each utterance) and `.convo.txt` for
 * dialogues, whose answers are checked by `INTENT name`.
 */
const UTTERANCES = '.utterances.txt';
const CONVO = '.convo.txt';
const NOTHING = 'INCOMPREHENSION';
/** Words that stand for a list of utterances, by Botium's convention. */
const IS_REFERENCE = /^UTT_/;

export const botium: Format = {
  name: 'botium',
  title: 'Botium: a folder with .utterances.txt and .convo.txt files',
  holds: {
    ids: 'dialogues',
    keys: [],
    dialogues: true,
    nothing: true,
    several: 'no',
    text(text) {
      const line = oneLine(text);
      return line === undefined || line.startsWith('#') || IS_REFERENCE.test(line) ? undefined : line;
    },
    label: (name) => name !== NOTHING && oneLine(name) === name && !/^#|[|]/.test(name),
  },
  recognises: (sources) =>
    sources.length > 0 && sources.every(({ file }) => file.endsWith(UTTERANCES) || file.endsWith(CONVO)),
  read(sources) {
    const losses = collectLosses();
    const read = [
      ...sources.filter(({ file }) => !file.endsWith(CONVO)).flatMap(readUtterances),
      ...sources.filter(({ file }) => file.endsWith(CONVO)).flatMap((source) => readConvo(source, losses)),
    ];
    return { suite: { ontology: 'none', cases: [...assemble(read, 'never')] }, losses: losses.list() };
  },
  write({ cases }) {
    const lists = new Map<string, string[]>();
    for (const { text = '', expect, turns } of cases) {
      if (turns) continue;
      const label = labelOf({ expect });
      lists.set(label, [...(lists.get(label) ?? []), text]);
    }
    const fileName = uniqueIds();
    const nameOf = (name: string, ending: string) => `${fileName(name.replace(/[/:]/g, '-'))}${ending}`;
    return [
      ...[...lists].map(([label, texts]) => ({
        file: nameOf(label, UTTERANCES),
        text: [label, ...texts].map((line) => `${line}\n`).join(''),
      })),
      ...cases.flatMap(({ id, turns }) =>
        turns
          ? [
              {
                file: nameOf(id, CONVO),
                text: [id, ...turns.map((turn) => `#me\n${turn.text ?? ''}\n\n#bot\nINTENT ${labelOf(turn)}`)]
                  .map((part) => `${part}\n`)
                  .join('\n'),
              },
            ]
          : [],
      ),
    ];
  },
};

const labelOf = ({ expect }: Pick<TurnInFile, 'expect'>): string =>
  framesOf(expect ?? [])[0]?.intent ?? NOTHING;
const intentsOf = (label: string): readonly string[] => (label === NOTHING ? [] : [label]);

function readUtterances({ file, text }: SourceText): readonly ReadCase[] {
  const [name = '', ...lines] = text.split(/\r?\n/).map((line) => line.trim());
  if (name === '')
    throw new SuiteError([{ file, line: 1, column: 1, message: 'the first line must name the intent' }]);
  return lines
    .filter((line) => line !== '')
    .map((line) => ({ turns: [{ text: line, intents: intentsOf(name) }] }));
}

function readConvo({ file, text }: SourceText, losses: Losses): readonly ReadCase[] {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => line.startsWith('#'));
  const name = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (from < 0 || name.startsWith('#'))
    throw new SuiteError([
      { file, line: 1, column: 1, message: 'a convo begins with its name, and has #me and #bot below' },
    ]);
  const steps = lines
    .slice(from)
    .join('\n')
    .split(/^#/m)
    .slice(1)
    .map((step) => {
      const [who = '', ...said] = step.split('\n');
      return {
        who: who.trim().toLowerCase(),
        said: said.map((line) => line.trim()).filter((line) => line !== ''),
      };
    });
  const turns: ReadUtterance[] = [];
  for (const [index, { who, said }] of steps.entries()) {
    if (who !== 'me') continue;
    const words = said.join(' ');
    const answers = steps.slice(index + 1, nextOf(steps, index)).flatMap((step) => step.said);
    const intent = answers
      .map((line) => /^INTENT\s+([^|]+)$/.exec(line)?.[1])
      .find((found) => found !== undefined);
    if (answers.some((line) => !line.startsWith('INTENT ')))
      losses.add('expected answers other than INTENT', name);
    if (intent === undefined || words === '' || IS_REFERENCE.test(words)) {
      losses.add('convos with a turn that names no INTENT, or a list instead of words', name);
      return [];
    }
    turns.push({ text: words, intents: intentsOf(intent.trim()) });
  }
  if (turns.length === 1) losses.add('names of convos with a single utterance', name);
  return [{ turns, ...(turns.length > 1 && { id: name }) }];
}

/** Where the user speaks next. */
function nextOf(steps: readonly { readonly who: string }[], after: number): number {
  const next = steps.findIndex(({ who }, index) => index > after && who === 'me');
  return next < 0 ? steps.length : next;
}
