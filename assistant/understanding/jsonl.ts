import { z } from 'zod';
import type { Interpretation, RawFrame, Utterance } from './interpreter.ts';

/** Only the last three turns count; a whole conversation may be sent all the same. */
const MOST_TURNS = 100;

const requestLine = z.strictObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  context: z
    .array(z.strictObject({ who: z.enum(['user', 'car']), text: z.string() }))
    .max(MOST_TURNS)
    .optional(),
});

/** One line of input: an utterance, or what is wrong with the line. */
export type Request =
  | { readonly id: string | number; readonly utterance: Utterance }
  | { readonly id: string | number; readonly error: string };

/**
 * Reads a line of `drivetalk understand`: the words themselves, or with `jsonl` an object
 * `{"text", "id"?, "context"?: [{"who": "user" | "car", "text"}]}`. Without an id the line's number is one.
 * @param number counted from 1
 */
export function parseRequest(line: string, number: number, jsonl: boolean): Request {
  if (!jsonl) return { id: number, utterance: { text: line } };
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { id: number, error: `line ${number}: not JSON; write {"text": "…"}` };
  }
  const checked = requestLine.safeParse(parsed);
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    return { id: idOf(parsed) ?? number, error: `line ${number}: ${problems.join('; ')}` };
  }
  const { id = number, text, context } = checked.data;
  return { id, utterance: { text, ...(context && { context }) } };
}

/** What an answer is joined by, of a line that cannot be read otherwise. */
function idOf(line: unknown): string | number | undefined {
  const id: unknown = typeof line === 'object' && line !== null && 'id' in line ? line.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

/**
 * A line of output: `{"id","text","commands":[{"intent","slots","confidence"}],"domain","ms"}`, with `"raw"` (like commands) when the
 * model has labels of its own, or `{"id","error"}`. Other programs
 * are built on it: fields are never renamed or taken away.
 */
export function resultLine(id: string | number, result: Interpretation | { readonly error: string }): string {
  if ('error' in result) return JSON.stringify({ id, error: result.error });
  const { text, commands, raw, domain, ms } = result;
  return JSON.stringify({
    id,
    text,
    commands: commands.map(written),
    ...(raw && { raw: raw.map(written) }),
    domain,
    ms: rounded(ms, 3),
  });
}

const written = ({ intent, slots, confidence }: RawFrame) => ({
  intent,
  slots,
  confidence: rounded(confidence, 4),
});

/** More digits say nothing, and make lines hard to read. */
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
