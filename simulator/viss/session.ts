import type { Outcome } from '../../vehicle/outcome.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { errorBody, VissError, type ErrorBody, type VissVersion } from './errors.ts';
import { readEnvelope, readRequest, type Envelope, type Filter, type Request } from './messages.ts';
import {
  begin,
  onChanges,
  onTime,
  watched,
  type Changed,
  type Memory,
  type Reaction,
  type Subscription,
  type Trigger,
} from './subscription.ts';
import type { Metadata, SignalTree } from './tree.ts';
import { decode, encode, timestamp, type WireValue } from './values.ts';

/** Subscriptions that one client may hold at the same time. */
export const MOST_SUBSCRIPTIONS = 100;

export interface DataPoint {
  readonly path: string;
  readonly dp: { readonly value: WireValue; readonly ts: string };
}
/** Anything that the server sends. One signal comes as an object, several as an array. */
export interface Message extends Envelope {
  readonly ts: string;
  readonly subscriptionId?: string;
  readonly data?: DataPoint | readonly DataPoint[];
  readonly metadata?: Readonly<Record<string, Metadata>>;
  readonly error?: ErrorBody;
}

/** The car as a client sees it. */
export interface Source {
  readonly vehicle: Pick<Vehicle, 'now' | 'catalogue' | 'read'>;
  readonly write: Vehicle['write'];
  readonly tree: SignalTree;
  /** When a signal got its present value, in epoch milliseconds of virtual time. */
  readonly capturedAt: (path: string) => number;
}

export interface SessionOptions {
  readonly source: Source;
  readonly version: VissVersion;
  /** Whether one more request may be carried out now. */
  readonly mayAsk: () => boolean;
  readonly send: (message: Message) => void;
}

interface Held {
  readonly subscription: Subscription;
  memory: Memory;
}

/** The conversation with one client: requests in, answers and events out. Knows no socket and no timer. */
export class Session {
  readonly #options: SessionOptions;
  readonly #subscriptions = new Map<string, Held>();
  #lastId = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Answers one message, whatever it is. */
  receive(text: string): void {
    const { version, mayAsk } = this.#options;
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.#refuse({}, new VissError('bad_request', 'The request is malformed: it is not JSON.'));
      return;
    }
    const envelope = readEnvelope(message);
    try {
      if (!mayAsk()) throw new VissError('too_many_requests', 'Too many requests: wait a second.');
      this.#carryOut(readRequest(message, version), envelope);
    } catch (error) {
      // One request must not take the server down with it.
      const known =
        error instanceof VissError
          ? error
          : new VissError('service_unavailable', `The car failed: ${String(error)}`);
      this.#refuse(envelope, known);
    }
  }

  /** Signals have new values: sends the events that follow. */
  changed(changes: readonly Changed[]): void {
    for (const [id, held] of this.#subscriptions)
      this.#react(id, held, onChanges(held.subscription, held.memory, changes));
  }

  /** Virtual time has passed: sends the events that are due. */
  timePassed(): void {
    const { now } = this.#options.source.vehicle;
    for (const [id, held] of this.#subscriptions)
      this.#react(id, held, onTime(held.subscription, held.memory, now));
  }

  #carryOut(request: Request, envelope: Envelope): void {
    switch (request.action) {
      case 'get':
        if (request.filter.metadata !== undefined) {
          this.#answer(envelope, {
            metadata: this.#metadata(request.path, request.filter, request.filter.metadata),
          });
        } else this.#answer(envelope, { data: this.#data(this.#signals(request.path, request.filter)) });
        return;
      case 'set':
        this.#set(request.path, request.value);
        this.#answer(envelope, {});
        return;
      case 'subscribe':
        this.#subscribe(request.path, request.filter, envelope);
        return;
      case 'unsubscribe':
        this.#unsubscribe(request.subscriptionId);
        // Version 2 repeats the id, version 3 does not.
        this.#answer(envelope, this.#options.version === 2 ? { subscriptionId: request.subscriptionId } : {});
    }
  }

  #set(path: string, value: unknown): void {
    const { vehicle, write, tree } = this.#options.source;
    const signal = vehicle.catalogue.find(path);
    if (!signal) {
      throw tree.has(path)
        ? new VissError('invalid_data', 'Requested action on a branch is not supported')
        : unknownData(path);
    }
    if (signal.type !== 'actuator') {
      throw new VissError(
        'invalid_data',
        `Update of a sensor is not supported: ${path} is a ${signal.type}.`,
      );
    }
    const problem = problemOf(write(path, decode(signal, value), { seat: 'driver' }));
    if (problem) throw problem;
  }

  #subscribe(path: string, filter: Filter & { readonly trigger: Trigger }, envelope: Envelope): void {
    const { vehicle } = this.#options.source;
    if (this.#subscriptions.size >= MOST_SUBSCRIPTIONS) {
      throw new VissError(
        'too_many_requests',
        `A client may hold ${MOST_SUBSCRIPTIONS} subscriptions: end one first.`,
      );
    }
    const paths = new Set(this.#signals(path, filter));
    const decisive = this.#decisive(path, filter);
    const subscription: Subscription = {
      trigger: filter.trigger,
      paths,
      ...(decisive !== undefined && { decisive }),
    };
    this.#checkTypes(subscription);
    const id = String(++this.#lastId);
    const first = begin(subscription, (signal) => vehicle.read(signal).value, vehicle.now);
    const held = { subscription, memory: first.memory };
    this.#subscriptions.set(id, held);
    this.#answer(envelope, { subscriptionId: id });
    this.#react(id, held, first);
  }

  /** The first of several paths decides where it names one signal; the specification forbids it to name more. */
  #decisive(path: string, { paths }: Filter): string | undefined {
    const [first] = paths ?? [];
    if (first === undefined) return undefined;
    const [only, ...others] = this.#options.source.tree.signals(`${path}.${first}`);
    return others.length === 0 ? only : undefined;
  }

  #checkTypes(subscription: Subscription): void {
    const { trigger } = subscription;
    if (trigger.variant === 'timebased') return;
    // Of a branch, those signals count to which the filter can apply.
    const fits = [...watched(subscription)].some((path) => {
      const value = this.#options.source.vehicle.read(path).value;
      if (trigger.variant === 'range') return typeof value === 'number';
      return (
        typeof value === 'number' || typeof value === 'boolean' || (trigger.op === 'ne' && trigger.diff === 0)
      );
    });
    if (!fits)
      throw new VissError(
        'invalid_data',
        `Incorrect data type: ${trigger.variant} needs a number here (text: change with ne 0).`,
      );
  }

  #unsubscribe(id: string): void {
    if (this.#subscriptions.delete(id)) return;
    throw new VissError(
      this.#options.version === 2 ? 'invalid_data' : 'unavailable_data',
      'Unknown subscription Id',
    );
  }

  #react(id: string, held: Held, { memory, send }: Reaction): void {
    held.memory = memory;
    if (send.length === 0) return;
    const { vehicle } = this.#options.source;
    this.#options.send({
      action: 'subscription',
      subscriptionId: id,
      data: this.#data(send),
      ts: timestamp(vehicle.now),
    });
  }

  /** Paths of the signals that a request addresses, each once. @throws VissError `unavailable_data` where there are none */
  #signals(path: string, filter: Filter): readonly string[] {
    return [
      ...new Set(
        this.#addressed(path, filter).flatMap((pattern) => this.#options.source.tree.signals(pattern)),
      ),
    ];
  }

  #metadata(path: string, filter: Filter, generations: number): Readonly<Record<string, Metadata>> {
    const nodes = this.#addressed(path, filter).flatMap((pattern) => [
      ...this.#options.source.tree.metadata(pattern, generations),
    ]);
    // One node goes by its name, as specified; the names of several need not differ, so they go by their paths.
    return Object.fromEntries(
      nodes.map(([at, found]) => [filter.paths ? at : at.slice(at.lastIndexOf('.') + 1), found]),
    );
  }

  #addressed(path: string, { paths }: Filter): readonly string[] {
    const { tree } = this.#options.source;
    const patterns = paths ? paths.map((relative) => `${path}.${relative}`) : [path];
    for (const pattern of patterns) if (!tree.has(pattern)) throw unknownData(pattern);
    return patterns;
  }

  #data(paths: readonly string[]): DataPoint | readonly DataPoint[] {
    const { vehicle, capturedAt } = this.#options.source;
    const points = paths.map((path) => ({
      path,
      dp: { value: encode(vehicle.read(path).value), ts: timestamp(capturedAt(path)) },
    }));
    const [only, ...others] = points;
    return only && others.length === 0 ? only : points;
  }

  #answer(envelope: Envelope, body: Omit<Message, 'ts' | keyof Envelope>): void {
    this.#options.send({ ...envelope, ...body, ts: timestamp(this.#options.source.vehicle.now) });
  }

  #refuse(envelope: Envelope, error: VissError): void {
    this.#answer(envelope, { error: errorBody(error, this.#options.version) });
  }
}

const unknownData = (path: string) =>
  new VissError('unavailable_data', `Data is unknown: there is no ${path}.`);

/** The error that a write's outcome means; none where it was carried out. */
function problemOf(outcome: Outcome): VissError | undefined {
  const { code, facts } = outcome;
  switch (outcome.status) {
    case 'done':
    case 'unchanged':
    case 'answered':
      return undefined;
    case 'unavailable':
      return new VissError('unavailable_data', `Data temporarily unaccessible: ${code}.`);
    case 'needs':
      return new VissError('invalid_data', `The car needs to know more: ${outcome.slot}.`);
    case 'confirm':
    case 'refused': {
      const { decision } = outcome;
      if (!decision) {
        const said = facts['message'];
        return code.startsWith('signal.')
          ? new VissError('invalid_data', typeof said === 'string' ? said : code)
          : new VissError('forbidden_request', `The car refuses: ${code}.`);
      }
      const because = decision.because.map(({ path, value }) => `${path} is ${String(value)}`).join(', ');
      const verb = decision.verdict === 'confirm' ? 'wants a person to confirm this' : 'refuses this';
      return new VissError(
        'forbidden_request',
        `${decision.rule} ${verb}${because && ` while ${because}`} (${decision.remedy}).`,
      );
    }
  }
}
