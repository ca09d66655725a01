import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface AskedFor {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is a string, else as JSON. Left out: never answered. */
  readonly body?: unknown;
  /** Milliseconds until it is answered. */
  readonly delay?: number;
}

export interface ModelServer {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly asked: readonly AskedFor[];
  /** The most requests that were under way at the same time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/** An HTTP server on a free port that answers posts as a model would. */
export async function startModelServer(answer: (request: AskedFor) => Reply): Promise<ModelServer> {
  const asked: AskedFor[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return void response.end('hello');
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    response.on('close', () => underWay--);
    void json(request).then((body) => {
      const asking = { path: request.url ?? '', headers: request.headers, body };
      asked.push(asking);
      const { status = 200, headers = {}, body: own, delay = 0 } = answer(asking);
      if (own === undefined && status === 200) return;
      setTimeout(() => {
        response.writeHead(status, headers);
        response.end(typeof own === 'string' ? own : JSON.stringify(own));
      }, delay);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
