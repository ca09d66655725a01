import { z } from 'zod';
import type { Interpretation, Utterance } from './interpreter.ts';

const requestLine = z.strictObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  context: z
    .array(z.strictObject({ who: z.enum(['user', 'car']), text: z.string() }))
    .max(3)
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
    return { id: number, error: `line ${number}: ${problems.join('; ')}` };
  }
  const { id = number, text, context } = checked.data;
  return { id, utterance: { text, ...(context && { context }) } };
}

/** A line of output: the interpretation with its id, or the error. */
export function resultLine(id: string | number, result: Interpretation | { readonly error: string }): string {
  return JSON.stringify({ id, ...result });
}
