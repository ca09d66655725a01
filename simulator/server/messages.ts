import { z } from 'zod';
import { SEATS } from '../../vehicle/command.ts';

/** Longest text that a person types to a car. */
export const MAX_TEXT = 2_000;
/** One audio frame: a second at 48 kHz. */
export const MAX_FRAME_BYTES = 96_000;
/** Longest utterance over the socket, seconds. */
export const MAX_SECONDS = 60;

/** No signal has a longer path. */
const MAX_PATH = 256;
/** Items of a value that is a list. */
const MAX_ITEMS = 64;

const id = z.string().min(1).max(64);
const seat = z.enum(SEATS);
const role = z.enum([...SEATS, 'viewer', 'presenter']);

/** What a client may send; anything else is refused with a `problem` and changes nothing. */
export const messages = {
  say: z.strictObject({
    id,
    seat,
    text: z.string().max(MAX_TEXT, `A text may have at most ${MAX_TEXT} characters.`),
  }),
  'audio-start': z.strictObject({
    id,
    seat,
    sampleRate: z.number().int().min(8_000).max(192_000),
    handsFree: z.boolean().optional(),
  }),
  'audio-frame': z.strictObject({
    id,
    pcm: z
      .instanceof(Uint8Array)
      .refine((bytes) => bytes.byteLength % 2 === 0, 'A frame holds whole 16-bit samples.')
      .refine(
        (bytes) => bytes.byteLength <= MAX_FRAME_BYTES,
        `A frame may have at most ${MAX_FRAME_BYTES} bytes.`,
      ),
  }),
  'audio-end': z.strictObject({ id }),
  'audio-cancel': z.strictObject({ id }),
  saying: z.strictObject({ text: z.string().max(MAX_TEXT).nullable() }),
  write: z.strictObject({
    seat,
    path: z.string().max(MAX_PATH),
    value: z.union([
      z.boolean(),
      z.number(),
      z.string().max(MAX_TEXT),
      z.array(z.boolean()).max(MAX_ITEMS),
      z.array(z.number()).max(MAX_ITEMS),
      z.array(z.string().max(MAX_TEXT)).max(MAX_ITEMS),
    ]),
    confirmed: z.boolean().optional(),
  }),
  speak: z.strictObject({ turn: z.string().min(1).max(128) }),
  pedals: z.strictObject({ mode: z.enum(['drive', 'park']) }),
  show: z.discriminatedUnion('do', [
    z.strictObject({ do: z.enum(['pause', 'resume', 'next']) }),
    z.strictObject({ do: z.literal('jump'), step: z.number().int().min(1) }),
  ]),
  move: z.strictObject({ to: role }),
  handover: z.strictObject({ yes: z.boolean() }),
} as const;

/** What a client says when it connects; whatever else it says is not used. */
export const handshake = z.object({
  token: z.string().max(64).optional(),
  role: role.optional(),
  page: z.string().min(1).max(64).optional(),
});

export type MessageName = keyof typeof messages;

/** What is wrong with a message, in one line. */
export const explain = (error: z.ZodError): string =>
  error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
