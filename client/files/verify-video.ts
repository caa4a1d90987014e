import { type Checksum, checksumOf } from '../../storage/checksum.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import type { Manifest, ManifestEntry } from '../../domain/schemas/manifest-schema.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { isInVideoFolder } from '../../domain/video-folder.ts';
import { checkFolder, checkManifest, describePlace, entriesOf, placeOf } from './check-manifest.ts';
import { type FileStore, storageFailureType } from './file-store.ts';
import { type ManifestRecord, readManifest, type StoredManifest } from './read-manifest.ts';
import type { VerifyProblem, VerifyReport } from './verify-report.ts';

/** Parallel reads; each object is hashed as a stream, so memory stays flat. */
const readsAtOnce = 4;

/**
 * Reads the manifest and all its objects, whole, and compares sizes, checksums, counts and order.
 *
 * @param record the manifest's record in the result of the workflow
 * @throws ManifestMissing; ServerUnreachable, InvalidSettings
 */
export async function verifyVideo(
  files: FileStore,
  videoId: string,
  record: ManifestRecord,
): Promise<VerifyReport> {
  const stored = await readManifest(files, videoId, record);
  const { key, manifest, manifestProven, unprovenBecause } = stored;
  const foreign = checkFolder(manifest, videoId);
  const own = entriesOf(manifest).filter((entry) => isInVideoFolder(entry.key, videoId));
  const checks = await checkAll(files, own);
  const problems = [
    ...checkRecord(stored, record),
    ...(manifest.videoId === videoId ? [] : [swapped(key, `${key} is the manifest of ${manifest.videoId}.`)]),
    ...checkManifest(manifest),
    ...foreign,
    ...checks.flatMap(({ problem }) => problem ?? []),
  ];
  return {
    videoId,
    ok: problems.length === 0,
    manifestProven,
    unprovenBecause,
    status: manifest.status,
    manifestKey: key,
    counts: countsOf(manifest),
    filesChecked: 1 + checks.length,
    bytesChecked: checks.reduce((sum, { bytes }) => sum + bytes, stored.sizeBytes),
    problems,
  };
}

function checkRecord(
  { key, manifestProven, unprovenBecause = '' }: StoredManifest,
  record: ManifestRecord,
): VerifyProblem[] {
  if (manifestProven || !('recorded' in record)) return [];
  return [swapped(key, `manifest, ${key}, was swapped: ${unprovenBecause}.`)];
}

function swapped(key: string, text: string): VerifyProblem {
  return { kind: 'swapped', unit: 'manifest', key, text };
}

function countsOf({ beats, stills, plannedChunks, chunks, clips }: Manifest): VerifyReport['counts'] {
  return {
    beats: beats.length,
    stills: stills.length,
    plannedChunks,
    chunks: chunks.length,
    clips: clips.length,
  };
}

interface FileCheck {
  readonly bytes: number;
  readonly problem?: VerifyProblem;
}

/** @returns the checks in the order of the entries */
async function checkAll(files: FileStore, entries: readonly ManifestEntry[]): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  const queue = entries.entries();
  const read = async () => {
    for (const [index, entry] of queue) checks[index] = await files.use((store) => checkFile(store, entry));
  };
  await Promise.all(Array.from({ length: readsAtOnce }, read));
  return checks;
}

async function checkFile(store: ObjectStore, entry: ManifestEntry): Promise<FileCheck> {
  const { key, sizeBytes } = entry;
  const { algorithm, value } = entry.checksum ?? checksumOf(entry);
  const name = `${describePlace(entry)}, ${key},`;
  const found = await sumOrMissing(store, key, algorithm);
  if (!found)
    return { bytes: 0, problem: { kind: 'missing', ...placeOf(entry), text: `${name} is missing.` } };
  const bytes = found.sizeBytes;
  if (bytes === sizeBytes && found.value === value) return { bytes };
  if (bytes < sizeBytes) {
    const text = `${name} is truncated: ${bytes} of ${sizeBytes} bytes are there.`;
    return { bytes, problem: { kind: 'truncated', ...placeOf(entry), text } };
  }
  const text = `${name} was swapped: ${bytes} bytes with ${algorithm} ${found.value}, not ${sizeBytes} with ${value}.`;
  return { bytes, problem: { kind: 'swapped', ...placeOf(entry), text } };
}

async function sumOrMissing(store: ObjectStore, key: string, algorithm: Checksum['algorithm']) {
  try {
    return await store.sumObject(key, algorithm);
  } catch (error) {
    if (storageFailureType(error) === failureTypes.artifactMissing) return undefined;
    throw error;
  }
}
