/** Scenarios from their files. Whatever is wrong is told with line and column, all of it at once. */
import type { z } from 'zod';
import { nearestName } from '../../assistant/understanding/nearest.ts';
import { SIGNAL_INTENTS } from '../../vehicle/command.ts';
import { INTENTS } from '../../vehicle/ontology.generated.ts';
import { locateYaml, type Spot, type YamlPath } from '../../vehicle/located-yaml.ts';
import type { Catalogue } from '../../vehicle/signals/catalogue.ts';
import type { SafetyRule } from '../../vehicle/safety.ts';
import { ScenarioError } from './errors.ts';
import { scenarioSchema, type Scenario } from './scenario.ts';

interface Mistake {
  readonly way: YamlPath;
  readonly what: string;
  /** The key at the end of the way is wrong, not its value. */
  readonly isKey?: boolean;
}

/** What of a car its scenarios name. */
export interface ScenarioCar {
  readonly catalogue: Catalogue;
  readonly rules: readonly Pick<SafetyRule, 'id'>[];
}

const KNOWN_INTENTS: readonly string[] = [...INTENTS, ...SIGNAL_INTENTS];

/** More would hide the first. */
const MOST_TOLD = 10;

/**
 * @param file its name, for messages
 * @param car that will drive it
 * @throws ScenarioError
 */
export function readScenario(text: string, file: string, car: ScenarioCar): Scenario {
  const yaml = locateYaml(text);
  const tell = ({ line, column }: Spot, what: string) => `${file}:${line}:${column}: ${what}`;
  if (yaml.mistakes.length > 0) {
    const told = yaml.mistakes.map((spot) => tell(spot, `not YAML: ${spot.message}`));
    throw new ScenarioError('unreadable', told.slice(0, MOST_TOLD).join('\n'));
  }
  const checked = scenarioSchema.safeParse(yaml.value);
  const mistakes = checked.success ? unknownNames(checked.data, car) : checked.error.issues.flatMap(explain);
  if (!checked.success || mistakes.length > 0) {
    const told = mistakes.map(({ way, what, isKey }) =>
      tell(yaml.spotOf(way, isKey === true ? 'key' : 'value'), what),
    );
    throw new ScenarioError('invalid', told.slice(0, MOST_TOLD).join('\n'));
  }
  return {
    ...checked.data,
    steps: checked.data.steps.map((step, index) => ({ ...step, line: yaml.spotOf(['steps', index]).line })),
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

/** Signals, rules and intents that the car does not have, and values that a signal does not take. */
function unknownNames(
  scenario: z.output<typeof scenarioSchema>,
  { catalogue, rules: gate }: ScenarioCar,
): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const known = [...catalogue.all()].map(({ path }) => path);
  const path = (way: YamlPath, name: string) => {
    if (catalogue.find(name)) return true;
    mistakes.push({
      way: [...way, name],
      what: `the car has no signal "${name}"${suggestion(name, known)}`,
      isKey: true,
    });
    return false;
  };
  const check = (way: YamlPath, run: () => void) => {
    try {
      run();
    } catch (error) {
      mistakes.push({ way, what: error instanceof Error ? error.message : String(error) });
    }
  };
  const sensed = (way: YamlPath, values: Scenario['sensors'] = {}) => {
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
    const rules = gate.map(({ id }) => id);
    if (expect?.refused !== undefined && !rules.includes(expect.refused)) {
      mistakes.push({
        way: [...way, 'expect', 'refused'],
        what: `the gate has no rule "${expect.refused}"${suggestion(expect.refused, rules)}`,
      });
    }
    for (const [at, name] of (expect?.intents ?? []).entries()) {
      if (!KNOWN_INTENTS.includes(name)) {
        mistakes.push({
          way: [...way, 'expect', 'intents', at],
          what: `the car has no intent "${name}"${suggestion(name, KNOWN_INTENTS)}`,
        });
      }
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

/** The nearest of the known names, where one is near; else all, where they are few. */
function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known.length > 0 && known.length <= 40 ? `; there are ${known.join(', ')}` : '';
}
