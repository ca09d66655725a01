import assert from 'node:assert/strict';
import { Poster, type PosterOptions } from '../../../../../assistant/understanding/engines/http/poster.ts';
import { UnderstandingError } from '../../../../../assistant/understanding/interpreter.ts';
import { startModelServer, type ModelServer, type Reply } from '../../../../support/model-server.ts';

describe('requests to a model', () => {
  let server: ModelServer | undefined;
  let poster: Poster | undefined;
  const pauses: number[] = [];
  afterEach(async () => {
    poster?.close();
    await server?.close();
    server = undefined;
    pauses.length = 0;
  });
  const start = async (replies: readonly Reply[], options: Partial<PosterOptions> = {}) => {
    const rest = [...replies];
    server = await startModelServer(() => rest.shift() ?? replies.at(-1) ?? {});
    poster = new Poster({
      timeout: 5000,
      sleep: (milliseconds) => {
        pauses.push(milliseconds);
        return Promise.resolve();
      },
      ...options,
    });
    const url = new URL(server.url);
    return (body: unknown = {}) => poster!.post(url, 'model', body);
  };
  const refuses = (asking: Promise<unknown>, message: RegExp, recoverable: boolean) =>
    assert.rejects(asking, (error) => {
      assert.ok(error instanceof UnderstandingError);
      assert.equal(error.reason, 'engine-failed');
      assert.equal(error.recoverable, recoverable, error.message);
      assert.match(error.message, message);
      return true;
    });

  for (const status of [408, 429, 500, 503])
    it(`[NLU-41] HTTP ${status} is asked again`, async () => {
      const post = await start([{ status }, { status }, { body: { fine: true } }]);
      assert.deepEqual(await post(), { fine: true });
      assert.deepEqual(pauses, [250, 500]);
    });

  it('[NLU-41] four times at most', async () => {
    const post = await start([{ status: 503, body: 'loading the\nmodel' }]);
    await refuses(post(), /model: HTTP 503: loading the model/, true);
    assert.equal(server?.asked.length, 4);
  });

  it('[NLU-41] after as long as the server asks for, within bounds', async () => {
    const wait = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });
    const post = await start([wait('2'), wait('3600'), wait('soon'), { body: 1 }]);
    assert.equal(await post(), 1);
    assert.deepEqual(pauses, [2000, 8000, 1000]);
  });

  it('[NLU-41] no more than four at a time', async () => {
    const post = await start([{ body: 'true', delay: 20 }]);
    assert.equal((await Promise.all(Array.from({ length: 40 }, () => post()))).length, 40);
    assert.equal(server?.mostAtOnce, 4);
  });

  const final: [status: number, message: RegExp, recoverable: boolean][] = [
    [400, /HTTP 400: nonsense/, true],
    [401, /refuses the key \(HTTP 401\)\. Set DRIVETALK_MODEL_KEY/, false],
    [403, /refuses the key/, false],
    [404, /HTTP 404/, false],
  ];
  for (const [status, message, recoverable] of final)
    it(`[NLU-42] HTTP ${status} is not asked again`, async () => {
      const post = await start([{ status, body: 'nonsense' }]);
      await refuses(post(), message, recoverable);
      assert.equal(server?.asked.length, 1);
    });

  it('[NLU-40] goes to no other server than the one that was named', async () => {
    const post = await start([{ status: 307, headers: { location: 'http://127.0.0.1:9/' } }]);
    await refuses(post(), /cannot be asked .*redirect/, false);
  });

  it('[NLU-42] no answer in time', async () => {
    const post = await start([{}], { timeout: 100, attempts: 2 });
    await refuses(post(), /no answer within 0\.1 s/, true);
    assert.deepEqual(pauses, [250]);
  });

  it('[NLU-42] an answer without end', async () => {
    const post = await start([{ body: 'x'.repeat(2 ** 21) }], { attempts: 1 });
    await refuses(post(), /longer than 1 MiB/, false);
  });

  it('[NLU-42] no JSON', async () => {
    const post = await start([{ body: '<html>\n  Welcome' }]);
    await refuses(post(), /the answer is no JSON: <html> Welcome/, true);
  });

  it('[NLU-33] nobody there', async () => {
    const post = await start([{ body: 1 }]);
    const gone = new URL(server!.url);
    await server?.close();
    server = undefined;
    await refuses(
      post(),
      /nobody answers there \(ECONNREFUSED\)\. Start the server, or correct --model/,
      false,
    );
    await refuses(poster!.reach(gone, 'model').then(), /nobody answers there/, false);
  });

  it('[NLU-42] closing ends what is under way', async () => {
    const post = await start([{}]);
    const asking = refuses(post(), /closed before it answered/, true);
    setTimeout(() => poster?.close(), 20);
    await asking;
  });
});
