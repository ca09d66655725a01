import { z } from 'zod';
import { policySchema, type Policy } from './policy.ts';
import type { PerturbationName, SlotExpectation } from './suite.ts';

/** What a run writes: a header line, then one line for each check, in the order of their ids. */

const slotGot = z.strictObject({
  text: z.string(),
  value: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).readonly()]),
  unit: z.string().optional(),
});
const frameGot = z.strictObject({
  intent: z.string(),
  slots: z.record(z.string(), slotGot),
  /** 0 to 1, four digits after the point: more differ between machines. */
  confidence: z.number(),
});
/** A command that was understood. */
export type Frame = z.infer<typeof frameGot>;

export const STAGES = ['transcriber', 'understanding', 'dialogue', 'vehicle'] as const;
export type Stage = (typeof STAGES)[number];

const problem = z.strictObject({
  kind: z.enum([
    'intent',
    'slot',
    'count',
    'not-declined',
    'changed',
    'direction',
    'status',
    'state',
    'refusal',
    'reply',
    'no-answer',
  ]),
  /** One line for a person. */
  message: z.string(),
  /** The slot, or the signal's path. */
  name: z.string().optional(),
  expected: z.string().optional(),
  got: z.string().optional(),
});
/** One thing that is wrong with an answer. */
export type Problem = z.infer<typeof problem>;

const outcomeGot = z.strictObject({
  intent: z.string(),
  status: z.string(),
  rule: z.string().optional(),
});

const answer = z.strictObject({
  /** What was said, or the file that was played when nobody wrote down its words. */
  said: z.string(),
  /** What the transcriber heard; audio alone. */
  heard: z.string().optional(),
  /** What was expected, where frames were. */
  expected: z
    .array(
      z.strictObject({
        intent: z.string(),
        slots: z.record(z.string(), z.custom<SlotExpectation>()).optional(),
      }),
    )
    .optional(),
  got: z.array(frameGot),
  rejected: z.array(frameGot),
  outcomes: z.array(outcomeGot).optional(),
  reply: z.string().optional(),
  /** Nothing: the answer is right. */
  problems: z.array(problem),
});
/** The answer to one utterance. */
export type Answer = z.infer<typeof answer>;

export const CHECK_KINDS = ['MFT', 'INV', 'DIR'] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

export const checkResultSchema = z.strictObject({
  /** Of the case, with `~politeness` or `~direction-1` behind it for INV and DIR. */
  id: z.string(),
  case: z.string(),
  kind: z.enum(CHECK_KINDS),
  form: z.enum(['text', 'audio', 'dialogue']),
  severity: z.number().int(),
  tags: z.array(z.string()),
  /** Digest of everything that goes in. A check whose input has changed is another question, and vetoes nothing. */
  input: z.string(),
  /** `no-answer`: the engine failed or was too slow; `not-run`: nobody asked it (missing audio, an interrupted run). */
  status: z.enum(['right', 'wrong', 'no-answer', 'not-run']),
  /** One for an utterance, several for a dialogue (its turns) and for INV and DIR (the original first, then the variants). */
  answers: z.array(answer),
  /** Why there is no answer. */
  reason: z.string().optional(),
});
/** What came of one check. */
export type CheckResult = z.infer<typeof checkResultSchema>;

export const RESULTS_VERSION = 1;
export const runHeaderSchema = z.strictObject({
  drivetalk: z.literal('results'),
  version: z.literal(RESULTS_VERSION),
  /** Names of the suites, and the digest of all their cases. */
  suites: z.array(z.string()),
  suiteDigest: z.string(),
  model: z.strictObject({ name: z.string(), digest: z.string() }),
  /** Of the noise in INV variants. */
  seed: z.number().int(),
  /** `i/n`, when only a part was run. */
  shard: z.string().optional(),
  /** Tags that were asked for, when only those were run. */
  only: z.array(z.string()).optional(),
  /** How many checks the run has when it is complete, those of other shards too. */
  checks: z.number().int(),
  /** What the suites or the configuration asked for, so that merged shards are held against the same. */
  policy: policySchema.optional(),
  /** Why the baseline was moved here, newest last; baselines alone. */
  blessed: z.array(z.strictObject({ date: z.string(), message: z.string(), model: z.string() })).optional(),
});
export type RunHeader = z.infer<typeof runHeaderSchema>;

/** A whole run. */
export interface RunResults {
  readonly header: RunHeader;
  /** In the order of their ids. */
  readonly results: readonly CheckResult[];
}

export const CHANGES = [
  'broken',
  'fixed',
  'still-wrong',
  'still-right',
  'new',
  'gone',
  'unanswered',
] as const;
export type Change = (typeof CHANGES)[number];

/** One check then and now. */
export interface Flip {
  readonly id: string;
  readonly change: Change;
  /** Whether both runs were asked the very same thing. */
  readonly sameInput: boolean;
  readonly before?: CheckResult;
  readonly after?: CheckResult;
}

/** An exact test of paired answers. `worse` and `better` count cases, each of which votes once. */
export interface PairedTest {
  readonly cases: number;
  readonly worse: number;
  readonly better: number;
  /** One-sided exact: how often equally good models look at least so much worse. It decides. */
  readonly p: number;
  /** Two-sided exact McNemar, and its mid-p variant: for the report. */
  readonly twoSided: number;
  readonly midP: number;
}

/** A part of the suite: all, a tag, or an expected intent. */
export interface GroupScore {
  readonly group: 'all' | 'tag' | 'intent';
  readonly name: string;
  readonly checks: number;
  readonly right: number;
  readonly rightBefore?: number;
  readonly test?: PairedTest;
  /** p below what Holm's procedure asks for. */
  readonly significant?: boolean;
  readonly floor?: number;
  readonly belowFloor: boolean;
}

export interface PowerReport {
  /** The drop that must not go unseen, and how surely it would be seen with these cases. */
  readonly minimumDrop: number;
  readonly power: number;
  readonly wanted: number;
  /** Share of cases that differ between the runs. */
  readonly discordant: number;
  /** About how many cases would be enough; undefined when these are. */
  readonly casesNeeded?: number;
}

/** Latency or memory of the candidate, as a ratio to the baseline model on the same machine in the same minutes. */
export interface CostRatio {
  readonly what: 'latency' | 'memory';
  readonly candidate: number;
  readonly baseline: number;
  readonly unit: 'ms' | 'MiB';
  readonly ratio: number;
  readonly limit: number;
  readonly exceeded: boolean;
}

export type Verdict = 'pass' | 'regression' | 'underpowered' | 'incomplete' | 'engine-failure';

/** Everything that a report says about a run, with or without a baseline. Plain data. */
export interface Assessment {
  readonly verdict: Verdict;
  /** Why, most important first; one line each, for a person. */
  readonly reasons: readonly string[];
  readonly policy: Policy;
  readonly candidate: RunHeader;
  readonly baseline?: RunHeader;
  readonly counts: Readonly<Record<CheckResult['status'], number>>;
  /** With a baseline: every check of either run. */
  readonly flips: readonly Flip[];
  readonly groups: readonly GroupScore[];
  /** Broken checks that veto. */
  readonly vetoed: readonly string[];
  /** With a baseline. */
  readonly test?: PairedTest;
  readonly power?: PowerReport;
  /** Empty: not compared. */
  readonly costs: readonly CostRatio[];
  /** Checks of the suite that have no result, or no answer. */
  readonly missing: readonly { readonly id: string; readonly reason: string }[];
  readonly blame: readonly Blame[];
}

/** Which stage is at fault, and what in the words makes the difference. */
export interface Blame {
  readonly id: string;
  readonly stage: Stage;
  readonly explanation: string;
  readonly shrunk?: Shrunk;
}

export interface Shrunk {
  /** The shortest text that still goes wrong in the same way. */
  readonly text: string;
  readonly flipped: 'intent' | 'slot' | 'threshold';
  /** Words whose removal or replacement makes the answer right. */
  readonly tokens: readonly string[];
  /** The reading of the shrunk text. */
  readonly got: readonly Frame[];
}

/** What a mutant is, and whether the suite saw it. */
export interface MutantReport {
  readonly name: string;
  readonly description: string;
  readonly caught: boolean;
  readonly verdict: Verdict;
  readonly broken: number;
  readonly because: string;
}

export type { PerturbationName };
