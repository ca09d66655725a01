import { Color } from 'three';

/** A cove: dark floor, bright horizon, dim ceiling; its soft edge models the sides of the car. From above (0) to below (1). */
export const WALL: readonly (readonly [at: number, color: string])[] = [
  [0, '#39414c'],
  [0.3, '#5a6572'],
  [0.47, '#aebac8'],
  [0.505, '#97a2af'],
  [0.54, '#5b646f'],
  [0.7, '#363c44'],
  [1, '#23272c'],
];

/** How much brighter the wall is that stands in for the lamps too. */
const WALL_ALONE = 2.2;

export type Light = readonly [red: number, green: number, blue: number];

/** Linear light of the wall that stands alone. @param at 0 above … 1 below */
export function wallLight(at: number): Light {
  const next = Math.max(
    1,
    WALL.findIndex(([end]) => end >= at),
  );
  const [from, to] = [WALL[next - 1], WALL[next]];
  if (!from || !to) return [0, 0, 0];
  // A canvas mixes colours as they are written, not as light.
  const mixed = new Color().setStyle(from[1]).convertLinearToSRGB();
  mixed.lerp(new Color().setStyle(to[1]).convertLinearToSRGB(), (at - from[0]) / (to[0] - from[0]));
  const { r, g, b } = mixed.convertSRGBToLinear().multiplyScalar(WALL_ALONE);
  return [r, g, b];
}

const MEAN_STEPS = 64;

/** Mean light of the wall between two heights, each height by its share of the sphere. @param from 0 above … 1 below */
export function meanWallLight(from: number, to: number): Light {
  const sum: [number, number, number] = [0, 0, 0];
  let all = 0;
  for (let i = 0; i <= MEAN_STEPS; i++) {
    const at = from + ((to - from) * i) / MEAN_STEPS;
    const share = Math.sin(Math.PI * at);
    all += share;
    const light = wallLight(at);
    for (const part of [0, 1, 2] as const) sum[part] += share * light[part];
  }
  return [sum[0] / all, sum[1] / all, sum[2] / all];
}
