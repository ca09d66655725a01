import type { Speaker } from './command.ts';
import type { View } from './controllers/plan.ts';
import type { Catalogue } from './signals/catalogue.ts';
import type { SignalValue } from './signals/signal.ts';
import type { SignalStore } from './signals/store.ts';
import type { Position, World } from './world.ts';

/** The car as a controller sees it while it plans for one speaker at one moment; values are always the present ones. */
export class CarView implements View {
  readonly now: number;
  readonly utcOffset: number;
  readonly by: Speaker;
  readonly world: World;
  readonly catalogue: Catalogue;
  readonly #store: SignalStore;

  /** @param options `utcOffset` in minutes */
  constructor(
    store: SignalStore,
    options: { readonly catalogue: Catalogue; readonly world: World; readonly utcOffset?: number },
    now: number,
    by: Speaker,
  ) {
    this.#store = store;
    this.catalogue = options.catalogue;
    this.world = options.world;
    this.utcOffset = (options.utcOffset ?? 0) * 60_000;
    this.now = now;
    this.by = by;
  }

  get position(): Position {
    return [
      this.number('Vehicle.CurrentLocation.Longitude'),
      this.number('Vehicle.CurrentLocation.Latitude'),
    ];
  }

  value(path: string): SignalValue {
    return this.#store.read(path).value;
  }

  target(path: string): SignalValue {
    const { value, target } = this.#store.read(path);
    return target ?? value;
  }

  number(path: string): number {
    return Number(this.value(path));
  }

  text(path: string): string {
    return String(this.target(path));
  }

  flag(path: string): boolean {
    return this.target(path) === true;
  }

  goal(path: string): number {
    return Number(this.target(path));
  }

  isMoving(path: string): boolean {
    return this.#store.isMoving(path);
  }
}
