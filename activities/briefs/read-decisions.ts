import type { Approval } from '../../domain/gates.ts';
import { manifestKey, type Revision } from '../../domain/revision.ts';
import { manifestSchema } from '../../domain/schemas/manifest-schema.ts';
import { listRevisions } from '../../storage/list-revisions.ts';
import type { ObjectStore } from '../../storage/object-store.ts';

/** What people decided about a video beside its edits, as far as a run that has ended has recorded it. */
export interface Decisions {
  /** The newest that has ended; absent where none has. */
  readonly revision?: number | undefined;
  readonly approvals: readonly Approval[];
  /** The budget as it stood in the end, in US dollars; absent without one. */
  readonly budgetUsd?: number | undefined;
}

/** The newest manifest holds what the ones before it held. */
export async function readDecisions(store: ObjectStore, videoId: string): Promise<Decisions> {
  const newest = (await listRevisions(store, videoId, 'manifest')).at(-1);
  if (newest === undefined) return { approvals: [] };
  const stored = await store.getJson(manifestKey(videoId, newest));
  const { data } = manifestSchema.safeParse(stored?.value);
  return { revision: newest, approvals: data?.approvals ?? [], budgetUsd: data?.budgetUsd };
}

/** A budget that was raised while a video was made holds for all that comes after. */
export function withBudget(revision: Revision, raisedUsd = 0): Revision {
  const { limits } = revision.brief;
  if (limits.budgetUsd === undefined || limits.budgetUsd >= raisedUsd) return revision;
  return { ...revision, brief: { ...revision.brief, limits: { ...limits, budgetUsd: raisedUsd } } };
}
