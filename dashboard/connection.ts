import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, Handshake, Problem, ServerToClient } from '../simulator/server/protocol.ts';
import { setText } from './dom.ts';
import { t } from './language/language.ts';
import { Store } from './store.ts';

export type CarSocket = Socket<ServerToClient, ClientToServer>;
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'gone' | 'refused';

/** After this many failed attempts the page says that the server is gone; it goes on trying. */
const ATTEMPTS_UNTIL_GONE = 4;

export interface Connection {
  readonly socket: CarSocket;
  readonly store: Store;
}

/**
 * Opens the socket to the server that served the page, and keeps the store in step with it.
 * @param shown the element that tells a person how things stand
 * @param handshake what the page says of itself, each time it connects
 * @param onProblem what the server could not do for this page; `refused`: it does not let the page in
 */
export function connect(
  shown: HTMLElement,
  handshake: () => Handshake,
  onProblem: (problem: Pick<Problem, 'message'>) => void,
): Connection {
  const store: Store = new Store(() => socket.emit('resync'));
  const socket: CarSocket = io({
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 2_000,
    auth: (give) => {
      give({ ...handshake() });
    },
  });
  const show = (state: ConnectionState) => {
    shown.dataset['state'] = state;
    setText(shown, t(`connection.${state}`));
  };
  show('connecting');
  let met = false;
  socket.on('connect', () => {
    met = true;
    show('connected');
  });
  socket.on('disconnect', (reason) => {
    show('reconnecting');
    // After a disconnect by the server, socket.io waits for us to come back.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', ({ message }) => {
    // The server's own no: trying again would not change it.
    if (socket.active) return;
    show('refused');
    onProblem({ message });
  });
  socket.io.on('reconnect_attempt', (attempt) => {
    show(attempt > ATTEMPTS_UNTIL_GONE ? 'gone' : met ? 'reconnecting' : 'connecting');
  });
  socket.on('snapshot', (snapshot) => {
    store.applySnapshot(snapshot);
  });
  socket.on('patch', (patch) => {
    store.applyPatch(patch);
  });
  socket.on('problem', onProblem);
  return { socket, store };
}
