import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Sound } from '../../assistant/regression/checks.ts';
import { DEFAULT_POLICY, policySchema, type Policy } from '../../assistant/regression/policy.ts';
import { SuiteError, type SuiteProblem } from '../../assistant/regression/problems.ts';
import {
  readSuite,
  refuseDoubleIds,
  type KnownLabels,
  type Suite,
} from '../../assistant/regression/read-suite.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import { readOntology } from '../../assistant/understanding/ontology.ts';
import { UsageError } from '../cli/exit.ts';

const IS_SUITE = /\.(ya?ml|jsonl)$/;
/** Read where the command is called, when it is there. */
export const CONFIG_FILE = 'drivetalk.config.yaml';

/**
 * The suite files among files and folders, each once.
 * @throws UsageError when there are none
 */
export function suiteFilesIn(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => {
    if (!existsSync(path)) throw new UsageError(`There is no ${path}. Name suite files, or folders of them.`);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => IS_SUITE.test(file))
      .map((file) => join(path, file));
  });
  if (files.length === 0) throw new UsageError(`There are no suites (.yaml, .jsonl) in ${paths.join(', ')}.`);
  return [...new Set(files)].sort();
}

/**
 * Reads suites; mistakes of all files are told together.
 * @throws SuiteError
 */
export function readSuites(files: readonly string[]): readonly Suite[] {
  const problems: SuiteProblem[] = [];
  const known = knownLabels();
  const suites = files.flatMap((file) => {
    try {
      return [readSuite({ file, text: readFileSync(file, 'utf8') }, known)];
    } catch (error) {
      if (!(error instanceof SuiteError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new SuiteError(problems);
  refuseDoubleIds(suites);
  return suites;
}

/** Ontologies by their name in a suite, each read once. */
export function knownLabels(): (ontology: string, file: string) => KnownLabels | undefined {
  const read = new Map<string, KnownLabels>();
  return (ontology, file) => {
    if (ontology === 'none') return undefined;
    const path = ontology === 'drivetalk' ? ontology : resolve(dirname(file), ontology);
    const known = read.get(path) ?? openKnown(path, file);
    read.set(path, known);
    return known;
  };
}

function openKnown(path: string, suite: string): KnownLabels {
  if (path === 'drivetalk') return openOntology();
  try {
    return readOntology(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${suite} names the ontology ${path}, which cannot be read: ${why}`, {
      cause: error,
    });
  }
}

/** Finds sounds beside the suites that name them. */
export function soundBeside(path: string, suiteFile: string): Sound | undefined {
  const file = resolve(dirname(suiteFile), path);
  if (!existsSync(file)) return undefined;
  return { path: file, digest: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

const configSchema = z.strictObject({ policy: policySchema.optional() });

/**
 * The policy of a run: of the configuration file where it has one, else of the suites, else another.
 * @throws UsageError when suites differ, or the configuration cannot be read
 */
export function policyOf(
  suites: readonly Suite[],
  configFile?: string,
  otherwise: Policy = DEFAULT_POLICY,
): Policy {
  const file = configFile ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  if (file !== undefined) {
    let parsed: unknown;
    try {
      parsed = parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new UsageError(
        `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const checked = configSchema.safeParse(parsed ?? {});
    if (!checked.success) throw new UsageError(`${file}: ${z.prettifyError(checked.error)}`);
    if (checked.data.policy) return checked.data.policy;
  }
  const [first, ...others] = suites.flatMap((suite) =>
    suite.policy ? [{ ...suite, policy: suite.policy }] : [],
  );
  const other = others.find(({ policy }) => !isDeepStrictEqual(policy, first?.policy));
  if (first && other) {
    throw new UsageError(
      `${first.file} and ${other.file} have different policies. Keep one, or write it into ${CONFIG_FILE}.`,
    );
  }
  return first?.policy ?? otherwise;
}
