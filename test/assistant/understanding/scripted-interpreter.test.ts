import assert from 'node:assert/strict';
import { openOntology } from '../../../assistant/understanding/open-phrase-book.ts';
import { createScriptedInterpreter } from '../../../assistant/understanding/scripted-interpreter.ts';
import { interpreterContract, PLAIN_COMMANDS, WITH_SLOT } from '../../contracts/interpreter.ts';

const ontology = openOntology();
const { text: withSlot, intent, temperature } = WITH_SLOT;
const script = {
  [withSlot]: {
    commands: [{ intent, slots: { temperature }, confidence: 0.9, span: [0, withSlot.length] as const }],
  },
  ...Object.fromEntries(
    PLAIN_COMMANDS.flatMap(([text, intents]) =>
      [text, `${text} please`].map((line) => [
        line,
        {
          commands: intents.map((intent) => ({
            intent,
            slots: {},
            confidence: 0.9,
            span: [0, line.length] as const,
          })),
        },
      ]),
    ),
  ),
};

describe('scripted interpreter', () => {
  interpreterContract(() => Promise.resolve(createScriptedInterpreter(ontology, script)));

  it('[NLU-27] finds its lines whatever the case, the marks and the spaces', async () => {
    const interpreter = createScriptedInterpreter(ontology, script);
    const [heard] = await interpreter.interpret([{ text: '  Open the  TRUNK! ' }], { now: 0 });
    assert.equal(heard?.commands[0]?.intent, 'trunk.open');
  });

  it('[NLU-27] refuses a script that names what the car does not have', () => {
    const fromFile = JSON.parse(
      '{"boom":{"commands":[{"intent":"rocket.start","slots":{},"confidence":1,"span":[0,4]}]}}',
    ) as typeof script;
    assert.throws(() => createScriptedInterpreter(ontology, fromFile), /"rocket\.start"/);
  });
});
