import type { ArtifactRef } from '../domain/artifact.ts';
import { allMedia, type Medium, rowOf } from '../domain/media.ts';
import { planTimeline } from '../domain/chunks.ts';
import type { Approval, Rejection } from '../domain/gates.ts';
import type { CancelReport, PhaseOutput, UnitReport } from '../domain/progress.ts';
import type { VideoStatus } from '../domain/video-status.ts';
import { type ManifestEntry, manifestSchema } from '../domain/schemas/manifest-schema.ts';
import { manifestKey, revisionKey } from '../domain/revision.ts';
import { readRevision } from './briefs/read-revision.ts';
import { refuseMissing } from './briefs/refuse-missing.ts';
import type { Ledger } from './ledger/ledger.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { redact } from './runtime/secrets.ts';
import { checksumOf } from '../storage/checksum.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface ManifestRequest {
  readonly videoId: string;
  readonly revision: number;
  readonly status: VideoStatus;
  readonly costUsd: number;
  readonly cancellation?: CancelReport;
  /** The current budget, in US dollars; absent without one. */
  readonly budgetUsd?: number | undefined;
  readonly approvals?: readonly Approval[];
  readonly rejection?: Rejection;
  readonly phases: readonly PhaseOutput[];
}

export interface ManifestDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
}

/**
 * Writes a list of a video's files, each with its origin. Safe to run again: the same video gives the same object
 * under the same key.
 */
export function createWriteManifest({ store, ledger }: ManifestDependencies) {
  return defineActivity(async (request: ManifestRequest, run): Promise<ArtifactRef> => {
    const { videoId, revision, status, costUsd, cancellation, phases } = request;
    const { brief, storyboard } =
      (await readRevision(store, videoId, revision)) ?? refuseMissing(revisionKey(videoId, revision));
    const units = phases.flatMap((phase) => phase.units);
    const files = await Promise.all(allMedia.map((medium) => listFiles(medium, units, ledger)));
    const manifest = {
      version: 1,
      videoId,
      revision,
      status,
      title: brief.title,
      durationSeconds: brief.durationSeconds,
      beats: storyboard.beats.map(({ id, index, title, startSeconds, keptSeconds }) => ({
        id,
        index,
        title,
        startSeconds,
        keptSeconds,
      })),
      plannedChunks: planTimeline(storyboard.beats, brief.models.clip).length,
      costUsd,
      planning: storyboard.planning,
      cancellation,
      budgetUsd: request.budgetUsd,
      approvals: request.approvals,
      rejection: request.rejection,
      ...Object.fromEntries(files.flat()),
    };
    await closeUploads(store, `videos/${videoId}/`).catch((error: unknown) => {
      run.log.warn('Open uploads were left to the sweep', { videoId, reason: redact(String(error)) });
    });
    const bytes = Buffer.from(`${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`);
    return store.putBytes(manifestKey(videoId, revision), bytes, {
      contentType: 'application/json',
    });
  });
}

/**
 * Closes uploads left open: a video writes its manifest last, so no transfer resumes them. An error here does not fail
 * the video.
 */
async function closeUploads(store: ObjectStore, folder: string): Promise<void> {
  for (const { key, uploadId } of await store.listOpenUploads(folder)) await store.abortUpload(key, uploadId);
}

/** The manifest's field of a medium, and its files: one file or null for media of the whole video, else a list. */
async function listFiles(medium: Medium, units: readonly UnitReport[], ledger: Ledger) {
  const { inManifest, per } = rowOf(medium);
  if (inManifest === undefined) return [];
  const asked = units.filter((unit) => unit.medium === medium).map((unit) => toEntry(unit, ledger));
  const entries = (await Promise.all(asked)).filter((entry) => entry !== undefined);
  return [[inManifest, per === 'video' ? (entries[0] ?? null) : entries] as const];
}

/** Lists only units that have a file. */
async function toEntry(unit: UnitReport, ledger: Ledger): Promise<ManifestEntry | undefined> {
  const { name, beat, chunk, attempts, costUsd, artifact, ledgerKey } = unit;
  if (!artifact) return undefined;
  const place = { beat, chunk };
  // The schema keeps only the artifact's fields that belong in a manifest.
  const checksum = checksumOf(artifact);
  const entry = { unit: name, ...place, attempts, costUsd, ...artifact, checksum };
  const purchase = ledgerKey === undefined ? undefined : (await ledger.read(ledgerKey))?.entry;
  if (!purchase) return entry;
  const { host, model, prompt, predictionId } = purchase;
  return { ...entry, host, model, prompt, predictionId };
}
