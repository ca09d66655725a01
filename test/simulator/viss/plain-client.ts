import { WebSocket } from 'ws';

export interface Answer {
  action?: string;
  requestId?: string;
  subscriptionId?: string;
  ts?: string;
  data?: Point | Point[];
  metadata?: Record<string, unknown>;
  error?: { number: string | number; reason: string; message?: string; description?: string };
}
export interface Point {
  path: string;
  dp: { value: string | string[]; ts: string };
}

/** A client as somebody writes it who has read the specification and never seen this server. */
export class PlainClient {
  readonly socket: WebSocket;
  readonly messages: Answer[] = [];
  #waiting: { fits: (message: Answer) => boolean; resolve: (message: Answer) => void }[] = [];
  #lastRequest = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Answer;
      this.messages.push(message);
      this.#waiting = this.#waiting.filter(
        ({ fits, resolve }) => !fits(message) || (resolve(message), false),
      );
    });
  }

  static async open(
    url: string,
    protocol: string | string[] = 'VISSv3',
    headers: Record<string, string> = {},
  ): Promise<PlainClient> {
    const socket = new WebSocket(url, protocol, { headers });
    const client = new PlainClient(socket);
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  /** The next message that fits, from now on. */
  next(fits: (message: Answer) => boolean): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.push({ fits, resolve }));
  }

  nextEvent(subscriptionId: string | undefined): Promise<Answer> {
    return this.next(
      (message) => message.action === 'subscription' && message.subscriptionId === subscriptionId,
    );
  }

  events(subscriptionId: string | undefined): Answer[] {
    return this.messages.filter(
      (message) => message.action === 'subscription' && message.subscriptionId === subscriptionId,
    );
  }

  ask(request: Record<string, unknown>): Promise<Answer> {
    const requestId = String(++this.#lastRequest);
    const answer = this.next((message) => message.requestId === requestId);
    this.socket.send(JSON.stringify({ ...request, requestId }));
    return answer;
  }

  /** Sends anything at all; the next message is the answer. */
  throwAt(text: string): Promise<Answer> {
    const answer = this.next(() => true);
    this.socket.send(text);
    return answer;
  }

  closed(): Promise<number> {
    return new Promise((resolve) => this.socket.once('close', resolve));
  }
}

/** The points of an answer, whether they came alone or as an array. */
export const points = ({ data }: Answer): Point[] => (data === undefined ? [] : [data].flat());
