import { stringify } from 'yaml';
import { z } from 'zod';
import type { YamlPath } from '../../../vehicle/located-yaml.ts';
import { SuiteError, type Place } from '../problems.ts';
import { framesOf, type CaseInFile, type TurnInFile } from '../suite.ts';
import { markable } from './annotated.ts';
import { assemble, type ReadCase, type ReadUtterance } from './assemble.ts';
import type { Format } from './format.ts';
import { collectLosses, type Losses } from './losses.ts';
import { parseYaml } from '../parse.ts';
import { readRasaMarks, writeRasaMarks } from './rasa-marks.ts';
import { placeSlots, slotsOf } from './spans.ts';

/** Rasa 2 and 3: NLU training data and end-to-end test stories, in one file or several. */
const examples = z.union([
  z.string(),
  z.array(z.union([z.string(), z.looseObject({ text: z.string() }).transform(({ text }) => text)])),
]);
const nluItem = z.looseObject({
  intent: z.string().optional(),
  synonym: z.string().optional(),
  lookup: z.string().optional(),
  regex: z.string().optional(),
  examples: examples.optional(),
});
const step = z.looseObject({
  user: z.string().optional(),
  intent: z.string().optional(),
  entities: z.unknown().optional(),
});
const story = z.looseObject({ story: z.string(), steps: z.array(step) });
const fileSchema = z.looseObject({
  nlu: z.array(nluItem).nullish(),
  stories: z.array(story).nullish(),
});
const NOTHING = 'out_of_scope';
/** Rasa splits labels with it into several intents. */
const SEVERAL = '+';
const VERSION = '3.1';

export const rasa: Format = {
  name: 'rasa',
  title: 'Rasa NLU data and end-to-end test stories (YAML)',
  holds: {
    ids: 'dialogues',
    keys: [],
    dialogues: true,
    nothing: true,
    several: 'labels',
    compares: 'all-or-none',
    text: markable,
    label: (name) => name.trim() !== '' && name !== NOTHING && !name.includes(SEVERAL),
    slots: (slots, text) => slotsOf(text, placeSlots(text, slots)),
  },
  recognises: (sources) =>
    sources.length > 0 &&
    sources.every(({ text }) => /^(version|nlu|stories|rules|intents|entities)\s*:/m.test(text)) &&
    sources.some(({ text }) => /^nlu\s*:|^\s*-\s*story\s*:/m.test(text)),
  read(sources) {
    const losses = collectLosses();
    const files = sources.map((source) => parseYaml(source, fileSchema));
    const synonyms = new Map(
      files.flatMap(({ data }) =>
        (data.nlu ?? []).flatMap(({ synonym, examples: list }) =>
          synonym === undefined
            ? []
            : linesOf(list).map((line): [string, string] => [line.toLowerCase(), synonym]),
        ),
      ),
    );
    const utteranceOf = (marked: string, label: string, place: Place): ReadUtterance => {
      const read = readRasaMarks(marked.trim(), synonyms);
      if (!read)
        throw new SuiteError([
          { ...place, message: `"${marked.trim()}": a bracket is not followed by (entity) or {"entity": …}` },
        ]);
      if (read.groups) losses.add('groups of entities');
      return { text: read.text, intents: intentsOf(label), slots: slotsOf(read.text, read.spans) };
    };
    const said = files.flatMap(({ data, placeOf }) =>
      (data.nlu ?? []).flatMap((item, index) => readItem(item, utteranceOf, placeOf(['nlu', index]), losses)),
    );
    const told = files.flatMap(({ data, placeOf }) =>
      (data.stories ?? []).flatMap((one, index) =>
        readStory(one, utteranceOf, (path) => placeOf(['stories', index, ...path]), losses),
      ),
    );
    return {
      suite: { ontology: 'none', cases: [...assemble([...said, ...told], 'all-or-none')] },
      losses: losses.list(),
    };
  },
  write({ cases }) {
    const groups = new Map<string, string[]>();
    for (const case_ of cases.filter(({ turns }) => !turns)) {
      const label = labelOf(case_);
      groups.set(label, [...(groups.get(label) ?? []), `- ${markedOf(case_)}\n`]);
    }
    const stories = cases.flatMap(({ id, turns }) =>
      turns
        ? [{ story: id, steps: turns.map((turn) => ({ user: markedOf(turn), intent: labelOf(turn) })) }]
        : [],
    );
    const nlu = [...groups].map(([intent, lines]) => ({ intent, examples: lines.join('') }));
    return [
      ...(nlu.length > 0 || stories.length === 0
        ? [{ file: 'nlu.yml', text: stringify({ version: VERSION, nlu }, { lineWidth: 0 }) }]
        : []),
      ...(stories.length > 0
        ? [{ file: 'test_stories.yml', text: stringify({ version: VERSION, stories }, { lineWidth: 0 }) }]
        : []),
    ];
  },
};

type UtteranceReader = (marked: string, label: string, place: Place) => ReadUtterance;

function readItem(
  { intent, lookup, regex, examples: list }: z.infer<typeof nluItem>,
  utteranceOf: UtteranceReader,
  place: Place,
  losses: Losses,
): readonly ReadCase[] {
  if (lookup !== undefined) losses.add('lookup tables');
  if (regex !== undefined) losses.add('regular expressions');
  if (intent === undefined) return [];
  return linesOf(list).map((line) => ({ turns: [utteranceOf(line, intent, place)] }));
}

/** Examples as Rasa lists them: a block of lines that begin with a dash, or a list. */
function linesOf(list: z.infer<typeof examples> | undefined): readonly string[] {
  if (list === undefined) return [];
  const lines =
    typeof list === 'string' ? list.split('\n').map((line) => line.replace(/^\s*-\s?/, '')) : list;
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function readStory(
  { story: name, steps }: z.infer<typeof story>,
  utteranceOf: UtteranceReader,
  placeOf: (path: YamlPath) => Place,
  losses: Losses,
): readonly ReadCase[] {
  const turns = steps.flatMap(({ user, intent, entities }, index): ReadUtterance[] => {
    if (user === undefined || intent === undefined) return [];
    const turn = utteranceOf(user, intent, placeOf(['steps', index]));
    if (entities !== undefined && Object.keys(turn.slots ?? {}).length === 0)
      losses.add('entities of stories that are not marked in the words', name);
    return [turn];
  });
  if (steps.some((one) => one.user === undefined && one.intent === undefined))
    losses.add('actions, slots and checkpoints of stories', name);
  if (turns.length === 0) losses.add('stories without the words of the user', name);
  if (turns.length === 1) losses.add('names of stories with a single utterance', name);
  return turns.length === 0 ? [] : [{ turns, ...(turns.length > 1 && { id: name }) }];
}

const intentsOf = (label: string): readonly string[] =>
  label === NOTHING ? [] : label.split(SEVERAL).filter((part) => part !== '');

const labelOf = ({ expect }: Pick<TurnInFile, 'expect'>): string =>
  framesOf(expect ?? [])
    .map(({ intent }) => intent)
    .join(SEVERAL) || NOTHING;

function markedOf({ text = '', expect }: Pick<CaseInFile, 'text' | 'expect'>): string {
  const [{ slots = {} } = {}] = framesOf(expect ?? []);
  return writeRasaMarks(text, placeSlots(text, slots));
}
