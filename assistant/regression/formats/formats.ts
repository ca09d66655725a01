import { bio } from './bio.ts';
import { botium } from './botium.ts';
import { clinc150 } from './clinc150.ts';
import { csv } from './csv.ts';
import { drivetalk } from './drivetalk.ts';
import type { Format } from './format.ts';
import type { SourceText } from '../parse.ts';
import { homeAssistant } from './home-assistant.ts';
import { massive } from './massive.ts';
import { nluDevops } from './nlu-devops.ts';
import { rasa } from './rasa.ts';
import { slurp } from './slurp.ts';

/** All that suites can be converted from and to. */
export const FORMATS: readonly Format[] = [
  drivetalk,
  rasa,
  homeAssistant,
  nluDevops,
  massive,
  slurp,
  clinc150,
  bio,
  botium,
  csv,
];

/** The one format that the files look like; undefined when there is none, or more than one. */
export function recognise(sources: readonly SourceText[]): Format | undefined {
  const [found, ...others] = FORMATS.filter((format) => format.recognises(sources));
  return others.length === 0 ? found : undefined;
}
