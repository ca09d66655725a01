import type { Speaker } from './command.ts';
import type { View } from './controllers/plan.ts';
import type { Catalogue } from './signals/catalogue.ts';
import type { SignalValue } from './signals/signal.ts';
import type { SignalStore } from './signals/store.ts';
import type { World } from './world.ts';

/** The car as a controller may see it while it plans for one speaker. */
export function createView(
  store: SignalStore,
  catalogue: Catalogue,
  { world, utcOffset = 0 }: { readonly world: World; readonly utcOffset?: number },
  now: number,
  by: Speaker,
): View {
  const value = (path: string): SignalValue => store.read(path).value;
  const target = (path: string): SignalValue => {
    const state = store.read(path);
    return state.target ?? state.value;
  };
  return {
    now,
    utcOffset: utcOffset * 60_000,
    by,
    world,
    catalogue,
    get position() {
      return [
        Number(value('Vehicle.CurrentLocation.Longitude')),
        Number(value('Vehicle.CurrentLocation.Latitude')),
      ] as const;
    },
    value,
    target,
    number: (path) => Number(value(path)),
    text: (path) => String(target(path)),
    flag: (path) => target(path) === true,
    goal: (path) => Number(target(path)),
    isMoving: (path) => store.isMoving(path),
  };
}
