import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { DEFAULT_POLICY } from '../policy.ts';
import { readSuite } from '../read-suite.ts';
import type { SuiteFile } from '../suite.ts';
import { suiteFileOf } from './canonical.ts';
import type { Format } from './format.ts';

/** Our own suites: YAML, or JSON lines when the file that is written ends so. What `defaults` say stands in the cases. */
export const drivetalk: Format = {
  name: 'drivetalk',
  title: 'a suite of drivetalk test (YAML or JSON lines)',
  holds: {
    suite: true,
    ids: 'all',
    keys: [
      'audio',
      'seat',
      'advance',
      'set',
      'expectStatus',
      'expectState',
      'settle',
      'expectRefusal',
      'expectReply',
      'context',
      'invariance',
      'direction',
      'severity',
      'note',
    ],
    dialogues: true,
    nothing: true,
    several: 'all',
    compares: 'each',
    text: (text) => text,
    label: () => true,
    slots: (slots) => slots,
    tags: (tags) => tags,
    policy: (policy) => policy,
  },
  recognises: (sources) =>
    sources.length > 0 &&
    sources.every(({ file, text }) =>
      file.endsWith('.jsonl')
        ? /^\s*\{"(id|suite|ontology)"/.test(text) && !/"(annot_utt|slurp_id)"/.test(text.slice(0, 2000))
        : /^cases\s*:/m.test(text),
    ),
  read(sources) {
    const suites = sources.map((source) => suiteFileOf(readSuite(source, () => undefined)));
    const [first] = suites;
    return {
      suite: { ...(first ?? { ontology: 'none' }), cases: suites.flatMap(({ cases }) => cases) },
      losses: [],
    };
  },
  write: (suite) => [{ file: 'suite.yaml', text: yamlOf(suite) }],
};

function yamlOf(suite: SuiteFile): string {
  return stringify(plainPolicy(suite), { lineWidth: 0 });
}

/** The suite as JSON lines: a header where it says anything, then a case a line. */
export function jsonLinesOf(suite: SuiteFile): string {
  const { cases, ...header } = plainPolicy(suite);
  const lines = Object.keys(header).length > 0 ? [header, ...cases] : cases;
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A policy in which only what is not so anyway is written down. */
function plainPolicy({ policy, cases, ...rest }: SuiteFile) {
  const own = Object.entries(policy ?? {}).filter(
    ([key, value]) => !isDeepStrictEqual(value, DEFAULT_POLICY[key as keyof typeof DEFAULT_POLICY]),
  );
  return { ...rest, ...(own.length > 0 && { policy: Object.fromEntries(own) }), cases };
}
