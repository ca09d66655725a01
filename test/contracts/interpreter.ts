import assert from 'node:assert/strict';
import {
  UnderstandingError,
  type Interpretation,
  type Interpreter,
} from '../../assistant/understanding/interpreter.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import type { Intent } from '../../vehicle/ontology.generated.ts';

/** What every interpreter under test must know: the plainest commands of a car. */
export const PLAIN_COMMANDS: readonly (readonly [text: string, intents: readonly Intent[]])[] = [
  ['turn on the air conditioning', ['climate.ac.on']],
  ['turn off the air conditioning', ['climate.ac.off']],
  ['open the trunk', ['trunk.open']],
  ['close the trunk', ['trunk.close']],
  ['lock the doors', ['door.lock']],
  ['unlock the doors', ['door.unlock']],
  ['turn the volume up', ['media.volume.increase']],
  ['turn the volume down', ['media.volume.decrease']],
  ['turn on the fog lights and unlock the doors', ['light.fog.on', 'door.unlock']],
];

/** And one with a slot. */
export const WITH_SLOT = {
  text: 'set the temperature to 21 degrees',
  intent: 'climate.temperature.set',
  temperature: { text: '21 degrees', value: 21 },
} as const;

const NOW = { now: Date.parse('2026-11-21T08:00:00Z') };
/** What people and programs send that is no command. */
const NO_COMMANDS = [
  '', ' ', '\t\n', '…', '?!', '🥶', '👩‍👩‍👧‍👦🎉', '\u0000\u0007\u001b', '\u202e\u200b', 'открой окно', '打开窗户', 'افتح النافذة', 'फ़ोन', '\ud800', '[CAR] [SEP]', '[BLANK_AUDIO]', '<script>', '....,,,,;;;;',
]; // prettier-ignore

/** What holds of every interpreter, whatever it runs on. */
export function interpreterContract(open: () => Promise<Interpreter>): void {
  const ontology = openOntology();
  let interpreter: Interpreter;
  before(async () => {
    interpreter = await open();
  });
  after(() => interpreter.close());

  const interpret = async (text: string): Promise<Interpretation> => {
    const [interpretation] = await interpreter.interpret([{ text }], NOW);
    assert.ok(interpretation);
    return interpretation;
  };
  const isWellFormed = ({ text, commands, rejected, raw = [], domain, ms }: Interpretation) => {
    assert.ok(commands.length > 0);
    assert.equal(domain, ontology.domainOf(commands[0]!.intent));
    assert.ok(ms >= 0);
    for (const { confidence, span } of [...commands, ...rejected, ...raw]) {
      assert.ok(confidence >= 0 && confidence <= 1, `${confidence}`);
      assert.ok(
        span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length,
        `${span.join('–')} of "${text}"`,
      );
    }
    for (const { intent, slots } of [...commands, ...rejected]) {
      const label = ontology.labels.get(intent);
      assert.ok(label, intent);
      for (const [name, slot] of Object.entries(slots)) {
        assert.ok(label.slots.includes(name), `${intent} has no ${name}`);
        assert.ok(text.includes(slot.text), `"${slot.text}" in "${text}"`);
      }
    }
  };

  for (const [text, intents] of PLAIN_COMMANDS) {
    it(`[NLU-23] "${text}" is ${intents.join(' + ')}`, async () => {
      const interpretation = await interpret(text);
      isWellFormed(interpretation);
      const understood = interpretation.commands.map(({ intent }) => intent);
      if (interpreter.capabilities.multipleCommands) assert.deepEqual(understood, intents);
      else
        assert.ok(understood.length === 1 && intents.includes(understood[0] as Intent), String(understood));
    });
  }

  it(`[NLU-32] "${WITH_SLOT.text}" has a temperature where slots are found`, async () => {
    const interpretation = await interpret(WITH_SLOT.text);
    isWellFormed(interpretation);
    const { intent, slots } = interpretation.commands[0]!;
    assert.equal(intent, WITH_SLOT.intent);
    const { slots: finds } = interpreter.capabilities;
    assert.deepEqual(slots, finds ? { temperature: WITH_SLOT.temperature } : {});
  });

  it('[NLU-24] answers each utterance of a batch in its place, as it answers it alone', async () => {
    const texts = PLAIN_COMMANDS.map(([text]) => text).flatMap((text) => [text, '', `${text} please`]);
    const together = await interpreter.interpret(
      texts.map((text) => ({ text })),
      NOW,
    );
    assert.deepEqual(
      together.map(({ text }) => text),
      texts,
    );
    for (const [index, text] of texts.entries()) {
      const alone = await interpret(text);
      assert.deepEqual(
        together[index]?.commands.map(({ intent }) => intent),
        alone.commands.map(({ intent }) => intent),
        text,
      );
    }
  });

  it('[NLU-24] no utterances have no interpretations', async () => {
    assert.deepEqual(await interpreter.interpret([], NOW), []);
  });

  for (const text of NO_COMMANDS) {
    it(`[NLU-25] ${JSON.stringify(text)} is no command`, async () => {
      const interpretation = await interpret(text);
      isWellFormed(interpretation);
      const spoken = /[\p{L}\p{N}]/u.test(text);
      for (const { intent } of interpretation.commands)
        assert.ok(intent.startsWith('none.') && (spoken || intent === 'none.silence.select'), intent);
    });
  }

  it('[NLU-26] ten thousand words are refused or declined, never carried out', async () => {
    try {
      const { commands } = await interpret('word '.repeat(10_000));
      assert.ok(commands.every(({ intent }) => intent.startsWith('none.')));
    } catch (error) {
      assert.ok(
        error instanceof UnderstandingError && error.reason === 'input-too-long' && error.recoverable,
      );
    }
  });

  it('[NLU-24] utterances asked for at the same time do not mix', async () => {
    const answers = await Promise.all(PLAIN_COMMANDS.map(([text]) => interpret(text)));
    for (const [index, [text, intents]] of PLAIN_COMMANDS.entries()) {
      assert.equal(answers[index]?.text, text);
      assert.ok(intents.includes(answers[index].commands[0]!.intent as Intent), text);
    }
  });
}
