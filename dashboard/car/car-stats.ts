/** What the picture of the car costs. */
export interface CarStats {
  /** Drawn since the page was opened. */
  readonly frames: number;
  /** Of the last frame. */
  readonly drawCalls: number;
  readonly triangles: number;
  readonly contextLost: boolean;
}
