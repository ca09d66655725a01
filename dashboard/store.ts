import {
  CONVERSATION_LENGTH,
  type ConversationTurn,
  type DashboardState,
  type Patch,
  type Snapshot,
} from '../simulator/server/protocol.ts';

export type Signals = DashboardState['signals'];

const NOTHING: DashboardState = {
  signals: {},
  route: null,
  conversation: [],
  show: null,
  presence: { taken: [], viewers: 0, asksToDrive: null },
  clock: { now: 0, utcOffset: 0 },
};

interface Watch {
  readonly paths: ReadonlySet<string>;
  readonly tell: (signals: Signals) => void;
}

/**
 * The page's copy of the shared document. Snapshots replace it, patches that fit extend it; a patch that does not fit
 * asks once for a fresh snapshot and is dropped.
 */
export class Store {
  #version: number | undefined;
  #state = NOTHING;
  #waiting = true;
  readonly #requestResync: () => void;
  readonly #signalWatches = new Set<Watch>();
  readonly #routeWatches = new Set<(route: DashboardState['route']) => void>();
  readonly #showWatches = new Set<(show: DashboardState['show']) => void>();
  readonly #presenceWatches = new Set<(presence: DashboardState['presence']) => void>();
  readonly #clockWatches = new Set<(clock: DashboardState['clock']) => void>();
  readonly #turnWatches = new Set<(turns: readonly ConversationTurn[]) => void>();

  /** @param requestResync asks the server for a snapshot; called once for each gap */
  constructor(requestResync: () => void) {
    this.#requestResync = requestResync;
  }

  /** Version of the document that is shown; undefined before the first snapshot. */
  get version(): number | undefined {
    return this.#version;
  }

  get state(): DashboardState {
    return this.#state;
  }

  applySnapshot({ version, state }: Snapshot): void {
    const before = this.#state;
    this.#version = version;
    this.#state = state;
    this.#waiting = false;
    this.#tell(changedPaths(before.signals, state.signals), state);
  }

  /** @returns whether the patch was applied; when not, it was old, or a snapshot has been asked for */
  applyPatch(patch: Patch): boolean {
    if (this.#waiting || this.#version === undefined) return false;
    if (patch.version <= this.#version) return false;
    if (patch.from !== this.#version) {
      this.#waiting = true;
      this.#requestResync();
      return false;
    }
    const { signals, route, conversation, show, presence, clock } = this.#state;
    this.#version = patch.version;
    this.#state = {
      signals: patch.signals ? { ...signals, ...patch.signals } : signals,
      route: patch.route === undefined ? route : patch.route,
      conversation: patch.turns ? mergeTurns(conversation, patch.turns) : conversation,
      show: patch.show ?? show,
      presence: patch.presence ?? presence,
      clock: patch.clock ?? clock,
    };
    this.#tell(new Set(Object.keys(patch.signals ?? {})), { ...patch, conversation: patch.turns });
    return true;
  }

  /** Tells the signals now and whenever one of `paths` changes. @returns a function that ends it */
  onSignals(paths: Iterable<string>, tell: (signals: Signals) => void): () => void {
    const watch: Watch = { paths: new Set(paths), tell };
    this.#signalWatches.add(watch);
    tell(this.#state.signals);
    return () => this.#signalWatches.delete(watch);
  }

  /** Tells the route now and whenever it changes. @returns a function that ends it */
  onRoute(tell: (route: DashboardState['route']) => void): () => void {
    this.#routeWatches.add(tell);
    tell(this.#state.route);
    return () => this.#routeWatches.delete(tell);
  }

  /** Tells the scripted drive now and whenever it goes on. @returns a function that ends it */
  onShow(tell: (show: DashboardState['show']) => void): () => void {
    this.#showWatches.add(tell);
    tell(this.#state.show);
    return () => this.#showWatches.delete(tell);
  }

  /** Tells who is at the car now and whenever somebody comes, goes or moves. @returns a function that ends it */
  onPresence(tell: (presence: DashboardState['presence']) => void): () => void {
    this.#presenceWatches.add(tell);
    tell(this.#state.presence);
    return () => this.#presenceWatches.delete(tell);
  }

  /** Tells the car's time now and whenever it moves on or jumps. @returns a function that ends it */
  onClock(tell: (clock: DashboardState['clock']) => void): () => void {
    this.#clockWatches.add(tell);
    tell(this.#state.clock);
    return () => this.#clockWatches.delete(tell);
  }

  /** Tells the conversation now and whenever it grows. @returns a function that ends it */
  onConversation(tell: (turns: readonly ConversationTurn[]) => void): () => void {
    this.#turnWatches.add(tell);
    tell(this.#state.conversation);
    return () => this.#turnWatches.delete(tell);
  }

  /** @param changed parts that are not undefined */
  #tell(
    paths: ReadonlySet<string>,
    changed: { readonly [Part in keyof DashboardState]?: DashboardState[Part] | undefined },
  ): void {
    const { route, conversation, show, presence, clock } = changed;
    for (const watch of this.#signalWatches) {
      if (intersects(watch.paths, paths)) watch.tell(this.#state.signals);
    }
    if (route !== undefined) for (const tell of this.#routeWatches) tell(this.#state.route);
    if (show !== undefined) for (const tell of this.#showWatches) tell(this.#state.show);
    if (presence) for (const tell of this.#presenceWatches) tell(this.#state.presence);
    if (clock) for (const tell of this.#clockWatches) tell(this.#state.clock);
    if (conversation) for (const tell of this.#turnWatches) tell(this.#state.conversation);
  }
}

function intersects(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const item of some) if (others.has(item)) return true;
  return false;
}

function changedPaths(before: Signals, after: Signals): ReadonlySet<string> {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return new Set([...all].filter((path) => before[path] !== after[path]));
}

/** A known turn keeps its place, a new one comes last. */
function mergeTurns(
  known: readonly ConversationTurn[],
  changed: readonly ConversationTurn[],
): ConversationTurn[] {
  const turns = new Map([...known, ...changed].map((turn) => [turn.id, turn]));
  return [...turns.values()].slice(-CONVERSATION_LENGTH);
}
