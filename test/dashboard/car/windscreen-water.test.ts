import assert from 'node:assert/strict';
import { SweptWater } from '../../../dashboard/car/windscreen-water.ts';

const mean = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0) / levels.length;

describe('dashboard/car/windscreen-water', () => {
  it('[PAGE-72] rain wets the glass, more rain sooner', () => {
    const [drizzle, downpour] = [new SweptWater(), new SweptWater()];
    drizzle.step(300, 0.1, 0);
    downpour.step(300, 1, 0);
    // Where the blades lie nothing gathers.
    assert.ok(mean(downpour.levels) > mean(drizzle.levels) && mean(drizzle.levels) > 0);
  });

  it('[PAGE-72] behind the blades it is clear, however far they went in one frame, and is wetted again', () => {
    const water = new SweptWater();
    for (let i = 0; i < 20; i++) water.step(200, 1, 0);
    assert.ok(mean(water.levels) > 240);
    water.step(16, 1, 0.5);
    assert.ok(water.levels.slice(0, 32).every((level) => level === 0));
    assert.ok((water.levels.at(-1) ?? 0) === 255);
    water.step(16, 1, 1);
    assert.ok(water.levels.slice(32).every((level) => level === 0));
    water.step(800, 1, 1);
    assert.ok((water.levels[10] ?? 0) > 60);
  });

  it('[PAGE-72] after the rain it dries, and then asks for no more frames', () => {
    const water = new SweptWater();
    water.step(5_000, 1, 0);
    let frames = 0;
    while (water.step(100, 0, 0)) frames += 1;
    assert.ok(frames > 10 && frames < 200, `${frames}`);
    assert.equal(mean(water.levels), 0);
    water.settle(0.4);
    assert.equal(mean(water.levels), 255);
  });
});
