import assert from 'node:assert/strict';
import fc from 'fast-check';
import { level, toMono, toPcm16 } from '../../../dashboard/microphone/pcm.ts';
import { Pieces } from '../../../dashboard/microphone/pieces.ts';
import { PreRoll } from '../../../dashboard/microphone/pre-roll.ts';
import { microphoneProblem, UnreachableError } from '../../../dashboard/microphone/problem.ts';
import { sendUtterance } from '../../../dashboard/microphone/utterance.ts';

describe('dashboard/microphone', () => {
  it('[PAGE-20] the pre-roll keeps exactly the last samples, in order, for any pieces', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 70 })),
        (length, pieces) => {
          const ring = new PreRoll(length);
          for (const piece of pieces) ring.push(Float32Array.from(piece));
          assert.deepEqual([...ring.take()], pieces.flat().slice(-length));
          assert.equal(ring.take().length, 0, 'what was sent once is not sent again');
        },
      ),
    );
  });

  it('[PAGE-24] sound goes on after a piece has been given to another thread', () => {
    const { port1, port2 } = new MessageChannel();
    const given: number[][] = [];
    const pieces = new Pieces(4, (piece) => {
      given.push([...piece]);
      port1.postMessage(piece, [piece.buffer]);
    });
    for (let at = 0; at < 12; at += 3)
      pieces.push([Float32Array.of(at, at + 1, at + 2), Float32Array.of(at, at + 1, at + 2)]);
    for (const port of [port1, port2]) port.close();
    assert.deepEqual(given, [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
  });

  it('[PAGE-21] samples become 16-bit little-endian PCM and are cut off at full scale', () => {
    const view = new DataView(toPcm16(Float32Array.of(0, 1, -1, 2, -2, 0.5)));
    const values = Array.from({ length: 6 }, (_, i) => view.getInt16(i * 2, true));
    assert.deepEqual(values, [0, 32_767, -32_768, 32_767, -32_768, 16_384]);
  });

  it('[PAGE-21] channels are mixed to their mean; the meter goes from silence to full scale', () => {
    assert.deepEqual([...toMono([Float32Array.of(1, 0), Float32Array.of(0, -1)])], [0.5, -0.5]);
    assert.equal(toMono([]).length, 0);
    assert.equal(level(new Float32Array(100)), 0);
    assert.equal(level(new Float32Array(100).fill(1)), 1);
    assert.ok(
      Math.abs(level(new Float32Array(100).fill(0.0316)) - 0.5) < 0.01,
      '−30 dB stands in the middle',
    );
  });

  it('[PAGE-21] a long recording travels in frames that the server takes, and none of it is lost', () => {
    const sent: [string, unknown][] = [];
    const socket = {
      connected: true,
      id: 'first',
      emit: (name: string, message: unknown) => sent.push([name, message]),
    };
    const utterance = sendUtterance(socket as never, { id: 'u', seat: 'driver', sampleRate: 48_000 });
    utterance.push(new Float32Array(100_001));
    utterance.end();
    const sizes = sent.flatMap(([name, message]) =>
      name === 'audio-frame' ? [(message as { pcm: ArrayBuffer }).pcm.byteLength] : [],
    );
    assert.deepEqual(
      sent.map(([name]) => name),
      ['audio-start', 'audio-frame', 'audio-frame', 'audio-frame', 'audio-end'],
    );
    assert.ok(sizes.every((size) => size <= 96_000));
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      200_002,
    );
  });

  it('[PAGE-23] when the connection breaks, the rest of the utterance is dropped', () => {
    const sent: string[] = [];
    const socket = { connected: true, id: 'first', emit: (name: string) => sent.push(name) };
    const utterance = sendUtterance(socket as never, { id: 'u', seat: 'driver', sampleRate: 48_000 });
    socket.connected = false;
    utterance.push(new Float32Array(10));
    Object.assign(socket, { connected: true, id: 'second' });
    utterance.push(new Float32Array(10));
    utterance.end();
    assert.deepEqual(sent, ['audio-start']);
  });

  it('[PAGE-22] every microphone problem is told with its remedy', () => {
    const named = (name: string) => Object.assign(new Error('x'), { name });
    const told = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'SomethingNew'].map((name) =>
      microphoneProblem(named(name), true),
    );
    told.push(microphoneProblem(undefined, false));
    assert.equal(new Set(told).size, 5, 'each has words of its own');
    for (const words of told) assert.match(words, /Typing works anyway/);
    assert.match(told[0]!, /allow the microphone/);
    assert.match(told[1]!, /Plug one in/);
    assert.match(told[2]!, /Close it there/);
    assert.match(told[4]!, /localhost/);
    const unreachable = microphoneProblem(new UnreachableError('x'), true);
    assert.match(unreachable, /server is out of reach[\s\S]*press the button again/);
  });
});
