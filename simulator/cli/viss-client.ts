import { WebSocket } from 'ws';
import { z } from 'zod';
import { UnreachableError } from './exit.ts';

const point = z.object({
  path: z.string(),
  dp: z.object({ value: z.union([z.string(), z.array(z.string())]), ts: z.string() }),
});
const data = z.union([point.transform((one) => [one]), z.array(point)]);
export type Point = z.infer<typeof point>;

/** A node of the tree as VISS describes it: branches have `children`. */
export interface Node {
  readonly type: string;
  readonly datatype?: string | undefined;
  readonly unit?: string | undefined;
  readonly children?: Readonly<Record<string, Node>> | undefined;
}
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.string(),
    datatype: z.string().optional(),
    unit: z.string().optional(),
    children: z.record(z.string(), node).optional(),
  }),
);

const message = z.object({
  requestId: z.string().optional(),
  subscriptionId: z.string().optional(),
  data: data.optional(),
  metadata: z.record(z.string(), node).optional(),
  error: z.object({ number: z.string(), description: z.string() }).optional(),
});
type Message = z.infer<typeof message>;

/** What the car answered instead of doing it. */
export class VissRefusal extends Error {
  override readonly name = 'VissRefusal';
  /** Of VISS: 403 refused, 404 unknown, 400 not understood, ... */
  readonly number: number;
  constructor(number: number, message: string) {
    super(message);
    this.number = number;
  }
}

/** A running car, over VISS version 3. */
export class VissClient {
  readonly #socket: WebSocket;
  readonly #url: string;
  readonly #answers = new Map<
    string,
    { resolve: (answer: Message) => void; reject: (error: Error) => void }
  >();
  #listener: (points: readonly Point[]) => void = () => undefined;
  #lastRequest = 0;
  /** Rejects when the connection is lost; never resolves. */
  readonly lost: Promise<never>;

  private constructor(socket: WebSocket, url: string) {
    this.#socket = socket;
    this.#url = url;
    socket.on('message', (received: Buffer) => {
      this.#receive(received.toString('utf8'));
    });
    this.lost = new Promise((_, reject) => {
      socket.once('close', () => {
        const error = new UnreachableError(`The car at ${url} has gone.`);
        for (const { reject: fail } of this.#answers.values()) fail(error);
        reject(error);
      });
    });
    this.lost.catch(() => undefined);
  }

  /** @throws UnreachableError when no car is there */
  static async open(url: string): Promise<VissClient> {
    if (!/^wss?:\/\//.test(url) || !URL.canParse(url))
      throw new UnreachableError(`"${url}" is no address of a car. Use one like ws://localhost:8090`);
    const socket = new WebSocket(url, 'VISSv3', { handshakeTimeout: 5_000 });
    try {
      await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
    } catch (error) {
      throw explainConnectError(error, url);
    }
    socket.on('error', () => undefined);
    return new VissClient(socket, url);
  }

  /** Signals at or below a path. @throws VissRefusal */
  async get(path: string): Promise<readonly Point[]> {
    return (await this.#ask({ action: 'get', path })).data ?? [];
  }

  /** The tree from a path down, the node itself by its name. @throws VissRefusal */
  async describe(path: string): Promise<Readonly<Record<string, Node>>> {
    return (
      (await this.#ask({ action: 'get', path, filter: { variant: 'metadata', parameter: '0' } })).metadata ??
      {}
    );
  }

  /** @throws VissRefusal */
  async set(path: string, value: string | readonly string[]): Promise<void> {
    await this.#ask({ action: 'set', path, value });
  }

  /** Calls back with every new value at or below a path. @throws VissRefusal */
  async follow(path: string, listener: (points: readonly Point[]) => void): Promise<void> {
    this.#listener = listener;
    await this.#ask({
      action: 'subscribe',
      path,
      filter: { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } },
    });
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(request: Readonly<Record<string, unknown>>): Promise<Message> {
    const requestId = String(++this.#lastRequest);
    const answer = new Promise<Message>((resolve, reject) =>
      this.#answers.set(requestId, { resolve, reject }),
    );
    this.#socket.send(JSON.stringify({ ...request, requestId }));
    const { error, ...rest } = await answer;
    if (error) throw new VissRefusal(Number(error.number), error.description);
    return rest;
  }

  #receive(text: string): void {
    const received = message.safeParse(parsed(text));
    if (!received.success) {
      const error = new UnreachableError(`What answers at ${this.#url} does not speak VISS version 3.`);
      for (const { reject } of this.#answers.values()) reject(error);
      return;
    }
    const { requestId, data: points } = received.data;
    if (requestId === undefined) {
      this.#listener(points ?? []);
      return;
    }
    this.#answers.get(requestId)?.resolve(received.data);
    this.#answers.delete(requestId);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explainConnectError(error: unknown, url: string): UnreachableError {
  // Where a name has several addresses, Node reports the failures of all in one error without a message.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') {
    const { port } = new URL(url);
    return new UnreachableError(
      `No car is running at ${url}: start it with "drivetalk serve --viss ${port || '8090'}".`,
      { cause: error },
    );
  }
  const why = error instanceof Error && error.message ? error.message : code;
  return new UnreachableError(`${url} cannot be used: ${why}.`, { cause: error });
}
