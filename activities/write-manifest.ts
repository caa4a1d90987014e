import type { ArtifactRef } from '../domain/artifact.ts';
import type { Brief } from '../domain/brief.ts';
import type { Medium } from '../domain/media.ts';
import { planTimeline } from '../domain/chunks.ts';
import type { CancelReport, PhaseOutput, UnitReport } from '../domain/progress.ts';
import type { VideoStatus } from '../domain/video-status.ts';
import type { Storyboard } from '../domain/storyboard.ts';
import { type Manifest, type ManifestEntry, manifestSchema } from '../domain/schemas/manifest-schema.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { Ledger } from './ledger/ledger.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { redact } from './runtime/secrets.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { checksumOf } from '../storage/checksum.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface ManifestRequest {
  readonly videoId: string;
  readonly revision: number;
  readonly status: VideoStatus;
  readonly costUsd: number;
  readonly cancellation?: CancelReport;
  readonly phases: readonly PhaseOutput[];
}

export interface ManifestDependencies {
  readonly store: ObjectStore;
  readonly ledger: Ledger;
}

/**
 * Writes what exists of a video, with where each file came from. Safe to run again: the same video gives the same
 * object under the same key.
 */
export function createWriteManifest({ store, ledger }: ManifestDependencies) {
  return defineActivity(async (request: ManifestRequest, run): Promise<ArtifactRef> => {
    const { videoId, revision, status, costUsd, cancellation, phases } = request;
    const { brief } = await read<{ brief: Brief }>(store, `videos/${videoId}/brief.json`);
    const storyboard = await read<Storyboard>(store, `videos/${videoId}/storyboard.json`);
    const pick = async (medium: Medium): Promise<ManifestEntry[]> => {
      const units = phases.flatMap((phase) => phase.units).filter((unit) => unit.medium === medium);
      const entries = await Promise.all(units.map((unit) => toEntry(unit, ledger)));
      return entries.filter((entry) => entry !== undefined);
    };
    const manifest: Manifest = {
      version: 1,
      videoId,
      revision,
      status,
      title: brief.title,
      durationSeconds: brief.durationSeconds,
      beats: storyboard.beats.map(({ index, title, startSeconds, keptSeconds }) => ({
        index,
        title,
        startSeconds,
        keptSeconds,
      })),
      plannedChunks: planTimeline(storyboard.beats, brief.models.clip).length,
      costUsd,
      planning: storyboard.planning,
      cancellation,
      stills: await pick('still'),
      chunks: await pick('chunk'),
      clips: await pick('clip'),
      cut: (await pick('cut'))[0] ?? null,
      score: (await pick('score'))[0] ?? null,
      video: (await pick('video'))[0] ?? null,
    };
    await closeUploads(store, `videos/${videoId}/`).catch((error: unknown) => {
      run.log.warn('Open uploads were left to the sweep', { videoId, reason: redact(String(error)) });
    });
    const bytes = Buffer.from(`${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`);
    return store.putBytes(`videos/${videoId}/manifest-r${revision}.json`, bytes, {
      contentType: 'application/json',
    });
  });
}

/**
 * The manifest is what a video writes last: an upload still open belongs to a transfer that nobody takes up again. Tidying
 * fails no video.
 */
async function closeUploads(store: ObjectStore, folder: string): Promise<void> {
  for (const { key, uploadId } of await store.listOpenUploads(folder)) await store.abortUpload(key, uploadId);
}

/** Only what has a file is listed. */
async function toEntry(unit: UnitReport, ledger: Ledger): Promise<ManifestEntry | undefined> {
  const { name, beat, chunk, attempts, costUsd, artifact, ledgerKey } = unit;
  if (!artifact) return undefined;
  const place = { beat, chunk };
  // The schema keeps of an artifact what a manifest says.
  const checksum = checksumOf(artifact);
  const entry = { unit: name, ...place, attempts, costUsd, ...artifact, checksum };
  const purchase = ledgerKey === undefined ? undefined : (await ledger.read(ledgerKey))?.entry;
  if (!purchase) return entry;
  const { host, model, prompt, predictionId } = purchase;
  return { ...entry, host, model, prompt, predictionId };
}

async function read<T>(store: ObjectStore, key: string): Promise<T> {
  const found = await store.getJson(key);
  if (found) return found.value as T;
  throw new BeatreelFailure(
    failureTypes.artifactMissing,
    `${key} is gone from the bucket; the manifest needs it.`,
  );
}
