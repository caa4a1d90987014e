import { type OpenedRevision, revisionKey } from '../domain/revision.ts';
import { refuseMissing } from './briefs/refuse-missing.ts';
import { readDecisions } from './briefs/read-decisions.ts';
import { readRevision } from './briefs/read-revision.ts';
import { findTakes } from './find-takes.ts';
import type { Ledger } from './ledger/ledger.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { listRevisions } from '../storage/list-revisions.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface OpenRequest {
  readonly videoId: string;
  /** From 1. */
  readonly revision: number;
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
  return defineActivity(async ({ videoId, revision }: OpenRequest, { log }): Promise<OpenedRevision> => {
    const number = await findRevision(store, videoId, revision);
    const { brief, storyboard } =
      (await readRevision(store, videoId, number)) ?? refuseMissing(revisionKey(videoId, number));
    const [takes, { approvals }] = await Promise.all([
      findTakes(ledger, videoId, log),
      readDecisions(store, videoId),
    ]);
    return { brief, storyboard, takes, ...(approvals.length === 0 ? {} : { approvals }) };
  });
}

/** A signal sent by hand may name a revision that does not exist: then the newest one is opened. */
async function findRevision(store: ObjectStore, videoId: string, wanted: number): Promise<number> {
  if (wanted === 1) return 1;
  const newest = (await listRevisions(store, videoId, 'storyboard')).at(-1) ?? wanted;
  return Math.min(wanted, newest);
}
