import { assess } from '../../../../assistant/regression/assess.ts';
import { policySchema } from '../../../../assistant/regression/policy.ts';
import type {
  Assessment,
  CheckResult,
  Frame,
  RunHeader,
  RunResults,
} from '../../../../assistant/regression/result.ts';
import { seededRandom } from '../../../../assistant/training/random.ts';

/** What must never become markup, XML, or the end of a script. */
export const HOSTILE = '</script><img src=x onerror="document.title=1"> ]]> & `|` @me \u0001 \ud800';

const LABELS = [
  'climate.ac.on',
  'climate.ac.off',
  'climate.temperature.set',
  'window.open',
  'window.close',
  'media.volume.increase',
  'media.playback.start',
  'navigation.route.start',
  'phone.call.start',
  'door.lock',
];

const frame = (intent: string, confidence: number): Frame => ({
  intent,
  slots: intent.endsWith('.set') ? { temperature: { text: 'twenty one', value: 21, unit: 'celsius' } } : {},
  confidence,
});

export const header = (name: string, checks: number): RunHeader => ({
  drivetalk: 'results',
  version: 1,
  suites: ['reference', 'cabin <b>comfort</b>'],
  suiteDigest: 's',
  model: { name, digest: name },
  seed: 0,
  checks,
});

export function check(
  id: string,
  intent: string,
  got: string,
  more: Partial<CheckResult> = {},
  confidence = 0.9,
): CheckResult {
  const right = intent === got;
  return {
    id,
    case: id,
    kind: 'MFT',
    form: 'text',
    severity: 3,
    tags: ['mft'],
    input: 'same',
    status: right ? 'right' : 'wrong',
    answers: [
      {
        said: `please do ${id}`,
        expected: [{ intent }],
        got: [frame(got, confidence)],
        rejected: [],
        problems: right
          ? []
          : [{ kind: 'intent', message: `${intent} was taken for ${got}`, expected: intent, got }],
      },
    ],
    ...more,
  };
}

export const runOf = (name: string, results: readonly CheckResult[]): RunResults => ({
  header: header(name, results.length),
  results: [...results].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/** A run as runs are, with a baseline that was a little better. */
export function sampleRun(
  count: number,
  rightNow = 0.92,
): { assessment: Assessment; run: RunResults; baseline: RunResults } {
  const random = seededRandom(7);
  const pick = (index: number) => LABELS[index % LABELS.length] ?? '';
  const results = (chance: number) =>
    Array.from({ length: count }, (_, at) => {
      const right = random() < chance;
      const id = `case-${String(at).padStart(5, '0')}`;
      const tags = [['noise', 'opposites', 'numbers', 'dialogue'][at % 4] ?? '', 'mft'];
      const confidence = right ? 0.7 + 0.3 * random() : 0.4 + 0.5 * random();
      return check(
        id,
        pick(at),
        right ? pick(at) : pick(at + 1),
        { tags, severity: 1 + (at % 5) },
        Number(confidence.toFixed(4)),
      );
    });
  const baseline = runOf('model-1', results(0.95));
  const special = check('odd/case:1~politeness', 'window.open', 'window.close', {
    severity: 5,
    kind: 'INV',
    answers: [
      {
        said: HOSTILE,
        expected: [{ intent: 'window.open' }],
        got: [frame('window.close', 0.5)],
        rejected: [],
        problems: [{ kind: 'changed', message: HOSTILE }],
      },
    ],
  });
  const run = runOf('model-2', [...results(rightNow), special]);
  const was = runOf('model-1', [
    ...baseline.results,
    {
      ...special,
      status: 'right',
      answers: special.answers.map((one) => ({ ...one, got: [frame('window.open', 0.9)], problems: [] })),
    },
  ]);
  const policy = policySchema.parse({ floors: { tags: { noise: 0.99 } } });
  return { assessment: assess({ candidate: run, baseline: was, policy }), run, baseline: was };
}

export const domainOf = (label: string): string => label.split('.')[0] ?? label;
