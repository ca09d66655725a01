/** Asks a larger model, over any endpoint that speaks as OpenAI's chat completions do. */
import { z } from 'zod';
import type { Command, SlotValue } from '../../../vehicle/command.ts';
import { INTENTS, type Intent } from '../../../vehicle/ontology.generated.ts';
import type { Ontology } from '../follow-ups/fit.ts';
import { veil, type Privacy, type PrivateNames } from './privacy.ts';
import { ForeseenError } from '../../../vehicle/foreseen-error.ts';

export interface Question {
  readonly text: string;
  /** Oldest first. */
  readonly exchanges: readonly { readonly user: string; readonly car: string }[];
  readonly names: PrivateNames;
}

/** What it says, and what it would have the car do; the car's own gate decides. */
export interface Answer {
  readonly text: string;
  readonly commands: readonly Command[];
}

export type HandOverProblem = 'unreachable' | 'timeout' | 'refused' | 'malformed';

export class HandOverError extends ForeseenError {
  override readonly name = 'HandOverError';
  readonly reason: HandOverProblem;
  readonly recoverable = true;
  constructor(reason: HandOverProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export interface LargerModel {
  /** Where questions go, for people. */
  readonly host: string;
  /** @throws HandOverError */
  ask(question: Question): Promise<Answer>;
}

export interface LargerModelOptions {
  /** Base of the endpoint, such as `http://localhost:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
  readonly privacy: Privacy;
  readonly ontology: Ontology;
  /** Milliseconds; people do not wait longer for an answer. */
  readonly timeout?: number;
  readonly fetch: typeof fetch;
}

const TIMEOUT = 8000;
/** Nobody listens longer at the wheel. */
const LONGEST_ANSWER = 400;
const MOST_COMMANDS = 5;
const INSTRUCTIONS =
  'You are the voice of a car. Answer in at most two short spoken sentences, without markup. ' +
  'Where the wish is one that the car can fulfil, call the tool "command" instead. Words in square brackets are private; use them as they are.';

const replySchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          tool_calls: z
            .array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
});
const callSchema = z.object({
  intent: z.enum(INTENTS),
  slots: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
/** What the car can be told; the talk itself is not among it. */
const TELLABLE: readonly Intent[] = INTENTS.filter(
  (intent) => !/^(dialogue|none|question|news)\./.test(intent),
);

/** @throws HandOverError `unreachable` when the address is none */
export function connectLargerModel(options: LargerModelOptions): LargerModel {
  const { timeout = TIMEOUT, privacy } = options;
  if (!URL.canParse(options.url))
    throw new HandOverError(
      'unreachable',
      `"${options.url}" is not an address such as http://localhost:11434/v1`,
    );
  const endpoint = new URL(`${options.url.replace(/\/+$/, '')}/chat/completions`);
  return {
    host: endpoint.host,
    async ask({ text, exchanges, names }) {
      const cover = veil(privacy, names);
      const messages = [
        { role: 'system', content: INSTRUCTIONS },
        ...exchanges
          .slice(exchanges.length - Math.min(privacy.exchanges, exchanges.length))
          .flatMap(({ user, car }) => [
            { role: 'user', content: cover.cover(user) },
            { role: 'assistant', content: cover.cover(car) },
          ]),
        { role: 'user', content: cover.cover(text) },
      ];
      const body = { model: options.model, messages, tools: [TOOL], max_tokens: 200, temperature: 0 };
      const reply = await post(endpoint, body, options, timeout);
      return read(reply, options.ontology, cover.uncover);
    },
  };
}

const TOOL = {
  type: 'function',
  function: {
    name: 'command',
    description: 'Tells the car to do something. Its safety rules decide whether it does.',
    parameters: {
      type: 'object',
      properties: {
        intent: { type: 'string', enum: TELLABLE },
        slots: { type: 'object', description: 'such as {"temperature": 21, "zone": "passenger"}' },
      },
      required: ['intent'],
    },
  },
} as const;

async function post(
  endpoint: URL,
  body: object,
  { fetch, key }: LargerModelOptions,
  timeout: number,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
      redirect: 'error',
    });
    if (!response.ok)
      throw new HandOverError('refused', `${endpoint.host} answered with status ${response.status}.`);
    return await response.json();
  } catch (error) {
    if (error instanceof HandOverError) throw error;
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new HandOverError('timeout', `${endpoint.host} gave no answer within ${timeout} ms.`, {
        cause: error,
      });
    if (error instanceof SyntaxError)
      throw new HandOverError('malformed', `${endpoint.host} did not answer in JSON.`, { cause: error });
    throw new HandOverError('unreachable', `${endpoint.host} cannot be reached.`, { cause: error });
  }
}

function read(reply: unknown, ontology: Ontology, uncover: (text: string) => string): Answer {
  const parsed = replySchema.safeParse(reply);
  const message = parsed.data?.choices[0]?.message;
  if (!message) throw new HandOverError('malformed', 'The answer is not one of a chat completion.');
  const commands = (message.tool_calls ?? [])
    .slice(0, MOST_COMMANDS)
    .map(({ function: call }) => commandOf(call, ontology, uncover));
  const text = uncover(message.content ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '' && commands.length === 0) throw new HandOverError('malformed', 'The answer is empty.');
  return { text: shortened(text), commands };
}

function commandOf(
  call: { readonly name: string; readonly arguments: string },
  ontology: Ontology,
  uncover: (text: string) => string,
): Command {
  const wrong = (why: string) => new HandOverError('malformed', `The answer calls for ${why}.`);
  if (call.name !== 'command') throw wrong(`the tool "${call.name}", which there is not`);
  let given: unknown;
  try {
    given = JSON.parse(call.arguments);
  } catch (error) {
    throw new HandOverError('malformed', 'The answer calls a tool without proper arguments.', {
      cause: error,
    });
  }
  const parsed = callSchema.safeParse(given);
  if (!parsed.success) throw wrong('something that the car does not have');
  const { intent, slots } = parsed.data;
  if (!TELLABLE.includes(intent)) throw wrong(`"${intent}", which is no command`);
  return {
    intent,
    slots: Object.fromEntries(
      Object.entries(slots).map(([name, value]) => {
        if (!ontology.labels.get(intent)?.slots.includes(name))
          throw wrong(`the slot "${name}" of ${intent}`);
        return [name, slotOf(name, value, ontology, uncover)];
      }),
    ),
  };
}

/** A number where the ontology wants one. */
function slotOf(
  name: string,
  value: string | number,
  { slots }: Ontology,
  uncover: (text: string) => string,
): SlotValue {
  const text = uncover(String(value));
  const isNumber =
    typeof value === 'number' ||
    (slots[name]?.type !== 'text' && slots[name]?.type !== 'digits' && /^-?\d+(\.\d+)?$/.test(text));
  return { text, value: isNumber ? Number(text) : text };
}

/** Whole sentences, as many as fit. */
function shortened(text: string): string {
  if (text.length <= LONGEST_ANSWER) return text;
  const cut = text.slice(0, LONGEST_ANSWER);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('? '));
  return end > 0 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))} …`;
}
