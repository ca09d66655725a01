import assert from 'node:assert/strict';
import { startViss } from '../../../simulator/viss/endpoint.ts';
import { ServerError, type RunningServer } from '../../../simulator/server/server.ts';
import type { Vehicle } from '../../../vehicle/vehicle.ts';
import { DRIVE_STATES, newCar, NINE, sense } from '../../support/small-car.ts';
import { PlainClient, points, type Answer } from './plain-client.ts';

const SPEED = 'Vehicle.Speed';
const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const TRUNK = 'Vehicle.Body.Trunk.Rear.IsOpen';
const FAN = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

describe('VISS endpoint, over real sockets', () => {
  let car: Vehicle;
  let server: RunningServer;
  let clients: PlainClient[];
  /** Real time for the rate limit alone. */
  let clock: number;

  beforeEach(async () => {
    car = newCar();
    clients = [];
    clock = 0;
    server = await startViss({ vehicle: car, host: '127.0.0.1', port: 0, clock: () => clock });
  });
  afterEach(async () => {
    for (const client of clients) client.socket.terminate();
    await server.close();
  });

  const connect = async (...options: [protocol?: string | string[], headers?: Record<string, string>]) => {
    const client = await PlainClient.open(server.url, ...options);
    clients.push(client);
    return client;
  };
  const assertError = ({ error, data, ts }: Answer, number: string, reason: string, description = /./) => {
    assert.equal(error?.number, number);
    assert.equal(error.reason, reason);
    assert.match(error.description ?? '', description);
    assert.equal(data, undefined);
    assert.match(ts ?? '', ISO);
  };

  describe('connection', () => {
    it('[VISS-1] both subprotocols are spoken, the first that is known is taken', async () => {
      assert.equal((await connect('VISSv2')).socket.protocol, 'VISSv2');
      assert.equal((await connect('VISSv3')).socket.protocol, 'VISSv3');
      assert.equal((await connect(['graphql-ws', 'VISSv2', 'VISSv3'])).socket.protocol, 'VISSv2');
    });

    it('[VISS-1] a client without a subprotocol is answered in version 3', async () => {
      const client = await connect([]);
      assert.equal((await client.ask({ action: 'get', path: 'Vehicle.No' })).error?.number, '404');
    });

    it('[VISS-2] other web sites and names that point here are kept out', async () => {
      await assert.rejects(connect('VISSv3', { Origin: 'https://example.org' }), /403/);
      await assert.rejects(connect('VISSv3', { Host: 'rebound.example.org' }), /403/);
      const named = await startViss({
        vehicle: car,
        host: '127.0.0.1',
        port: 0,
        names: ['car.lan'],
        clock: () => 0,
      });
      try {
        const { socket } = await PlainClient.open(named.url, 'VISSv3', { Host: 'car.lan' });
        socket.terminate();
      } finally {
        await named.close();
      }
    });

    it('[VISS-2] a plain HTTP request is told to upgrade', async () => {
      assert.equal((await fetch(server.url.replace('ws:', 'http:'))).status, 426);
    });

    it('[VISS-18] fifty clients are served, the next is told to come again', async () => {
      for (let i = 0; i < 50; i += 1) await connect();
      await assert.rejects(connect(), /503/);
      const left = clients[0]!.closed();
      clients[0]!.socket.close();
      await left;
      assert.equal((await (await connect()).ask({ action: 'get', path: SPEED })).error, undefined);
    });

    it('[VISS-3] a port in use says which option chooses another', async () => {
      const port = Number(new URL(server.url).port);
      await assert.rejects(
        startViss({ vehicle: car, host: '127.0.0.1', port, clock: () => 0 }),
        (error) =>
          error instanceof ServerError && error.reason === 'port-busy' && /--viss \d+/.test(error.message),
      );
    });

    it('[VISS-3] closing tells the clients and frees the port', async () => {
      const client = await connect();
      const closed = client.closed();
      await server.close();
      assert.equal(await closed, 1001);
      const port = Number(new URL(server.url).port);
      server = await startViss({ vehicle: car, host: '127.0.0.1', port, clock: () => clock });
    });
  });

  describe('get', () => {
    it('[VISS-4] one signal: its value as a string, with the time of the car at which it got it', async () => {
      const client = await connect();
      const before = await client.ask({ action: 'get', path: SPEED });
      assert.deepEqual(before, {
        action: 'get',
        requestId: '1',
        data: { path: SPEED, dp: { value: '0', ts: new Date(NINE).toISOString() } },
        ts: new Date(NINE).toISOString(),
      });
      car.advance(1_500);
      sense(car, { Speed: 48.5 });
      car.advance(1_000);
      const after = await client.ask({ action: 'get', path: SPEED });
      assert.deepEqual(after.data, {
        path: SPEED,
        dp: { value: '48.5', ts: new Date(NINE + 1_500).toISOString() },
      });
      assert.equal(after.ts, new Date(NINE + 2_500).toISOString());
    });

    it('[VISS-4] slashes are dots', async () => {
      const answer = await (await connect()).ask({ action: 'get', path: 'Vehicle/Speed' });
      assert.equal(points(answer)[0]?.path, SPEED);
    });

    it('[VISS-4] a branch gives all signals below it; every value of the car is a string', async () => {
      const answer = await (await connect()).ask({ action: 'get', path: 'Vehicle' });
      assert.deepEqual(
        points(answer)
          .map(({ path }) => path)
          .sort(),
        [...car.catalogue.all()].map(({ path }) => path).sort(),
      );
      for (const { dp } of points(answer)) {
        assert.ok([dp.value].flat().every((item) => typeof item === 'string'));
        assert.match(dp.ts, ISO);
      }
    });

    it('[VISS-5] paths: wildcards stand for one segment, branches for what is below, nothing comes twice', async () => {
      const client = await connect();
      const parameter = ['Door.*.*.IsOpen', 'Door.Row1.DriverSide.IsOpen', 'Door.Row1.DriverSide.Window'];
      const found = points(
        await client.ask({ action: 'get', path: 'Vehicle.Cabin', filter: { variant: 'paths', parameter } }),
      );
      const paths = found.map(({ path }) => path);
      assert.equal(
        paths.filter((path) => /^Vehicle\.Cabin\.Door\.Row[12]\.(Driver|Passenger)Side\.IsOpen$/.test(path))
          .length,
        4,
      );
      assert.ok(paths.includes(WINDOW));
      assert.equal(new Set(paths).size, paths.length);
      assert.ok(paths.every((path) => path.startsWith('Vehicle.Cabin.Door.')));
    });

    it('[VISS-5] a path that fits nothing: 404, even beside others that fit', async () => {
      const client = await connect();
      assertError(
        await client.ask({ action: 'get', path: 'Vehicle.Sped' }),
        '404',
        'unavailable_data',
        /Vehicle\.Sped/,
      );
      const filter = { variant: 'paths', parameter: ['Speed', 'Wings.*'] };
      assertError(
        await client.ask({ action: 'get', path: 'Vehicle', filter }),
        '404',
        'unavailable_data',
        /Vehicle\.Wings/,
      );
    });

    it('[VISS-6] metadata: the tree below a node, as many generations as asked for', async () => {
      const client = await connect();
      const metadata = async (path: string, parameter: unknown, variant = 'metadata') =>
        (await client.ask({ action: 'get', path, filter: { variant, parameter } })).metadata;
      assert.deepEqual(await metadata(FAN, '0'), {
        FanSpeed: {
          type: 'actuator',
          datatype: 'uint8',
          unit: 'percent',
          min: 0,
          max: 100,
          description: 'Fan Speed, 0 = off. 100 = max',
        },
      });
      assert.deepEqual(await metadata('Vehicle.Cabin.HVAC.Station', '1'), { Station: { type: 'branch' } });
      assert.deepEqual(await metadata('Vehicle.Cabin.HVAC.Station', '2'), {
        Station: { type: 'branch', children: { Row1: { type: 'branch' }, Row2: { type: 'branch' } } },
      });
      assert.match(
        JSON.stringify(await metadata('Vehicle.Cabin.HVAC.Station', '0')),
        /"FanSpeed":\{"type":"actuator"/,
      );
    });

    it('[VISS-6] metadata of several nodes goes by their paths', async () => {
      const filter = [
        { variant: 'paths', parameter: ['Row1.*.IsOpen', 'Row2.DriverSide.IsOpen'] },
        { variant: 'metadata', parameter: '0' },
      ];
      const { metadata } = await (await connect()).ask({ action: 'get', path: 'Vehicle.Cabin.Door', filter });
      assert.deepEqual(Object.keys(metadata ?? {}), [
        'Vehicle.Cabin.Door.Row1.DriverSide.IsOpen',
        'Vehicle.Cabin.Door.Row1.PassengerSide.IsOpen',
        'Vehicle.Cabin.Door.Row2.DriverSide.IsOpen',
      ]);
    });
  });

  describe('set', () => {
    it('[VISS-11] an actuator takes its target and moves; get gives where it is', async () => {
      const client = await connect();
      assert.deepEqual(await client.ask({ action: 'set', path: WINDOW, value: '40' }), {
        action: 'set',
        requestId: '1',
        ts: new Date(NINE).toISOString(),
      });
      assert.equal(car.read(WINDOW).target, 40);
      assert.equal(points(await client.ask({ action: 'get', path: WINDOW }))[0]?.dp.value, '0');
      car.advance(60_000);
      assert.equal(points(await client.ask({ action: 'get', path: WINDOW }))[0]?.dp.value, '40');
    });

    it('[VISS-11] a write means what saying it means: the fan set by hand ends automatic climate', async () => {
      const client = await connect();
      await client.ask({ action: 'set', path: 'Vehicle.Cabin.HVAC.IsAutoActive', value: 'true' });
      assert.equal(car.read('Vehicle.Cabin.HVAC.IsAutoActive').value, true);
      await client.ask({ action: 'set', path: FAN, value: '70' });
      assert.equal(car.read('Vehicle.Cabin.HVAC.IsAutoActive').value, false);
    });

    it('[VISS-12] the safety gate refuses: 403 with the rule and what decided', async () => {
      sense(car, DRIVE_STATES.MOVING);
      const answer = await (await connect()).ask({ action: 'set', path: TRUNK, value: 'true' });
      assertError(
        answer,
        '403',
        'forbidden_request',
        /^SAFE-\d+ refuses this while Vehicle\.DriveState is MOVING/,
      );
      assert.equal(car.read(TRUNK).value, false);
    });

    const bad: [
      what: string,
      path: string,
      value: unknown,
      number: string,
      reason: string,
      description: RegExp,
    ][] = [
      ['unknown path', 'Vehicle.Cabin.Sofa', 'true', '404', 'unavailable_data', /Data is unknown/],
      ['a branch', 'Vehicle.Cabin', 'true', '400', 'invalid_data', /branch/],
      ['a sensor', SPEED, '30', '400', 'invalid_data', /Update of a sensor is not supported/],
      ['a word for a number', FAN, 'fast', '400', 'invalid_data', /Incorrect data type/],
      ['a fraction for an integer', FAN, '12.5', '400', 'invalid_data', /uint8/],
      ['no number format of JSON', FAN, '0x10', '400', 'invalid_data', /Incorrect data type/],
      ['a number that is no string', FAN, 50, '400', 'invalid_data', /string/],
      ['a word for a boolean', TRUNK, 'yes', '400', 'invalid_data', /boolean/],
      ['out of range', FAN, '101', '400', 'invalid_data', /0 to 100/],
      ['not among the allowed', 'Vehicle.Body.Lights.LightSwitch', 'DISCO', '400', 'invalid_data', /one of/],
      ['an object', FAN, { value: '3' }, '400', 'invalid_data', /Incorrect data type/],
      ['no value', FAN, undefined, '400', 'bad_request', /Missing or invalid value/],
    ];
    for (const [what, path, value, number, reason, description] of bad) {
      it(`[VISS-13] ${what}: ${number} ${reason}, and nothing is set`, async () => {
        const before = car.snapshot();
        assertError(await (await connect()).ask({ action: 'set', path, value }), number, reason, description);
        assert.deepEqual(car.snapshot(), before);
      });
    }
  });

  describe('subscribe', () => {
    it('[VISS-7] change: an event for each new value, with the time of the car', async () => {
      const client = await connect();
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const { subscriptionId, error } = await client.ask({ action: 'subscribe', path: SPEED, filter });
      assert.equal(error, undefined);
      const event = client.nextEvent(subscriptionId);
      car.advance(700);
      sense(car, { Speed: 12 });
      const ts = new Date(NINE + 700).toISOString();
      assert.deepEqual(await event, {
        action: 'subscription',
        subscriptionId,
        data: { path: SPEED, dp: { value: '12', ts } },
        ts,
      });
    });

    it('[VISS-7] a moving window is followed to its place', async () => {
      const client = await connect();
      const filter = { variant: 'change', parameter: { 'logic-op': 'gte', diff: '10' } };
      const { subscriptionId } = await client.ask({ action: 'subscribe', path: WINDOW, filter });
      await client.ask({ action: 'set', path: WINDOW, value: '100' });
      for (let tick = 0; tick < 200; tick += 1) car.advance(50);
      await client.ask({ action: 'get', path: WINDOW });
      const places = client.events(subscriptionId).map((event) => Number(points(event)[0]?.dp.value));
      assert.ok(places.length >= 9 && places.length <= 10, places.join());
      assert.ok(places.every((place, index) => place - (places[index - 1] ?? 0) >= 10));
    });

    it('[VISS-8] range: events while the value is inside', async () => {
      const client = await connect();
      const parameter = [
        { 'logic-op': 'gt', boundary: '49' },
        { 'logic-op': 'lt', boundary: '51' },
      ];
      const { subscriptionId } = await client.ask({
        action: 'subscribe',
        path: SPEED,
        filter: { variant: 'range', parameter },
      });
      for (const Speed of [30, 50, 60, 50.5]) sense(car, { Speed });
      await client.ask({ action: 'get', path: SPEED });
      assert.deepEqual(
        client.events(subscriptionId).map((event) => points(event)[0]?.dp.value),
        ['50', '50.5'],
      );
    });

    it('[VISS-9] timebased: by the time of the car, not of the wall', async () => {
      const client = await connect();
      const filter = { variant: 'timebased', parameter: { period: '1000' } };
      const { subscriptionId } = await client.ask({ action: 'subscribe', path: SPEED, filter });
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(client.events(subscriptionId), []);
      const event = client.nextEvent(subscriptionId);
      car.advance(1_000);
      assert.equal((await event).ts, new Date(NINE + 1_000).toISOString());
    });

    it('[VISS-10] several signals: the first of the paths decides, all are sent', async () => {
      const client = await connect();
      const filter = [
        { variant: 'paths', parameter: ['Speed', 'Cabin.Door.*.*.IsOpen'] },
        { variant: 'change', parameter: { 'logic-op': 'gt', diff: '5' } },
      ];
      const { subscriptionId } = await client.ask({ action: 'subscribe', path: 'Vehicle', filter });
      const event = client.nextEvent(subscriptionId);
      await client.ask({ action: 'set', path: 'Vehicle.Cabin.Door.Row1.DriverSide.IsOpen', value: 'true' });
      sense(car, { Speed: 8 });
      const paths = points(await event).map(({ path }) => path);
      assert.equal(paths[0], SPEED);
      assert.equal(paths.length, 5);
      assert.equal(client.events(subscriptionId).length, 1);
    });

    it('[VISS-10] a branch: each signal below it decides for itself', async () => {
      const client = await connect();
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const { subscriptionId } = await client.ask({
        action: 'subscribe',
        path: 'Vehicle.Cabin.HVAC',
        filter,
      });
      const event = client.nextEvent(subscriptionId);
      sense(car, { Speed: 8 });
      await client.ask({ action: 'set', path: FAN, value: '70' });
      assert.ok(points(await event).some(({ path, dp }) => path === FAN && dp.value === '70'));
      assert.ok(
        client
          .events(subscriptionId)
          .every((sent) => points(sent).every(({ path }) => path.startsWith('Vehicle.Cabin.HVAC.'))),
      );
    });

    it('[VISS-14] unsubscribe ends the events; an id that is not known is an error', async () => {
      const client = await connect();
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const { subscriptionId } = await client.ask({ action: 'subscribe', path: SPEED, filter });
      const { error } = await client.ask({ action: 'unsubscribe', subscriptionId });
      assert.equal(error, undefined);
      sense(car, { Speed: 8 });
      await client.ask({ action: 'get', path: SPEED });
      assert.deepEqual(client.events(subscriptionId), []);
      assertError(
        await client.ask({ action: 'unsubscribe', subscriptionId }),
        '404',
        'unavailable_data',
        /Unknown subscription Id/,
      );
    });

    it('[VISS-14] the subscriptions of one client are none of another', async () => {
      const [one, two] = [await connect(), await connect()];
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const { subscriptionId } = await one.ask({ action: 'subscribe', path: SPEED, filter });
      assert.equal((await two.ask({ action: 'unsubscribe', subscriptionId })).error?.number, '404');
      const event = one.nextEvent(subscriptionId);
      sense(car, { Speed: 8 });
      await event;
      assert.deepEqual(two.events(subscriptionId), []);
    });
  });

  describe('version 2', () => {
    it('[VISS-15] its names are understood, its errors have an integer and a message', async () => {
      const client = await connect('VISSv2');
      const parameter = [
        { 'boundary-op': 'lt', boundary: '50', 'combination-op': 'OR' },
        { 'boundary-op': 'gt', boundary: '55' },
      ];
      const { subscriptionId } = await client.ask({
        action: 'subscribe',
        path: SPEED,
        filter: { type: 'range', parameter },
      });
      assert.deepEqual(
        (await client.ask({ action: 'unsubscribe', subscriptionId })).subscriptionId,
        subscriptionId,
      );
      const found = await client.ask({
        action: 'get',
        path: 'Vehicle',
        filter: { type: 'paths', parameter: ['Speed'] },
      });
      assert.equal(points(found)[0]?.path, SPEED);
      const tree = await client.ask({
        action: 'get',
        path: SPEED,
        filter: { type: 'static-metadata', parameter: '' },
      });
      assert.deepEqual(Object.keys(tree.metadata ?? {}), ['Speed']);
      const { error } = await client.ask({ action: 'get', path: 'Vehicle.No' });
      assert.deepEqual(error, {
        number: 404,
        reason: 'unavailable_data',
        message: 'Data is unknown: there is no Vehicle.No.',
      });
    });

    it('[VISS-15] without a filter every new value is sent; version 3 wants a filter', async () => {
      const client = await connect('VISSv2');
      const { subscriptionId } = await client.ask({ action: 'subscribe', path: SPEED });
      const event = client.nextEvent(subscriptionId);
      sense(car, { Speed: 1 });
      assert.equal(points(await event)[0]?.dp.value, '1');
      const third = await connect('VISSv3');
      assertError(await third.ask({ action: 'subscribe', path: SPEED }), '400', 'bad_request', /filter/);
    });
  });

  describe('bad input', () => {
    const malformed: [what: string, text: string, description: RegExp][] = [
      ['no JSON', '{"action": "get", "path"', /not JSON/],
      ['nothing', '', /not JSON/],
      ['no object', '42', /no JSON object/],
      ['null', 'null', /no JSON object/],
      ['no action', '{"path": "Vehicle.Speed"}', /action/],
      ['an unknown action', '{"action": "fly", "path": "Vehicle.Speed"}', /action/],
      ['no path', '{"action": "get"}', /path/],
      ['an empty path', '{"action": "get", "path": ""}', /path/],
      ['a wildcard in the path', '{"action": "get", "path": "Vehicle.*"}', /path/],
      [
        'an unknown filter',
        '{"action": "get", "path": "Vehicle", "filter": {"variant": "magic", "parameter": ""}}',
        /filter/,
      ],
      [
        'a filter without paths',
        '{"action": "get", "path": "Vehicle", "filter": {"variant": "paths", "parameter": []}}',
        /filter/,
      ],
      [
        'timebased get',
        '{"action": "get", "path": "Vehicle", "filter": {"variant": "timebased", "parameter": {"period": "5"}}}',
        /Incorrect filter/,
      ],
      [
        'metadata subscription',
        '{"action": "subscribe", "path": "Vehicle", "filter": {"variant": "metadata", "parameter": "0"}}',
        /Incorrect filter/,
      ],
      [
        'no period',
        '{"action": "subscribe", "path": "Vehicle", "filter": {"variant": "timebased", "parameter": {"period": "0"}}}',
        /filter/,
      ],
    ];
    for (const [what, text, description] of malformed) {
      it(`[VISS-16] ${what}: 400 bad_request, and the connection stays`, async () => {
        const client = await connect();
        assertError(await client.throwAt(text), '400', 'bad_request', description);
        assert.equal((await client.ask({ action: 'get', path: SPEED })).error, undefined);
      });
    }

    it('[VISS-16] what is left out says so: curvelog, history, data compression', async () => {
      const client = await connect();
      const curvelog = { variant: 'curvelog', parameter: { maxerr: '0.5', bufsize: '100' } };
      assertError(
        await client.ask({ action: 'subscribe', path: SPEED, filter: curvelog }),
        '404',
        'unavailable_data',
        /curvelog is not implemented/,
      );
      const history = { variant: 'history', parameter: 'P1D' };
      assertError(
        await client.ask({ action: 'get', path: SPEED, filter: history }),
        '404',
        'unavailable_data',
        /history/,
      );
      assertError(
        await client.ask({ action: 'get', path: SPEED, dc: '2+1' }),
        '404',
        'unavailable_data',
        /compression/,
      );
    });

    it('[VISS-16] a filter that cannot apply to text: 400 invalid_data', async () => {
      const client = await connect();
      const filter = { variant: 'range', parameter: { 'logic-op': 'gt', boundary: '3' } };
      assertError(
        await client.ask({ action: 'subscribe', path: 'Vehicle.DriveState', filter }),
        '400',
        'invalid_data',
        /data type/,
      );
    });

    it('[VISS-17] a message of 1 MB ends that connection with 1009, and no other', async () => {
      const [rude, other] = [await connect(), await connect()];
      const closed = rude.closed();
      rude.socket.send(JSON.stringify({ action: 'set', path: FAN, value: 'x'.repeat(1_000_000) }));
      assert.equal(await closed, 1009);
      assert.equal((await other.ask({ action: 'get', path: SPEED })).error, undefined);
    });

    it('[VISS-17] sound or other binary data ends the connection with 1003', async () => {
      const client = await connect();
      const closed = client.closed();
      client.socket.send(Buffer.alloc(10));
      assert.equal(await closed, 1003);
    });

    it('[VISS-18] of a thousand subscriptions a hundred are granted, and the car goes on', async () => {
      const client = await connect();
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const answers: Answer[] = [];
      for (let i = 0; i < 1_000; i += 1) {
        clock += 10;
        answers.push(await client.ask({ action: 'subscribe', path: SPEED, filter }));
      }
      assert.equal(answers.filter(({ error }) => !error).length, 100);
      assertError(answers.at(-1)!, '429', 'too_many_requests', /100 subscriptions/);
      assert.equal(
        (await client.ask({ action: 'unsubscribe', subscriptionId: answers[0]!.subscriptionId })).error,
        undefined,
      );
      assert.equal((await client.ask({ action: 'subscribe', path: SPEED, filter })).error, undefined);
    });

    it('[VISS-18] too many requests: 429 (version 2: 503), until time has passed', async () => {
      for (const [protocol, number] of [
        ['VISSv3', '429'],
        ['VISSv2', 503],
      ] as const) {
        const client = await connect(protocol);
        const answers = await Promise.all(
          Array.from({ length: 1_100 }, () => client.ask({ action: 'get', path: SPEED })),
        );
        assert.deepEqual(new Set(answers.slice(0, 1_000).map(({ error }) => error)), new Set([undefined]));
        assert.equal(answers.at(-1)?.error?.number, number);
        clock += 1_000;
        assert.equal((await client.ask({ action: 'get', path: SPEED })).error, undefined);
      }
    });

    it('[VISS-19] a client that never reads is cut off; others are served meanwhile', async () => {
      const [deaf, other] = [await connect(), await connect()];
      const filter = { variant: 'change', parameter: { 'logic-op': 'ne', diff: '0' } };
      const parameter = ['Speed', '*'];
      for (let i = 0; i < 5; i += 1) {
        await deaf.ask({
          action: 'subscribe',
          path: 'Vehicle',
          filter: [{ variant: 'paths', parameter }, filter],
        });
      }
      const { subscriptionId } = await other.ask({ action: 'subscribe', path: SPEED, filter });
      const cut = deaf.closed();
      deaf.socket.pause();
      let Speed = 0;
      // The systems' own buffers take some megabytes before anything waits in this process.
      for (; Speed < 400; Speed += 1) {
        const event = other.nextEvent(subscriptionId);
        sense(car, { Speed: Speed + 1 });
        await event;
      }
      deaf.socket.resume();
      assert.equal(await cut, 1006);
      assert.equal(other.events(subscriptionId).length, 400);
    });
  });
});
