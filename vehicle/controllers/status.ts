import { assign, setup } from 'xstate';
import type { Command, Seat } from '../command.ts';
import { SEATS } from '../command.ts';
import { dayName, momentOf } from '../time.ts';
import { plain, word } from '../slots.ts';
import { sideOf, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { doorPath } from './windows.ts';
import { answered, done, refused, unavailable, type Plan, type View } from './plan.ts';
import { subsystem, type Subsystem } from './subsystem.ts';
import { isFahrenheit, shownDegrees, shownDistance, shownSpeed } from './units.ts';

/** Below this a tyre needs air, kPa. */
const LOW_PRESSURE = 220;
const ODOMETER = 'Vehicle.TraveledDistance';

interface StatusContext {
  /** Where and when the trip meter was reset; null since the car was started. */
  readonly trip: { readonly odometer: number; readonly since: number } | null;
  /** Service appointment, epoch milliseconds. */
  readonly appointment: number | null;
}
type StatusEvent = { type: 'resetTrip'; odometer: number; at: number } | { type: 'book'; at: number };

const machine = setup({ types: { context: {} as StatusContext, events: {} as StatusEvent } }).createMachine({
  context: { trip: null, appointment: null },
  on: {
    resetTrip: { actions: assign({ trip: ({ event }) => ({ odometer: event.odometer, since: event.at }) }) },
    book: { actions: assign({ appointment: ({ event }) => event.at }) },
  },
});
type StatusState = ReturnType<typeof machine.resolveState>;

/** What the car tells about itself: tyres, warnings, service, trip. */
export function status(): Subsystem {
  return subsystem({
    name: 'status',
    targets: ['vehicle.tyres', 'vehicle.status', 'vehicle.service', 'vehicle.trip'],
    machine,
    plan,
  });
}

function plan({ intent, slots }: Command, view: View, { context }: StatusState): Plan<StatusEvent> {
  switch (intent) {
    case 'vehicle.tyres.query': {
      const seats = spokenSeats(slots, view.by.seat) ?? SEATS;
      return seats.length === 0 ? unavailable('zone.missing') : tyres(seats, view);
    }
    case 'vehicle.service.query': {
      const days = Math.round(view.number('Vehicle.Service.TimeToService') / 86_400);
      const due = { ...shownDistance(view.number('Vehicle.Service.DistanceToService') * 1000, view), days };
      if (context.appointment === null) return answered('vehicle.service.query', due);
      return answered('vehicle.service.query_booked', {
        ...due,
        day: dayName(context.appointment, view.now, view.utcOffset),
      });
    }
    case 'vehicle.service.add': {
      const at = slots.datetime ? momentOf(slots.datetime, view.now, view.utcOffset) : undefined;
      if (!slots.datetime) return { ...refused('vehicle.service.when'), status: 'needs', slot: 'datetime' };
      if (at === undefined) return refused('time.not_understood');
      return done(
        'vehicle.service.add',
        { day: dayName(at, view.now, view.utcOffset) },
        { event: { type: 'book', at } },
      );
    }
    case 'vehicle.trip.query':
      return trip(context, view);
    case 'vehicle.trip.stop':
      return done(
        'vehicle.trip.stop',
        {},
        { event: { type: 'resetTrip', odometer: view.number(ODOMETER), at: view.now } },
      );
    default:
      return state(word(slots, 'item'), view);
  }
}

function tyres(seats: readonly Seat[], view: View): Plan<never> {
  const wheel = wheelSide(view.text('Vehicle.Cabin.DriverPosition'));
  const bars = seats.map((seat) => {
    const axle = seat === 'driver' || seat === 'passenger' ? 'Row1' : 'Row2';
    const side = sideOf(seat, wheel) === 'left' ? 'Left' : 'Right';
    return { seat, kpa: view.number(`Vehicle.Chassis.Axle.${axle}.Wheel.${side}.Tire.Pressure`) };
  });
  const low = bars.filter(({ kpa }) => kpa < LOW_PRESSURE);
  const lowest = Math.min(...bars.map(({ kpa }) => kpa)) / 100;
  const facts = {
    bar: lowest,
    count: low.length,
    where: low.length > 0 ? zoneName(low.map(({ seat }) => seat)) : 'none',
  };
  return answered(low.length > 0 ? 'vehicle.tyres.low' : 'vehicle.tyres.fine', facts);
}

function trip({ trip: reset }: StatusContext, view: View): Plan<never> {
  const metres = reset
    ? view.number(ODOMETER) - reset.odometer
    : view.number('Vehicle.TraveledDistanceSinceStart');
  const seconds = reset ? (view.now - reset.since) / 1000 : view.number('Vehicle.TripDuration');
  const average = seconds > 0 ? (metres / seconds) * 3.6 : 0;
  const speed = shownSpeed(average, view);
  return answered('vehicle.trip.query', {
    ...shownDistance(metres, view),
    minutes: Math.round(seconds / 60),
    average: speed.speed,
    speedUnit: speed.unit,
  });
}

type Topic = (view: View) => Plan<never>;

/** What is on or off, of its own name. */
const switched =
  (thing: string, isOn: (view: View) => boolean): Topic =>
  (view) =>
    answered('vehicle.status.switched', { thing, on: isOn(view) });

/** What "status" may be asked about, most specific first. */
const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [
    /(hand|park\w*|emergency) ?br(ake|eak)/,
    switched('parking brake', (view) => view.flag('Vehicle.Chassis.ParkingBrake.IsEngaged')),
  ],
  [
    /child/,
    switched('child lock', (view) =>
      SEATS.some((seat) => view.flag(doorPath(seat, view, 'IsChildLockActive'))),
    ),
  ],
  [/cruise/, switched('cruise control', (view) => view.flag('Vehicle.ADAS.CruiseControl.IsActive'))],
  [
    /air ?con|\ba ?c\b/,
    switched('air conditioning', (view) => view.flag('Vehicle.Cabin.HVAC.IsAirConditioningActive')),
  ],
  [/speed|fast/, (view) => answered('vehicle.status.speed', shownSpeed(view.number('Vehicle.Speed'), view))],
  [
    /odometer|mileage|kilometre|kilometer|miles driven/,
    (view) => answered('vehicle.status.odometer', shownDistance(view.number(ODOMETER), view)),
  ],
  [
    /outside|temperature|cold|warm/,
    (view) =>
      answered('vehicle.status.outside', {
        degrees: shownDegrees(view.number('Vehicle.Exterior.AirTemperature'), view),
        unit: isFahrenheit(view) ? 'F' : 'C',
      }),
  ],
  [
    /batter|charge|energy/,
    (view) =>
      answered('vehicle.status.battery', {
        percent: Math.round(view.number('Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed')),
      }),
  ],
  [
    /range/,
    (view) => answered('vehicle.status.range', shownDistance(view.number('Vehicle.Powertrain.Range'), view)),
  ],
  [
    /light|lamp|beam/,
    (view) =>
      answered('vehicle.status.lights', {
        low: view.flag('Vehicle.Body.Lights.Beam.Low.IsOn'),
        high: view.flag('Vehicle.Body.Lights.Beam.High.IsOn'),
        hazard: view.flag('Vehicle.Body.Lights.Hazard.IsSignaling'),
      }),
  ],
  [
    /washer|fluid/,
    (view) =>
      answered('vehicle.status.washer', {
        percent: view.number('Vehicle.Body.Windshield.Front.WasherFluid.Level'),
      }),
  ],
  [
    /belt/,
    (view) =>
      answered('vehicle.status.belt', { belted: view.flag('Vehicle.Cabin.Seat.Row1.DriverSide.IsBelted') }),
  ],
  [/door|window|trunk|boot|open|closed|locked/, (view) => answered('vehicle.status.open', openings(view))],
  [/tyre|tire|pressure/, (view) => tyres(SEATS, view)],
];

function openings(view: View): { count: number; names: readonly string[] } {
  const doors = SEATS.filter((seat) => view.flag(doorPath(seat, view, 'IsOpen'))).map(
    (seat) => `${seat.replace('_', ' ')} door`,
  );
  const windows = SEATS.filter((seat) => view.number(doorPath(seat, view, 'Window.Position')) > 0).map(
    (seat) => `${seat.replace('_', ' ')} window`,
  );
  const lids = [
    ['Vehicle.Body.Trunk.Rear.IsOpen', 'trunk'],
    ['Vehicle.Body.Trunk.Front.IsOpen', 'frunk'],
    ['Vehicle.Body.Hood.IsOpen', 'hood'],
    ['Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen', 'charge port'],
  ].filter(([path = '']) => view.flag(path));
  const roof = view.number('Vehicle.Cabin.Sunroof.Position') === 0 ? [] : ['sunroof'];
  const names = [...doors, ...windows, ...roof, ...lids.map(([, name = '']) => name)];
  return { count: names.length, names };
}

function state(item: string | undefined, view: View): Plan<never> {
  const topic = item === undefined ? undefined : TOPICS.find(([pattern]) => pattern.test(plain(item)));
  if (topic) return topic[1](view);
  const warnings = warningsOf(view);
  if (
    item === undefined ||
    /warn|status|ok|fine|wrong|problem|check|everything|car|vehicle/.test(plain(item))
  ) {
    return answered('vehicle.status.query', { count: warnings.length, names: warnings });
  }
  return unavailable('vehicle.status.unknown', { item });
}

function warningsOf(view: View): readonly string[] {
  const low = tyres(SEATS, view).code === 'vehicle.tyres.low' ? ['low tyre pressure'] : [];
  const washer =
    view.number('Vehicle.Body.Windshield.Front.WasherFluid.Level') < 15 ? ['low washer fluid'] : [];
  const battery =
    view.number('Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed') < 15 ? ['low battery'] : [];
  const service = view.number('Vehicle.Service.DistanceToService') < 500 ? ['service due'] : [];
  const broken = view.value('Vehicle.IsBrokenDown') === true ? ['breakdown'] : [];
  return [...broken, ...low, ...battery, ...washer, ...service];
}
