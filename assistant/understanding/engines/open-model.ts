import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnderstandingError, type Interpreter } from '../interpreter.ts';
import { openOntology, openPhraseBook } from '../open-phrase-book.ts';
import type { Ontology } from '../ontology.ts';
import type { PhraseBook } from '../phrase-book.ts';
import { createNormaliser } from '../values/normalise.ts';
import type { Engine } from './engine.ts';
import { KEY_VARIABLE } from './http/poster.ts';
import { NO_MAP, readLabelMap, type LabelMap } from './label-map.ts';
import { createMappedInterpreter } from './mapped-interpreter.ts';

export interface ModelOptions {
  /** What the car can do and how people say it; the project's own if not given. */
  readonly ontology?: Ontology;
  readonly book?: PhraseBook;
  /** Minutes by which the car's clock is ahead of UTC: "at seven" is the car's time. */
  readonly utcOffset?: number;
  /** Monotonic milliseconds, for `Interpretation.ms`. */
  readonly clock?: () => number;
  /** Threads of one inference. */
  readonly threads?: number;
  /** Path of a YAML file that maps a model's own labels to the car's (docs/models.md). */
  readonly labels?: string | undefined;
  /** Takes a line about each label that means nothing to the car, once. */
  readonly report?: (line: string) => void;
  /** The key of an HTTP model is taken from `DRIVETALK_MODEL_KEY`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What `--model` may be, for help and for messages. */
export const MODEL_KINDS =
  'a directory with a model of Drivetalk or a Hugging Face export to ONNX, rasa+http://host:5005, or openai+http://host:8000/v1#model-name';

/**
 * Opens whatever `--model` names. Nothing is sent anywhere unless the name is an address.
 * @param spec see `MODEL_KINDS`
 * @throws UnderstandingError saying what is missing or does not fit, and what to do
 */
export async function openModel(spec: string, options: ModelOptions = {}): Promise<Interpreter> {
  const { ontology = openOntology(), clock = () => performance.now(), utcOffset = 0, threads = 1 } = options;
  const scheme = /^([a-z][a-z0-9.-]*)(?:\+[a-z]+)?:\/\//i.exec(spec)?.[1]?.toLowerCase();
  if (scheme === undefined && isOurs(spec)) {
    if (options.labels !== undefined) {
      throw new UnderstandingError(
        'labels-mismatch',
        `${spec} is a model of Drivetalk, which has the car's own labels: there is nothing to map. Leave out --labels.`,
      );
    }
    const { openInterpreter } = await import('../slm-interpreter.ts');
    return openInterpreter(spec, { ...options, ontology, clock, utcOffset, threads });
  }
  const labels = options.labels === undefined ? NO_MAP : await readMapFile(options.labels, ontology);
  const engine = await openEngine(spec, scheme, { labels, ontology, threads, key: keyIn(options) });
  return createMappedInterpreter({
    engine,
    labels,
    ontology,
    normaliser: createNormaliser(ontology, options.book ?? openPhraseBook(ontology)),
    clock,
    utcOffset,
    report: options.report ?? (() => undefined),
  });
}

const keyIn = ({ environment = process.env }: ModelOptions) => environment[KEY_VARIABLE] || undefined;

interface EngineParts {
  readonly labels: LabelMap;
  readonly ontology: Ontology;
  readonly threads: number;
  readonly key: string | undefined;
}

async function openEngine(spec: string, scheme: string | undefined, parts: EngineParts): Promise<Engine> {
  const { labels, ontology, threads, key } = parts;
  switch (scheme) {
    case undefined: {
      const { isHuggingFaceExport } = await import('./hugging-face/export.ts');
      if (!isHuggingFaceExport(spec)) throw noModel(spec);
      const { openHuggingFaceEngine } = await import('./hugging-face/engine.ts');
      const isIntent = (name: string) => labels.intents.includes(name) || ontology.labels.has(name);
      return openHuggingFaceEngine(spec, { threads, isIntent });
    }
    case 'rasa': {
      const { openRasaEngine } = await import('./http/rasa-engine.ts');
      return openRasaEngine(addressIn(spec), { key });
    }
    case 'openai': {
      const { chatVocabulary, openChatEngine } = await import('./http/chat-engine.ts');
      const server = addressIn(spec);
      const model = decodeURIComponent(server.hash.slice(1));
      if (model === '')
        throw badSpec(spec, 'name the model behind a #, e.g. openai+http://localhost:8000/v1#qwen3-4b');
      server.hash = '';
      return openChatEngine(server, model, chatVocabulary(ontology, labels), { key });
    }
    default:
      throw badSpec(spec, `--model takes ${MODEL_KINDS}`);
  }
}

/** `rasa+http://host:5005` → `http://host:5005` */
function addressIn(spec: string): URL {
  const address = spec.replace(/^[a-z]+\+/i, '');
  if (!URL.canParse(address) || !/^https?:/i.test(address))
    throw badSpec(spec, 'behind the + must be an http or https address');
  const url = new URL(address);
  // What stands on a command line is in the shell's history and in every list of processes.
  if (url.username !== '' || url.password !== '')
    throw badSpec(
      spec.replace(/\/\/[^@]*@/, '//…@'),
      `put the key into ${KEY_VARIABLE}, not into the address`,
    );
  return url;
}

const badSpec = (spec: string, why: string) => new UnderstandingError('model-missing', `${spec}: ${why}.`);

const isOurs = (directory: string) => existsSync(join(directory, 'labels.json'));

/** Says what a directory lacks. */
function noModel(path: string): UnderstandingError {
  if (!existsSync(path)) return badSpec(path, `there is no such directory; --model takes ${MODEL_KINDS}`);
  if (!statSync(path).isDirectory())
    return badSpec(path, 'it is a file; name the directory that holds the model');
  return badSpec(
    path,
    'there is no model in it: one of Drivetalk has labels.json, tokenizer.json and model.onnx, a Hugging Face export config.json, tokenizer.json and model.onnx (or intent/ and slots/ with these)',
  );
}

async function readMapFile(file: string, ontology: Ontology): Promise<LabelMap> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UnderstandingError(
      'labels-mismatch',
      `${file} cannot be read: name the file that maps the model's labels.`,
      {
        cause: error,
      },
    );
  });
  return readLabelMap(text, file, ontology);
}
