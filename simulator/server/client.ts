import type { DefaultEventsMap, Socket } from 'socket.io';
import type { z } from 'zod';
import type { TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import type { Drive } from '../drive.ts';
import type { Player } from '../scenario/player.ts';
import { AudioStreams } from './audio-streams.ts';
import type { Crew } from './crew.ts';
import type { Feed } from './feed.ts';
import { explain, messages, type MessageName } from './messages.ts';
import type {
  Access,
  ClientToServer,
  Role,
  Problem,
  ServerToClient,
  SpokenReply,
  Written,
} from './protocol.ts';
import { createRateLimit } from './rate-limit.ts';

/** What the handshake has found out. */
interface Admitted {
  readonly access: Access;
  readonly role: Role | undefined;
  readonly page: string | undefined;
}
/** A dashboard that is served. */
export interface Client {
  /** Time has passed, or somebody has moved: what this client may not go on with ends. */
  review(): void;
}

export type DashboardSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Admitted>;

/** A person types at most so fast; a burst of five is a paste. */
const UTTERANCES = { burst: 5, perSecond: 2 };
/** A slider that is dragged. */
const WRITES = { burst: 20, perSecond: 10 };
/** A snapshot is some 20 kB: a client that loops on `resync` must not keep the server busy. */
const RESYNCS = { burst: 5, perSecond: 1 };
/** A page asks for each reply once, and the car says few. */
const SPOKEN = { burst: 10, perSecond: 2 };
/** Moving about, and answering who wants to drive. */
const MOVES = { burst: 5, perSecond: 1 };
/** No page sends what cannot be understood; who goes on doing so is not a page. */
const FAULTS = { burst: 50, perSecond: 2 };

/**
 * Serves one dashboard: checks each message at the boundary, answers what does not fit with a `problem`, and never
 * lets one client's fault reach another.
 */
export function serveClient(
  socket: DashboardSocket,
  {
    drive,
    player,
    feed,
    crew,
    onMove,
    handsFree,
    speak,
    clock,
  }: {
    readonly drive: Drive;
    readonly player: Player | undefined;
    readonly feed: Feed;
    readonly crew: Crew;
    /** Somebody has moved, asked to drive, or answered; with whom to tell that the driver said no. */
    readonly onMove: (refused?: string) => void;
    /** How microphones that stay open listen. */
    readonly handsFree: TurnOptions;
    /** The reply of a turn as sound. */
    readonly speak: (turn: string) => Promise<SpokenReply | null>;
    readonly clock: () => number;
  },
): Client {
  const mayUtter = createRateLimit(UTTERANCES.burst, UTTERANCES.perSecond, clock);
  const mayPedal = createRateLimit(UTTERANCES.burst, UTTERANCES.perSecond, clock);
  const mayWrite = createRateLimit(WRITES.burst, WRITES.perSecond, clock);
  const mayResync = createRateLimit(RESYNCS.burst, RESYNCS.perSecond, clock);
  const mayMove = createRateLimit(MOVES.burst, MOVES.perSecond, clock);
  const maySpeak = createRateLimit(SPOKEN.burst, SPOKEN.perSecond, clock);
  const mayFail = createRateLimit(FAULTS.burst, FAULTS.perSecond, clock);
  const problem = (reason: Problem['reason'], message: string, utterance?: string) => {
    feed.sendProblem({ reason, message, ...(utterance !== undefined && { utterance }) });
  };
  /** Everybody speaks and acts from their own seat; the pedals and a show have their own people. */
  const mayAct = (as: readonly Role[], utterance?: string) => {
    const role = crew.roleOf(socket.id);
    if (role !== undefined && as.includes(role)) return true;
    problem('not-allowed', notAllowed(role, as), utterance);
    return false;
  };
  const streams = new AudioStreams({
    drive,
    handsFree,
    clock,
    role: () => crew.roleOf(socket.id),
    turnId: (id) => turnId(socket, id),
    problem,
    tell: (listens) => socket.emit('listens', listens),
    tellSpeech: (speech) => socket.emit('speech', speech),
  });
  const on = <N extends MessageName>(
    name: N,
    use: (message: z.infer<(typeof messages)[N]>, answer: (...given: readonly unknown[]) => void) => void,
  ) => {
    // The client's types promise nothing: what arrives is unknown until the schema has seen it.
    socket.on(
      name as never,
      ((message: unknown, answer?: unknown) => {
        const checked = messages[name].safeParse(message);
        if (!checked.success) {
          problem('bad-message', `"${name}" was not understood: ${explain(checked.error)}`);
          if (!mayFail()) socket.disconnect(true);
          return;
        }
        try {
          use(checked.data as z.infer<(typeof messages)[N]>, (...given) => {
            if (isAnswer(answer)) answer(...given);
          });
        } catch (error) {
          // One message must not take the server down with it.
          problem('failed', `"${name}" failed: ${messageOf(error)}`);
        }
      }) as never,
    );
  };
  const mayBegin = (id: string) => {
    if (mayUtter()) return true;
    problem('too-much', 'That was too fast: wait a second, then say it again.', id);
    return false;
  };
  on('say', ({ id, seat, text }) => {
    if (mayAct([seat], id) && mayBegin(id))
      drive
        .say(text, seat, turnId(socket, id))
        .catch((error: unknown) => problem('failed', messageOf(error), id));
  });
  on('audio-start', (start) => {
    if (mayAct([start.seat], start.id) && mayBegin(start.id)) streams.start(start);
    else streams.drop(start.id);
  });
  on('audio-frame', ({ id, pcm }) => {
    streams.push(id, pcm);
  });
  on('audio-end', ({ id }) => {
    streams.end(id);
  });
  on('audio-cancel', ({ id }) => {
    streams.cancel(id);
  });
  on('saying', ({ text }) => {
    streams.saying(text);
  });
  on('speak', ({ turn }, answer) => {
    // Not worth a word: the reply stands in the caption.
    if (!maySpeak() || feed.isBehind()) return answer(null);
    speak(turn).then(
      // Several may have been asked for meanwhile.
      (spoken) => answer(feed.isBehind() ? null : spoken),
      (error: unknown) => {
        problem('failed', messageOf(error));
        answer(null);
      },
    );
  });
  on('write', ({ seat, path, value, confirmed = false }, answer) => {
    if (!mayAct([seat])) return answer();
    if (!mayWrite()) {
      problem('too-much', 'Too many settings at once: wait a second.');
      return answer();
    }
    const written: Written = drive.write(path, value, { seat, confirmed });
    answer(written);
  });
  on('pedals', ({ mode }) => {
    if (!mayAct(['driver'])) return;
    if (!mayPedal()) return problem('too-much', 'One pedal at a time: wait a second.');
    if (mode === 'drive') drive.driveOff();
    else drive.park();
  });
  on('show', (control) => {
    if (!mayAct(['driver', 'presenter'])) return;
    if (!player) return problem('bad-message', 'No scripted drive is played: start one with --scenario.');
    if (!mayPedal()) return problem('too-much', 'One thing at a time: wait a second.');
    if (control.do === 'pause' || control.do === 'resume') return player.pause(control.do === 'pause');
    const step = control.do === 'jump' ? control.step : player.show.step + 1;
    if (step <= player.show.step) return problem('bad-message', 'A show goes forward: jump to a later step.');
    player.jump(step).catch((error: unknown) => problem('failed', messageOf(error)));
  });
  on('move', ({ to }) => {
    if (!mayMove()) return problem('too-much', 'One seat at a time: wait a second.');
    const move = crew.move(socket.id, to);
    if (typeof move === 'object') problem('not-allowed', move.refused);
    else onMove();
  });
  on('handover', ({ yes }) => {
    if (mayMove()) onMove(crew.answer(socket.id, yes));
  });
  socket.on('resync', () => {
    if (mayResync()) feed.sendSnapshot();
    else problem('too-much', 'Too many resyncs: wait a second.');
  });
  socket.on('disconnect', () => {
    streams.close();
  });
  return {
    review: () => {
      streams.review();
    },
  };
}

const ROLE_NAMES: Record<Role, string> = {
  driver: 'the driver',
  passenger: 'the passenger',
  rear_left: 'the passenger on the rear left',
  rear_right: 'the passenger on the rear right',
  viewer: 'a viewer',
  presenter: 'the presenter',
};

/** What somebody is told when they try what only others may. */
function notAllowed(role: Role | undefined, as: readonly Role[]): string {
  if (role === undefined || role === 'viewer')
    return 'You are looking on. Choose a seat to speak to the car.';
  const others = as.map((other) => ROLE_NAMES[other]).join(' or ');
  return `Only ${others} can do that, and you are ${ROLE_NAMES[role]}.`;
}

/** Socket.IO hands over a function where the client waits for an answer; a client may send anything. */
const isAnswer = (value: unknown): value is (...given: readonly unknown[]) => void =>
  typeof value === 'function';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Ids come from clients: two of them may choose the same. */
const turnId = (socket: DashboardSocket, id: string) => `${socket.id}/${id}`;
