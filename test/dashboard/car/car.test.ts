import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lookAt } from '../../../dashboard/car/attention.ts';
import { Approach } from '../../../dashboard/car/approach.ts';
import { cutCar, type CarParts } from '../../../dashboard/car/car-parts.ts';
import { FIRST_VIEW, limited, turnedByKey } from '../../../dashboard/car/orbit.ts';
import { poseOf, POSE_SIGNALS } from '../../../dashboard/car/pose.ts';
import { both, circle, outline, profile, roundedBox } from '../../../dashboard/car/shapes.ts';
import { ribbons, STROKE, WiperRhythm } from '../../../dashboard/car/wipers.ts';
import { cut, edges, gridSkin, type Skin } from '../../../dashboard/car/skin.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

const area = (skin: Skin) =>
  skin.reduce((sum, [a, b, c]) => {
    const [ux, uy, uz] = [b.at[0] - a.at[0], b.at[1] - a.at[1], b.at[2] - a.at[2]];
    const [vx, vy, vz] = [c.at[0] - a.at[0], c.at[1] - a.at[1], c.at[2] - a.at[2]];
    return sum + Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
  }, 0);
const steps = Array.from({ length: 21 }, (_, i) => i / 10 - 1);
const plate = gridSkin(steps, steps, (u, v) => [v, u, 1]);

describe('dashboard/car/skin', () => {
  it('[PAGE-40] a cut follows its line, and loses no metal', () => {
    const { inside, outside } = cut(plate, ({ at: [x, y] }) => circle(x, y, 0.5), 0.001);
    assert.ok(Math.abs(area(inside) - Math.PI / 4) < 0.002, `${area(inside)}`);
    assert.ok(Math.abs(area(inside) + area(outside) - 4) < 1e-6);
    for (const { at } of inside.flat()) assert.ok(Math.hypot(at[0], at[1]) < 0.502);
  });

  it('[PAGE-40] a strip thinner than a triangle is found', () => {
    const { inside } = cut(
      plate,
      ({ at: [x, y] }) => roundedBox(x - 0.05, y - 0.03, 0.6, 0.01, 0.005),
      0.001,
    );
    assert.ok(Math.abs(area(inside) - 1.2 * 0.02) < 0.001, `${area(inside)}`);
  });

  it('[PAGE-40] the folded edge runs along the border, once', () => {
    const strip = edges(plate, 0.1);
    assert.ok(Math.abs(area(strip) - 8 * 0.1) < 1e-6, `${area(strip)}`);
  });

  it('[PAGE-40] shapes measure distances, negative inside', () => {
    const square = outline([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    assert.ok(Math.abs(square(0.5, 0.4) + 0.4) < 1e-9);
    assert.ok(Math.abs(square(1.1, 0.5) - 0.1) < 1e-9);
    assert.ok(Math.abs(roundedBox(0, 2, 1, 1, 0.2) - 1) < 1e-9);
    assert.equal(both(-1, 2), 2);
    const line = profile([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
    assert.deepEqual([line(-1), line(0), line(1), line(2), line(3)], [0, 0, 1, 0, 0]);
    fc.assert(fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (x) => line(x) >= 0 && line(x) <= 1));
  });
});

describe('dashboard/car/car-parts', () => {
  let parts: CarParts;
  before(() => {
    parts = cutCar();
  });

  it('[PAGE-41] every part exists, is finite, and all of them stay within the budget of triangles', () => {
    const all = Object.entries(parts).flatMap(([name, part]) =>
      Array.isArray(part)
        ? [[name, part as Skin] as const]
        : Object.entries(part as Record<string, Skin>).map(
            ([sub, skin]) => [`${name}.${sub}`, skin] as const,
          ),
    );
    let triangles = 0;
    for (const [name, skin] of all) {
      assert.ok(skin.length > 10, `${name} has ${skin.length} triangles`);
      assert.ok(
        skin.flat().every(({ at, facing }) => [...at, ...facing].every(Number.isFinite)),
        name,
      );
      triangles += skin.length;
    }
    assert.ok(triangles < 60_000, `${triangles}`);
  });

  it('[PAGE-41] the car is as big as a car, and the same on both sides', () => {
    const corners = parts.paint.flat().map(({ at }) => at);
    const span = (axis: 0 | 1 | 2) =>
      [Math.min(...corners.map((at) => at[axis])), Math.max(...corners.map((at) => at[axis]))] as const;
    const [[left, right], [, top], [tail, nose]] = [span(0), span(1), span(2)];
    assert.ok(Math.abs(left + right) < 1e-6 && right - left > 1.8 && right - left < 2);
    assert.ok(top > 1.3 && top < 1.5 && nose - tail > 4.5 && nose - tail < 5);
    const [onLeft, onRight] = [1, -1].map((side) =>
      area(parts.gate.paint.filter((triangle) => triangle.every(({ at }) => at[0] * side >= 0))),
    );
    assert.ok(onLeft! > 0.1 && Math.abs(onLeft! - onRight!) < 1e-6, `${onLeft} ${onRight}`);
    assert.ok(
      parts.frontDoor.paint.flat().every(({ at }) => at[0] > 0.5),
      'a left door is on the left',
    );
    assert.ok(
      parts.frontDoor.glass.flat().every(({ at }) => at[2] > -0.25) &&
        parts.rearDoor.glass.flat().every(({ at }) => at[2] < 0),
    );
  });
});

describe('dashboard/car/pose', () => {
  const at = (values: Record<string, SignalValue>) =>
    Object.fromEntries(Object.entries(values).map(([path, value]) => [`Vehicle.${path}`, { value }]));

  it('[PAGE-42] without signals the car is closed, dark and parked', () => {
    const pose = poseOf({});
    assert.deepEqual({ ...pose.door }, { frontLeft: 0, frontRight: 0, rearLeft: 0, rearRight: 0 });
    assert.ok(Object.values(pose.light).every((power) => power === 0));
    assert.deepEqual([pose.gate, pose.frunk, pose.flap, pose.sunroof, pose.speed], [0, 0, 0, 0, 0]);
  });

  it('[PAGE-42] the picture follows the signals; the driver sits on the left', () => {
    const pose = poseOf(
      at({
        'Cabin.Door.Row1.DriverSide.IsOpen': true,
        'Cabin.Door.Row2.PassengerSide.Window.Position': 25,
        'Cabin.Sunroof.Position': -100,
        'Body.Trunk.Rear.Position': 50,
        'Body.Lights.Hazard.IsSignaling': true,
        'Body.Lights.Beam.Low.IsOn': true,
        'Cabin.Seat.Row1.PassengerSide.HeatingCooling': -60,
        'Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn': true,
        'Cabin.Light.AmbientLight.Row1.DriverSide.Color': '#3A7BFF',
        'Cabin.Light.AmbientLight.Row1.PassengerSide.Color': '#3A7BFF',
      }),
    );
    assert.deepEqual(
      [pose.door.frontLeft, pose.window.rearRight, pose.sunroof, pose.gate],
      [1, 0.25, -1, 0.5],
    );
    assert.deepEqual(pose.blink, { left: true, right: true });
    assert.deepEqual([pose.light.low, pose.light.tail, pose.seat.frontRight], [1, 1, -0.6]);
    assert.deepEqual([pose.ambient.left, pose.ambient.right], ['#3A7BFF', undefined]);
  });

  it('[PAGE-42] a lid without a position follows whether it is open; a colour that is none is not shown', () => {
    assert.equal(poseOf(at({ 'Body.Trunk.Rear.IsOpen': true })).gate, 1);
    const odd = at({
      'Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn': true,
      'Cabin.Light.AmbientLight.Row1.DriverSide.Color': 'url(x)',
    });
    assert.equal(poseOf(odd).ambient.left, undefined);
    assert.equal(new Set(POSE_SIGNALS).size, POSE_SIGNALS.length);
  });
});

describe('dashboard/car/approach', () => {
  it('[PAGE-43] a part arrives, then asks for no more frames, however the time is cut', () => {
    const one = new Approach();
    const many = new Approach();
    for (const parts of [one, many]) {
      parts.aim('door', 0, true);
      parts.aim('door', 1, false);
    }
    one.step(300, 130);
    for (let i = 0; i < 30; i++) many.step(10, 130);
    assert.ok(Math.abs(one.value('door') - many.value('door')) < 1e-9);
    let frames = 0;
    while (many.step(16, 130)) frames += 1;
    assert.ok(frames < 100);
    assert.equal(many.value('door'), 1);
    assert.equal(many.step(16, 130), false);
  });

  it('[PAGE-43] who wants no motion gets the new place at once', () => {
    const parts = new Approach();
    parts.aim('door', 0, true);
    parts.aim('door', 1, true);
    assert.equal(parts.value('door'), 1);
    assert.equal(parts.step(16, 130), false);
  });
});

describe('dashboard/car/orbit', () => {
  it('[PAGE-44] keys turn the car, and the camera never goes below the floor', () => {
    assert.ok(turnedByKey(FIRST_VIEW, 'ArrowRight')!.azimuth > FIRST_VIEW.azimuth);
    assert.ok(turnedByKey(FIRST_VIEW, '+')!.zoom > FIRST_VIEW.zoom);
    assert.deepEqual(turnedByKey({ azimuth: 3, elevation: 1, zoom: 2 }, 'Home'), FIRST_VIEW);
    assert.equal(turnedByKey(FIRST_VIEW, 'a'), undefined);
    let orbit = FIRST_VIEW;
    for (let i = 0; i < 40; i++) orbit = turnedByKey(orbit, 'ArrowDown')!;
    assert.ok(orbit.elevation > 0);
    assert.ok(limited({ azimuth: 0, elevation: 9, zoom: 99 }).elevation < Math.PI / 2);
  });
});

describe('dashboard/car: wipers and attention', () => {
  it('[PAGE-61] the blades stay on the glass, within the screen, all the way', () => {
    for (let place = 0; place <= 1; place += 0.05) {
      const corners = ribbons(place);
      assert.ok(corners.every(Number.isFinite));
      for (let i = 0; i < corners.length; i += 3) {
        const [x = 0, y = 0, z = 0] = corners.subarray(i, i + 3);
        assert.ok(
          Math.abs(x) < 0.8 && y > 0.8 && y < 1.45 && z > 0.1 && z < 1.35,
          `${place}: ${x} ${y} ${z}`,
        );
      }
    }
    const rest = ribbons(0);
    assert.ok(rest.some((value, index) => Math.abs(value - (ribbons(1)[index] ?? 0)) > 0.2));
  });

  it('[PAGE-61] strokes follow the mode and the rain; a stroke is finished, and between strokes nothing is drawn', () => {
    const mode = (value: string, rain = 0) =>
      poseOf({
        'Vehicle.Body.Windshield.Front.Wiping.Mode': { value },
        'Vehicle.Body.Raindetection.Intensity': { value: rain },
      }).wiping;
    assert.ok(mode('OFF') === 0 && mode('INTERVAL') < mode('SLOW') && mode('SLOW') < mode('FAST'));
    assert.ok(mode('RAIN_SENSOR') === 0 && mode('RAIN_SENSOR', 10) < mode('RAIN_SENSOR', 80));
    const rhythm = new WiperRhythm();
    rhythm.set(10);
    rhythm.begin();
    rhythm.step(STROKE / 2);
    assert.ok(rhythm.isMoving && Math.abs(rhythm.place - 1) < 1e-9);
    rhythm.set(0);
    rhythm.step(STROKE / 4);
    assert.ok(rhythm.isMoving);
    rhythm.step(STROKE / 4);
    assert.deepEqual([rhythm.isMoving, rhythm.place, rhythm.pause], [false, 0, undefined]);
    rhythm.set(57);
    rhythm.begin();
    rhythm.step(STROKE + 10);
    assert.ok(rhythm.isMoving, 'fast strokes follow one another');
  });

  it('[PAGE-62] the camera looks at what a command was about, and at nothing for what is all over the car', () => {
    const turn = (...paths: string[]) =>
      lookAt({
        outcomes: [
          {
            status: 'done',
            command: { intent: 'window.open', slots: {} },
            code: 'x',
            facts: {},
            changes: paths.map((path) => ({ path, from: 0, to: 1, field: 'target' as const })),
          },
        ],
      });
    const window = (door: string) => `Vehicle.Cabin.Door.${door}.Window.Position`;
    assert.ok((turn(window('Row1.DriverSide'))?.azimuth ?? 0) > 0);
    assert.ok((turn(window('Row1.PassengerSide'))?.azimuth ?? 0) < 0);
    assert.equal(turn(window('Row1.DriverSide'), window('Row2.PassengerSide')), undefined);
    assert.equal(turn('Vehicle.Cabin.Infotainment.Media.Volume'), undefined);
    assert.ok(turn('Vehicle.Body.Trunk.Rear.Position')?.azimuth);
    for (const path of POSE_SIGNALS) turn(path);
  });
});
