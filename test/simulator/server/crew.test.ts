import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Crew } from '../../../simulator/server/crew.ts';
import { HANDOVER_TIME, type Access, type Role } from '../../../simulator/server/protocol.ts';

const open = () => {
  const time = { now: 0 };
  return { time, crew: new Crew(() => time.now) };
};

describe('who sits where', () => {
  it('[SERVE-40] the first drives, others get the next free seat, and then look on', () => {
    const { crew } = open();
    const roles = ['a', 'b', 'c', 'd', 'e'].map((id) => crew.join(id, 'driver'));
    assert.deepEqual(roles, ['driver', 'passenger', 'rear_left', 'rear_right', 'viewer']);
    assert.deepEqual(crew.presence, {
      taken: ['driver', 'passenger', 'rear_left', 'rear_right'],
      viewers: 1,
      asksToDrive: null,
    });
  });

  it('[SERVE-40] who asks for a free seat gets it; an invitation leads no further than it says', () => {
    const { crew } = open();
    assert.equal(crew.join('a', 'driver', 'rear_left'), 'rear_left');
    assert.equal(crew.join('b', 'passenger', 'driver'), 'passenger');
    assert.equal(crew.join('c', 'viewer', 'rear_right'), 'viewer');
    assert.equal(crew.join('d', 'passenger', 'presenter'), 'viewer');
    assert.match(JSON.stringify(crew.move('b', 'driver')), /not yours/);
    assert.match(JSON.stringify(crew.move('c', 'rear_right')), /look on/);
    assert.match(JSON.stringify(crew.move('b', 'rear_left')), /Somebody sits there/);
    assert.equal(crew.move('b', 'rear_right'), 'moved');
  });

  it('[SERVE-41] a driver who says yes changes places with who asked', () => {
    const { crew } = open();
    crew.join('old', 'driver');
    crew.join('new', 'driver');
    assert.equal(crew.move('new', 'driver'), 'asked');
    assert.equal(crew.presence.asksToDrive, 'passenger');
    crew.answer('old', true);
    assert.deepEqual([crew.roleOf('new'), crew.roleOf('old')], ['driver', 'passenger']);
    assert.equal(crew.presence.asksToDrive, null);
  });

  it('[SERVE-41] a driver who does not answer hands over after 15 s, one who leaves at once', () => {
    const { crew, time } = open();
    for (const id of ['one', 'two', 'three']) crew.join(id, 'driver');
    crew.move('two', 'driver');
    time.now = HANDOVER_TIME - 1;
    crew.tick();
    assert.equal(crew.roleOf('one'), 'driver');
    time.now = HANDOVER_TIME;
    crew.tick();
    assert.deepEqual([crew.roleOf('two'), crew.roleOf('one')], ['driver', 'passenger']);
    crew.move('three', 'driver');
    crew.leave('two');
    assert.equal(crew.roleOf('three'), 'driver');
  });

  it('[SERVE-41] a no holds for half a minute; only the driver answers, and one asks at a time', () => {
    const { crew, time } = open();
    for (const id of ['driver', 'asks', 'other']) crew.join(id, 'driver');
    crew.move('asks', 'driver');
    assert.match(JSON.stringify(crew.move('other', 'driver')), /asking to drive already/);
    assert.equal(crew.answer('other', true), undefined);
    assert.equal(crew.roleOf('driver'), 'driver');
    assert.equal(crew.answer('driver', false), 'asks');
    assert.match(JSON.stringify(crew.move('asks', 'driver')), /just said no/);
    time.now = 30_000;
    assert.equal(crew.move('asks', 'driver'), 'asked');
  });

  it('[SERVE-40] who comes back after a break sits where they sat; who asks goes on asking, and is not let in by it', () => {
    const { crew } = open();
    crew.join('driver', 'driver');
    crew.join('other', 'driver');
    assert.equal(crew.move('other', 'driver'), 'asked');
    crew.comeBack('driver', 'driver again');
    crew.comeBack('other', 'other again');
    crew.leave('driver');
    crew.leave('other');
    assert.equal(crew.roleOf('driver again'), 'driver');
    assert.equal(crew.presence.asksToDrive, 'passenger');
    assert.equal(crew.answer('driver again', false), 'other again');
    assert.match(JSON.stringify(crew.move('other again', 'driver')), /half a minute/);
  });

  it('[SERVE-40] whatever happens, no seat has two, nobody is where they may not be, and what is told is so', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const id = fc.constantFrom(...ids);
    const role = fc.constantFrom<Role>(
      'driver',
      'passenger',
      'rear_left',
      'rear_right',
      'viewer',
      'presenter',
    );
    const step = fc.oneof(
      fc.record({
        do: fc.constant('join' as const),
        id,
        access: fc.constantFrom<Access>('driver', 'passenger', 'viewer'),
        role,
      }),
      fc.record({ do: fc.constant('leave' as const), id }),
      fc.record({ do: fc.constant('come back' as const), id, as: id }),
      fc.record({ do: fc.constant('move' as const), id, role }),
      fc.record({ do: fc.constant('answer' as const), id, yes: fc.boolean() }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(20_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { crew, time } = open();
        const access = new Map<string, Access>();
        for (const each of steps) {
          if (each.do === 'join' && !access.has(each.id)) {
            access.set(each.id, each.access);
            crew.join(each.id, each.access, each.role);
          } else if (each.do === 'leave') {
            access.delete(each.id);
            crew.leave(each.id);
          } else if (each.do === 'come back') {
            const may = access.get(each.id);
            if (may === undefined || access.has(each.as)) continue;
            access.delete(each.id);
            access.set(each.as, may);
            crew.comeBack(each.id, each.as);
            crew.leave(each.id);
          } else if (each.do === 'move') crew.move(each.id, each.role);
          else if (each.do === 'answer') crew.answer(each.id, each.yes);
          else if (each.do === 'wait') {
            time.now += each.ms;
            crew.tick();
          }
          const roles = [...access.keys()].map((member) => crew.roleOf(member)!);
          const seats = roles.filter((each) => each !== 'viewer' && each !== 'presenter');
          assert.equal(new Set(seats).size, seats.length);
          assert.deepEqual(new Set(crew.presence.taken), new Set(seats));
          assert.equal(crew.presence.viewers, roles.filter((each) => each === 'viewer').length);
          for (const [member, may] of access) {
            const now = crew.roleOf(member);
            if (may === 'viewer') assert.equal(now, 'viewer');
            if (may === 'passenger') assert.ok(now !== 'driver' && now !== 'presenter');
          }
          assert.ok(crew.presence.asksToDrive === null || crew.presence.taken.includes('driver'));
        }
      }),
    );
  });
});
