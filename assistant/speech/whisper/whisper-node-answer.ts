/** What `whisper-node-child.ts` tells whoever has started it. */
import { z } from 'zod';

/** What whisper-node gives: lines of whisper.cpp's output with `-ml 1`, a token each, without leading spaces. */
export const linesSchema = z.array(z.object({ start: z.string(), end: z.string(), speech: z.string() }));

export const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heard'), lines: linesSchema, ms: z.number() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
