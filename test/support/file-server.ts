import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on a free port that notes what it is asked. */
export interface FileServer {
  readonly url: string;
  /** Of each request: its path and the range that it asks for. */
  readonly asked: { readonly path: string; readonly range: string | undefined }[];
  close(): Promise<void>;
}

/** @param answer how it answers, the how-manieth request it is from 1 */
export async function startFileServer(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<FileServer> {
  const asked: { path: string; range: string | undefined }[] = [];
  const server: Server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', range: request.headers.range });
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends a file as a server does that knows ranges. @param until cuts the connection after so many bytes of the file */
export function sendFile(
  { headers }: IncomingMessage,
  response: ServerResponse,
  file: Buffer,
  until = file.length,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  const partial = headers.range !== undefined;
  response.writeHead(partial ? 206 : 200, {
    'Content-Length': file.length - from,
    ...(partial && { 'Content-Range': `bytes ${from}-${file.length - 1}/${file.length}` }),
  });
  response.write(file.subarray(from, Math.max(from, until)), () => {
    if (until < file.length) response.destroy();
    else response.end();
  });
}
