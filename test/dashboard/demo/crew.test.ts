import assert from 'node:assert/strict';
import { Crew, handshakeOf, mayBe } from '../../../dashboard/demo/crew.ts';
import type { You } from '../../../simulator/server/protocol.ts';

function memory(kept: Record<string, string> = {}) {
  const items = new Map(Object.entries(kept));
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

describe('what a page says of itself', () => {
  it('[PAGE-140] an invitation is kept for the window, and never part of what a server is asked for', () => {
    const storage = memory();
    assert.deepEqual(handshakeOf({ search: '', hash: '#join=AbC_-9' }, storage, 'p')(), {
      page: 'p',
      token: 'AbC_-9',
    });
    // A link within the page has replaced the fragment, and the page is loaded again.
    assert.deepEqual(handshakeOf({ search: '', hash: '#say' }, storage, 'p')(), {
      page: 'p',
      token: 'AbC_-9',
    });
    assert.deepEqual(handshakeOf({ search: '', hash: '#join=<script>' }, memory(), 'p')(), { page: 'p' });
  });

  it('[PAGE-140] it asks once for what the address says, and later for what it has become', () => {
    const storage = memory();
    const handshake = handshakeOf({ search: '?as=rear_left', hash: '' }, storage, 'p');
    assert.deepEqual(handshake(), { page: 'p', role: 'rear_left' });
    storage.setItem('drivetalk.role', 'passenger');
    assert.deepEqual(handshake(), { page: 'p', role: 'passenger' });
    assert.deepEqual(handshakeOf({ search: '?presenter', hash: '' }, memory(), 'p')(), {
      page: 'p',
      role: 'presenter',
    });
    assert.deepEqual(handshakeOf({ search: '?as=king', hash: '' }, memory(), 'p')(), { page: 'p' });
    assert.deepEqual(handshakeOf({ search: '', hash: '' }, memory({ 'drivetalk.role': 'king' }), 'p')(), {
      page: 'p',
    });
  });

  it('[PAGE-140] a seat is what the server says; who looks on or presents has none', () => {
    let tell: (you: You) => void = () => assert.fail('nobody listens');
    const socket = {
      on: (_: string, hear: (you: You) => void) => void (tell = hear),
      emit: () => assert.fail(),
    };
    const storage = memory();
    const crew = new Crew(socket as never, storage);
    const told: string[] = [];
    crew.onYou(({ role }) => told.push(role));
    assert.equal(crew.seat, undefined);
    for (const role of ['rear_right', 'viewer', 'presenter', 'driver'] as const) {
      tell({ role, access: 'driver', invitations: [] });
      assert.equal(crew.seat, role === 'viewer' || role === 'presenter' ? undefined : role);
      assert.equal(storage.items.get('drivetalk.role'), role);
    }
    assert.deepEqual(told, ['rear_right', 'viewer', 'presenter', 'driver']);
  });

  it('[PAGE-140] offers what the invitation allows', () => {
    assert.ok(mayBe('viewer', 'viewer') && mayBe('passenger', 'passenger') && mayBe('presenter', 'driver'));
    assert.ok(
      !mayBe('driver', 'passenger') && !mayBe('presenter', 'passenger') && !mayBe('passenger', 'viewer'),
    );
  });
});
