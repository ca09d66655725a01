import type { Command, SlotValue } from '../../vehicle/command.ts';
import type { InterpretedCommand, Interpretation } from '../understanding/interpreter.ts';
import { complete } from './follow-ups/complete.ts';
import { fitted, targetOf, withSlots } from './follow-ups/fit.ts';
import { NEW_CONVERSATION, type ConversationState } from './machine/conversation-machine.ts';
import type { Question } from './machine/memory.ts';
import { answerTo, type AnswerParts } from './questions/answer.ts';
import { again, correct, help, stop, why } from './repair/repair.ts';
import { inWords } from './replies/wording.ts';
import { carryOutAhead, teach, type Ahead } from './routines/carry-out-ahead.ts';
import { Turn, type Exchange, type Surroundings } from './turn.ts';
import { choose, readWish, saidWish, type Wish } from './wishes/wish.ts';

export { NEW_CONVERSATION, type ConversationState, type Exchange, type Surroundings };
export { QUESTION_LIFETIME } from './machine/memory.ts';

/** What was rejected, yet this likely, is worth the question whether it was meant. */
const WORTH_ASKING = 0.35;
/** An utterance that is as surely nothing for the car is not handed over either: people talk to each other. */
const NOT_FOR_THE_CAR = 0.9;

/**
 * One turn: carries out what was understood and finds the reply.
 * @param heard the model's reading; of a taught routine, that of its body
 * @param ahead what was understood without the model
 */
export function converse(
  state: ConversationState,
  heard: Interpretation,
  by: Surroundings,
  ahead?: Ahead,
): Exchange {
  const turn = new Turn(state, by);
  by.car.compound(() => {
    if (ahead) carryOutAhead(turn, ahead, heard);
    else take(turn, heard);
  });
  return turn.finish({ text: ahead?.said ?? heard.text });
}

function take(turn: Turn, heard: Interpretation): void {
  const { question } = turn;
  if (question?.kind === 'teach' && !isAboutTheTalk(heard)) {
    turn.settle();
    return teach(turn, question.name, heard);
  }
  const answered = question && answerTo(question, heard, answerParts(turn));
  if (question && answered) {
    const { answer, rest } = answered;
    if (answer.is === 'unclear') return unclear(turn);
    if (answer.is === 'do' && isSomebodyElses(turn, question, answer.commands)) return;
    turn.settle();
    if (answer.is === 'no') {
      // "No, turn it down instead": the new wish is answer enough.
      if (rest.length === 0) turn.say(answer.code);
    } else {
      for (const command of answer.commands) carryOut(turn, command, question, answer.confirmed);
    }
    turn.takeUp();
    return takeAll(turn, rest, heard);
  }
  const wish = saidWish(turn.by.data.wishes, heard.text);
  if (wish) fulfil(turn, wish, undefined);
  else takeAll(turn, heard.commands, heard);
  // Whoever asked something new is answered first; what was open comes back, or is given up.
  if (question && turn.question === question && turn.hasActed && !isAboutTheTalk(heard)) turn.postpone();
}

const answerParts = (turn: Turn): AnswerParts => ({
  ...turn.by.data,
  inWords: (command) => inWords(command, turn.replies),
  hasNumber: (person, type) => {
    const contact = { text: String(person), value: person };
    const asked: Command = { intent: 'phone.contact.query', slots: { contact, phone_type: type } };
    return turn.by.car.execute(asked, { seat: turn.by.seat }).status === 'answered';
  },
});

const isAboutTheTalk = ({ commands }: Interpretation) =>
  commands.every(({ intent }) => /^(dialogue\.(why|help|repeat|greet|thanks|cancel)|none\.)/.test(intent));

function unclear(turn: Turn): void {
  turn.say('dialogue.unclear_answer');
  turn.postpone();
}

/** Says so where the speaker may not answer what somebody else was asked: the question stays open. */
function isSomebodyElses(turn: Turn, question: Question, commands: readonly Command[]): boolean {
  const { car, seat } = turn.by;
  if (seat === question.seat) return false;
  if (question.kind === 'owner') {
    // Only the owner agrees; the driver answers for the car.
    if (seat === 'driver') return false;
    turn.say('dialogue.owner.not_yours');
    return true;
  }
  if (question.kind !== 'confirm') return false;
  // Who may not do it may not agree to it either.
  const speaker = { seat, confirmed: true };
  const forbidden = commands.find((command) => car.preview(command, speaker).verdict === 'refuse');
  if (forbidden) turn.tell(car.execute(forbidden, speaker));
  return forbidden !== undefined;
}

/** What the answer decides, for whom it was first asked. */
function carryOut(turn: Turn, command: Command, question: Question, confirmed: boolean): void {
  if (command.intent === 'dialogue.undo.select') {
    // The gate knows of an undo only what it would write: it decides for whoever agrees to that.
    turn.tell(turn.by.car.undo({ seat: turn.by.seat, confirmed }));
  } else if (question.kind === 'owner') {
    turn.execute(command, { seat: question.from, agreed: true });
  } else {
    turn.execute(command, { seat: question.kind === 'confirm' ? question.seat : turn.by.seat, confirmed });
  }
}

function takeAll(turn: Turn, commands: readonly InterpretedCommand[], heard: Interpretation): void {
  for (const command of commands) takeOne(turn, command, heard);
}

function takeOne(turn: Turn, read: InterpretedCommand, heard: Interpretation): void {
  const { intent, slots } = read;
  switch (intent) {
    case 'dialogue.affirm.select':
      return turn.say('dialogue.no_question');
    case 'dialogue.deny.select':
      return heard.commands.length > 1 ? undefined : turn.say('dialogue.deny');
    case 'dialogue.cancel.select':
      return /^\W*(please )?stop( it| that)?( please)?\W*$/i.test(heard.text)
        ? stop(turn)
        : turn.say('dialogue.cancel');
    case 'dialogue.choose.select':
      return chooseAgain(turn, read);
    case 'dialogue.undo.select':
      return turn.tell(turn.by.car.undo({ seat: turn.by.seat }));
    case 'dialogue.again.select':
      return again(turn, slots, heard.text);
    case 'dialogue.correct.select':
      return correct(turn, slots, heard.text);
    case 'dialogue.repeat.select':
      return turn.before.lastReply ? turn.quote(turn.before.lastReply) : turn.say('dialogue.nothing_before');
    case 'dialogue.why.query':
      return why(turn);
    case 'dialogue.help.query':
      return help(turn, slots);
    case 'dialogue.greet.select':
      return turn.say('dialogue.greet');
    case 'dialogue.thanks.select':
      return turn.say('dialogue.thanks');
    case 'none.out_of_scope.select':
      return STOP.test(heard.text) ? stop(turn) : notTheCars(turn, read, heard);
    case 'question.query':
    case 'news.query':
      return notTheCars(turn, read, heard);
    case 'none.silence.select':
      return;
    default: {
      const completed = complete(read, heard.text, turn.before, {
        ...turn.by.data,
        seat: turn.by.seat,
        breath: turn.carriedOut,
      });
      if ('which' in completed) return askWhich(turn, completed.which);
      const wish = readWish(turn.by.data.wishes, completed.command);
      if (wish) fulfil(turn, wish, completed.command.slots.zone);
      else turn.execute(completed.command, { said: heard.text.slice(...read.span) });
    }
  }
}

/** Nobody says this to anybody else: whatever the model makes of it, something is to end. */
const STOP = /^\W*((please|okay|ok) )?stop( it| that)?( please)?\W*$/i;

/** Asks which of several commands is meant. */
function askWhich(turn: Turn, commands: readonly Command[]): void {
  turn.askWords({ kind: 'which', commands }, 'dialogue.which', {
    first: inWords(commands[0] ?? NOTHING, turn.replies),
    second: inWords(commands[1] ?? NOTHING, turn.replies),
  });
}
const NOTHING: Command = { intent: 'none.silence.select', slots: {} };

/** "Two" after "seat heating on": a choice without a question changes what was done last. */
function chooseAgain(turn: Turn, { slots }: Command): void {
  const last = turn.before.last.at(-1);
  const values = last ? fitted(slots, last, turn.by.data.ontology) : {};
  if (last && Object.keys(values).length > 0) turn.execute(withSlots(last, values));
  else turn.say('dialogue.no_question');
}

/** A wish that says how somebody feels: the car's state decides what is done about it. */
function fulfil(turn: Turn, wish: Wish, zone: SlotValue | undefined): void {
  const choice = choose(wish, turn.read, turn.shown, zone);
  if (!choice) return turn.say('none.out_of_scope');
  const { commands, offer, reason } = choice;
  if (reason) {
    turn.explain(reason);
    if (offer.length > 0) return turn.askWords({ kind: 'offer', commands: offer }, reason.code, reason.facts);
    turn.say(reason.code, reason.facts);
  }
  for (const command of commands) turn.execute(command);
}

/** What is nothing for the car: asked back when it was nearly understood, else handed over, else declined. */
function notTheCars(turn: Turn, read: InterpretedCommand, heard: Interpretation): void {
  const isQuestion = read.intent !== 'none.out_of_scope.select';
  const [first, second] = heard.rejected.filter(
    ({ intent }) => !/^(none|dialogue|question|news)\./.test(intent),
  );
  if (!isQuestion && first && first.confidence >= WORTH_ASKING && heard.commands.length === 1) {
    const alike =
      second &&
      targetOf(second.intent) === targetOf(first.intent) &&
      second.confidence > first.confidence / 2;
    if (alike) return askWhich(turn, [first, second].map(plainCommand));
    return turn.askWords({ kind: 'meant', command: plainCommand(first) }, 'dialogue.meant', {
      what: inWords(first, turn.replies),
    });
  }
  const maybe = isQuestion || read.confidence < NOT_FOR_THE_CAR;
  if (turn.by.handsOver && maybe && heard.commands.length === 1) return turn.handOver(heard.text);
  turn.say(isQuestion ? 'dialogue.no_larger_model' : 'none.out_of_scope');
}

const plainCommand = ({ intent, slots }: Command): Command => ({ intent, slots });
