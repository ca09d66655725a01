import { tell } from '../small-car.ts';
import { DOOR, CHARGING, first, plugged, type Case } from './case.ts';

/** Windows, roof, doors, lids, mirrors. */
export const BODY_COMMANDS: readonly Case[] = [
  {
    intent: 'window.open',
    seat: 'rear_left',
    then: {
      [`${DOOR}.Row2.DriverSide.Window.Position`]: 100,
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 0,
    },
  },
  {
    intent: 'window.open',
    slots: { zone: 'all', position: 'slightly' },
    then: {
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 15,
      [`${DOOR}.Row2.PassengerSide.Window.Position`]: 15,
    },
  },
  {
    intent: 'window.open',
    slots: { amount: 'small' },
    given: first('window.set', { position: 40 }),
    then: { [`${DOOR}.Row1.DriverSide.Window.Position`]: 50 },
  },
  {
    intent: 'window.close',
    slots: { zone: 'passenger' },
    given: first('window.open', { zone: 'front' }),
    then: {
      [`${DOOR}.Row1.PassengerSide.Window.Position`]: 0,
      [`${DOOR}.Row1.DriverSide.Window.Position`]: 100,
    },
  },
  {
    intent: 'window.set',
    slots: { position: { value: 40, unit: 'percent' } },
    then: { [`${DOOR}.Row1.DriverSide.Window.Position`]: 40 },
  },
  {
    intent: 'window.set',
    slots: { position: { value: 140, unit: 'percent' } },
    status: 'refused',
    code: 'position.range',
  },
  { intent: 'window.open', slots: { zone: 'third_row' }, status: 'unavailable', code: 'zone.missing' },
  {
    intent: 'window.query',
    given: (car) => {
      tell(car, 'window.open', { zone: 'rear' });
      car.advance(5000);
    },
    status: 'answered',
    facts: { open: 2, where: 'rear' },
  },
  {
    intent: 'sunroof.open',
    given: first('sunshade.close'),
    then: { 'Cabin.Sunroof.Position': 100, 'Cabin.Sunroof.Shade.Position': 0 },
  },
  { intent: 'sunroof.close', given: first('sunroof.open'), then: { 'Cabin.Sunroof.Position': 0 } },
  { intent: 'sunroof.set', slots: { mode: 'tilt' }, then: { 'Cabin.Sunroof.Position': -100 } },
  { intent: 'sunroof.set', slots: { position: 'half' }, then: { 'Cabin.Sunroof.Position': 50 } },
  {
    intent: 'sunshade.close',
    slots: { zone: 'rear' },
    then: { [`${DOOR}.Row2.DriverSide.Shade.Position`]: 100, 'Cabin.Sunroof.Shade.Position': 0 },
  },
  {
    intent: 'sunshade.close',
    given: first('sunroof.open'),
    code: 'sunshade.close_with_roof',
    then: { 'Cabin.Sunroof.Position': 0, 'Cabin.Sunroof.Shade.Position': 100 },
  },
  { intent: 'sunshade.open', given: first('sunshade.close'), then: { 'Cabin.Sunroof.Shade.Position': 0 } },
  { intent: 'sunshade.set', slots: { position: 'half' }, then: { 'Cabin.Sunroof.Shade.Position': 50 } },
  {
    intent: 'door.open',
    seat: 'passenger',
    then: {
      [`${DOOR}.Row1.PassengerSide.IsOpen`]: true,
      [`${DOOR}.Row1.PassengerSide.IsLocked`]: false,
      [`${DOOR}.Row1.DriverSide.IsLocked`]: true,
    },
  },
  { intent: 'door.close', given: first('door.open'), then: { [`${DOOR}.Row1.DriverSide.IsOpen`]: false } },
  {
    intent: 'door.unlock',
    slots: { side: 'left', zone: 'rear' },
    then: { [`${DOOR}.Row2.DriverSide.IsLocked`]: false, [`${DOOR}.Row2.PassengerSide.IsLocked`]: true },
  },
  {
    intent: 'door.lock',
    given: first('door.unlock'),
    then: { [`${DOOR}.Row2.DriverSide.IsLocked`]: true, [`${DOOR}.Row1.DriverSide.IsLocked`]: true },
  },
  { intent: 'door.lock', given: first('door.open'), status: 'refused', code: 'door.lock.open' },
  {
    intent: 'door.query',
    given: first('door.open', { zone: 'rear_right' }),
    status: 'answered',
    facts: { open: 1, where: 'rear_right', locked: false },
  },
  { intent: 'trunk.open', then: { 'Body.Trunk.Rear.Position': 100, 'Body.Trunk.Rear.IsLocked': false } },
  { intent: 'trunk.close', given: first('trunk.open'), then: { 'Body.Trunk.Rear.Position': 0 } },
  { intent: 'trunk.unlock', then: { 'Body.Trunk.Rear.IsLocked': false } },
  { intent: 'trunk.lock', given: first('trunk.unlock'), then: { 'Body.Trunk.Rear.IsLocked': true } },
  { intent: 'trunk.query', status: 'answered', facts: { open: false, locked: true } },
  { intent: 'frunk.open', then: { 'Body.Trunk.Front.Position': 100 } },
  { intent: 'frunk.close', given: first('frunk.open'), then: { 'Body.Trunk.Front.Position': 0 } },
  {
    intent: 'mirror.close',
    then: { 'Body.Mirrors.DriverSide.FoldPosition': 100, 'Body.Mirrors.PassengerSide.FoldPosition': 100 },
  },
  {
    intent: 'mirror.open',
    slots: { side: 'right' },
    given: first('mirror.close'),
    then: { 'Body.Mirrors.DriverSide.FoldPosition': 100, 'Body.Mirrors.PassengerSide.FoldPosition': 0 },
  },
  {
    intent: 'mirror.set',
    slots: { side: 'left', direction: 'up' },
    then: { 'Body.Mirrors.DriverSide.Tilt': 15, 'Body.Mirrors.PassengerSide.Tilt': 0 },
  },
  {
    intent: 'child_lock.on',
    slots: { side: 'left' },
    then: {
      [`${DOOR}.Row2.DriverSide.IsChildLockActive`]: true,
      [`${DOOR}.Row2.PassengerSide.IsChildLockActive`]: false,
      'Cabin.IsWindowChildLockEngaged': true,
    },
  },
  {
    intent: 'child_lock.off',
    given: first('child_lock.on'),
    then: { [`${DOOR}.Row2.DriverSide.IsChildLockActive`]: false, 'Cabin.IsWindowChildLockEngaged': false },
  },
  { intent: 'charge_port.open', then: { [`${CHARGING}.ChargingPort.RearLeft.IsFlapOpen`]: true } },
  {
    intent: 'charge_port.close',
    given: first('charge_port.open'),
    then: { [`${CHARGING}.ChargingPort.RearLeft.IsFlapOpen`]: false },
  },
  { intent: 'charge_port.close', given: plugged, status: 'refused', code: 'charge_port.cable' },
  { intent: 'horn.start', then: { 'Body.Horn.IsActive': true } },
];
