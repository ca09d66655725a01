import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UnderstandingError, whyOf } from '../../interpreter.ts';
import { openClassifier, type Classifier } from './classifier.ts';
import { ExportTokenizer } from './export-tokenizer.ts';

const configFile = z.looseObject({
  architectures: z.tuple([z.string()], z.string()),
  id2label: z.record(z.string().regex(/^\d+$/), z.string()),
  problem_type: z.string().nullish(),
  max_position_embeddings: z.number().int().optional(),
  vocab_size: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nonnegative().nullish(),
  model_type: z.string().optional(),
});

/** Where `optimum-cli export onnx` and the hub's ONNX folders put the model; the full one before the quantised one. */
const MODEL_FILES = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];
/** RoBERTa's kin count positions from pad_token_id + 1. */
const OFFSET_POSITIONS = 2;
const LONGEST_WITHOUT_CONFIG = 512;

/** One exported classifier with its tokenizer and its labels' names. */
export interface HuggingFaceExport {
  readonly task: 'sequence' | 'token';
  /** Several labels may be right at once: their logits are independent. */
  readonly multiLabel: boolean;
  readonly labels: readonly string[];
  readonly tokenizer: ExportTokenizer;
  readonly classifier: Classifier;
}

/** Whether a directory looks like an export, or a pair of them. */
export const isHuggingFaceExport = (directory: string): boolean =>
  existsSync(join(directory, 'config.json')) ||
  PAIR.some((name) => existsSync(join(directory, name, 'config.json')));
/** Sub-directories of a pair. */
export const PAIR = ['intent', 'slots'] as const;

/**
 * Opens one exported model.
 * @throws UnderstandingError `model-missing`, `model-broken` or `labels-mismatch`, naming the file and what to do
 */
export async function openExport(directory: string, threads: number): Promise<HuggingFaceExport> {
  const config = await readJson(directory, 'config.json', configFile);
  const [architecture] = config.architectures;
  const task = taskOf(architecture, directory);
  const labels = labelNames(config.id2label, directory);
  const file = modelFile(directory);
  const [quantised, json, tokenizerConfig] = await Promise.all([
    isDynamicallyQuantised(file),
    readJson(directory, 'tokenizer.json', z.looseObject({})),
    existsSync(join(directory, 'tokenizer_config.json'))
      ? readJson(directory, 'tokenizer_config.json', z.looseObject({}))
      : {},
  ]);
  const tokenizer = exportTokenizer(directory, json, tokenizerConfig, longestOf(config));
  if (config.vocab_size !== undefined && tokenizer.size > config.vocab_size) {
    throw new UnderstandingError(
      'model-broken',
      `${join(directory, 'tokenizer.json')} has ${tokenizer.size} pieces and the model of config.json ${config.vocab_size}: they do not belong together.`,
    );
  }
  const padding = config.pad_token_id ?? tokenizer.padding ?? 0;
  const classifier = await openClassifier({ file, quantised, task, labels: labels.length, padding, threads });
  return {
    task,
    multiLabel: config.problem_type === 'multi_label_classification',
    labels,
    tokenizer,
    classifier,
  };
}

function taskOf(architecture: string, directory: string): HuggingFaceExport['task'] {
  if (architecture.endsWith('ForSequenceClassification')) return 'sequence';
  if (architecture.endsWith('ForTokenClassification')) return 'token';
  throw new UnderstandingError(
    'model-broken',
    `${join(directory, 'config.json')} says ${architecture}; Drivetalk runs …ForSequenceClassification and …ForTokenClassification. Export a classifier (optimum-cli export onnx --task text-classification or token-classification).`,
  );
}

function labelNames(id2label: Readonly<Record<string, string>>, directory: string): readonly string[] {
  const labels = Object.keys(id2label).map((_, index) => id2label[String(index)]);
  const missing = labels.indexOf(undefined);
  const problem =
    labels.length === 0
      ? 'it is empty'
      : missing >= 0
        ? `it has no ${missing}`
        : labels.every((label) => /^LABEL_\d+$/.test(label ?? ''))
          ? 'its labels have no names but LABEL_0, LABEL_1 …; write the names that the model was trained with'
          : undefined;
  if (problem !== undefined)
    throw new UnderstandingError(
      'labels-mismatch',
      `id2label of ${join(directory, 'config.json')}: ${problem}.`,
    );
  return labels.map((label) => label ?? '');
}

function longestOf({
  max_position_embeddings: positions,
  model_type: type = '',
}: z.infer<typeof configFile>): number {
  if (positions === undefined || positions <= OFFSET_POSITIONS) return LONGEST_WITHOUT_CONFIG;
  return /roberta|camembert|mpnet|longformer/.test(type) ? positions - OFFSET_POSITIONS : positions;
}

function modelFile(directory: string): string {
  const found = MODEL_FILES.map((name) => join(directory, name)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new UnderstandingError(
      'model-missing',
      `There is no ${MODEL_FILES.slice(0, 2).join(' or ')} in ${directory}. Export it: optimum-cli export onnx --model <your model> ${directory}`,
    );
  }
  return found;
}

function exportTokenizer(
  directory: string,
  json: unknown,
  config: unknown,
  longest: number,
): ExportTokenizer {
  try {
    return new ExportTokenizer(json, config, longest);
  } catch (error) {
    throw new UnderstandingError(
      'model-broken',
      `${join(directory, 'tokenizer.json')} cannot be used: ${whyOf(error)}. Save it with tokenizer.save_pretrained() of a fast tokenizer.`,
      { cause: error },
    );
  }
}

const QUANTISING_OPERATOR = 'DynamicQuantizeLinear';

/** Whether a model finds the 8-bit scales of its activations as it runs. Models may be larger than memory likes. */
async function isDynamicallyQuantised(file: string): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    const piece = Buffer.concat([end, chunk as Buffer]);
    if (piece.includes(QUANTISING_OPERATOR)) return true;
    end = piece.subarray(-QUANTISING_OPERATOR.length);
  }
  return false;
}

async function readJson<T extends z.ZodType>(
  directory: string,
  name: string,
  schema: T,
): Promise<z.output<T>> {
  const path = join(directory, name);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UnderstandingError(
      'model-missing',
      `${path} cannot be read; an export has config.json, tokenizer.json and model.onnx in ${dirname(path)}.`,
      { cause: error },
    );
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UnderstandingError('model-broken', `${path} is not JSON: it is truncated or damaged.`, {
      cause: error,
    });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success)
    throw new UnderstandingError(
      'model-broken',
      `${path} is not as expected: ${z.prettifyError(checked.error)}`,
    );
  return checked.data;
}
