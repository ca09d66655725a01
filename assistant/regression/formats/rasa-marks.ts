import { z } from 'zod';
import { pieces, type Span } from './spans.ts';

/** An entity as Rasa writes it in an example: `[berlin](city)` or `[berlin]{"entity": "city", "value": …}`. */
const described = z.looseObject({
  entity: z.string(),
  role: z.string().optional(),
  group: z.string().optional(),
  value: z.union([z.string(), z.number()]).optional(),
});

export interface RasaMarks {
  readonly text: string;
  readonly spans: readonly Span[];
  /** Whether an entity has a group, which a suite does not know. */
  readonly groups: boolean;
}

/** @returns undefined when a bracket is not followed by the name of an entity */
export function readRasaMarks(example: string, synonyms: ReadonlyMap<string, string>): RasaMarks | undefined {
  let text = '';
  let groups = false;
  const spans: Span[] = [];
  for (let at = 0; at < example.length;) {
    const open = example.indexOf('[', at);
    if (open < 0) {
      text += example.slice(at);
      break;
    }
    text += example.slice(at, open);
    const close = example.indexOf(']', open);
    const label = close < 0 ? undefined : labelAt(example, close + 1);
    const words = example.slice(open + 1, close);
    if (!label || words === '') return undefined;
    const value = label.value ?? synonyms.get(words.toLowerCase());
    groups ||= label.group;
    spans.push({
      name: label.name,
      start: text.length,
      end: text.length + words.length,
      ...(value !== undefined && { value }),
    });
    text += words;
    at = label.end;
  }
  return text.includes(']') ? undefined : { text, spans, groups };
}

interface Label {
  readonly name: string;
  readonly value?: string | number;
  readonly group: boolean;
  readonly end: number;
}

function labelAt(example: string, at: number): Label | undefined {
  const short = /^\(([^():]+)(?::([^()]*))?\)/.exec(example.slice(at));
  if (short) {
    const [all, name = '', value] = short;
    return { name: name.trim(), ...(value !== undefined && { value }), group: false, end: at + all.length };
  }
  if (example[at] !== '{') return undefined;
  // A brace may stand in a value: the first end at which it is JSON is the right one.
  for (let end = example.indexOf('}', at); end >= 0; end = example.indexOf('}', end + 1)) {
    const parsed = jsonOf(example.slice(at, end + 1));
    if (parsed === undefined) continue;
    const checked = described.safeParse(parsed);
    if (!checked.success) return undefined;
    const { entity, role, group, value } = checked.data;
    // The name that a Rasa server's answers get, too (see engines/http).
    const name = role === undefined ? entity : `${entity}:${role}`;
    return { name, ...(value !== undefined && { value }), group: group !== undefined, end: end + 1 };
  }
  return undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function writeRasaMarks(text: string, spans: readonly Span[]): string {
  return pieces(text, spans)
    .map(({ text: words, span }) => (span ? `[${words}]${labelOf(span)}` : words))
    .join('');
}

function labelOf({ name, value }: Span): string {
  if (value === undefined && /^[\w.-]+$/.test(name)) return `(${name})`;
  const [, entity = name, role] = /^([^:]+):([^:]+)$/.exec(name) ?? [];
  return JSON.stringify({
    entity,
    ...(role !== undefined && { role }),
    ...(value !== undefined && { value }),
  });
}
