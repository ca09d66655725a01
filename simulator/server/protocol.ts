/**
 * What travels between the simulator and a dashboard over Socket.IO: types only, so that the page may import it.
 *
 * The state is one document. A client gets a `snapshot` when it connects, then `patch`es; a patch fits only onto
 * the version it names. On a gap the client asks for `resync` and gets a fresh snapshot.
 */
import type { InterpretedCommand } from '../../assistant/understanding/interpreter.ts';
import type { Word } from '../../assistant/speech/transcriber.ts';
import type { MicrophoneState } from '../../assistant/speech/turn-taking/turn-taker.ts';
import type { Seat } from '../../vehicle/command.ts';
import type { Outcome } from '../../vehicle/outcome.ts';
import type { SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Transition } from '../../vehicle/transitions.ts';
import type { Place, Position, Route, TrafficReport } from '../../vehicle/world.ts';

/** A signal as the page sees it; `target` only where an actuator is told to reach one. */
export interface SignalState {
  readonly value: SignalValue;
  readonly target?: SignalValue;
}

/** One exchange: what was heard, what it meant, what the car did, what it said. Grows while it is processed; `id` stays. */
export interface ConversationTurn {
  readonly id: string;
  /** Epoch milliseconds of virtual time. */
  readonly at: number;
  readonly seat: Seat;
  /** `car`: the car has begun by itself. */
  readonly source: 'text' | 'speech' | 'car';
  readonly stage: 'listening' | 'understanding' | 'done' | 'failed';
  /** Partial while listening. */
  readonly heard: string;
  readonly words: readonly Word[];
  readonly commands: readonly InterpretedCommand[];
  readonly rejected: readonly InterpretedCommand[];
  readonly outcomes: readonly Outcome[];
  /** How the car's machines moved; absent where none did. */
  readonly transitions?: readonly Transition[];
  readonly reply: string;
  /** Stage name → milliseconds it took: `transcribe`, `understand`, `execute`. */
  readonly latency: Readonly<Record<string, number>>;
}

/** A scripted drive, as the audience and the presenter see it. */
export interface Show {
  readonly title: string;
  readonly caption: string;
  readonly camera: 'front' | 'side' | 'rear' | 'cabin' | 'chase' | 'cockpit' | null;
  /** For who moves it on; empty for everybody else. */
  readonly note: string;
  readonly paused: boolean;
  /** Milliseconds of virtual time since its start. */
  readonly at: number;
  /** Steps that are complete, of so many. */
  readonly step: number;
  readonly steps: number;
  /** What begins after the present step; for the presenter. */
  readonly next: { readonly title: string; readonly caption: string; readonly note: string } | null;
}

/** What somebody is at the car: in a seat, which they speak and act for; looking on; or moving a scripted drive on. */
export type Role = Seat | 'viewer' | 'presenter';

/** How far somebody was let in: to every place, to the passengers' seats, or to look on. */
export type Access = 'driver' | 'passenger' | 'viewer';

/** Who is at the car. Nobody is named: a seat is who sits in it. */
export interface Presence {
  /** Seats that somebody sits in. */
  readonly taken: readonly Seat[];
  readonly viewers: number;
  /** Who would like to drive; the driver is being asked. */
  readonly asksToDrive: Role | null;
}

/** Milliseconds of real time after which a driver who does not answer has handed over. */
export const HANDOVER_TIME = 15_000;

/** Told to one client, at the start and when it changes. */
export interface You {
  readonly role: Role;
  readonly access: Access;
  /** Addresses by which others can join, for those who may invite. */
  readonly invitations: readonly Invitation[];
}

export interface Invitation {
  readonly access: Access;
  readonly url: string;
}

/** The car's own clock: a scripted drive begins when its script says, and jumps. */
export interface CarClock {
  /** Epoch milliseconds of virtual time; whole seconds. */
  readonly now: number;
  /** Minutes that the car's clocks are ahead of UTC. */
  readonly utcOffset: number;
}

export interface DashboardState {
  readonly signals: Readonly<Record<string, SignalState>>;
  readonly route: Route | null;
  /** Newest last; at most `CONVERSATION_LENGTH`. */
  readonly conversation: readonly ConversationTurn[];
  /** The scripted drive that is played, if any. */
  readonly show: Show | null;
  readonly presence: Presence;
  readonly clock: CarClock;
}

export const CONVERSATION_LENGTH = 50;

export interface Snapshot {
  readonly version: number;
  readonly state: DashboardState;
}

export interface Patch {
  /** Applies only to this version ... */
  readonly from: number;
  /** ... and leads to this one. */
  readonly version: number;
  /** Changed signals, whole. */
  readonly signals?: Readonly<Record<string, SignalState>>;
  /** Changed route; null removes it. */
  readonly route?: Route | null;
  /** New or changed turns, whole. */
  readonly turns?: readonly ConversationTurn[];
  /** What changed about the scripted drive, whole. */
  readonly show?: Show;
  /** Who is there now, whole. */
  readonly presence?: Presence;
  /** The car's time, once a second. */
  readonly clock?: CarClock;
}

/** A typed error for one client; nothing else stops. */
export interface Problem {
  readonly reason: 'bad-message' | 'too-much' | 'not-audio' | 'no-stream' | 'not-allowed' | 'failed';
  /** What to do, for a person. */
  readonly message: string;
  /** Id of the utterance it belongs to. */
  readonly utterance?: string;
}

/** Served as `/signals.json`: what each signal is, an overlay's own ones among them. */
export type SignalList = readonly SignalDefinition[];

/** What became of a `write`: the gate's answer among others. */
export interface Written {
  readonly outcome: Outcome;
  /** The same in words. */
  readonly reply: string;
}

/** Served as `/world.json`: the map does not change while the car runs. */
export interface WorldMap {
  readonly name: string;
  /** Whom the map comes from, where its licence asks for that to be shown. */
  readonly attribution?: string;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly streets: readonly {
    readonly name: string;
    readonly kind: 'motorway' | 'primary' | 'secondary' | 'residential';
    readonly line: readonly Position[];
  }[];
  readonly areas: readonly {
    readonly kind: 'water' | 'park' | 'district';
    readonly name: string;
    readonly ring: readonly Position[];
  }[];
  readonly places: readonly Place[];
}

export const PAINT_FINISHES = ['solid', 'metallic', 'pearl', 'matte'] as const;
export const WHEEL_DESIGNS = ['turbine', 'star', 'disc'] as const;

/** How a brand's car looks. */
export interface CarLook {
  readonly paint?: { readonly colour: string; readonly finish: (typeof PAINT_FINISHES)[number] } | undefined;
  readonly wheels?: (typeof WHEEL_DESIGNS)[number] | undefined;
}

/** The page's colours by their names in its style sheet, each as `#rrggbb`. */
export type ThemeColours = Readonly<
  Record<'night' | 'card' | 'card-high' | 'line' | 'text' | 'soft' | 'accent' | 'accent-deep', string>
>;

/** A brand. Served as `/theme.json`: a list, the first of which is the page's unless it asks for another. */
export interface Theme extends CarLook {
  /** What a page asks for it by: `?theme=name`. */
  readonly name: string;
  readonly brand: string;
  /** What the car is called. */
  readonly car?: string | undefined;
  /** What the assistant is called. */
  readonly assistant?: string | undefined;
  /** Of the page. */
  readonly title?: string | undefined;
  readonly wakeWord?: string | undefined;
  /** A `data:` address of a picture. */
  readonly logo?: string | undefined;
  readonly colours?: ThemeColours | undefined;
}

/** Served as `/traffic.json`: the roads near the car that are not free, as of now. */
export type TrafficReports = readonly TrafficReport[];

/** Shape of streamed sound: mono 16-bit little-endian PCM at `sampleRate`. */
export interface AudioStart {
  readonly id: string;
  readonly seat: Seat;
  readonly sampleRate: number;
  /** The microphone stays open: the server finds out who speaks to the car, and when. One utterance unless so. */
  readonly handsFree?: boolean | undefined;
}

/** What a microphone that stays open does now. */
export interface Listens {
  /** Of its `audio-start`. */
  readonly id: string;
  readonly state: MicrophoneState;
  /** What wakes it. */
  readonly wakeWord: string;
  /** The car has asked, and nobody answered. */
  readonly why?: 'no-input';
  /** Somebody speaks over the car's voice: it is to stop. */
  readonly hush?: true;
}

/** Somebody speaks into a microphone that stays open, to whomever, until all of it is heard. */
export interface Speech {
  /** Of its `audio-start`. */
  readonly id: string;
  readonly isHeard: boolean;
}

/**
 * Who says the replies aloud: the page where the browser has a voice on its machine and else the server (`auto`), one
 * of the two, or nobody.
 */
export const VOICES = ['auto', 'browser', 'server', 'off'] as const;
export type VoiceBy = (typeof VOICES)[number];

/** A reply as sound: mono 16-bit little-endian PCM, no samples where nothing of it can be said. */
export interface SpokenReply {
  readonly rate: number;
  readonly pcm: ArrayBuffer;
}

export type ShowControl =
  | { readonly do: 'pause' | 'resume' | 'next' }
  /** @param step from 1; only ahead */
  | { readonly do: 'jump'; readonly step: number };

export interface ClientToServer {
  /** Type to the car. */
  say(message: { readonly id: string; readonly seat: Seat; readonly text: string }): void;
  'audio-start'(message: AudioStart): void;
  'audio-frame'(message: { readonly id: string; readonly pcm: ArrayBuffer }): void;
  'audio-end'(message: { readonly id: string }): void;
  'audio-cancel'(message: { readonly id: string }): void;
  /** What the page's voice says now, null when it has stopped: the open microphone hears it, too. */
  saying(message: { readonly text: string | null }): void;
  /** The reply of a turn as sound; null when there is none, which may have been told as a problem. */
  speak(message: { readonly turn: string }, hear: (spoken: SpokenReply | null) => void): void;
  /** Drive off along the route (or the road), or brake and park. */
  pedals(message: { readonly mode: 'drive' | 'park' }): void;
  /**
   * Sets an actuator's target, through the safety gate. `confirmed`: its question was answered with yes. Answered with
   * nothing where the client may not, which has been told as a problem.
   */
  write(
    message: {
      readonly seat: Seat;
      readonly path: string;
      readonly value: SignalValue;
      readonly confirmed?: boolean;
    },
    tell: (written?: Written) => void,
  ): void;
  /** Moves the scripted drive on; a jump completes so many steps at once. */
  show(message: ShowControl): void;
  /** Changes places. A driver's seat that is taken is asked for. */
  move(message: { readonly to: Role }): void;
  /** The driver's answer to whoever asks to drive. */
  handover(message: { readonly yes: boolean }): void;
  resync(): void;
}

export interface ServerToClient {
  snapshot(message: Snapshot): void;
  patch(message: Patch): void;
  problem(message: Problem): void;
  you(message: You): void;
  listens(message: Listens): void;
  speech(message: Speech): void;
  /** Once, before anything is to be said. */
  voice(message: { readonly by: VoiceBy }): void;
}

/** What a client says of itself when it connects. */
export interface Handshake {
  /** Of the invitation it came by. */
  readonly token?: string | undefined;
  /** What it would like to be; in the next free seat unless given. */
  readonly role?: Role | undefined;
  /** A secret of this page for as long as it is open: whoever comes back with it takes the place of the line that broke. */
  readonly page?: string | undefined;
}
