import { type OpenedRevision, revisionKey } from '../domain/revision.ts';
import { refuseMissing } from './briefs/refuse-missing.ts';
import { readDecisions } from './briefs/read-decisions.ts';
import { readRevision } from './briefs/read-revision.ts';
import { findTakes } from './find-takes.ts';
import type { Ledger } from './ledger/ledger.ts';
import { defineActivity } from './runtime/define-activity.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface OpenRequest {
  readonly videoId: string;
  /** From 1. */
  readonly revision: number;
  /** Whether an earlier run hands over what was bought. Default: false. */
  readonly isContinued?: boolean;
}

export interface OpenDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
}

/**
 * Everything that a run of a revision begins with, from the bucket: what it is made from, and what was bought for the
 * video, by whichever run or revision. Reads alone.
 */
export function createOpenRevision({ store, ledger }: OpenDependencies) {
  return defineActivity(
    async ({ videoId, revision, isContinued = false }: OpenRequest, { log }): Promise<OpenedRevision> => {
      const { brief, storyboard } =
        (await readRevision(store, videoId, revision)) ?? refuseMissing(revisionKey(videoId, revision));
      if (isContinued) return { brief, storyboard, takes: [] };
      const [takes, { approvals }] = await Promise.all([
        findTakes(ledger, videoId, log),
        readDecisions(store, videoId),
      ]);
      return { brief, storyboard, takes, ...(approvals.length === 0 ? {} : { approvals }) };
    },
  );
}
