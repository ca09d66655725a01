import type { Route } from '../../vehicle/world.ts';
import {
  CONVERSATION_LENGTH,
  type CarClock,
  type ConversationTurn,
  type Patch,
  type Presence,
  type Show,
  type SignalState,
  type Snapshot,
} from './protocol.ts';

/**
 * The one document that all dashboards show. Changes are collected and leave as one patch per `flush`: two patches
 * never race, and a fast signal costs no more than a slow one.
 */
export class SharedState {
  #version = 0;
  readonly #signals = new Map<string, SignalState>();
  #route: Route | null = null;
  #show: Show | null = null;
  readonly #turns = new Map<string, ConversationTurn>();
  #presence: Presence = { taken: [], viewers: 0, asksToDrive: null };
  #clock: CarClock = { now: 0, utcOffset: 0 };
  readonly #changed = {
    signals: new Set<string>(),
    turns: new Set<string>(),
    route: false,
    show: false,
    presence: false,
    clock: false,
  };

  setSignal(path: string, state: SignalState): void {
    this.#signals.set(path, state);
    this.#changed.signals.add(path);
  }

  setRoute(route: Route | null): void {
    if (route === this.#route) return;
    this.#route = route;
    this.#changed.route = true;
  }

  setShow(show: Show): void {
    if (show === this.#show) return;
    this.#show = show;
    this.#changed.show = true;
  }

  setPresence(presence: Presence): void {
    if (presence === this.#presence) return;
    this.#presence = presence;
    this.#changed.presence = true;
  }

  /**
   * To the second: who tells the time needs no more, and a parked car sends little else.
   * @param now epoch milliseconds of virtual time
   * @param utcOffset minutes
   */
  setClock(now: number, utcOffset: number): void {
    const second = Math.floor(now / 1_000) * 1_000;
    if (second === this.#clock.now && utcOffset === this.#clock.utcOffset) return;
    this.#clock = { now: second, utcOffset };
    this.#changed.clock = true;
  }

  setTurn(turn: ConversationTurn): void {
    this.#turns.set(turn.id, turn);
    this.#changed.turns.add(turn.id);
    for (const id of this.#turns.keys()) {
      if (this.#turns.size <= CONVERSATION_LENGTH) break;
      this.#turns.delete(id);
      this.#changed.turns.delete(id);
    }
  }

  /** What the car has said in a turn; empty when it has not, or the turn is forgotten. */
  replyOf(turn: string): string {
    return this.#turns.get(turn)?.reply ?? '';
  }

  /** @returns what changed since the last flush, undefined when nothing did */
  flush(): Patch | undefined {
    const { signals, turns, route, show, presence, clock } = this.#changed;
    if (signals.size === 0 && turns.size === 0 && !route && !show && !presence && !clock) return undefined;
    const from = this.#version++;
    const patch: Patch = {
      from,
      version: this.#version,
      ...(signals.size > 0 && { signals: Object.fromEntries(pick(this.#signals, signals)) }),
      ...(route && { route: this.#route }),
      ...(turns.size > 0 && { turns: pick(this.#turns, turns).map(([, turn]) => turn) }),
      ...(show && this.#show && { show: this.#show }),
      ...(presence && { presence: this.#presence }),
      ...(clock && { clock: this.#clock }),
    };
    signals.clear();
    turns.clear();
    this.#changed.route = false;
    this.#changed.show = false;
    this.#changed.presence = false;
    this.#changed.clock = false;
    return patch;
  }

  /** The whole document; what was not flushed yet is in it, and comes again with the next patch. */
  snapshot(): Snapshot {
    return {
      version: this.#version,
      state: {
        signals: Object.fromEntries(this.#signals),
        route: this.#route,
        conversation: [...this.#turns.values()],
        show: this.#show,
        presence: this.#presence,
        clock: this.#clock,
      },
    };
  }
}

function pick<K, V>(map: ReadonlyMap<K, V>, keys: ReadonlySet<K>): [K, V][] {
  return [...map].filter(([key]) => keys.has(key));
}
