import type { Approval } from '../../domain/gates.ts';
import { manifestKey, type Revision } from '../../domain/revision.ts';
import { manifestSchema } from '../../domain/schemas/manifest-schema.ts';
import { listRevisions } from '../../storage/list-revisions.ts';
import type { ObjectStore } from '../../storage/object-store.ts';

/** People's decisions about a video beside its edits, as recorded by runs that have ended. */
export interface Decisions {
  /** The newest revision that has ended; absent where none has. */
  readonly revision?: number | undefined;
  readonly approvals: readonly Approval[];
  /** The budget as it stood in the end, in US dollars; absent without one. */
  readonly budgetUsd?: number | undefined;
}

/** Reads the newest manifest, which repeats the decisions of those before it. */
export async function readDecisions(store: ObjectStore, videoId: string): Promise<Decisions> {
  const newest = (await listRevisions(store, videoId, 'manifest')).at(-1);
  if (newest === undefined) return { approvals: [] };
  const stored = await store.getJson(manifestKey(videoId, newest));
  const { data } = manifestSchema.safeParse(stored?.value);
  return { revision: newest, approvals: data?.approvals ?? [], budgetUsd: data?.budgetUsd };
}

/** Applies a budget that was raised while the video was made; it holds for every later revision. */
export function withBudget(revision: Revision, raisedUsd = 0): Revision {
  const { limits } = revision.brief;
  if (limits.budgetUsd === undefined || limits.budgetUsd >= raisedUsd) return revision;
  return { ...revision, brief: { ...revision.brief, limits: { ...limits, budgetUsd: raisedUsd } } };
}
