import { join } from 'node:path';

import { createPlanner } from '../../../activities/planning/language/plan-by-model.ts';
import type { LanguageAnswer, Question } from '../../../activities/providers/language-model.ts';
import { loadCatalogue } from '../../../activities/providers/catalogue.ts';
import type { ActivityRun } from '../../../activities/runtime/define-activity.ts';
import { packageRoot } from '../../../workers/setup/package-root.ts';
import type { PlannerEntry } from '../../../domain/schemas/catalogue-schema.ts';
import type { Brief } from '../../../domain/brief.ts';
import { plannerOf } from '../../providers/support/questions.ts';
import { createBrief } from './create-brief.ts';

/** A model's reaction to a question: an answer or an error. */
export type Reaction = string | Partial<LanguageAnswer> | Error;

export interface InterviewOptions {
  /** Replaces fields of the brief about a mug. */
  readonly brief?: Partial<Brief>;
  /** Replaces the whole brief. */
  readonly whole?: Brief;
  readonly model?: PlannerEntry;
  /** The reason why the model cannot be asked. Default: it can. */
  readonly unready?: string;
  readonly run?: Partial<Pick<ActivityRun, 'attempt' | 'sinceScheduledMs' | 'lastHeartbeat'>>;
}

/** Runs the planner with a model that has one reaction for each question and repeats the last one. */
export function interview(reactions: readonly Reaction[], options: InterviewOptions = {}) {
  const model = options.model ?? plannerOf();
  const questions: Question[] = [];
  const heartbeats: unknown[] = [];
  const warnings: unknown[] = [];
  const log = { warn: (...words: unknown[]) => warnings.push(words), info: () => undefined };
  const run = {
    signal: new AbortController().signal,
    attempt: 1,
    sinceScheduledMs: 0,
    lastHeartbeat: undefined,
    startOrSignal: () => Promise.reject(new Error('A planner starts nothing.')),
    workflowId: 'mug-video',
    reportProgress: (details: unknown) => heartbeats.push(details),
    log: log as unknown as ActivityRun['log'],
    ...options.run,
  };
  const ask = (question: Question): Promise<LanguageAnswer> => {
    questions.push(question);
    const reaction = reactions[Math.min(questions.length, reactions.length) - 1] ?? '';
    if (reaction instanceof Error) return Promise.reject(reaction);
    const answer = typeof reaction === 'string' ? { text: reaction } : reaction;
    return Promise.resolve({
      text: '',
      isCut: false,
      usage: { inputTokens: 1000, outputTokens: 100 },
      ...answer,
    });
  };
  const choice = { name: model.name, host: model.host, highestPriceUsd: model.price.perPlanUsd };
  const plain = options.whole ?? createBrief(options.brief);
  const brief = { ...plain, models: { ...plain.models, planner: model.name, languageModel: choice } };
  const draft = async () => {
    const catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));
    return createPlanner({
      catalogue: { ...catalogue, planners: [model] },
      languageModel: { ask, whyUnready: () => options.unready },
    })(brief, run);
  };
  return { draft: draft(), brief, questions, heartbeats, warnings };
}

/** A storyboard as a model should write it. */
export function planOf(count: number, durationSeconds: unknown = 5): string {
  const beats = Array.from({ length: count }, (_, at) => ({
    purpose: 'moment',
    title: `Title ${at}`,
    cast: [],
    still: `Picture ${at} of the mug in Kyoto`,
    motion: `Movement ${at}`,
    line: '',
    durationSeconds,
  }));
  return JSON.stringify({ logline: 'A mug waits.', cast: [], beats, musicPrompt: 'Piano' });
}
