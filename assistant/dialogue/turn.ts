import type { Command, Seat, Slots } from '../../vehicle/command.ts';
import type { Facts, Outcome } from '../../vehicle/outcome.ts';
import { atoms } from '../../vehicle/slots.ts';
import type { Interpretation } from '../understanding/interpreter.ts';
import { readerOf, shownOn, type Car, type Shown } from './car.ts';
import type { DialogueData } from './dialogue-data.ts';
import { targetOf, withSlots } from './follow-ups/fit.ts';
import { readerFor, type Read } from './machine/data.ts';
import { after, type ConversationEvent, type ConversationState } from './machine/conversation-machine.ts';
import {
  CONTEXT_TURNS,
  EXCHANGES,
  type Memory,
  type NewQuestion,
  type Option,
  type Question,
  type Reason,
} from './machine/memory.ts';
import {
  currentProfile,
  inOwnWords,
  withCurrent,
  withName,
  type Profile,
  type Profiles,
} from './profile/profile.ts';
import { byName } from './questions/choose.ts';
import { ownerOf, owning } from './questions/ownership.ts';
import type { Replies } from './replies.ts';
import { saidAs, sumUp, type Said } from './replies/sum.ts';
import { inWords } from './replies/wording.ts';

/** Where and to whom something is said. */
export interface Surroundings {
  readonly seat: Seat;
  /** Epoch milliseconds of virtual time. */
  readonly now: number;
  readonly car: Car;
  readonly replies: Replies;
  readonly data: DialogueData;
  readonly profiles: Profiles;
  /** Whether a larger model is there to answer what the car cannot. */
  readonly handsOver?: boolean;
}

/** What a larger model shall answer; the shell asks it and concludes the turn. */
export interface HandOver {
  readonly text: string;
}

export interface Exchange {
  readonly state: ConversationState;
  readonly outcomes: readonly Outcome[];
  /** Empty: the car says nothing (silence), or a larger model is asked first. */
  readonly reply: string;
  /** Changed when something was taught. */
  readonly profiles: Profiles;
  readonly handOver?: HandOver;
}

/** Slots beside which a missing value is the one of the turn before: "and the passenger too". */
const WHOSE: readonly (keyof Slots)[] = ['zone', 'side', 'channel', 'direction'];

/** One turn while it is carried out: what is done, asked and said in it. */
export class Turn {
  readonly by: Surroundings;
  readonly before: Memory;
  /** As short as can be, when eyes are on the road or the driver likes it so. */
  readonly isBrief: boolean;
  readonly read: Read;
  readonly shown: Shown;
  readonly #spoken: Replies;
  readonly #outcomes: Outcome[] = [];
  readonly #said: Said[] = [];
  readonly #carriedOut: Command[] = [];
  #state: ConversationState;
  #profiles: Profiles;
  #reason: Reason | null = null;
  #owners: Memory['owners'];
  #held: Memory['held'] = [];
  #hasAsked = false;
  #place: Option | null = null;
  #person: string | null = null;
  #handOver: HandOver | undefined;

  constructor(state: ConversationState, by: Surroundings) {
    this.by = by;
    this.#state = after(state, { type: 'tick', now: by.now });
    this.before = this.#state.context;
    this.#profiles = by.profiles;
    this.#owners = this.before.owners;
    const read = readerOf(by.car);
    this.read = readerFor(by.seat, read);
    this.shown = shownOn(by.car);
    this.isBrief = read('Vehicle.IsMoving') === true || this.profile.replies === 'brief';
    this.#spoken = this.isBrief ? by.replies.brief : by.replies;
  }

  get question(): Question | null {
    return this.#state.context.question;
  }

  get profile(): Profile {
    return currentProfile(this.#profiles);
  }

  get profiles(): Profiles {
    return this.#profiles;
  }

  get replies(): Replies {
    return this.#spoken;
  }

  get hasActed(): boolean {
    return this.#outcomes.length > 0 || this.#said.length > 0;
  }

  /** So far in this turn. */
  get carriedOut(): readonly Command[] {
    return this.#carriedOut;
  }

  keep(profiles: Profiles): void {
    this.#profiles = profiles;
  }

  change(change: (profile: Profile) => Profile): void {
    this.#profiles = withCurrent(this.#profiles, change);
  }

  learn(memory: Partial<Omit<Memory, 'question'>>): void {
    this.#send({ type: 'learn', memory });
  }

  /** The open question has its answer, or nobody wants it. */
  settle(): void {
    this.#send({ type: 'settle' });
  }

  /** Something else was said: what the speaker wanted is asked again, once; the rest is given up. */
  postpone(): void {
    this.#send({ type: 'postpone', now: this.by.now });
    const { question } = this;
    if (question && question.kind !== 'list') this.#said.push({ text: question.asks, as: 'question' });
  }

  /** An answer was given: what waited for it comes now. */
  takeUp(): void {
    for (const { command, seat } of this.before.held) this.execute(command, { seat });
  }

  /**
   * Carries a command out for the speaker, or for whom it was first asked.
   * @param as who wished it, in which words, and whether the gate's or an owner's question was answered
   */
  execute(
    command: Command,
    { confirmed = false, seat = this.by.seat, agreed = false, said = '' } = {},
  ): Outcome | undefined {
    const own = inOwnWords(command, this.profile);
    const owner = agreed ? undefined : ownerOf(own, seat, this.#owners, this.by.now);
    if (owner) {
      if (this.#hasAsked) {
        this.#hold(own, seat);
        return undefined;
      }
      this.askWords({ kind: 'owner', command: own, from: seat, seat: owner }, 'dialogue.owner', {
        seat: owner,
        from: seat,
        what: inWords(own, this.replies),
      });
      return undefined;
    }
    const speaker = { seat, confirmed };
    let outcome = this.by.car.execute(own, speaker);
    if (outcome.status === 'needs') {
      const whole = this.#inherited(own, outcome.slot) ?? singledOut(own, outcome, said);
      if (whole) outcome = this.by.car.execute(whole, speaker);
    }
    this.tell(outcome, seat);
    return outcome;
  }

  /** "And the passenger too": what is missing was said the turn before, for the same thing. */
  #inherited(command: Command, slot: string): Command | undefined {
    if (!WHOSE.some((name) => command.slots[name])) return undefined;
    const before = this.before.last.find(({ intent }) => targetOf(intent) === targetOf(command.intent));
    const value = before?.slots[slot as keyof Slots];
    return value && withSlots(command, { [slot]: value });
  }

  /** Takes an outcome into the turn: its words, its question, what is remembered of it. */
  tell(outcome: Outcome, seat: Seat = this.by.seat): void {
    const asks = outcome.status === 'confirm' || outcome.status === 'needs';
    if (asks && this.#hasAsked) {
      this.#hold(outcome.command, seat);
      return;
    }
    this.#outcomes.push(outcome);
    const text = this.replies.of(outcome);
    this.#said.push({ text, as: saidAs(outcome) });
    this.#mention(outcome);
    if (outcome.status === 'confirm')
      this.#ask({ kind: 'confirm', command: outcome.command, seat, asks: text });
    else if (outcome.status === 'needs') this.#askFor(outcome, seat, text);
    else if (outcome.status !== 'unavailable' && !isAboutTheTalk(outcome.command))
      this.#carriedOut.push(outcome.command);
    if (outcome.status === 'done' || outcome.status === 'unchanged') {
      this.#owners = owning(outcome.command, seat, this.#owners, this.by.now);
      this.#keepPlace(outcome);
    }
  }

  /** One question at a time: a "yes" must not be taken for the answer to another. */
  #hold(command: Command, seat: Seat): void {
    this.#held = [...this.#held, { command, seat }];
  }

  /** "Save this place as home" is kept for the next drive as well. */
  #keepPlace({ command, facts }: Outcome): void {
    const { name, address } = facts;
    if (
      command.intent !== 'navigation.location.add' ||
      typeof name !== 'string' ||
      typeof address !== 'string'
    )
      return;
    this.change((profile) => withName(profile, { name, is: 'place', means: address }));
  }

  #askFor(outcome: Needs, seat: Seat, asks: string): void {
    const { command, slot } = outcome;
    const options = candidates(outcome);
    this.#ask(
      options.length > 0
        ? { kind: 'choice', command, slot, options, seat, asks }
        : { kind: 'slot', command, slot, seat, asks },
    );
  }

  /** Asks in the words of a message. */
  askWords(question: NewQuestion & { readonly seat?: Seat }, code: string, facts: Facts = {}): void {
    const asks = this.replies.say(code, facts);
    this.#said.push({ text: asks, as: 'question' });
    this.#ask({ seat: this.by.seat, ...question, asks });
  }

  #ask(question: NewQuestion & { readonly seat: Seat; readonly asks: string }): void {
    this.#hasAsked ||= question.kind !== 'list';
    this.#send({ type: 'ask', question, now: this.by.now });
  }

  /** Places and people that were named: "there", "the second one", "her". */
  #mention(outcome: Outcome): void {
    const { facts, command, code } = outcome;
    if (command.intent === 'navigation.poi.query' && outcome.status === 'answered') {
      const options = optionsOf(outcome);
      this.#place = options[0] ?? null;
      if (options.length > 0) this.#ask({ kind: 'list', options, seat: this.by.seat, asks: '' });
    } else if (typeof facts.destination === 'string') {
      const [value] = atoms(command.slots.destination ?? command.slots.poi_name);
      this.#place = { label: facts.destination, value: value ?? facts.destination };
    } else if (code === 'weather.query' && command.slots.destination) {
      const { text, value } = command.slots.destination;
      this.#place = { label: text, value: atoms({ text, value })[0] ?? text };
    }
    if (/^(phone|message)\./.test(code) && typeof facts.name === 'string' && outcome.status !== 'needs')
      this.#person = facts.name;
  }

  say(code: string, facts?: Facts): void {
    this.#said.push({ text: this.replies.say(code, facts), as: 'told' });
  }

  /** Words that are no message of their own: a reason, a repetition. */
  quote(text: string): void {
    this.#said.push({ text, as: 'told' });
  }

  explain(reason: Reason): void {
    this.#reason = reason;
  }

  handOver(text: string): void {
    this.#handOver = { text };
  }

  finish({ text }: Pick<Interpretation, 'text'>): Exchange {
    const reply = sumUp(this.#said, this.replies, this.isBrief);
    const isSilent = text.trim() === '' || (reply === '' && this.#outcomes.length === 0 && !this.#handOver);
    const common = { outcomes: this.#outcomes, reply, profiles: this.#profiles };
    if (isSilent) return { ...common, state: this.#state };
    this.learn(this.#learnt(text, reply));
    return { ...common, state: this.#state, ...(this.#handOver && { handOver: this.#handOver }) };
  }

  #learnt(text: string, reply: string): Partial<Omit<Memory, 'question'>> {
    const { before, by } = this;
    const acted = this.#carriedOut.length > 0;
    const turns = [
      ...before.context,
      { who: 'user', text } as const,
      ...(reply ? [{ who: 'car', text: reply } as const] : []),
    ];
    const told = this.#outcomes.length > 0 || this.#reason !== null;
    return {
      context: turns.slice(-CONTEXT_TURNS),
      exchanges: reply
        ? [...before.exchanges, { user: text, car: reply }].slice(-EXCHANGES)
        : before.exchanges,
      last: acted ? this.#carriedOut : before.last,
      lastSeat: acted ? by.seat : before.lastSeat,
      lastHeard: told ? text : before.lastHeard,
      // What changed is the car's business; it would only be carried along.
      lastOutcomes:
        this.#outcomes.length > 0
          ? this.#outcomes.map((outcome) => ({ ...outcome, changes: [] }))
          : before.lastOutcomes,
      lastReply: reply || before.lastReply,
      reason: told ? this.#reason : before.reason,
      place: this.#place ?? before.place,
      person: this.#person ?? before.person,
      owners: this.#owners,
      ...(this.#held.length > 0 && { held: this.#held }),
      spokenAt: by.now,
    };
  }

  #send(event: ConversationEvent): void {
    this.#state = after(this.#state, event);
  }
}

type Needs = Extract<Outcome, { status: 'needs' }>;

/** What fits one slot: places, or people. */
function candidates({ choices, facts }: Needs): readonly Option[] {
  if (choices.length > 0) return choices.map((place) => ({ label: place.name, value: place.id, place }));
  const names = Array.isArray(facts.names) ? (facts.names as readonly string[]) : [];
  return names.map((name) => ({ label: name, value: name }));
}

/** Of several that fit, the one that the speaker's other words name: "Berger" beside the slot "Anna". */
function singledOut(command: Command, outcome: Needs, said: string): Command | undefined {
  const option = byName(candidates(outcome), said);
  return option && withSlots(command, { [outcome.slot]: { text: option.label, value: option.value } });
}

/** Taking back is nothing to be done "again". */
const isAboutTheTalk = ({ intent }: Command) => intent.startsWith('dialogue.');

/** The places of an answer, as options. */
function optionsOf(outcome: Extract<Outcome, { status: 'answered' }>): readonly Option[] {
  const { choices = [] } = outcome;
  if (choices.length > 0) return choices.map((place) => ({ label: place.name, value: place.id, place }));
  const { names, ids } = outcome.facts;
  if (!Array.isArray(names) || !Array.isArray(ids)) return [];
  return (names as readonly string[]).map((label, index) => ({ label, value: String(ids[index]) }));
}
