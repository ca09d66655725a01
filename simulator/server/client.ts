import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { Seat } from '../../vehicle/command.ts';
import { SpeechError } from '../../assistant/speech/transcriber.ts';
import type { Drive } from '../drive.ts';
import type { Player } from '../scenario/player.ts';
import { AudioSession } from './audio-session.ts';
import type { Feed } from './feed.ts';
import { explain, MAX_SECONDS, messages, type MessageName } from './messages.ts';
import type { ClientToServer, Problem, ServerToClient, Written } from './protocol.ts';
import { createRateLimit } from './rate-limit.ts';

export type DashboardSocket = Socket<ClientToServer, ServerToClient>;

/** A person types at most so fast; a burst of five is a paste. */
const UTTERANCES = { burst: 5, perSecond: 2 };
/** A slider that is dragged. */
const WRITES = { burst: 20, perSecond: 10 };
/** A snapshot is some 20 kB: a client that loops on `resync` must not keep the server busy. */
const RESYNCS = { burst: 5, perSecond: 1 };
/** Utterances that one client may speak at the same time. */
const MAX_STREAMS = 2;

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
    clock,
  }: {
    readonly drive: Drive;
    readonly player: Player | undefined;
    readonly feed: Feed;
    readonly clock: () => number;
  },
): void {
  const mayUtter = createRateLimit(UTTERANCES.burst, UTTERANCES.perSecond, clock);
  const mayPedal = createRateLimit(UTTERANCES.burst, UTTERANCES.perSecond, clock);
  const mayWrite = createRateLimit(WRITES.burst, WRITES.perSecond, clock);
  const mayResync = createRateLimit(RESYNCS.burst, RESYNCS.perSecond, clock);
  const streams = new Map<string, AudioSession>();

  const problem = (reason: Problem['reason'], message: string, utterance?: string) => {
    socket.emit('problem', { reason, message, ...(utterance !== undefined && { utterance }) });
  };
  const failed = (error: unknown, utterance: string) => {
    const reason = error instanceof SpeechError && error.reason === 'not-audio' ? 'not-audio' : 'failed';
    problem(reason, messageOf(error), utterance);
  };
  const on = <N extends MessageName>(
    name: N,
    use: (message: z.infer<(typeof messages)[N]>, answer: (given: unknown) => void) => void,
  ) => {
    // The client's types promise nothing: what arrives is unknown until the schema has seen it.
    socket.on(
      name as never,
      ((message: unknown, answer?: unknown) => {
        const checked = messages[name].safeParse(message);
        if (!checked.success) {
          problem('bad-message', `"${name}" was not understood: ${explain(checked.error)}`);
          return;
        }
        try {
          use(checked.data as z.infer<(typeof messages)[N]>, (given) => {
            if (isAnswer(answer)) answer(given);
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
  const withStream = (id: string, use: (stream: AudioSession) => void) => {
    const stream = streams.get(id);
    if (stream) use(stream);
    else problem('no-stream', 'This recording has ended or never began: start again with "audio-start".', id);
  };

  on('say', ({ id, seat, text }) => {
    if (mayBegin(id)) drive.say(text, seat, turnId(socket, id)).catch((error: unknown) => failed(error, id));
  });
  on('audio-start', ({ id, seat, sampleRate }) => {
    if (!mayBegin(id)) return;
    if (streams.has(id)) return problem('bad-message', `The recording "${id}" has begun already.`, id);
    if (streams.size >= MAX_STREAMS)
      return problem('too-much', `At most ${MAX_STREAMS} recordings at once.`, id);
    streams.set(id, startListening(drive, socket, { id, seat, sampleRate }, failed));
  });
  on('audio-frame', ({ id, pcm }) => {
    withStream(id, (stream) => {
      if (stream.push(pcm)) return;
      streams.delete(id);
      problem('too-much', `A recording may last at most ${MAX_SECONDS} seconds.`, id);
    });
  });
  on('audio-end', ({ id }) => {
    withStream(id, (stream) => {
      stream.end();
      streams.delete(id);
    });
  });
  on('audio-cancel', ({ id }) => {
    withStream(id, (stream) => {
      stream.cancel();
      streams.delete(id);
    });
  });
  on('write', ({ seat, path, value, confirmed = false }, answer) => {
    if (!mayWrite()) return problem('too-much', 'Too many settings at once: wait a second.');
    const written: Written = drive.write(path, value, { seat, confirmed });
    answer(written);
  });
  on('pedals', ({ mode }) => {
    if (!mayPedal()) return problem('too-much', 'One pedal at a time: wait a second.');
    if (mode === 'drive') drive.driveOff();
    else drive.park();
  });
  on('show', (control) => {
    if (!player) return problem('bad-message', 'No scripted drive is played: start one with --scenario.');
    if (!mayPedal()) return problem('too-much', 'One thing at a time: wait a second.');
    if (control.do === 'pause' || control.do === 'resume') return player.pause(control.do === 'pause');
    const step = control.do === 'jump' ? control.step : player.show.step + 1;
    if (step <= player.show.step) return problem('bad-message', 'A show goes forward: jump to a later step.');
    player.jump(step).catch((error: unknown) => problem('failed', messageOf(error)));
  });
  socket.on('resync', () => {
    if (mayResync()) feed.sendSnapshot();
    else problem('too-much', 'Too many resyncs: wait a second.');
  });
  socket.on('disconnect', () => {
    for (const stream of streams.values()) stream.cancel();
    streams.clear();
  });
  feed.sendSnapshot();
}

/** Socket.IO hands over a function where the client waits for an answer; a client may send anything. */
const isAnswer = (value: unknown): value is (given: unknown) => void => typeof value === 'function';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Ids come from clients: two of them may choose the same. */
const turnId = (socket: DashboardSocket, id: string) => `${socket.id}/${id}`;

function startListening(
  drive: Drive,
  socket: DashboardSocket,
  { id, seat, sampleRate }: { id: string; seat: Seat; sampleRate: number },
  failed: (error: unknown, utterance: string) => void,
): AudioSession {
  const listening = drive.listen(seat, turnId(socket, id));
  listening.turn.catch((error: unknown) => failed(error, id));
  return new AudioSession(listening, sampleRate);
}
