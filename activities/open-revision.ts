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
  /** The revision's number, from 1. */
  readonly revision: number;
}

export interface OpenDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
}

/**
 * Reads the start of a run from the bucket: the revision, and every purchase of the video by whichever run or
 * revision. Writes nothing.
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

/** Falls back to the newest revision where a signal sent by hand names one that does not exist. */
async function findRevision(store: ObjectStore, videoId: string, wanted: number): Promise<number> {
  if (wanted === 1) return 1;
  const newest = (await listRevisions(store, videoId, 'storyboard')).at(-1) ?? wanted;
  return Math.min(wanted, newest);
}
