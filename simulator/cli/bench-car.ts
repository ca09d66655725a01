import { WebSocket } from 'ws';
import { collectGarbage } from '../../assistant/collect-garbage.ts';
import { createScriptedInterpreter } from '../../assistant/understanding/scripted-interpreter.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import { SEATS, type Command } from '../../vehicle/command.ts';
import { loadCatalogue } from '../../vehicle/load.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { decide } from '../../vehicle/safety.ts';
import { Vehicle } from '../../vehicle/vehicle.ts';
import { openDrive } from '../open-drive.ts';
import { startViss } from '../viss/endpoint.ts';
import { loadCity } from '../world/city.ts';
import { createWorld } from '../world/world.ts';
import { clock, percentile, type Figure } from './bench-figure.ts';

const COMMANDS = 20_000;
const CARS = 200;
const WRITES = 2_000;
const HOUR = 3_600_000;
const FAN = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed';
const DIMMER = 'Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.Intensity';

/** Wishes of several subsystems, contraries in turn so that each one changes something. */
const WISHES: readonly Command[] = (
  [
    ['window.open', 'window.close'],
    ['climate.ac.off', 'climate.ac.on'],
    ['seat.heating.on', 'seat.heating.off'],
    ['media.playback.start', 'media.playback.stop'],
    ['light.interior.on', 'light.interior.off'],
    ['door.lock', 'door.unlock'],
  ] as const
).flatMap((pair) => pair.map((intent) => ({ intent, slots: {} })));

/** The car without anybody who talks: commands, signals, time, memory. */
export async function carFigures(): Promise<readonly Figure[]> {
  const catalogue = loadCatalogue();
  const city = loadCity();
  const now = Date.now();
  const world = createWorld(city, { now: () => now, utcOffset: 0 });
  const newCar = () => new Vehicle({ catalogue, world, now, position: city.centre });
  return [
    commands(newCar()),
    memory(newCar),
    signalToListener(newCar()),
    await signalToTool(newCar()),
    await anHour(),
  ];
}

function commands(car: Vehicle): Figure {
  const wish = (index: number) => WISHES[index % WISHES.length] ?? { intent: 'window.open', slots: {} };
  const seat = (index: number) => SEATS[Math.floor(index / WISHES.length) % SEATS.length] ?? 'driver';
  const timed = (run: (index: number) => void) => {
    for (let index = 0; index < COMMANDS / 10; index += 1) run(index);
    const began = clock();
    for (let index = 0; index < COMMANDS; index += 1) run(index);
    return COMMANDS / ((clock() - began) / 1000);
  };
  const whole = timed((index) => car.execute(wish(index), { seat: seat(index) }));
  const gate = timed((index) =>
    decide(SAFETY_RULES, (path) => car.read(path).value, wish(index), { seat: seat(index) }, []),
  );
  return {
    name: 'commands through gate and controllers',
    value: whole,
    unit: 'commands/s',
    ratio: { to: 'the gate alone', value: whole / gate },
  };
}

function memory(newCar: () => Vehicle): Figure {
  const used = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  newCar();
  const before = used();
  const cars = Array.from({ length: CARS }, newCar);
  const each = (used() - before) / cars.length / 1024;
  return { name: 'memory of one more car', value: each, unit: 'KiB' };
}

function signalToListener(car: Vehicle): Figure {
  const times: number[] = [];
  let began = 0;
  car.subscribe(() => {
    times.push((clock() - began) * 1000);
  });
  for (let index = 0; index < WRITES; index += 1) {
    began = clock();
    car.write(DIMMER, index % 2 === 0 ? 20 : 80, { seat: 'driver' });
  }
  return {
    name: 'signal written → subscriber in the process, median',
    value: percentile(times, 0.5),
    unit: 'µs',
  };
}

/** A real tool at a real socket. */
async function signalToTool(car: Vehicle): Promise<Figure> {
  const server = await startViss({ vehicle: car, host: '127.0.0.1', port: 0, clock });
  const socket = new WebSocket(server.url, 'VISSv2');
  const times: number[] = [];
  const message = () =>
    new Promise<unknown>((resolve) => {
      socket.once('message', (data: Buffer) => {
        resolve(JSON.parse(data.toString()));
      });
    });
  try {
    await new Promise((resolve) => socket.once('open', resolve));
    const subscribed = message();
    socket.send(JSON.stringify({ action: 'subscribe', path: FAN, requestId: '1' }));
    await subscribed;
    for (let index = 0; index < WRITES / 10; index += 1) {
      const heard = message();
      const began = clock();
      car.write(FAN, index % 2 === 0 ? 20 : 80, { seat: 'driver' });
      await heard;
      times.push(clock() - began);
    }
  } finally {
    socket.close();
    await server.close();
  }
  return {
    name: 'signal written → tool at the VISS socket, median',
    value: percentile(times, 0.5),
    unit: 'ms',
  };
}

async function anHour(): Promise<Figure> {
  const drive = await openDrive({ interpreter: createScriptedInterpreter(openOntology(), {}), seed: 1 });
  try {
    drive.driveOff();
    const began = clock();
    drive.advance(HOUR);
    const spent = clock() - began;
    return {
      name: 'a simulated hour on the road',
      value: spent / 1000,
      unit: 's',
      ratio: { to: 'as fast as real time', value: HOUR / spent },
    };
  } finally {
    await drive.close();
  }
}
