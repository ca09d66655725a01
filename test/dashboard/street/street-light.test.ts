import assert from 'node:assert/strict';
import type { Color } from 'three';
import { createStreetUniforms, lightStreet } from '../../../dashboard/street/street-light.ts';

const light = ({ r, g, b }: Color) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const look = (daylight: number, rain = 0) => {
  const uniforms = createStreetUniforms();
  lightStreet(uniforms, { daylight, rain, low: 0.5, high: 0, brake: 0 });
  return uniforms;
};

describe('dashboard/street/street-light', () => {
  it('[PAGE-73] night is darker than dusk, dusk than day, without a leap between', () => {
    let before = -1;
    for (let daylight = 0; daylight <= 1.001; daylight += 0.02) {
      const { uAmbient, uSun } = look(daylight);
      const all = light(uAmbient.value) + light(uSun.value);
      assert.ok(all >= before - 1e-9, `${daylight}`);
      if (before >= 0) assert.ok(all - before < 0.25, `a leap at ${daylight}`);
      before = all;
    }
    assert.equal(look(0).uNight.value, 1);
    assert.equal(look(0.5).uNight.value, 0);
  });

  it('[PAGE-73] rain takes the sun and the colour, and wets the road', () => {
    const [dry, wet] = [look(0.8), look(0.8, 0.7)];
    assert.ok(light(wet.uSun.value) < light(dry.uSun.value) / 3);
    const colour = ({ r, g, b }: Color) => Math.max(r, g, b) - Math.min(r, g, b);
    assert.ok(colour(wet.uZenith.value) < colour(dry.uZenith.value) / 3);
    assert.deepEqual([dry.uWet.value, wet.uWet.value], [0, 1]);
    assert.equal(look(0.3).uBeam.value.x, 0.5);
  });
});
