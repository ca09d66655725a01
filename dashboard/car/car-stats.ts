/** What the picture of the car costs. */
export interface CarStats {
  /** Drawn since the page was opened. */
  readonly frames: number;
  /** Of the last frame. */
  readonly drawCalls: number;
  readonly triangles: number;
  /** Held by the graphics card. */
  readonly geometries: number;
  readonly textures: number;
  /** Whether this is the picture that stays until something changes, with all its pixels; not while the camera is going to turn back. */
  readonly isFinal: boolean;
  readonly contextLost: boolean;
}
export const NO_STATS: CarStats = {
  frames: 0,
  drawCalls: 0,
  triangles: 0,
  geometries: 0,
  textures: 0,
  isFinal: false,
  contextLost: false,
};
