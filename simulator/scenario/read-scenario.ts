/** Scenarios from their files. Whatever is wrong is told with line and column, all of it at once. */
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { editDistance } from '../../assistant/understanding/nearest.ts';
import type { Catalogue } from '../../vehicle/signals/catalogue.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { ScenarioError } from './errors.ts';
import { scenarioSchema, type Scenario } from './scenario.ts';

type Way = readonly PropertyKey[];
interface Mistake {
  readonly way: Way;
  readonly what: string;
  /** The key at the end of the way is wrong, not its value. */
  readonly isKey?: boolean;
}

/** More would hide the first. */
const MOST_TOLD = 10;

/**
 * @param file its name, for messages
 * @param catalogue of the car that will drive it
 * @throws ScenarioError
 */
export function readScenario(text: string, file: string, catalogue: Catalogue): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const tell = (offset: number, what: string) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}: ${what}`;
  };
  if (document.errors.length > 0) {
    const told = document.errors.map(({ pos, message }) => tell(pos[0], `not YAML: ${message}`));
    throw new ScenarioError('unreadable', told.slice(0, MOST_TOLD).join('\n'));
  }
  const checked = scenarioSchema.safeParse(document.toJS());
  const mistakes = checked.success
    ? unknownNames(checked.data, catalogue)
    : checked.error.issues.flatMap(explain);
  if (!checked.success || mistakes.length > 0) {
    const told = mistakes.map(({ way, what, isKey }) => tell(offsetOf(document, way, isKey), what));
    throw new ScenarioError('invalid', told.slice(0, MOST_TOLD).join('\n'));
  }
  return {
    ...checked.data,
    steps: checked.data.steps.map((step, index) => ({
      ...step,
      line: lines.linePos(offsetOf(document, ['steps', index])).line,
    })),
  };
}

const KEYS = {
  scenario: Object.keys(scenarioSchema.shape),
  step: Object.keys(scenarioSchema.shape.steps.element.shape),
};

function explain(issue: z.core.$ZodIssue): readonly Mistake[] {
  const way = issue.path;
  if (issue.code === 'unrecognized_keys') {
    const known = way.length === 0 ? KEYS.scenario : way.length === 2 ? KEYS.step : [];
    return issue.keys.map((key) => ({
      way: [...way, key],
      what: `there is no "${key}" here${suggestion(key, known)}`,
      isKey: true,
    }));
  }
  // Of a union the way that came furthest says most.
  if (issue.code === 'invalid_union') {
    const ways = issue.errors.map((issues) => issues.flatMap((inner) => explain(inner)));
    const [best = []] = ways.sort((a, b) => depth(b) - depth(a));
    if (depth(best) > 0) return best.map((mistake) => ({ ...mistake, way: [...way, ...mistake.way] }));
    return [{ way, what: `this is ${issue.message.toLowerCase()}` }];
  }
  return [{ way, what: issue.message }];
}

const depth = (mistakes: readonly Mistake[]) => Math.max(0, ...mistakes.map(({ way }) => way.length));

/** Signals and rules that the car does not have, and values that a signal does not take. */
function unknownNames(scenario: z.output<typeof scenarioSchema>, catalogue: Catalogue): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const known = [...catalogue.all()].map(({ path }) => path);
  const path = (way: Way, name: string) => {
    if (catalogue.find(name)) return true;
    mistakes.push({
      way: [...way, name],
      what: `the car has no signal "${name}"${suggestion(name, known)}`,
      isKey: true,
    });
    return false;
  };
  const check = (way: Way, run: () => void) => {
    try {
      run();
    } catch (error) {
      mistakes.push({ way, what: error instanceof Error ? error.message : String(error) });
    }
  };
  const sensed = (way: Way, values: Scenario['sensors'] = {}) => {
    for (const [name, value] of Object.entries(values)) {
      if (path(way, name)) {
        check([...way, name], () => {
          catalogue.checkValue(name, value);
        });
      }
    }
  };
  sensed(['sensors'], scenario.sensors);
  for (const [index, { when, set, inject, expect }] of scenario.steps.entries()) {
    const way = ['steps', index];
    for (const name of Object.keys(when ?? {})) path([...way, 'when'], name);
    for (const name of Object.keys(expect?.signals ?? {})) path([...way, 'expect', 'signals'], name);
    for (const [name, value] of Object.entries(set ?? {})) {
      if (path([...way, 'set'], name)) {
        check([...way, 'set', name], () => {
          catalogue.checkTarget(name, value);
        });
      }
    }
    sensed([...way, 'inject', 'sensors'], inject?.sensors);
    sensed([...way, 'inject', 'faults'], inject?.faults);
    for (const [at, name] of (inject?.repair ?? []).entries()) {
      if (!catalogue.find(name)) {
        mistakes.push({
          way: [...way, 'inject', 'repair', at],
          what: `the car has no signal "${name}"${suggestion(name, known)}`,
        });
      }
    }
    const rules = SAFETY_RULES.map(({ id }) => id);
    if (expect?.refused !== undefined && !rules.includes(expect.refused)) {
      mistakes.push({
        way: [...way, 'expect', 'refused'],
        what: `the gate has no rule "${expect.refused}"${suggestion(expect.refused, rules)}`,
      });
    }
    for (const part of ['reply', 'announces'] as const) {
      const wanted = expect?.[part];
      if (wanted !== undefined) check([...way, 'expect', part], () => void patternOf(wanted));
    }
  }
  return mistakes;
}

/** A part of a text, in any case, or a `/regular expression/`. @throws Error for one that is none */
export function patternOf(written: string): RegExp {
  const [, expression] = /^\/(.*)\/$/s.exec(written) ?? [];
  try {
    return new RegExp(expression ?? written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  } catch (error) {
    throw new Error(`${written} is no regular expression`, { cause: error });
  }
}

/** Where a way through the document leads; where it ends early, its last part that is there. */
function offsetOf(document: Document, way: Way, isKey = false): number {
  let offset = 0;
  for (let length = 0; length <= way.length; length++) {
    const node: unknown = length === 0 ? document.contents : document.getIn(way.slice(0, length), true);
    if (isNode(node) && node.range) offset = node.range[0];
  }
  if (!isKey) return offset;
  const parent: unknown = way.length === 1 ? document.contents : document.getIn(way.slice(0, -1), true);
  if (!isMap(parent)) return offset;
  const key = parent.items
    .map((pair) => pair.key)
    .find((each) => isScalar(each) && each.value === way.at(-1));
  return isNode(key) && key.range ? key.range[0] : offset;
}

/** The nearest of the known names, where one is near. */
function suggestion(name: string, known: readonly string[]): string {
  const [best] = known
    .map((each) => ({ each, slips: editDistance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.slips - b.slips);
  if (best && best.slips <= Math.max(2, name.length / 4)) return `; did you mean "${best.each}"?`;
  return known.length > 0 && known.length <= 40 ? `; there are ${known.join(', ')}` : '';
}
