import { z } from 'zod';
import type { Utterance } from '../../interpreter.ts';
import type { Engine, EngineAnswer, EngineReading } from '../engine.ts';
import { failed, Poster, type PosterOptions } from './poster.ts';

/** Milliseconds; a Rasa pipeline answers in tens of them. */
const TIMEOUT = 10_000;
const LEAST_OTHER = 0.01;
const MOST_OTHERS = 5;

const entity = z.looseObject({
  entity: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** Duckling gives objects; they say no more than the words. */
  value: z.unknown().optional(),
  role: z.string().nullish(),
});
const intent = z.looseObject({ name: z.string().nullish(), confidence: z.number().default(1) });
/** The answer of `POST /model/parse` (Rasa Open Source 2 and 3, Rasa Pro; https://rasa.com/docs, HTTP API). */
const answerSchema = z.looseObject({
  intent: intent.nullish(),
  entities: z.array(entity).default([]),
  intent_ranking: z.array(intent).default([]),
});

export interface RasaOptions extends Partial<PosterOptions> {
  /** Value of Rasa's `--auth-token`. */
  readonly key?: string | undefined;
}

/**
 * A Rasa server (`rasa run --enable-api`). Entities become slots by their name, or `name:role` where they have a role;
 * places are counted in Unicode code points there, and in UTF-16 units here.
 * @throws UnderstandingError `engine-failed` when nobody answers
 */
export async function openRasaEngine(server: URL, { key, ...options }: RasaOptions = {}): Promise<Engine> {
  const poster = new Poster({ timeout: TIMEOUT, secret: key, ...options });
  const name = `rasa ${server.host}`;
  const url = new URL(`${server.pathname.replace(/\/$/, '')}/model/parse`, server);
  if (key !== undefined) url.searchParams.set('token', key);
  await poster.reach(server, name);
  const parse = async ({ text }: Utterance): Promise<EngineAnswer> => {
    const checked = answerSchema.safeParse(await poster.post(url, name, { text }));
    if (!checked.success) {
      const why = z.prettifyError(checked.error).replace(/\s+/g, ' ');
      throw failed(
        name,
        `the answer is not that of Rasa's /model/parse (${why}). Does --model name a Rasa server?`,
      );
    }
    return answerOf(checked.data, text);
  };
  return {
    name,
    capabilities: { context: false, multipleCommands: false, slots: true, confidence: true, batching: false },
    read: (utterances) => Promise.all(utterances.map(parse)),
    close() {
      poster.close();
      return Promise.resolve();
    },
  };
}

function answerOf(
  { intent: best, entities, intent_ranking: ranking }: z.infer<typeof answerSchema>,
  text: string,
): EngineAnswer {
  const unitOf = codePointPlaces(text);
  const slots = entities.flatMap(({ entity: kind, role, start, end, value }) => {
    const place = [unitOf(start), unitOf(end)] as const;
    const words = text.slice(...place);
    const name = role ? `${kind}:${role}` : kind;
    const own = typeof value === 'string' || typeof value === 'number' ? { value } : {};
    return words === '' ? [] : [{ name, text: words, place, ...own }];
  });
  const reading = ({ name, confidence }: z.infer<typeof intent>): EngineReading[] =>
    name ? [{ intent: name, confidence: clamped(confidence), span: [0, text.length], slots }] : [];
  const others = ranking.filter(({ name, confidence }) => name !== best?.name && confidence >= LEAST_OTHER);
  return { readings: best ? reading(best) : [], others: others.slice(0, MOST_OTHERS).flatMap(reading) };
}

const clamped = (share: number) => Math.min(1, Math.max(0, share));

/** Python counts code points: an emoji is one there and two units here. */
function codePointPlaces(text: string): (place: number) => number {
  const units = [0];
  for (const symbol of text) units.push((units.at(-1) ?? 0) + symbol.length);
  return (place) => units[place] ?? text.length;
}
