import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openScene } from '../support/scene-page/open-scene.ts';
import type { Box } from '../support/scene-page/scene-page.ts';

const FRONT: Box = [0.05, 0.35, 0.5, 0.85];
const ROAD: Box = [0.3, 0.5, 0.7, 0.62];
const SKY: Box = [0.4, 0.02, 0.6, 0.2];

describe('the picture, in a real browser', function () {
  this.timeout(120_000);
  let page: Page;
  let scene: Awaited<ReturnType<typeof openScene>>;
  before(async () => {
    scene = await openScene();
    ({ page } = scene);
  });
  after(() => scene.close());

  const set = (values: Record<string, string | number | boolean>) =>
    page.evaluate((all) => window.scene.set(all), values);
  const light = async (box: Box) => {
    const [red = 0, green = 0, blue = 0] = await page.evaluate((part) => window.scene.colour(part), box);
    return (red + green + blue) / 3;
  };

  it('[WEB-38] [WEB-53] where the processor draws, the lamps are lit after the first picture, when nobody speaks, and by the time that it rests', async () => {
    const first = await page.evaluate(() => window.scene.first());
    assert.ok(!first.isLit && !first.isFinal && first.triangles > 40_000);
    // What takes long comes half a second after the last motion, and waits for who speaks.
    await page.waitForTimeout(1_000);
    assert.equal(await page.evaluate(() => window.scene.isLit()), false);
    await page.evaluate(() => {
      window.scene.hush();
    });
    await page.evaluate(() => window.scene.rest());
    assert.equal(await page.evaluate(() => window.scene.isLit()), true);
  });

  it('[WEB-52] the still picture shows the same car: its outline, its paint, its open doors and its lamps', async () => {
    const still = () => page.evaluate(() => window.scene.still());
    const closed = await still();
    assert.ok(closed.agree > 0.97, `${closed.agree}`);
    assert.ok(closed.still > 15 && closed.moving > 15, JSON.stringify(closed));
    await set({
      'Cabin.Door.Row1.DriverSide.IsOpen': true,
      'Body.Trunk.Rear.IsOpen': true,
      'Body.Trunk.Rear.Position': 100,
    });
    const open = await still();
    assert.ok(open.agree > 0.96, `${open.agree}`);
    await set({
      'Cabin.Door.Row1.DriverSide.IsOpen': false,
      'Body.Trunk.Rear.IsOpen': false,
      'Body.Trunk.Rear.Position': 0,
    });
  });

  it('[WEB-30] lamps that are lit brighten the front; a window that opens changes its side of the car', async () => {
    await set({ 'Exterior.LightIntensity': 0 });
    const dark = await light(FRONT);
    await set({ 'Body.Lights.Beam.Low.IsOn': true });
    const low = await light(FRONT);
    await set({ 'Body.Lights.Beam.High.IsOn': true });
    const high = await light(FRONT);
    assert.ok(low > dark + 1 && high > low, `${dark} ${low} ${high}`);
    await set({ 'Body.Lights.Beam.High.IsOn': false, 'Exterior.LightIntensity': 80 });
    await page.evaluate(() => window.scene.look('side'));
    const window_: Box = [0.42, 0.28, 0.52, 0.4];
    const shut = await light(window_);
    await set({ 'Cabin.Door.Row1.DriverSide.Window.Position': 100 });
    const open = await light(window_);
    assert.ok(Math.abs(open - shut) > 2, `${shut} ${open}`);
  });

  it('[WEB-31] the street appears about the car that drives, within the limits of the main view', async () => {
    await page.evaluate(() => window.scene.look('chase'));
    const opacity = async () => (await page.evaluate((box) => window.scene.colour(box), SKY))[3];
    assert.equal(await opacity(), 0);
    const stats = await page.evaluate(() => window.scene.drive('Market Street', 8));
    assert.ok(((await opacity()) ?? 0) > 250);
    assert.ok(stats.drawCalls > 30 && stats.drawCalls <= 60, `${stats.drawCalls} draw calls`);
    assert.ok(stats.triangles > 80_000 && stats.triangles <= 120_000, `${stats.triangles} triangles`);
  });

  it('[WEB-31] night is darker, lit windows stay; rain makes the road another one', async () => {
    await set({ 'Exterior.LightIntensity': 80, 'Body.Lights.Beam.Low.IsOn': false });
    const [daySky, dayRoad] = [await light(SKY), await light(ROAD)];
    await set({ 'Body.Raindetection.Intensity': 70 });
    const wetRoad = await light(ROAD);
    assert.ok(Math.abs(wetRoad - dayRoad) > 3, `${dayRoad} ${wetRoad}`);
    await set({ 'Exterior.LightIntensity': 0 });
    const [nightSky, unlit] = [await light(SKY), await light(ROAD)];
    assert.ok(nightSky < daySky / 3, `${daySky} ${nightSky}`);
    const stats = await set({ 'Body.Lights.Beam.Low.IsOn': true });
    assert.ok((await light(ROAD)) > unlit + 2);
    assert.ok(stats.drawCalls <= 60, `${stats.drawCalls} draw calls`);
    assert.ok(stats.triangles <= 120_000, `${stats.triangles} triangles`);
  });

  it('[WEB-32] on the street, too, nothing is drawn while nothing changes; falling rain and a turning wheel are drawn', async () => {
    await set({ 'Body.Raindetection.Intensity': 0 });
    await page.evaluate(() => window.scene.moving(true));
    const before = await page.evaluate(() => window.scene.rest());
    await page.waitForTimeout(600);
    assert.equal((await page.evaluate(() => window.scene.stats())).frames, before.frames);
    const goesOn = async (values: Record<string, string | number | boolean>) => {
      await page.evaluate((all) => void window.scene.set(all), values);
      await page.evaluate(() => window.scene.frames(4));
    };
    await goesOn({ 'Body.Raindetection.Intensity': 30 });
    await goesOn({ 'Body.Raindetection.Intensity': 0, Speed: 30 });
    await page.evaluate(() => window.scene.moving(false));
    await set({ Speed: 0 });
  });

  it('[WEB-33] a frame makes nothing: what the heap gains while driving is not of the picture’s own frame', async () => {
    const heap = await page.context().newCDPSession(page);
    await page.evaluate(() => window.scene.moving(true));
    await page.evaluate(() => void window.scene.set({ Speed: 1 }));
    await page.evaluate(() => window.scene.frames(4));
    await heap.send('HeapProfiler.startSampling', {
      samplingInterval: 256,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    const FRAMES = 12;
    await page.evaluate((count) => window.scene.frames(count), FRAMES);
    const { profile } = await heap.send('HeapProfiler.stopSampling');
    await page.evaluate(() => window.scene.moving(false));
    await set({ Speed: 0 });
    const bytes = new Map<string, number>();
    const visit = (node: typeof profile.head) => {
      const { functionName } = node.callFrame;
      bytes.set(functionName, (bytes.get(functionName) ?? 0) + node.selfSize);
      node.children.forEach(visit);
    };
    visit(profile.head);
    assert.ok(bytes.size > 1);
    for (const name of ['#place', '#light', '#lightStreet', '#sharpen', '#moveStreet', 'turn', 'lower'])
      assert.ok((bytes.get(name) ?? 0) < FRAMES * 1_024, `${name}: ${bytes.get(name)} bytes`);
    // It moves a hundred numbers, each of which is boxed until the engine has compiled it.
    assert.ok((bytes.get('step') ?? 0) < FRAMES * 4_096, `step: ${bytes.get('step')} bytes`);
  });

  it('[WEB-34] cars that come and go leave nothing on the graphics card', async () => {
    const [one] = await page.evaluate(() => window.scene.mountAndDispose(1));
    const all = await page.evaluate(() => window.scene.mountAndDispose(49));
    for (const { geometries, textures } of all)
      assert.deepEqual([geometries, textures], [one?.geometries, one?.textures]);
    assert.ok(one && one.geometries > 20);
    assert.deepEqual(scene.errors, []);
    assert.equal(all.at(-1)?.contextLost, false);
  });
});
