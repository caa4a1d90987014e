import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { applyEdits } from '../domain/edits/apply-edits.ts';
import type { Edit } from '../domain/edits/edit.ts';
import { planRevision, type PlannedUnit, type RevisionPlan } from '../domain/edits/plan-revision.ts';
import type { Revised, ReviseRequest } from '../domain/edits/revised.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { canonicalJson } from '../domain/hash.ts';
import { keptFor } from '../domain/pins.ts';
import type { KeptTake } from '../domain/storyboard.ts';
import type { RecordedTake } from '../domain/recorded-take.ts';
import { bucketLayout, type Revision, revisionKey } from '../domain/revision.ts';
import { roundUsd } from '../domain/round-usd.ts';
import { describeBadSignature } from '../domain/signature.ts';
import { checkEdits, describeProblems, showValue } from '../domain/schemas/check-brief.ts';
import type { WantedFrom } from '../domain/wanted-units.ts';
import { listRevisions } from '../storage/list-revisions.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { FetchPicture } from './accept-brief.ts';
import { createEditResources, type Editing } from './briefs/edit-resources.ts';
import { readDecisions, withBudget } from './briefs/read-decisions.ts';
import { readRevision } from './briefs/read-revision.ts';
import { findTakes } from './find-takes.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Catalogue } from './providers/catalogue.ts';
import { type ActivityRun, defineActivity } from './runtime/define-activity.ts';

export interface ReviseDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  readonly catalogue: Catalogue;
  readonly fetchPicture: FetchPicture;
}

/**
 * Changes a video into a new revision: reads the present one, applies the edits, prices the result, and writes it under
 * the next number; of two people, the first to write that number wins. Then it signals the run of the video, or starts
 * one. Safe to run again: the written revision is found, and a second signal changes nothing.
 */
export function createReviseVideo(dependencies: ReviseDependencies) {
  return defineActivity(
    async (request: ReviseRequest & { readonly videoId: string }, run): Promise<Revised> => {
      const checked = checkEdits(request.edits);
      if (!checked.ok) throw refuse(describeProblems(checked.problems, 'The change has'), checked.problems);
      const { videoId, isDryRun = false, by, reason } = request;
      const unsigned = describeBadSignature({ by, reason });
      if (unsigned !== undefined) throw refuse(unsigned);
      const { store, ledger } = dependencies;
      const all = await readAll(store, videoId);
      const newest = all.at(-1);
      if (!newest)
        throw refuse(`The bucket holds no video ${videoId}: nothing was ever planned under this id.`);
      const takes = await findTakes(ledger, videoId, run.log);
      const change = { edits: checked.edits, changeId: run.workflowId };
      const made = findMade(all, request, change);
      const before = made ? all.find(({ revision }) => revision === made.parent) : newest;
      if (!before) throw refuse(`Revision ${made?.parent ?? 0} of ${videoId} is gone.`);
      refuseOutdated(request, made ? before : newest, all);
      const after =
        made ?? (await edit(dependencies, { request, edits: checked.edits, before, all, takes, run }));
      const plan = planRevision(after, takes, before);
      if (!made) refuseUnaccepted(request, plan);
      const revision = before.revision + 1;
      const { budgetUsd } = after.brief.limits;
      const money = { ...moneyOf(takes, before), budgetUsd };
      const revised = { videoId, revision, base: before.revision, plan, ...money };
      if (isDryRun) return { ...revised, isMade: false };
      if (!made) await write(store, { ...toRevision(before, after, request), ...change }, all);
      await tell(run, after, revision);
      return { ...revised, isMade: true };
    },
  );
}

/** Reads all revisions, in order. */
async function readAll(store: ObjectStore, videoId: string): Promise<readonly Revision[]> {
  const numbers = await listRevisions(store, videoId, 'storyboard');
  const found = await Promise.all(numbers.map((number) => readRevision(store, videoId, number)));
  const all = found.filter((revision) => revision !== undefined);
  const newest = all.at(-1);
  if (!newest) return all;
  const { budgetUsd, revision } = await readDecisions(store, videoId);
  return revision === newest.revision ? all.with(-1, withBudget(newest, budgetUsd)) : all;
}

/** Finds the revision that an earlier attempt, or the same person before, made by this very change. */
function findMade(
  all: readonly Revision[],
  { base, isDryRun = false, keep }: ReviseRequest,
  { edits, changeId }: Change,
): Revision | undefined {
  if (isDryRun) return undefined;
  const own = all.find((revision) => revision.changeId === changeId);
  if (own) return own;
  const newest = all.at(-1);
  if (newest?.parent === undefined) return undefined;
  return newest.parent === base && isSame(newest, { edits, keep }) ? newest : undefined;
}

interface Change {
  readonly edits: readonly Edit[];
  /** The id of the workflow that makes the change. */
  readonly changeId: string;
}

function isSame(one: Pick<Revision, 'edits' | 'keep'>, other: Pick<Revision, 'edits' | 'keep'>): boolean {
  return canonicalJson([one.edits, one.keep ?? []]) === canonicalJson([other.edits, other.keep ?? []]);
}

function refuseOutdated({ base }: ReviseRequest, { revision }: Revision, all: readonly Revision[]): void {
  if (base === undefined || base === revision) return;
  if (base > revision) throw refuse(`base is ${base}: the newest revision is ${revision}.`);
  const since = all.filter((other) => other.revision > base);
  const changes = since.map((other) => `${describeAuthor(other)} (${describeEdits(other.edits)})`);
  throw refuse(
    `The change is for revision ${base}, and there is a newer one: ${changes.join('; ')}. Look at it first.`,
  );
}

function describeAuthor({ revision, by }: Revision): string {
  return by === undefined ? `revision ${revision}` : `revision ${revision} by ${by}`;
}

function describeEdits(edits: readonly Edit[]): string {
  return edits.map((edit) => canonicalJson(edit)).join(', ');
}

/** @throws BeatreelFailure InvalidRequest with every problem */
async function edit(dependencies: ReviseDependencies, work: Editing): Promise<WantedFrom> {
  const { request, edits, before, takes } = work;
  const resources = await createEditResources(dependencies, work);
  const edited = applyEdits(before, edits, resources);
  if (edited.problems) throw refuse(describeProblems(edited.problems, 'The change has'), edited.problems);
  return keepTakes(edited, request.keep ?? [], { before, takes });
}

/** Keeps takes that were used, marked as stale. */
function keepTakes(
  after: WantedFrom,
  keep: readonly string[],
  { before, takes }: Pick<Editing, 'before' | 'takes'>,
): WantedFrom {
  const old = new Map(planRevision(before, takes).units.map((unit) => [unit.name, unit]));
  const kept: Record<string, KeptTake> = { ...after.storyboard.kept };
  const problems = keep.flatMap((name) => {
    const { take } = old.get(name) ?? {};
    if (take === undefined || old.get(name)?.do !== 'reuse')
      return [{ field: 'keep', value: showValue(name), rule: 'a unit of the video that has a file' }];
    kept[name] = { take, wanted: keptFor(after, name) };
    return [];
  });
  if (problems.length > 0) throw refuse(describeProblems(problems, 'The change has'), problems);
  return keep.length === 0 ? after : { ...after, storyboard: { ...after.storyboard, kept } };
}

function refuseUnaccepted({ accept }: ReviseRequest, plan: RevisionPlan): void {
  if (accept === undefined || accept === plan.digest) return;
  const bought = plan.units.filter((unit) => unit.do === 'buy').map(describeUnit);
  throw refuse(
    `Digest ${accept} is outdated: it is now ${plan.digest}, for at most $${plan.highestUsd}: ` +
      `${bought.length === 0 ? 'nothing is bought' : bought.join(', ')}.`,
  );
}

function describeUnit({ name, model = '', priceUsd }: PlannedUnit): string {
  return `${name} with ${model} for $${priceUsd}`;
}

function moneyOf(takes: readonly RecordedTake[], { storyboard }: Revision) {
  const planUsd = storyboard.planning?.costUsd ?? 0;
  const ordered = takes.filter(({ state }) => state === 'ordered');
  return {
    spentUsd: roundUsd(takes.reduce((sum, { costUsd }) => sum + costUsd, planUsd)),
    reservedUsd: roundUsd(ordered.reduce((sum, { highestPriceUsd }) => sum + highestPriceUsd, 0)),
  };
}

function toRevision(
  before: Revision,
  { brief, storyboard }: WantedFrom,
  { keep = [], by, reason }: ReviseRequest,
): Revision {
  const revision = before.revision + 1;
  return {
    layout: bucketLayout,
    revision,
    parent: before.revision,
    edits: [],
    ...(keep.length === 0 ? {} : { keep }),
    madeAt: new Date().toISOString(),
    by,
    reason,
    brief,
    storyboard: { ...storyboard, revision },
  };
}

/** Writes a revision; the first write of a number stands. @throws BeatreelFailure InvalidRequest for a later one */
async function write(store: ObjectStore, revision: Revision, all: readonly Revision[]): Promise<void> {
  const { videoId } = revision.brief;
  const key = revisionKey(videoId, revision.revision);
  if ((await store.putJson(key, revision, { ifNoneMatch: '*' })) !== 'conflict') return;
  const theirs = await readRevision(store, videoId, revision.revision);
  // A write whose answer was lost conflicts with itself.
  if (theirs?.changeId === revision.changeId) return;
  refuseOutdated({ edits: [], base: revision.revision - 1 }, revision, [...all, ...(theirs ? [theirs] : [])]);
}

/**
 * Signals the current run, or starts the next one under the id of the video. One call does both, because only the
 * server knows whether a run exists.
 */
async function tell(run: ActivityRun, { brief }: WantedFrom, revision: number): Promise<void> {
  await run.startOrSignal({
    workflowId: brief.videoId,
    args: [toInput(brief), { revision }],
    signal: 'newRevision',
    signalArgs: [revision],
    memo: { title: brief.title },
    tenant: brief.tenant,
  });
}

/** The input that the Web UI shows for a later run; the run itself reads its revision. */
function toInput({ prompt, durationSeconds, title }: WantedFrom['brief']) {
  return { prompt, durationSeconds, title };
}

function refuse(message: string, details?: readonly unknown[]): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, message, details ? { details } : {});
}
