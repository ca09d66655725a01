import { z } from 'zod';
import { SEATS } from './command.ts';
import { ConfigError, readConfig } from './config-file.ts';
import { INTENTS } from './ontology.generated.ts';
import { SAFETY_RULES } from './safety-rules.ts';
import type { SafetyRule } from './safety.ts';
import type { Catalogue } from './signals/catalogue.ts';

const single = z.union([z.boolean(), z.number(), z.string()]);
const test = {
  is: single.optional(),
  not: single.optional(),
  in: z.array(single).nonempty().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  belowSignal: z.string().optional(),
  jumps: z.strictObject({ from: z.string(), by: z.number().positive() }).optional(),
};
const REMEDIES: ReadonlySet<string> = new Set(SAFETY_RULES.map(({ remedy }) => remedy));
const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[A-Z]+-\d+$/, 'an id is such as OEM-1'),
    title: z.string().min(1),
    intents: z.array(z.string()).nonempty().optional(),
    writes: z.array(z.string()).nonempty().optional(),
    to: z.strictObject(test).optional(),
    seats: z.array(z.enum(SEATS)).nonempty().optional(),
    when: z.array(z.strictObject({ path: z.string(), ...test })).default([]),
    verdict: z.enum(['allow', 'confirm', 'refuse']),
    remedy: z.string().refine((remedy) => REMEDIES.has(remedy) || remedy.includes(' '), {
      message: `a remedy is a sentence of your own, or one of ${[...REMEDIES].join(', ')}`,
    }),
  })
  .refine(({ intents, writes }) => intents !== undefined || writes !== undefined, {
    message: 'a rule is about intents, writes, or both',
  });
const marketSchema = z.strictObject({
  market: z.string(),
  extends: z.enum(['default', 'none']).default('default'),
  without: z.array(z.string()).default([]),
  rules: z.array(z.unknown()).default([]),
});

/**
 * The gate's rules for a market: those of the default one without some, and others before them.
 * @param text YAML: `market` (its name), `extends: default | none`, `without` (ids), `rules` (as `SafetyRule`)
 * @param file name for error messages
 * @returns by rank: the market's own first
 * @throws ConfigError with the line, for what is no rule, names what the car does not have, or uses an id twice
 */
export function parseMarket(text: string, file: string, catalogue: Catalogue): readonly SafetyRule[] {
  const { data, spotOf } = readConfig(text, file, marketSchema);
  const { extends: base, without, rules } = data;
  const below = base === 'default' ? SAFETY_RULES : [];
  const stranger = without.find((id) => !below.some((rule) => rule.id === id));
  if (stranger !== undefined)
    throw new ConfigError(
      'contradiction',
      file,
      spotOf(['without']).line,
      `without: there is no rule ${stranger} to leave out`,
    );
  const kept = below.filter(({ id }) => !without.includes(id));
  const own: SafetyRule[] = [];
  for (const [index, entry] of rules.entries()) {
    const fail = (problem: 'bad-entry' | 'contradiction', key: PropertyKey | undefined, why: string) => {
      const { line } = spotOf(key === undefined ? ['rules', index] : ['rules', index, key]);
      return new ConfigError(problem, file, line, `rule ${index + 1}: ${why}`);
    };
    const rule = ruleSchema.safeParse(entry);
    if (!rule.success) {
      const [issue] = rule.error.issues;
      const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
      throw fail('bad-entry', key, `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no rule'}`.trim());
    }
    const told = withoutUndefined(rule.data);
    const { id } = told;
    if ([...kept, ...own].some((other) => other.id === id))
      throw fail('contradiction', 'id', `there is a rule ${id} already`);
    const unknown = unknownName(told, catalogue);
    if (unknown) throw fail('contradiction', unknown.key, `${unknown.name} is nothing that this car has`);
    own.push(told);
  }
  return [...own, ...kept];
}

/** An optional key that was not given is absent, not undefined. */
const withoutUndefined = (rule: z.infer<typeof ruleSchema>): SafetyRule =>
  JSON.parse(JSON.stringify(rule)) as SafetyRule;

/** The first intent or path of a rule that nothing in the car goes by. */
function unknownName(
  { intents = [], writes = [], when }: SafetyRule,
  catalogue: Catalogue,
): { readonly key: string; readonly name: string } | undefined {
  const paths = [...catalogue.all()].map(({ path }) => path);
  const isIntent = (name: string) =>
    INTENTS.some((intent) => (name.endsWith('.*') ? intent.startsWith(name.slice(0, -1)) : intent === name));
  const isPath = (pattern: string) => {
    const [head = '', tail] = pattern.split('*', 2);
    return paths.some((path) =>
      tail === undefined ? path === pattern : path.startsWith(head) && path.endsWith(tail),
    );
  };
  const intent = intents.find((name) => !isIntent(name));
  if (intent !== undefined) return { key: 'intents', name: intent };
  const write = writes.find((pattern) => !isPath(pattern));
  if (write !== undefined) return { key: 'writes', name: write };
  const read = when.map(({ path }) => path).find((pattern) => !isPath(pattern));
  return read === undefined ? undefined : { key: 'when', name: read };
}
