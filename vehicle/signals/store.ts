import { unknownPath, type Catalogue, type SignalDefinition } from './catalogue.ts';
import { derivationsFrom } from './derived.ts';
import type { SignalChange, SignalValue } from './signal.ts';

/** A signal's state; an actuator also has the target that it is told to reach. */
export interface SignalState {
  readonly value: SignalValue;
  readonly target?: SignalValue;
}

/** Where a moving actuator comes from and goes to: enough to know its place at any time, whatever the step. */
interface Motion {
  readonly from: number;
  readonly to: number;
  /** Epoch milliseconds of virtual time. */
  readonly start: number;
  readonly end: number;
}

interface Cell {
  readonly definition: SignalDefinition;
  value: SignalValue;
  target?: SignalValue;
  motion?: Motion;
}

/** Plain JSON. Only what differs from the factory state is kept. */
export interface StoreSnapshot {
  readonly signals: Readonly<
    Record<string, { readonly value: SignalValue; readonly target?: SignalValue; readonly motion?: Motion }>
  >;
  /** Paths of the moving actuators in the order in which they began. */
  readonly moving: readonly string[];
}

/**
 * The single truth for every signal's value and target. Moving actuators are functions of virtual time, so a long
 * step and many short ones end in the same place.
 */
export class SignalStore {
  readonly #catalogue: Catalogue;
  readonly #cells = new Map<string, Cell>();
  readonly #moving = new Set<Cell>();
  #changes = new Map<string, SignalChange>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const definition of catalogue.all()) {
      const value = catalogue.initial(definition);
      this.#cells.set(
        definition.path,
        definition.type === 'actuator' ? { definition, value, target: value } : { definition, value },
      );
    }
    for (const path of this.#cells.keys()) this.#derive(path);
    this.#changes.clear();
  }

  /** @throws SignalError `unknown-path` */
  read(path: string): SignalState {
    const { value, target } = this.#cell(path);
    return target === undefined ? { value } : { value, target };
  }

  *signals(): IterableIterator<[path: string, state: SignalState]> {
    for (const path of this.#cells.keys()) yield [path, this.read(path)];
  }

  isMoving(path: string): boolean {
    return this.#cell(path).motion !== undefined;
  }

  /** Paths of all actuators that are under way, with where the motion began. */
  *motions(): IterableIterator<{ path: string; from: number; to: number }> {
    for (const { definition, motion } of this.#moving)
      if (motion) yield { path: definition.path, from: motion.from, to: motion.to };
  }

  /** Tells an actuator where to go. Anything with a travel time starts to move, all else is there at once. */
  setTarget(path: string, target: SignalValue, now: number): void {
    const cell = this.#cell(path);
    const { definition } = cell;
    if (definition.travelTime !== undefined && typeof target === 'number' && typeof cell.value === 'number') {
      const from = cell.motion ? placeAt(cell.motion, now) : cell.value;
      const range = (definition.max ?? 0) - (definition.min ?? 0);
      this.#change(cell, 'target', target);
      this.#stopMotion(cell);
      if (from === target) return;
      cell.motion = {
        from,
        to: target,
        start: now,
        end: now + (Math.abs(target - from) / range) * definition.travelTime,
      };
      this.#moving.add(cell);
      return;
    }
    this.#change(cell, 'target', target);
    if (!definition.measured) this.#setValue(cell, target);
  }

  /** What the car measures. An actuator that is found elsewhere than it was told to be stays there. */
  sense(path: string, value: SignalValue): void {
    const cell = this.#cell(path);
    if (cell.target !== undefined && !cell.definition.measured) {
      this.#stopMotion(cell);
      this.#change(cell, 'target', value);
    }
    this.#setValue(cell, value);
  }

  /** Stops a motion where it is. */
  halt(path: string, now: number): void {
    const cell = this.#cell(path);
    if (!cell.motion) return;
    const place = rounded(cell.definition, placeAt(cell.motion, now));
    this.#stopMotion(cell);
    this.#change(cell, 'target', place);
    this.#setValue(cell, place);
  }

  /** Moves everything that moves to where it is at `now`. */
  moveTo(now: number): void {
    for (const cell of this.#moving) {
      const { motion } = cell;
      if (!motion) continue;
      if (now >= motion.end) this.#stopMotion(cell);
      this.#setValue(cell, rounded(cell.definition, placeAt(motion, now)));
    }
  }

  /** When the next motion ends; Infinity when nothing moves. */
  nextEnd(): number {
    let next = Infinity;
    for (const { motion } of this.#moving) next = Math.min(next, motion?.end ?? Infinity);
    return next;
  }

  /** The changes since the last call; several of one signal count as one. */
  takeChanges(): readonly SignalChange[] {
    const changes = [...this.#changes.values()].filter(({ from, to }) => !same(from, to));
    this.#changes = new Map();
    return changes;
  }

  snapshot(): StoreSnapshot {
    const signals: Record<string, StoreSnapshot['signals'][string]> = {};
    for (const [path, { definition, value, target, motion }] of this.#cells) {
      const initial = this.#catalogue.initial(definition);
      if (same(value, initial) && (target === undefined || same(target, initial)) && !motion) continue;
      signals[path] = { value, ...(target !== undefined && { target }), ...(motion && { motion }) };
    }
    return { signals, moving: [...this.#moving].map(({ definition }) => definition.path) };
  }

  /**
   * Puts a fresh store into a snapshot's state.
   * @throws SignalError when the snapshot names a signal that this catalogue lacks
   */
  restore({ signals, moving }: StoreSnapshot): void {
    for (const [path, { definition }] of this.#cells) {
      const saved = signals[path];
      const value = saved?.value ?? this.#catalogue.initial(definition);
      const target = definition.type === 'actuator' ? (saved?.target ?? value) : undefined;
      const cell: Cell = {
        definition,
        value,
        ...(target !== undefined && { target }),
        ...(saved?.motion && { motion: saved.motion }),
      };
      this.#cells.set(path, cell);
    }
    for (const path of Object.keys(signals)) this.#cell(path);
    this.#moving.clear();
    for (const path of moving) this.#moving.add(this.#cell(path));
    this.#changes.clear();
  }

  #cell(path: string): Cell {
    const cell = this.#cells.get(path);
    if (!cell) throw unknownPath(path);
    return cell;
  }

  #stopMotion(cell: Cell): void {
    delete cell.motion;
    this.#moving.delete(cell);
  }

  #setValue(cell: Cell, value: SignalValue): void {
    if (this.#change(cell, 'value', value)) this.#derive(cell.definition.path);
  }

  #derive(path: string): void {
    for (const { path: derived, value } of derivationsFrom(path, (other) => this.#cells.get(other)?.value)) {
      const cell = this.#cells.get(derived);
      if (!cell) continue;
      if (cell.target !== undefined) this.#change(cell, 'target', value);
      this.#setValue(cell, value);
    }
  }

  #change(cell: Cell, field: 'value' | 'target', given: SignalValue): boolean {
    // There is no minus zero in JSON, so there is none here.
    const to = given === 0 ? 0 : given;
    const from = cell[field] ?? null;
    if (same(from, to)) return false;
    cell[field] = to;
    const key = `${cell.definition.path} ${field}`;
    const earlier = this.#changes.get(key);
    this.#changes.set(key, { path: cell.definition.path, from: earlier ? earlier.from : from, to, field });
    return true;
  }
}

function placeAt({ from, to, start, end }: Motion, now: number): number {
  if (now >= end) return to;
  return from + ((to - from) * (now - start)) / (end - start);
}

function rounded({ datatype }: SignalDefinition, place: number): number {
  return datatype === 'float' || datatype === 'double' ? Math.round(place * 10) / 10 : Math.round(place);
}

/** Equality of signal values; arrays by their items. */
export function same(a: SignalValue | null, b: SignalValue | null): boolean {
  if (a === b) return true;
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((item, index) => item === b[index])
  );
}
