import type { Brief } from '../domain/brief.ts';
import type { Storyboard } from '../domain/storyboard.ts';
import { bucketLayout, type Revision, revisionKey } from '../domain/revision.ts';
import { readRevision } from './briefs/read-revision.ts';
import { draftStoryboard } from './planning/build-storyboard.ts';
import type { DraftStoryboard } from './planning/language/plan-by-model.ts';
import { planVideo } from './planning/plan-video.ts';
import { appendTruncation } from './planning/truncation-log.ts';
import { type ActivityRun, defineActivity } from './runtime/define-activity.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { putOnce } from '../storage/put-once.ts';

export interface PlanRequest {
  readonly brief: Brief;
}

export interface PlanDependencies {
  readonly store: ObjectStore;
  /** The folder of `beat_truncation.log`. */
  readonly logFolder: string;
  /** The planner; need not answer alike twice. Default: the built-in planner. */
  readonly draftStoryboard?: DraftStoryboard | undefined;
  /** Receives the cost of each plan by a language model, in US dollars. Default: not reported. */
  readonly notePlanCost?: ((costUsd: number) => void) | undefined;
}

/**
 * Plans the video. Safe to run again: the first stored storyboard of a video stands. A language model whose answer was
 * not stored yet is asked again, within the price of one plan.
 */
export function createPlanStoryboard({
  store,
  logFolder,
  draftStoryboard: draft = draftStoryboard,
  notePlanCost,
}: PlanDependencies) {
  return defineActivity(async ({ brief }: PlanRequest, run): Promise<Storyboard> => {
    const stored = await readRevision(store, brief.videoId, 1);
    if (stored) return stored.storyboard;
    const planned = planVideo(brief, await draft(brief, run));
    const revision = { layout: bucketLayout, revision: 1, edits: [], brief, storyboard: planned } as const;
    const { storyboard } = await putOnce<Revision>(store, revisionKey(brief.videoId, 1), revision);
    // When attempts planned side by side, only the one whose storyboard stands reports cost and truncation.
    if (storyboard === planned) {
      notePlanCost?.(storyboard.planning?.costUsd ?? 0);
      await noteTruncation(logFolder, storyboard, run);
    }
    return storyboard;
  });
}

async function noteTruncation(
  logFolder: string,
  { truncation }: Storyboard,
  { log, workflowId: videoId }: ActivityRun,
): Promise<void> {
  if (!truncation) return;
  log.warn('Beats truncated to fit the duration', { ...truncation });
  const written = await appendTruncation(logFolder, { videoId, ...truncation });
  if (!written) log.warn('Truncation log not written', { logFolder });
}
